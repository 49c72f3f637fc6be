// Command manifests-judge says which documents kubectl finds in a text, and what it makes of each of our chunks.
//
// Every line of standard input is one text with our chunks of it: {"text":"…","chunks":[{"text":"…","json":false}]}.
// Every line of standard output is the answer, in the same order: {"documents":[…],"error":"…","chunks":[{…}]}.
// "documents" are those that kubectl's own decoder hands out before it ends, or stops with "error"; nulls, which kubectl
// passes over, are left out. "chunks" holds for each chunk its "document", null too, or the "error" of reading it alone.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"log"
	"os"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
	machinery "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

type question struct {
	Text   string  `json:"text"`
	Chunks []chunk `json:"chunks"`
}

type chunk struct {
	Text string `json:"text"`
	JSON bool   `json:"json"`
}

type answer struct {
	Documents []string  `json:"documents"`
	Error     string    `json:"error"`
	Chunks    []reading `json:"chunks"`
}

type reading struct {
	Document string `json:"document"`
	Error    string `json:"error"`
}

// raw takes any JSON, as k8s.io/apimachinery's RawExtension does for kubectl.
type raw struct{ json []byte }

func (r *raw) UnmarshalJSON(text []byte) error {
	r.json = bytes.Clone(text)
	return nil
}

func (r *raw) document() string {
	var compact bytes.Buffer
	if len(r.json) == 0 {
		return "null"
	}
	if err := json.Compact(&compact, r.json); err != nil {
		log.Fatalf("a decoder handed out what is no JSON: %v", err)
	}
	return compact.String()
}

// documents does what the FileVisitor and StreamVisitor of k8s.io/cli-runtime do.
func documents(text string) ([]string, error) {
	found := []string{}
	reader := transform.NewReader(bytes.NewBufferString(text), unicode.BOMOverride(unicode.UTF8.NewDecoder()))
	decoder := machinery.NewYAMLOrJSONDecoder(reader, 4096)
	for {
		var object raw
		if err := decoder.Decode(&object); errors.Is(err, io.EOF) {
			return found, nil
		} else if err != nil {
			return found, err
		}
		if document := object.document(); document != "null" {
			found = append(found, document)
		}
	}
}

func read(part chunk) reading {
	var object raw
	unmarshal := func(text []byte, into any) error { return yaml.Unmarshal(text, into) }
	if part.JSON {
		unmarshal = json.Unmarshal
	}
	if err := unmarshal([]byte(part.Text), &object); err != nil {
		return reading{Error: err.Error()}
	}
	return reading{Document: object.document()}
}

func judge(asked question) answer {
	found, err := documents(asked.Text)
	given := answer{Documents: found, Chunks: []reading{}}
	if err != nil {
		given.Error = err.Error()
	}
	for _, part := range asked.Chunks {
		given.Chunks = append(given.Chunks, read(part))
	}
	return given
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 1<<20), 1<<26)
	output := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(output)
	for lines.Scan() {
		var asked question
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			log.Fatalf("every line of standard input must be one question: %v", err)
		}
		if err := encoder.Encode(judge(asked)); err != nil {
			log.Fatal(err)
		}
	}
	if err := lines.Err(); err != nil {
		log.Fatal(err)
	}
	if err := output.Flush(); err != nil {
		log.Fatal(err)
	}
}

// Command yaml-oracle says how the library that KubeRay uses reads a YAML text.
//
// Every line of standard input is one text as a JSON string; every line of standard output is the answer, in
// the same order: {"ok":true,"json":"…","mapping":true} or {"ok":false,"error":"…","mapping":false}. "json" is the text that
// sigs.k8s.io/yaml converts the first document to; "mapping" whether KubeRay's own call, k8s.io/apimachinery's
// yaml.Unmarshal into a map, succeeds.
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"os"

	machinery "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

type answer struct {
	OK      bool   `json:"ok"`
	JSON    string `json:"json,omitempty"`
	Error   string `json:"error,omitempty"`
	Mapping bool   `json:"mapping"`
}

func read(text string) answer {
	var mapping map[string]any
	isMapping := machinery.Unmarshal([]byte(text), &mapping) == nil
	converted, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		return answer{Error: err.Error(), Mapping: isMapping}
	}
	return answer{OK: true, JSON: string(converted), Mapping: isMapping}
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 1<<20), 1<<26)
	output := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(output)
	for lines.Scan() {
		var text string
		if err := json.Unmarshal(lines.Bytes(), &text); err != nil {
			log.Fatalf("every line of standard input must be one JSON string: %v", err)
		}
		if err := encoder.Encode(read(text)); err != nil {
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

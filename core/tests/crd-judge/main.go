// Command crd-judge says about objects, one a line on stdin, what an API server with the CRDs in a folder makes of them.
//
//	crd-judge guard CRDS   completes an object, and says whether KubeRay's operator could read what is stored then
//	crd-judge store CRDS   says what is stored, dropped and refused: of the object, then of the object completed
//
// To complete it is to add what the schema requires beside what is there, so that one value alone decides.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"

	rayv1 "github.com/ray-project/kuberay/ray-operator/apis/ray/v1"
	"k8s.io/apimachinery/pkg/runtime"
	jsonserializer "k8s.io/apimachinery/pkg/runtime/serializer/json"
	kubernetesjson "k8s.io/apimachinery/pkg/util/json"
)

func fail(err error) {
	fmt.Fprintln(os.Stderr, "crd-judge:", err)
	os.Exit(1)
}

func must[T any](value T, err error) T {
	if err != nil {
		fail(err)
	}
	return value
}

// guarded answers about KubeRay's operator.
type guarded struct {
	// Object is what was asked about, completed, as the API server would write it.
	Object json.RawMessage `json:"object"`
	// Error is why the operator cannot read it; empty if it can.
	Error string `json:"error"`
	// Stored is what the API server stores of it; absent if it refuses.
	Stored json.RawMessage `json:"stored,omitempty"`
	// StoredError is why the operator cannot read that.
	StoredError string `json:"storedError"`
}

// stored answers about the API server.
type stored struct {
	Object json.RawMessage `json:"object"`
	// Stored is what the validating webhooks would see; absent if the object's metadata cannot be read.
	Stored json.RawMessage `json:"stored,omitempty"`
	// Pruned are the fields that were dropped, Refused the places that the schema refuses.
	Pruned  []string `json:"pruned"`
	Refused []string `json:"refused"`
}

func main() {
	if len(os.Args) != 3 {
		fail(fmt.Errorf("usage: crd-judge guard|store CRDS"))
	}
	kinds := map[string]*kind{}
	for _, file := range must(filepath.Glob(filepath.Join(os.Args[2], "ray.io_*.yaml"))) {
		maps.Copy(kinds, must(readKinds(file)))
	}
	switch os.Args[1] {
	case "guard":
		decoder := newDecoder()
		answer(func(line []byte) []any { return []any{guard(kinds, decoder, line)} })
	case "store":
		answer(func(line []byte) []any { return []any{store(kinds, line, false), store(kinds, line, true)} })
	default:
		fail(fmt.Errorf("unknown question %q", os.Args[1]))
	}
}

// answer writes what is said of each line of stdin.
func answer(say func([]byte) []any) {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	encoder := json.NewEncoder(out)
	for {
		line, err := in.ReadBytes('\n')
		if line = bytes.TrimSpace(line); len(line) > 0 {
			for _, answer := range say(line) {
				if err := encoder.Encode(answer); err != nil {
					fail(err)
				}
			}
		}
		if err != nil {
			break
		}
	}
	if err := out.Flush(); err != nil {
		fail(err)
	}
}

func guard(kinds map[string]*kind, decoder runtime.Decoder, line []byte) guarded {
	object, kind := read(kinds, line)
	kind.complete(object)
	result := guarded{Object: must(json.Marshal(object))}
	result.Error = why(decoder, result.Object)
	if kind.store(object).isAccepted() {
		result.Stored = must(json.Marshal(object))
		result.StoredError = why(decoder, result.Stored)
	}
	return result
}

func store(kinds map[string]*kind, line []byte, completed bool) stored {
	object, kind := read(kinds, line)
	if completed {
		kind.complete(object)
	}
	result := stored{Object: must(json.Marshal(object))}
	storing := kind.store(object)
	if !storing.unreadable {
		result.Stored = must(json.Marshal(object))
	}
	result.Pruned, result.Refused = storing.pruned, storing.refused
	return result
}

func read(kinds map[string]*kind, line []byte) (map[string]any, *kind) {
	// Twice, because clients read YAML and send the numbers as Go writes them.
	object := decode(must(json.Marshal(decode(line))))
	name := fmt.Sprintf("%v %v", object["apiVersion"], object["kind"])
	kind, ok := kinds[name]
	if !ok {
		fail(fmt.Errorf("no CRD of kind %q", name))
	}
	return object, kind
}

func decode(text []byte) map[string]any {
	var object map[string]any
	if err := kubernetesjson.Unmarshal(text, &object); err != nil {
		fail(fmt.Errorf("%w in %s", err, text))
	}
	return object
}

// newDecoder makes the decoder of the operator's informers: that of its client, for its scheme.
func newDecoder() runtime.Decoder {
	scheme := runtime.NewScheme()
	if err := rayv1.AddToScheme(scheme); err != nil {
		fail(err)
	}
	return jsonserializer.NewSerializerWithOptions(jsonserializer.DefaultMetaFactory, scheme, scheme, jsonserializer.SerializerOptions{})
}

func why(decoder runtime.Decoder, text []byte) string {
	if _, _, err := decoder.Decode(text, nil, nil); err != nil {
		return err.Error()
	}
	return ""
}

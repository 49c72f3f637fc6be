// Command guard-judge says about objects, one a line on stdin, what an API server with KubeRay's CRDs makes of them and
// whether KubeRay's operator can read them. Its argument is the folder of the CRDs.
//
// Before it judges, it adds what the schema requires beside what is there, so that one value alone decides.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	rayv1 "github.com/ray-project/kuberay/ray-operator/apis/ray/v1"
	"k8s.io/apimachinery/pkg/runtime"
	jsonserializer "k8s.io/apimachinery/pkg/runtime/serializer/json"
	kubernetesjson "k8s.io/apimachinery/pkg/util/json"
)

func fail(err error) {
	fmt.Fprintln(os.Stderr, "guard-judge:", err)
	os.Exit(1)
}

func must[T any](value T, err error) T {
	if err != nil {
		fail(err)
	}
	return value
}

type answer struct {
	// Object is what was asked about, completed, as the API server would write it.
	Object json.RawMessage `json:"object"`
	// Error is why the operator cannot read it; empty if it can.
	Error string `json:"error"`
	// Stored is what the API server stores of it; absent if it refuses.
	Stored json.RawMessage `json:"stored,omitempty"`
	// StoredError is why the operator cannot read that.
	StoredError string `json:"storedError"`
}

func main() {
	if len(os.Args) != 2 {
		fail(fmt.Errorf("usage: guard-judge CRDS"))
	}
	kinds := map[string]*kind{}
	for _, file := range must(filepath.Glob(filepath.Join(os.Args[1], "ray.io_*.yaml"))) {
		kind := must(readKind(file))
		kinds[kind.name] = kind
	}
	decoder := newDecoder()
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	encoder := json.NewEncoder(out)
	for {
		line, err := in.ReadBytes('\n')
		if line = bytes.TrimSpace(line); len(line) > 0 {
			if err := encoder.Encode(judge(kinds, decoder, line)); err != nil {
				fail(err)
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

func judge(kinds map[string]*kind, decoder runtime.Decoder, line []byte) answer {
	var object map[string]any
	if err := kubernetesjson.Unmarshal(line, &object); err != nil {
		fail(fmt.Errorf("%w in %s", err, line))
	}
	name, _ := object["kind"].(string)
	kind, ok := kinds[name]
	if !ok {
		fail(fmt.Errorf("no CRD of kind %q", name))
	}
	kind.complete(object)
	result := answer{Object: must(json.Marshal(object))}
	result.Error = why(decoder, result.Object)
	if kind.store(object) {
		result.Stored = must(json.Marshal(object))
		result.StoredError = why(decoder, result.Stored)
	}
	return result
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

// Command oracle says what KubeRay's decoder and Kubernetes' semantic equality make of what it reads from stdin.
//
//	oracle samples KIND DIR   prints the objects of a kind among the YAML files below DIR, one JSON object a line
//	oracle pairs              answers {"old":RayJob,"new":RayJob} lines
//	oracle quantities         answers ["1Gi","1024Mi"] lines
//	oracle names              answers "text" lines
//	oracle versions           answers ["2.52","2.52.0"] lines
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	rayv1 "github.com/ray-project/kuberay/ray-operator/apis/ray/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/version"
	kubernetesjson "sigs.k8s.io/json"
	"sigs.k8s.io/yaml"
)

func main() {
	switch {
	case len(os.Args) == 4 && os.Args[1] == "samples":
		samples(os.Args[2], os.Args[3])
	case len(os.Args) == 2 && os.Args[1] == "pairs":
		answer(pair)
	case len(os.Args) == 2 && os.Args[1] == "quantities":
		answer(quantities)
	case len(os.Args) == 2 && os.Args[1] == "names":
		answer(names)
	case len(os.Args) == 2 && os.Args[1] == "versions":
		answer(versions)
	default:
		fail(fmt.Errorf("usage: oracle samples KIND DIR | pairs | quantities | names | versions"))
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "oracle:", err)
	os.Exit(1)
}

func must[T any](value T, err error) T {
	if err != nil {
		fail(err)
	}
	return value
}

func samples(kind, directory string) {
	err := filepath.WalkDir(directory, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".yaml" {
			return err
		}
		for _, document := range strings.Split(string(must(os.ReadFile(path))), "\n---") {
			var object map[string]any
			if yaml.Unmarshal([]byte(document), &object) == nil && object["kind"] == kind {
				fmt.Println(string(must(json.Marshal(object))))
			}
		}
		return nil
	})
	if err != nil {
		fail(err)
	}
}

// answer writes one line for each line of stdin.
func answer(line func([]byte) any) {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	encoder := json.NewEncoder(out)
	for {
		text, err := in.ReadBytes('\n')
		if text = bytes.TrimSpace(text); len(text) > 0 {
			if err := encoder.Encode(line(text)); err != nil {
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

type pairAnswer struct {
	OldDecodes bool `json:"oldDecodes"`
	NewDecodes bool `json:"newDecodes"`
	Equal      bool `json:"equal"`
	// Encoded is the new object as the operator would write it back, and Neutral whether that changes nothing.
	Encoded *rayv1.RayJob `json:"encoded"`
	Neutral bool          `json:"neutral"`
}

func pair(text []byte) any {
	var raw struct{ Old, New json.RawMessage }
	if err := json.Unmarshal(text, &raw); err != nil {
		fail(err)
	}
	before, oldDecodes := decode(raw.Old)
	after, newDecodes := decode(raw.New)
	result := pairAnswer{OldDecodes: oldDecodes, NewDecodes: newDecodes}
	result.Equal = oldDecodes && newDecodes && equality.Semantic.DeepEqual(before, after)
	if newDecodes {
		result.Encoded = after
		again, decodes := decode(must(json.Marshal(after)))
		result.Neutral = decodes && equality.Semantic.DeepEqual(after, again)
	}
	return result
}

// decode is what the operator's client does to an object from the API server.
func decode(text []byte) (*rayv1.RayJob, bool) {
	var job rayv1.RayJob
	err := kubernetesjson.UnmarshalCaseSensitivePreserveInts(text, &job)
	return &job, err == nil
}

type quantitiesAnswer struct {
	Accepted [2]bool `json:"accepted"`
	Order    int     `json:"order"`
	// Sum and Triple are left + right and 3 * left, without an exponent, while the numbers are of a size to be written so.
	Sum    string `json:"sum,omitempty"`
	Triple string `json:"triple,omitempty"`
}

func quantities(text []byte) any {
	var texts [2]string
	if err := json.Unmarshal(text, &texts); err != nil {
		fail(err)
	}
	left, leftErr := resource.ParseQuantity(texts[0])
	right, rightErr := resource.ParseQuantity(texts[1])
	result := quantitiesAnswer{Accepted: [2]bool{leftErr == nil, rightErr == nil}}
	if leftErr == nil && rightErr == nil {
		result.Order = left.Cmp(right)
		if isShort(left) && isShort(right) {
			sum, triple := left.DeepCopy(), left.DeepCopy()
			sum.Add(right)
			triple.Mul(3)
			result.Sum, result.Triple = sum.AsDec().String(), triple.AsDec().String()
		}
	}
	return result
}

func isShort(quantity resource.Quantity) bool {
	number := quantity.DeepCopy()
	decimal := number.AsDec()
	return decimal.UnscaledBig().BitLen() < 100 && -30 < decimal.Scale()
}

// names says which forms of names a text has.
func names(text []byte) any {
	var name string
	if err := json.Unmarshal(text, &name); err != nil {
		fail(err)
	}
	return map[string]bool{
		"dns1123Label":      len(validation.IsDNS1123Label(name)) == 0,
		"dns1123Subdomain":  len(validation.IsDNS1123Subdomain(name)) == 0,
		"dns1035Label":      len(validation.IsDNS1035Label(name)) == 0,
		"qualifiedName":     len(validation.IsQualifiedName(name)) == 0,
		"labelValue":        len(validation.IsValidLabelValue(name)) == 0,
		"cIdentifier":       len(validation.IsCIdentifier(name)) == 0,
		"envVarName":        len(validation.IsEnvVarName(name)) == 0,
		"relaxedEnvVarName": len(validation.IsRelaxedEnvVarName(name)) == 0,
		"portName":          len(validation.IsValidPortName(name)) == 0,
	}
}

type versionsAnswer struct {
	Accepted [2]bool `json:"accepted"`
	Less     bool    `json:"less"`
}

// versions says whether KubeRay can read two versions, and whether the first is the older one.
func versions(text []byte) any {
	var texts [2]string
	if err := json.Unmarshal(text, &texts); err != nil {
		fail(err)
	}
	left, leftErr := version.ParseGeneric(texts[0])
	right, rightErr := version.ParseGeneric(texts[1])
	result := versionsAnswer{Accepted: [2]bool{leftErr == nil, rightErr == nil}}
	if leftErr == nil && rightErr == nil {
		result.Less = left.LessThan(right)
	}
	return result
}

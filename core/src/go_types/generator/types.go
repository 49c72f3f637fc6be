package main

import (
	"fmt"
	"reflect"
	"runtime/debug"
	"sort"
	"strings"

	rayv1 "github.com/ray-project/kuberay/ray-operator/apis/ray/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
)

const kuberay = "github.com/ray-project/kuberay/ray-operator"

// roots are the kinds that users write. RayCronJob exists since KubeRay 1.6.
var roots = []string{"RayCluster", "RayCronJob", "RayJob", "RayService"}

// leaves are the types that decode themselves; the decoder never looks inside.
var leaves = map[reflect.Type]string{
	reflect.TypeFor[resource.Quantity]():  "Quantity",
	reflect.TypeFor[intstr.IntOrString](): "IntOrString",
	reflect.TypeFor[metav1.Time]():        "Time",
	reflect.TypeFor[metav1.FieldsV1]():    "Raw",
}

var kinds = map[reflect.Kind]string{
	reflect.String:  "String",
	reflect.Bool:    "Bool",
	reflect.Int32:   "Int32",
	reflect.Int64:   "Int64",
	reflect.Float32: "Float32",
}

type field struct {
	key    string
	goType reflect.Type
}

// walk collects all structs below the roots, and what the schemas of the CRDs say of their fields.
type walk struct {
	structs  map[string][]field
	keywords keywords
}

// printTypes lists the types by reflection, so that the list says what the operator's decoder does, and behind each field
// what the schema in the CRDs of that folder says of it. It stops at any type or word that core/src/go_types has none
// for: a new kind of leaf must be taught to both, never guessed.
func printTypes(crds string) {
	scheme := runtime.NewScheme()
	if err := rayv1.AddToScheme(scheme); err != nil {
		fail("%v", err)
	}
	known := scheme.KnownTypes(rayv1.GroupVersion)
	w := walk{map[string][]field{}, keywords{}}
	fmt.Printf("# The Go types behind the objects of %s %s.\n", kuberay, moduleVersion())
	fmt.Printf("# Generated: `go-types types` in core/src/go_types/generator writes it. Do not edit.\n")
	for _, root := range roots {
		if goType, ok := known[root]; ok {
			fmt.Printf("root\t%s\t%s\n", root, w.text(goType))
		}
	}
	w.readKeywords(crds, known)
	names := make([]string, 0, len(w.structs))
	for name := range w.structs {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Printf("struct\t%s\n", name)
		for _, f := range w.structs[name] {
			fmt.Printf("\t%s\t%s\t%s\n", f.key, w.text(f.goType), w.wordsFor(name, f.key))
		}
	}
}

func moduleVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		fail("the program was built without module information")
	}
	for _, module := range info.Deps {
		if module.Path == kuberay {
			return module.Version
		}
	}
	fail("the program does not depend on %s", kuberay)
	return ""
}

// text names a type: `*T`, `[]T`, `map[string]T`, a leaf, or a struct with the path of its package.
func (w *walk) text(goType reflect.Type) string {
	if leaf, ok := leaves[goType]; ok {
		return leaf
	}
	if method, ok := decodesItself(goType); ok {
		fail("%s decodes itself (%s): give it a Leaf", goType, method)
	}
	switch goType.Kind() {
	case reflect.Pointer:
		return "*" + w.text(goType.Elem())
	case reflect.Struct:
		return w.structName(goType)
	case reflect.Slice:
		if goType.Elem().Kind() == reflect.Uint8 {
			fail("%s: bytes have no Leaf yet", goType)
		}
		return "[]" + w.text(goType.Elem())
	case reflect.Map:
		if _, ok := decodesItself(goType.Key()); ok || goType.Key().Kind() != reflect.String {
			fail("%s: only maps keyed by strings are known", goType)
		}
		return "map[string]" + w.text(goType.Elem())
	}
	leaf, ok := kinds[goType.Kind()]
	if !ok {
		fail("%s has no Leaf yet", goType)
	}
	return leaf
}

// structName gives the full name of a struct and looks at its fields the first time.
func (w *walk) structName(goType reflect.Type) string {
	name := goType.PkgPath() + "." + goType.Name()
	if _, ok := w.structs[name]; ok {
		return name
	}
	fields := fieldsOf(goType)
	sort.Slice(fields, func(i, j int) bool { return fields[i].key < fields[j].key })
	// Before the fields are looked at: a type may contain itself.
	w.structs[name] = fields
	for i, f := range fields {
		if i > 0 && fields[i-1].key == f.key {
			fail("%s has the key %s twice", goType, f.key)
		}
		w.text(f.goType)
	}
	return name
}

// fieldsOf lists what the decoder can fill, embedded structs flattened as encoding/json does.
func fieldsOf(goType reflect.Type) []field {
	var fields []field
	for i := range goType.NumField() {
		goField := goType.Field(i)
		parts := strings.Split(goField.Tag.Get("json"), ",")
		key, options := parts[0], parts[1:]
		switch {
		case key == "-":
			continue
		case key == "" && goField.Anonymous && goField.Type.Kind() == reflect.Struct:
			fields = append(fields, fieldsOf(goField.Type)...)
			continue
		case key == "" || !goField.IsExported():
			fail("%s.%s has no JSON key", goType, goField.Name)
		}
		for _, option := range options {
			// What is left out when Go writes does not matter to the decoder; `string` would.
			if option != "omitempty" && option != "omitzero" {
				fail("%s.%s has the unknown JSON option %q", goType, goField.Name, option)
			}
		}
		fields = append(fields, field{key, goField.Type})
	}
	return fields
}

func decodesItself(goType reflect.Type) (string, bool) {
	if goType.Kind() == reflect.Pointer {
		return "", false
	}
	for _, method := range []string{"UnmarshalJSON", "UnmarshalText"} {
		if _, ok := reflect.PointerTo(goType).MethodByName(method); ok {
			return method, true
		}
	}
	return "", false
}

// Command go-types writes the table of the Go types behind a RayJob as Rust source.
//
// It walks rayv1.RayJob by reflection, so that the table says what the operator's decoder does, and stops at any type
// that core/src/go_types/mod.rs has no word for: a new kind of leaf must be taught to both, never guessed.
package main

import (
	"bytes"
	"fmt"
	"os"
	"reflect"
	"runtime/debug"
	"sort"
	"strings"
	"unicode"

	rayv1 "github.com/ray-project/kuberay/ray-operator/apis/ray/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

const kuberay = "github.com/ray-project/kuberay/ray-operator"

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
	key       string
	omitEmpty bool
	goType    reflect.Type
}

// table collects the structs below a root, each under a Rust name of its own.
type table struct {
	names map[reflect.Type]string
	taken map[string]reflect.Type
	rows  map[string]string
}

func main() {
	t := table{map[reflect.Type]string{}, map[string]reflect.Type{}, map[string]string{}}
	t.structName(reflect.TypeFor[rayv1.RayJob]())
	os.Stdout.Write(t.rust())
}

func fail(format string, arguments ...any) {
	fmt.Fprintf(os.Stderr, "go-types: "+format+"\n", arguments...)
	os.Exit(1)
}

func (t *table) rust() []byte {
	names := make([]string, 0, len(t.rows))
	for name := range t.rows {
		names = append(names, name)
	}
	sort.Strings(names)
	var out bytes.Buffer
	fmt.Fprintf(&out, "//! The Go types behind a RayJob of KubeRay %s.\n//!\n", moduleVersion())
	fmt.Fprintf(&out, "//! Generated: in `core/src/go_types/generator`, `go run . > ../table.rs` writes it. Do not edit.\n\n")
	out.WriteString("#![allow(clippy::enum_glob_use, reason = \"a row reads like the Go field it stands for\")]\n\n")
	out.WriteString("use super::Leaf::*;\nuse super::Type::*;\nuse super::{Struct, always, omitempty};\n")
	for _, name := range names {
		out.WriteString("\n" + t.rows[name])
	}
	return out.Bytes()
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

// structName gives the Rust name of a struct and writes its row the first time.
func (t *table) structName(goType reflect.Type) string {
	if name, ok := t.names[goType]; ok {
		return name
	}
	name := screaming(goType.Name())
	if _, ok := t.taken[name]; ok {
		path := strings.Split(goType.PkgPath(), "/")
		name = screaming(path[len(path)-2]) + "_" + name
	}
	if other, ok := t.taken[name]; ok {
		fail("%s and %s would both be called %s", other, goType, name)
	}
	// Before the fields are looked at: a type may contain itself.
	t.names[goType], t.taken[name] = name, goType
	fields := fieldsOf(goType)
	sort.Slice(fields, func(i, j int) bool { return fields[i].key < fields[j].key })
	var row strings.Builder
	fmt.Fprintf(&row, "pub(super) static %s: Struct = Struct::new(%q, &[\n", name, goType.String())
	for i, f := range fields {
		if i > 0 && fields[i-1].key == f.key {
			fail("%s has the key %s twice", goType, f.key)
		}
		constructor := "always"
		if f.omitEmpty {
			constructor = "omitempty"
		}
		fmt.Fprintf(&row, "    %s(%q, %s),\n", constructor, f.key, t.rustType(f.goType))
	}
	row.WriteString("]);\n")
	t.rows[name] = row.String()
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
		f := field{key: key, goType: goField.Type}
		for _, option := range options {
			switch option {
			case "omitempty", "omitzero":
				f.omitEmpty = true
			default:
				fail("%s.%s has the unknown JSON option %q", goType, goField.Name, option)
			}
		}
		fields = append(fields, f)
	}
	return fields
}

func (t *table) rustType(goType reflect.Type) string {
	if leaf, ok := leaves[goType]; ok {
		return "Leaf(" + leaf + ")"
	}
	if method, ok := decodesItself(goType); ok {
		fail("%s decodes itself (%s): give it a Leaf", goType, method)
	}
	switch goType.Kind() {
	case reflect.Pointer:
		return "Pointer(&" + t.rustType(goType.Elem()) + ")"
	case reflect.Struct:
		return "Struct(&" + t.structName(goType) + ")"
	case reflect.Slice:
		if goType.Elem().Kind() == reflect.Uint8 {
			fail("%s: bytes have no Leaf yet", goType)
		}
		return "List(&" + t.rustType(goType.Elem()) + ")"
	case reflect.Map:
		if _, ok := decodesItself(goType.Key()); ok || goType.Key().Kind() != reflect.String {
			fail("%s: only maps keyed by strings are known", goType)
		}
		return "Map(&" + t.rustType(goType.Elem()) + ")"
	}
	leaf, ok := kinds[goType.Kind()]
	if !ok {
		fail("%s has no Leaf yet", goType)
	}
	return "Leaf(" + leaf + ")"
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

// screaming writes HTTPGetAction as HTTP_GET_ACTION.
func screaming(name string) string {
	runes := []rune(name)
	var out strings.Builder
	for i, r := range runes {
		startsWord := i > 0 && unicode.IsUpper(r) &&
			(!unicode.IsUpper(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1]))
		if startsWord && runes[i-1] != '_' {
			out.WriteByte('_')
		}
		out.WriteRune(unicode.ToUpper(r))
	}
	return out.String()
}

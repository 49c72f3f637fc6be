package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"
)

// schema is a part of a CRD's schema, with all words that KubeRay's CRDs use. Reading stops at any other word.
type schema struct {
	Type                 string             `json:"type"`
	Properties           map[string]*schema `json:"properties"`
	Items                *schema            `json:"items"`
	AdditionalProperties *schema            `json:"additionalProperties"`

	Required  []string `json:"required"`
	Default   any      `json:"default"`
	Enum      []string `json:"enum"`
	Minimum   *int64   `json:"minimum"`
	MinItems  int      `json:"minItems"`
	MinLength int      `json:"minLength"`
	MaxLength int      `json:"maxLength"`
	Format    string   `json:"format"`
	Pattern   string   `json:"pattern"`
	AnyOf     []schema `json:"anyOf"`
	Nullable  bool     `json:"nullable"`

	IntOrString bool     `json:"x-kubernetes-int-or-string"`
	ListType    string   `json:"x-kubernetes-list-type"`
	ListMapKeys []string `json:"x-kubernetes-list-map-keys"`
	MapType     string   `json:"x-kubernetes-map-type"`
	Validations []struct {
		Rule    string `json:"rule"`
		Message string `json:"message"`
	} `json:"x-kubernetes-validations"`
}

const quantityPattern = `^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$`

// leafSchemas says what the schema of a leaf must be: the words for it need not stand in each row then.
var leafSchemas = map[string]schema{
	"String":      {Type: "string"},
	"Bool":        {Type: "boolean"},
	"Int32":       {Type: "integer", Format: "int32"},
	"Int64":       {Type: "integer", Format: "int64"},
	"Float32":     {Type: "number"},
	"Quantity":    {IntOrString: true, Pattern: quantityPattern},
	"IntOrString": {IntOrString: true},
}

// spokenOf are the rules in CEL for which Raygate has rules of its own, with their names.
var spokenOf = map[string]string{
	"!((has(self.onSuccess) || has(self.onFailure)) && has(self.deletionRules))": "RJ118 mixed-deletion-strategy",
	"((has(self.onSuccess) && has(self.onFailure)) || has(self.deletionRules))":  "RJ119 empty-deletion-strategy, RJ120 partial-deletion-strategy",
	"!(has(self.jobStatus) && has(self.jobDeploymentStatus))":                    "RJ124 ambiguous-deletion-condition",
	"has(self.jobStatus) || has(self.jobDeploymentStatus)":                       "RJ124 ambiguous-deletion-condition",
	"self == oldSelf": "nobody: it is about updates, and the API server sees these before Raygate",
}

// apiVersions are the versions of ray.io in which the API server takes objects.
var apiVersions = []string{"v1", "v1alpha1"}

// keywords are what the schemas say of each field: by struct, key and version of the API.
type keywords map[string]map[string]map[string][]string

const required = "Required"

// readKeywords walks the CRDs of a folder beside the Go types.
func (w *walk) readKeywords(folder string, known map[string]reflect.Type) {
	files, err := filepath.Glob(filepath.Join(folder, "ray.io_*.yaml"))
	if err != nil || len(files) == 0 {
		fail("%s holds no CRDs of KubeRay", folder)
	}
	for _, file := range files {
		var crd struct {
			Spec struct {
				Names    struct{ Kind string }
				Versions []struct {
					Name   string
					Schema struct{ OpenAPIV3Schema json.RawMessage }
				}
			}
		}
		text, err := os.ReadFile(file)
		if err == nil {
			err = yaml.Unmarshal(text, &crd)
		}
		if err != nil {
			fail("%s: %v", file, err)
		}
		for _, version := range crd.Spec.Versions {
			if !slices.Contains(apiVersions, version.Name) {
				fail("%s has the unknown version %s", file, version.Name)
			}
			var root schema
			decoder := json.NewDecoder(bytes.NewReader(version.Schema.OpenAPIV3Schema))
			decoder.DisallowUnknownFields()
			if err := decoder.Decode(&root); err != nil {
				fail("%s: %v", file, err)
			}
			kind := crd.Spec.Names.Kind
			w.readSchema(version.Name+" "+kind, version.Name, known[kind], &root)
		}
	}
}

// readSchema reads what a schema says below a place.
func (w *walk) readSchema(place, version string, goType reflect.Type, s *schema) {
	_, isLeaf := leaves[goType]
	switch kind := goType.Kind(); {
	case kind == reflect.Pointer:
		w.readSchema(place, version, goType.Elem(), s)
	case isLeaf || kinds[kind] != "":
		leaf := leafSchemas[w.text(goType)]
		if s.Type != leaf.Type || s.Format != leaf.Format || s.Pattern != leaf.Pattern || s.IntOrString != leaf.IntOrString {
			fail("%s is no usual %s: %+v", place, w.text(goType), *s)
		}
	case kind == reflect.Slice:
		expect(place, "array", s)
		w.readSchema(place+"[]", version, goType.Elem(), s.Items)
	case kind == reflect.Map:
		expect(place, "object", s)
		w.readSchema(place+"{}", version, goType.Elem(), s.AdditionalProperties)
	default:
		expect(place, "object", s)
		w.readStruct(place, version, goType, s)
	}
}

func expect(place, kind string, s *schema) {
	if s == nil || s.Type != kind {
		fail("%s is no %s: %+v", place, kind, s)
	}
}

func (w *walk) readStruct(place, version string, goType reflect.Type, s *schema) {
	name := w.structName(goType)
	if s.Properties == nil && strings.HasSuffix(name, ".ObjectMeta") {
		// The metadata of the object itself: the API server knows it without a schema.
		return
	}
	fields := fieldsOf(goType)
	for key := range s.Properties {
		// What status says is dropped when an object is created, and in the template of a Service nobody reads it.
		if key != "status" && !slices.ContainsFunc(fields, func(f field) bool { return f.key == key }) {
			fail("%s.%s is no field of %s", place, key, name)
		}
	}
	for _, f := range fields {
		property, ok := s.Properties[f.key]
		if f.key == "status" {
			continue
		}
		if !ok {
			w.keep(place, version, name, f.key, []string{absent})
			continue
		}
		words := wordsOf(place+"."+f.key, property)
		if slices.Contains(s.Required, f.key) {
			words = append([]string{required}, words...)
		}
		w.keep(place, version, name, f.key, words)
		w.readSchema(place+"."+f.key, version, f.goType, property)
	}
}

// absent stands for a field that a schema does not have.
const absent = "absent"

// wordsOf says in the table's words what a schema allows beside a type.
func wordsOf(place string, s *schema) []string {
	var words []string
	switch value := s.Default.(type) {
	case nil:
	case string:
		words = append(words, fmt.Sprintf("DefaultsTo(Text(%q))", value))
	case float64:
		words = append(words, fmt.Sprintf("DefaultsTo(Number(%s))", grouped(int64(value))))
	case bool:
		words = append(words, fmt.Sprintf("DefaultsTo(Flag(%t))", value))
	default:
		fail("%s: the default %v has no word yet", place, value)
	}
	known := s.Enum
	for _, validation := range s.Validations {
		if list, ok := strings.CutPrefix(validation.Rule, "self in "); ok {
			if err := json.Unmarshal([]byte(strings.ReplaceAll(list, "'", "\"")), &known); err != nil {
				fail("%s: cannot read %q: %v", place, validation.Rule, err)
			}
		} else if _, ok := spokenOf[validation.Rule]; !ok {
			fail("%s: nobody speaks of %q yet", place, validation.Rule)
		}
	}
	if len(known) > 0 {
		words = append(words, "OneOf(&["+quoted(known)+"])")
	}
	if s.Minimum != nil {
		words = append(words, fmt.Sprintf("Minimum(%d)", *s.Minimum))
	}
	if s.MinItems > 1 || s.MinLength > 1 || s.MaxLength > 0 || s.Nullable {
		fail("%s: not all of it has a word yet: %+v", place, *s)
	}
	if s.MinItems+s.MinLength > 0 {
		words = append(words, "NotEmpty")
	}
	switch s.ListType {
	case "", "atomic":
	case "set":
		words = append(words, "Set")
	case "map":
		words = append(words, "KeyedBy(&["+quoted(s.ListMapKeys)+"])")
	default:
		fail("%s: the list type %s has no word yet", place, s.ListType)
	}
	return words
}

// grouped writes a number as Rust's lints ask for it.
func grouped(number int64) string {
	if number < 1000 {
		return fmt.Sprint(number)
	}
	return fmt.Sprintf("%s_%03d", grouped(number/1000), number%1000)
}

func quoted(texts []string) string {
	var all []string
	for _, text := range texts {
		all = append(all, fmt.Sprintf("%q", text))
	}
	return strings.Join(all, ", ")
}

// keep remembers the words for a field, which must be the same wherever its struct stands.
func (w *walk) keep(place, version, name, key string, words []string) {
	if w.keywords[name] == nil {
		w.keywords[name] = map[string]map[string][]string{}
	}
	byVersion := w.keywords[name][key]
	if byVersion == nil {
		byVersion = map[string][]string{}
		w.keywords[name][key] = byVersion
	}
	if before, ok := byVersion[version]; ok && !slices.Equal(before, words) {
		fail("%s.%s is %v, but elsewhere in a %s %v", place, key, words, name, before)
	}
	byVersion[version] = words
}

// wordsFor joins what the versions of the API say about a field.
func (w *walk) wordsFor(name, key string) string {
	byVersion := w.keywords[name][key]
	stable, isStable := byVersion["v1"]
	alpha, isAlpha := byVersion["v1alpha1"]
	isAbsent := func(words []string) bool { return slices.Equal(words, []string{absent}) }
	withoutRequired := func(words []string) []string {
		return slices.DeleteFunc(slices.Clone(words), func(word string) bool { return word == required })
	}
	words := slices.Clone(stable)
	switch {
	case !isStable && isAlpha:
		fail("%s.%s is in v1alpha1 only", name, key)
	case isAbsent(stable):
		if isAlpha && !isAbsent(alpha) {
			fail("%s.%s is in v1alpha1 only", name, key)
		}
		words = []string{"OnlyAtTheRoot"}
	case isAlpha && isAbsent(alpha):
		words = append(words, "OnlyIn(V1)")
	case isAlpha && !slices.Equal(stable, alpha):
		if words = withoutRequired(stable); !slices.Equal(words, withoutRequired(alpha)) {
			fail("%s.%s is %v in v1 and %v in v1alpha1", name, key, stable, alpha)
		}
		where := "V1"
		if slices.Contains(alpha, required) {
			where = "V1Alpha1"
		}
		words = append(words, "RequiredIn("+where+")")
	}
	return strings.Join(words, ", ")
}

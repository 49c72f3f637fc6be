package main

import (
	"fmt"
	"os"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"sigs.k8s.io/yaml"
)

// kind is what the API server knows of a kind: the schema of its version v1.
type kind struct {
	name       string
	structural *structuralschema.Structural
	validator  validation.SchemaValidator
}

func readKind(file string) (*kind, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var crd apiextensionsv1.CustomResourceDefinition
	if err := yaml.Unmarshal(text, &crd); err != nil {
		return nil, err
	}
	for _, version := range crd.Spec.Versions {
		if version.Name != "v1" {
			continue
		}
		var schema apiextensions.JSONSchemaProps
		if err := apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(version.Schema.OpenAPIV3Schema, &schema, nil); err != nil {
			return nil, err
		}
		structural, err := structuralschema.NewStructural(&schema)
		if err != nil {
			return nil, err
		}
		validator, _, err := validation.NewSchemaValidator(&schema)
		if err != nil {
			return nil, err
		}
		return &kind{crd.Spec.Names.Kind, structural, validator}, nil
	}
	return nil, fmt.Errorf("%s has no version v1", file)
}

// store does to a new object what the API server does, and says whether it accepts it. It leaves out the rules in CEL,
// which would only refuse more, and `status`, which a create drops.
func (k *kind) store(object map[string]any) bool {
	metadata, found, err := objectmeta.GetObjectMeta(object, false)
	if err != nil || !found {
		return false
	}
	apiVersion, name := object["apiVersion"], object["kind"]
	delete(object, "status")
	pruning.Prune(object, k.structural, true)
	defaulting.PruneNonNullableNullsWithoutDefaults(object, k.structural)
	if err := objectmeta.Coerce(nil, object, k.structural, false, false); err != nil {
		return false
	}
	object["apiVersion"], object["kind"] = apiVersion, name
	if err := objectmeta.SetObjectMeta(object, metadata); err != nil {
		return false
	}
	defaulting.Default(object, k.structural)
	errors := validation.ValidateCustomResource(nil, object, k.validator)
	errors = append(errors, objectmeta.Validate(nil, object, k.structural, false)...)
	errors = append(errors, listtype.ValidateListSetsAndMaps(nil, k.structural, object)...)
	return len(errors) == 0
}

// complete adds what the schema requires.
func (k *kind) complete(object map[string]any) {
	complete(object, k.structural)
}

func complete(value any, schema *structuralschema.Structural) {
	switch value := value.(type) {
	case map[string]any:
		if schema.ValueValidation != nil {
			for _, key := range schema.ValueValidation.Required {
				if _, ok := value[key]; !ok {
					value[key] = least(schema.Properties[key])
				}
			}
		}
		for key, child := range value {
			if property, ok := schema.Properties[key]; ok {
				complete(child, &property)
			} else if schema.AdditionalProperties != nil && schema.AdditionalProperties.Structural != nil {
				complete(child, schema.AdditionalProperties.Structural)
			}
		}
	case []any:
		if schema.Items != nil {
			for _, item := range value {
				complete(item, schema.Items)
			}
		}
	}
}

// least is some value that the schema accepts, without what it requires below.
func least(schema structuralschema.Structural) any {
	if validation := schema.ValueValidation; validation != nil && len(validation.Enum) > 0 {
		return validation.Enum[0].Object
	}
	switch {
	case schema.XIntOrString, schema.Type == "integer", schema.Type == "number":
		return int64(1)
	case schema.Type == "boolean":
		return false
	case schema.Type == "array":
		return []any{}
	case schema.Type == "object":
		return map[string]any{}
	default:
		return "a"
	}
}

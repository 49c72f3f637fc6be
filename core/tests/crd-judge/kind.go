package main

import (
	"context"
	"os"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"sigs.k8s.io/yaml"
)

// kind is what the API server knows of a kind in one version of the API: its schema.
type kind struct {
	structural *structuralschema.Structural
	validator  validation.SchemaValidator
	// rules are those in CEL; nil when the schema has none.
	rules *cel.Validator
}

// readKinds reads a CRD: its kinds by what an object calls itself, such as `ray.io/v1 RayJob`.
func readKinds(file string) (map[string]*kind, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var crd apiextensionsv1.CustomResourceDefinition
	if err := yaml.Unmarshal(text, &crd); err != nil {
		return nil, err
	}
	kinds := map[string]*kind{}
	for _, version := range crd.Spec.Versions {
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
		kinds[crd.Spec.Group+"/"+version.Name+" "+crd.Spec.Names.Kind] = &kind{structural, validator, cel.NewValidator(structural, true, celconfig.PerCallLimit)}
	}
	return kinds, nil
}

// storing is what became of an object that should be stored.
type storing struct {
	// unreadable says that the metadata cannot be read: the object is refused at once.
	unreadable bool
	// pruned are the paths of the fields that were dropped.
	pruned []string
	// refused are the paths for which the schema refuses the object.
	refused []string
}

func (s storing) isAccepted() bool {
	return !s.unreadable && len(s.refused) == 0
}

// store does to a new object what the API server does before it asks the validating webhooks; a create drops `status`.
func (k *kind) store(object map[string]any) storing {
	options := objectmeta.ObjectMetaOptions{ReturnUnknownFieldPaths: true}
	metadata, found, pruned, err := objectmeta.GetObjectMetaWithOptions(object, options)
	if err != nil || !found {
		return storing{unreadable: true}
	}
	apiVersion, name := object["apiVersion"], object["kind"]
	delete(object, "status")
	pruned = append(pruned, pruning.PruneWithOptions(object, k.structural, true, structuralschema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})...)
	defaulting.PruneNonNullableNullsWithoutDefaults(object, k.structural)
	if err := objectmeta.Coerce(nil, object, k.structural, false, false); err != nil {
		return storing{unreadable: true}
	}
	object["apiVersion"], object["kind"] = apiVersion, name
	// rest.WipeObjectMetaSystemFields, and what the API server counts itself.
	metadata.CreationTimestamp, metadata.UID, metadata.SelfLink, metadata.Generation = metav1.Time{}, "", "", 0
	metadata.DeletionTimestamp, metadata.DeletionGracePeriodSeconds = nil, nil
	if err := objectmeta.SetObjectMeta(object, metadata); err != nil {
		return storing{unreadable: true}
	}
	delete(object["metadata"].(map[string]any), "creationTimestamp")
	defaulting.Default(object, k.structural)
	errors := validation.ValidateCustomResource(nil, object, k.validator)
	errors = append(errors, objectmeta.Validate(nil, object, k.structural, false)...)
	errors = append(errors, listtype.ValidateListSetsAndMaps(nil, k.structural, object)...)
	if len(errors) == 0 && k.rules != nil {
		errors, _ = k.rules.Validate(context.Background(), nil, k.structural, object, nil, celconfig.RuntimeCELCostBudget)
	}
	result := storing{pruned: pruned, refused: []string{}}
	for _, err := range errors {
		// A schema with alternatives says once more, of no place, that none of them fits.
		if err.Field != "<nil>" {
			result.refused = append(result.refused, err.Field)
		}
	}
	return result
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

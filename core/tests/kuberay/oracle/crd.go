package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	crdvalidation "k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"sigs.k8s.io/yaml"
)

// crd is the schema of ray.io/v1 RayJobs, compiled once.
type crd struct {
	structural *schema.Structural
	schema     crdvalidation.SchemaValidator
	cel        *cel.Validator
}

func readCrd(folder string) (*crd, error) {
	text, err := os.ReadFile(filepath.Join(folder, "config/crd/bases/ray.io_rayjobs.yaml"))
	if err != nil {
		return nil, err
	}
	var definition apiextensionsv1.CustomResourceDefinition
	if err := yaml.Unmarshal(text, &definition); err != nil {
		return nil, err
	}
	for _, version := range definition.Spec.Versions {
		if version.Name == "v1" {
			return compile(version.Schema)
		}
	}
	return nil, fmt.Errorf("the CRD has no version v1")
}

func compile(served *apiextensionsv1.CustomResourceValidation) (*crd, error) {
	var internal apiextensions.CustomResourceValidation
	err := apiextensionsv1.Convert_v1_CustomResourceValidation_To_apiextensions_CustomResourceValidation(served, &internal, nil)
	if err != nil {
		return nil, err
	}
	structural, err := schema.NewStructural(internal.OpenAPIV3Schema)
	if err != nil {
		return nil, err
	}
	if err := defaulting.PruneDefaults(structural); err != nil {
		return nil, err
	}
	validator, _, err := crdvalidation.NewSchemaValidator(internal.OpenAPIV3Schema)
	if err != nil {
		return nil, err
	}
	return &crd{structural, validator, cel.NewValidator(structural, true, celconfig.PerCallLimit)}, nil
}

// admit does to a new object what the API server does before it calls the validating webhooks, and says why it would
// be refused (apiextensions-apiserver: schemaCoercingDecoder, unstructuredDefaulter, customResourceStrategy.Validate).
// Unlike there, a status stays.
func (c *crd) admit(object map[string]any) string {
	metadata, found, err := objectmeta.GetObjectMeta(object, false)
	if err != nil {
		return err.Error()
	}
	pruning.Prune(object, c.structural, true)
	defaulting.PruneNonNullableNullsWithoutDefaults(object, c.structural)
	if err := objectmeta.Coerce(nil, object, c.structural, false, false); err != nil {
		return err.Error()
	}
	if found {
		if err := objectmeta.SetObjectMeta(object, metadata); err != nil {
			return err.Error()
		}
	}
	defaulting.Default(object, c.structural)

	accessor := &unstructured.Unstructured{Object: object}
	errs := validation.ValidateObjectMetaAccessor(accessor, true, validation.NameIsDNSSubdomain, field.NewPath("metadata"))
	errs = append(errs, crdvalidation.ValidateCustomResource(nil, object, c.schema)...)
	errs = append(errs, objectmeta.Validate(nil, object, c.structural, false)...)
	errs = append(errs, listtype.ValidateListSetsAndMaps(nil, c.structural, object)...)
	if len(errs) == 0 && c.cel != nil {
		errs, _ = c.cel.Validate(context.Background(), nil, c.structural, object, nil, celconfig.RuntimeCELCostBudget)
	}
	if len(errs) == 0 {
		return ""
	}
	return errs.ToAggregate().Error()
}

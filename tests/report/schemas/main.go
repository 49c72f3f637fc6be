// Holds the JSON document on stdin against a JSON schema, and prints what does not fit, one line each.
package main

import (
	"fmt"
	"io"
	"os"

	// Ships the schema of SARIF as OASIS published it.
	_ "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/xeipuuv/gojsonschema"
)

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(schemaPath string) error {
	schema, err := os.ReadFile(schemaPath)
	if err != nil {
		return err
	}
	document, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	result, err := gojsonschema.Validate(gojsonschema.NewBytesLoader(schema), gojsonschema.NewBytesLoader(document))
	if err != nil {
		return err
	}
	for _, misfit := range result.Errors() {
		fmt.Println(misfit)
	}
	return nil
}

package main

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"k8s.io/apimachinery/pkg/util/yaml"
)

type sample struct {
	// File is the path below config/samples.
	File string         `json:"file"`
	Job  map[string]any `json:"job"`
}

// printSamples lists KubeRay's sample RayJobs as they stand, by file.
func printSamples(folder string, output io.Writer) error {
	root := filepath.Join(folder, "config/samples")
	encoder := json.NewEncoder(output)
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".yaml") {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		file, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		documents := yaml.NewYAMLOrJSONDecoder(bytes.NewReader(content), 4096)
		for {
			var job map[string]any
			if err := documents.Decode(&job); err == io.EOF {
				return nil
			} else if err != nil {
				return err
			}
			if job["kind"] != "RayJob" {
				continue
			}
			if err := encoder.Encode(sample{file, job}); err != nil {
				return err
			}
		}
	})
}

// Command go-types writes the table of the Go types behind KubeRay's objects as Rust source, in two steps.
//
//	go-types types CRDS      lists the types of the KubeRay that this program is built with, whose CRDs are in that folder
//	go-types table FILE...   merges such lists, oldest first, into one Rust table
//
// versions/ holds a go.mod for each KubeRay: `go run -modfile=versions/v1.3.2.mod . types FOLDER`.
package main

import (
	"fmt"
	"os"
)

func main() {
	switch {
	case len(os.Args) == 3 && os.Args[1] == "types":
		printTypes(os.Args[2])
	case len(os.Args) > 2 && os.Args[1] == "table":
		printTable(os.Args[2:])
	default:
		fail("usage: go-types types CRDS | table FILE...")
	}
}

func fail(format string, arguments ...any) {
	fmt.Fprintf(os.Stderr, "go-types: "+format+"\n", arguments...)
	os.Exit(1)
}

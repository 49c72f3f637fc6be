package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

// sources hold KubeRay's validation; the second moved in KubeRay 1.5.
var sources = []string{
	"controllers/ray/utils/validation.go",
	"controllers/ray/utils/dashboard_httpclient.go",
	"controllers/ray/utils/dashboardclient/dashboard_httpclient.go",
}

// roots are what the reconcilers of RayJobs, and of the RayClusters that are made from them, call.
var roots = []string{
	"ValidateRayJobMetadata", "ValidateRayJobSpec", "ValidateRayJobStatus",
	"ValidateRayClusterSpec", "ValidateRayClusterUpgradeOptions",
}

type errorText struct {
	Function string `json:"function"`
	Text     string `json:"text"`
}

// printTexts lists the format of every error that the roots can return, in the order of the source.
func printTexts(folder string, output io.Writer) error {
	functions := map[string]*ast.FuncDecl{}
	for _, source := range sources {
		path := filepath.Join(folder, source)
		if _, err := os.Stat(path); os.IsNotExist(err) {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, declaration := range file.Decls {
			if function, ok := declaration.(*ast.FuncDecl); ok && function.Recv == nil {
				functions[function.Name.Name] = function
			}
		}
	}
	encoder := json.NewEncoder(output)
	encoder.SetEscapeHTML(false)
	for _, function := range reachable(functions) {
		for _, text := range texts(functions[function]) {
			if err := encoder.Encode(errorText{function, text}); err != nil {
				return err
			}
		}
	}
	return nil
}

// reachable are the functions of these that the roots call, directly or not.
func reachable(functions map[string]*ast.FuncDecl) []string {
	var found []string
	var visit func(name string)
	visit = func(name string) {
		function := functions[name]
		if function == nil || slices.Contains(found, name) {
			return
		}
		found = append(found, name)
		ast.Inspect(function, func(node ast.Node) bool {
			if call, ok := node.(*ast.CallExpr); ok {
				visit(nameOf(call))
			}
			return true
		})
	}
	for _, root := range roots {
		visit(root)
	}
	return found
}

// texts are the constant formats of the errors that are made in the function.
func texts(function *ast.FuncDecl) []string {
	var found []string
	ast.Inspect(function, func(node ast.Node) bool {
		call, ok := node.(*ast.CallExpr)
		if !ok {
			return true
		}
		switch nameOf(call) {
		case "Errorf", "New":
			found = append(found, constant(call.Args[0]))
		case "append":
			// Texts that are collected first and joined later.
			for _, argument := range call.Args[1:] {
				if inner, ok := argument.(*ast.CallExpr); ok && nameOf(inner) == "Sprintf" {
					found = append(found, constant(inner.Args[0]))
				}
			}
		}
		return true
	})
	return found
}

func nameOf(call *ast.CallExpr) string {
	switch function := call.Fun.(type) {
	case *ast.Ident:
		return function.Name
	case *ast.SelectorExpr:
		return function.Sel.Name
	}
	return ""
}

// constant is the value of string literals, joined by +.
func constant(expression ast.Expr) string {
	switch expression := expression.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(expression.Value); err == nil {
			return text
		}
	case *ast.BinaryExpr:
		return constant(expression.X) + constant(expression.Y)
	case *ast.ParenExpr:
		return constant(expression.X)
	}
	return "?"
}

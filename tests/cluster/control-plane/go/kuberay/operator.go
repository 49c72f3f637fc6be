//go:build tools

// Package kuberay names the operator's main package, so that go.sum covers all that its build needs.
package kuberay

import _ "github.com/ray-project/kuberay/ray-operator"

// The CRDs of those beside whom the chart may be installed: nothing of these modules is built.
module raygate.dev/tests/control-plane/neighbours

go 1.26.0

require (
	github.com/cert-manager/cert-manager v1.21.2
	github.com/prometheus-operator/prometheus-operator v0.85.0
)

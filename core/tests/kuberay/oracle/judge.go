package main

import (
	"encoding/json"
	"fmt"
	"maps"

	rayv1 "github.com/ray-project/kuberay/ray-operator/apis/ray/v1"
	utils "github.com/ray-project/kuberay/ray-operator/controllers/ray/utils"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	machinery "k8s.io/apimachinery/pkg/util/json"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/component-base/featuregate"

	_ "github.com/ray-project/kuberay/ray-operator/pkg/features"
)

func judge(crd *crd, line []byte) (*answer, error) {
	var asked question
	if err := json.Unmarshal(line, &asked); err != nil {
		return nil, err
	}
	var reply answer
	// Whole numbers are int64 here, as in the API server.
	if err := machinery.Unmarshal(asked.Job, &reply.Job); err != nil {
		return nil, err
	}
	if reply.Crd = crd.admit(reply.Job); reply.Crd != "" {
		return &reply, nil
	}
	stored, err := json.Marshal(reply.Job)
	if err != nil {
		return nil, err
	}
	var job rayv1.RayJob
	if err := machinery.Unmarshal(stored, &job); err != nil {
		reply.Decode = err.Error()
		return &reply, nil
	}
	if err := setGates(asked.Gates); err != nil {
		return nil, err
	}
	reply.Metadata = text(func() error { return validateMetadata(&job) })
	reply.Spec = text(func() error { return utils.ValidateRayJobSpec(&job) })
	reply.Status = text(func() error { return utils.ValidateRayJobStatus(&job) })
	refused := reply.Metadata + reply.Spec + reply.Status
	if refused == "" && job.Spec.RayClusterSpec != nil {
		cluster := clusterOf(&job)
		reply.Cluster = text(func() error { return validateCluster(cluster) })
	}
	return &reply, nil
}

var gatesAreSet map[string]bool

func setGates(gates map[string]bool) error {
	if gatesAreSet != nil && maps.Equal(gates, gatesAreSet) {
		return nil
	}
	// What the question before this one has set is set no more.
	for gate := range gatesAreSet {
		if err := utilfeature.DefaultMutableFeatureGate.ResetFeatureValueToDefault(featuregate.Feature(gate)); err != nil {
			return err
		}
	}
	gatesAreSet = gates
	return utilfeature.DefaultMutableFeatureGate.SetFromMap(gates)
}

// clusterOf is the RayCluster that the reconciler makes, as far as its validation reads it.
func clusterOf(job *rayv1.RayJob) *rayv1.RayCluster {
	labels := maps.Clone(job.Labels)
	if labels == nil {
		labels = map[string]string{}
	}
	labels[utils.RayOriginatedFromCRDLabelKey] = "RayJob"
	return &rayv1.RayCluster{
		ObjectMeta: metav1.ObjectMeta{Name: job.Name, Labels: labels, Annotations: job.Annotations},
		Spec:       *job.Spec.RayClusterSpec,
	}
}

func text(validate func() error) (result string) {
	defer func() {
		if cause := recover(); cause != nil {
			result = fmt.Sprintf("panic: %v", cause)
		}
	}()
	if err := validate(); err != nil {
		return err.Error()
	}
	return ""
}

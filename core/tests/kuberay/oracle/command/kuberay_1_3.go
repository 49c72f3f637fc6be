//go:build kuberay_1_3

package main

import (
	"strings"

	rayv1 "github.com/ray-project/kuberay/ray-operator/apis/ray/v1"
	"github.com/ray-project/kuberay/ray-operator/controllers/ray/common"
)

// The first words stand in the reconciler, where no other program reaches them.
func command(job *rayv1.RayJob, _ rayv1.JobSubmissionMode) ([]string, error) {
	words, err := common.GetK8sJobCommand(job)
	return []string{"/bin/bash", "-ce", strings.Join(words, " ")}, err
}

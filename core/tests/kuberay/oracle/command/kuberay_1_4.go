//go:build kuberay_1_4

package main

import (
	"strings"

	rayv1 "github.com/ray-project/kuberay/ray-operator/apis/ray/v1"
	"github.com/ray-project/kuberay/ray-operator/controllers/ray/common"
	"github.com/ray-project/kuberay/ray-operator/controllers/ray/utils"
)

func command(job *rayv1.RayJob, _ rayv1.JobSubmissionMode) ([]string, error) {
	words, err := common.GetK8sJobCommand(job)
	return append(utils.GetContainerCommand([]string{"e"}), strings.Join(words, " ")), err
}

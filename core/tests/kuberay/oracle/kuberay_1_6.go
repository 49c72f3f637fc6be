//go:build !kuberay_1_3 && !kuberay_1_4 && !kuberay_1_5

package main

import (
	rayv1 "github.com/ray-project/kuberay/ray-operator/apis/ray/v1"
	utils "github.com/ray-project/kuberay/ray-operator/controllers/ray/utils"
)

func validateMetadata(job *rayv1.RayJob) error {
	return utils.ValidateRayJobMetadata(job.ObjectMeta)
}

func validateCluster(cluster *rayv1.RayCluster) error {
	if err := utils.ValidateRayClusterSpec(&cluster.Spec, cluster.Annotations); err != nil {
		return err
	}
	return utils.ValidateRayClusterUpgradeOptions(cluster)
}

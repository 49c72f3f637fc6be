//go:build kuberay_1_3

package main

import (
	rayv1 "github.com/ray-project/kuberay/ray-operator/apis/ray/v1"
	utils "github.com/ray-project/kuberay/ray-operator/controllers/ray/utils"
)

// KubeRay 1.3 does not look at a RayJob's metadata.
func validateMetadata(*rayv1.RayJob) error {
	return nil
}

func validateCluster(cluster *rayv1.RayCluster) error {
	return utils.ValidateRayClusterSpec(cluster)
}

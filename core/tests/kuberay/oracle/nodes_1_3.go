//go:build kuberay_1_3 || kuberay_1_4

package main

import (
	rayv1 "github.com/ray-project/kuberay/ray-operator/apis/ray/v1"
	"github.com/ray-project/kuberay/ray-operator/controllers/ray/common"
	utils "github.com/ray-project/kuberay/ray-operator/controllers/ray/utils"
)

func buildHead(cluster rayv1.RayCluster, port string) {
	head := cluster.Spec.HeadGroupSpec
	template := common.DefaultHeadPodTemplate(background(), cluster, head, "head", port)
	autoscaled := cluster.Spec.EnableInTreeAutoscaling != nil && *cluster.Spec.EnableInTreeAutoscaling
	common.BuildPod(background(), template, rayv1.HeadNode, head.RayStartParams, port, autoscaled, utils.RayJobCRD, "")
}

func buildWorker(cluster rayv1.RayCluster, group rayv1.WorkerGroupSpec, port string) {
	autoscaled := cluster.Spec.EnableInTreeAutoscaling != nil && *cluster.Spec.EnableInTreeAutoscaling
	template := common.DefaultWorkerPodTemplate(background(), cluster, group, "worker", "head.svc", port)
	common.BuildPod(background(), template, rayv1.WorkerNode, group.RayStartParams, port, autoscaled, utils.RayJobCRD, "head.svc")
}

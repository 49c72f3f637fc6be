package main

import (
	"context"
	"encoding/json"
	"fmt"

	rayv1 "github.com/ray-project/kuberay/ray-operator/apis/ray/v1"
	"github.com/ray-project/kuberay/ray-operator/controllers/ray/common"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	machinery "k8s.io/apimachinery/pkg/util/json"
)

// node is how KubeRay starts Ray in the pods of one group.
type node struct {
	// Params is what rayStartParams has become: the options of `ray start`, before Bash reads them.
	Params map[string]string `json:"params"`
	// Panic says that KubeRay's code broke off.
	Panic string `json:"panic,omitempty"`
}

// nodes answers a RayJob with its head and its worker groups, in order.
func nodes(line []byte) ([]node, error) {
	var job rayv1.RayJob
	if err := machinery.Unmarshal(line, &job); err != nil {
		return nil, fmt.Errorf("%w: %s", err, line)
	}
	cluster := rayv1.RayCluster{
		ObjectMeta: metav1.ObjectMeta{Name: "cluster", Namespace: "default", Annotations: job.Annotations},
		Spec:       *job.Spec.RayClusterSpec,
	}
	head := &cluster.Spec.HeadGroupSpec
	// The reconciler does so as well.
	if head.RayStartParams == nil {
		head.RayStartParams = map[string]string{}
	}
	port := common.GetHeadPort(head.RayStartParams)
	answer := []node{start(head.RayStartParams, func() { buildHead(cluster, port) })}
	for index := range cluster.Spec.WorkerGroupSpecs {
		group := &cluster.Spec.WorkerGroupSpecs[index]
		if group.RayStartParams == nil {
			group.RayStartParams = map[string]string{}
		}
		answer = append(answer, start(group.RayStartParams, func() { buildWorker(cluster, *group, port) }))
	}
	return answer, nil
}

func start(params map[string]string, build func()) (result node) {
	defer func() {
		if cause := recover(); cause != nil {
			result = node{Panic: fmt.Sprint(cause)}
		}
	}()
	build()
	return node{Params: params}
}

func background() context.Context { return context.Background() }

func judgeNodes(line []byte) (any, error) {
	var asked question
	if err := json.Unmarshal(line, &asked); err != nil {
		return nil, err
	}
	return nodes(asked.Job)
}

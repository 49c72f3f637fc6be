// What Kubernetes' Pod Security admission has against the pods that KubeRay makes of a RayJob: one job for each line that
// is read, one answer for each line that is written.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"

	rayv1 "github.com/ray-project/kuberay/ray-operator/apis/ray/v1"
	"github.com/ray-project/kuberay/ray-operator/controllers/ray/common"
	"github.com/ray-project/kuberay/ray-operator/controllers/ray/utils"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// A pod of the job, and the identifiers of the checks that it does not pass.
type pod struct {
	Name       string   `json:"name"`
	Baseline   []string `json:"baseline"`
	Restricted []string `json:"restricted"`
}

func main() {
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(nil, 1<<24)
	output := bufio.NewWriter(os.Stdout)
	defer output.Flush()
	standards := newStandards()
	for input.Scan() {
		var job rayv1.RayJob
		if err := json.Unmarshal(input.Bytes(), &job); err != nil {
			fail(fmt.Errorf("%w: %s", err, input.Text()))
		}
		pods := []pod{}
		for _, made := range podsOf(&job) {
			setDefaults(&made.Spec)
			pods = append(pods, standards.judge(made))
		}
		answer, err := json.Marshal(pods)
		if err != nil {
			fail(err)
		}
		fmt.Fprintf(output, "%s\n", answer)
	}
	if err := input.Err(); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// The pods that KubeRay makes, as its reconcilers do it.
func podsOf(job *rayv1.RayJob) []corev1.Pod {
	ctx := context.Background()
	cluster := rayv1.RayCluster{
		ObjectMeta: metav1.ObjectMeta{Name: "cluster", Namespace: "default"},
		Spec:       *job.Spec.RayClusterSpec.DeepCopy(),
	}
	spec := &cluster.Spec
	if job.Spec.SubmissionMode == rayv1.SidecarMode {
		containers := &spec.HeadGroupSpec.Template.Spec.Containers
		*containers = append(*containers, common.GetDefaultSubmitterContainer(spec))
	}
	autoscaling := utils.IsAutoscalingEnabled(spec)
	build := func(name string, kind rayv1.RayNodeType, template corev1.PodTemplateSpec, params map[string]string) corev1.Pod {
		isHead := kind == rayv1.HeadNode
		pod := common.BuildPod(ctx, template, kind, params, "6379", autoscaling && isHead, utils.RayJobCRD, "head", nil, "2.56.0")
		pod.Name = name
		return pod
	}
	head := spec.HeadGroupSpec
	if head.RayStartParams == nil {
		head.RayStartParams = map[string]string{}
	}
	template := common.DefaultHeadPodTemplate(ctx, cluster, head, "head", "6379")
	pods := []corev1.Pod{build("head", rayv1.HeadNode, template, head.RayStartParams)}
	for _, group := range spec.WorkerGroupSpecs {
		if group.RayStartParams == nil {
			group.RayStartParams = map[string]string{}
		}
		template := common.DefaultWorkerPodTemplate(ctx, cluster, *group.DeepCopy(), group.GroupName, "head", "6379", "", 0, 0)
		pods = append(pods, build(group.GroupName, rayv1.WorkerNode, template, group.RayStartParams))
	}
	if job.Spec.SubmissionMode == "" || job.Spec.SubmissionMode == rayv1.K8sJobMode {
		submitter := common.GetSubmitterTemplate(&job.Spec, spec)
		submitter.Name = "submitter"
		pods = append(pods, corev1.Pod{ObjectMeta: submitter.ObjectMeta, Spec: submitter.Spec})
	}
	return pods
}

// What the API server fills in before any admission, as far as a standard reads it (v1.35 `SetDefaults_Volume`). The ports
// of the node's network that it fills in too are told of once, as hostNetwork.
func setDefaults(spec *corev1.PodSpec) {
	for index := range spec.Volumes {
		if source := &spec.Volumes[index].VolumeSource; *source == (corev1.VolumeSource{}) {
			source.EmptyDir = &corev1.EmptyDirVolumeSource{}
		}
	}
}

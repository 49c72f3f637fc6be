// Command says with what command KubeRay's submitter runs RayJobs: every line of standard input is a submission, every line
// of standard output its command, in the same order. It is that of the KubeRay that the program was built with.
package main

import (
	"bufio"
	"encoding/json"
	"io"
	"log"
	"os"

	rayv1 "github.com/ray-project/kuberay/ray-operator/apis/ray/v1"
	corev1 "k8s.io/api/core/v1"
)

// submission is what goes into the command.
type submission struct {
	Mode                rayv1.JobSubmissionMode `json:"mode"`
	Address             string                  `json:"address"`
	JobID               string                  `json:"jobId"`
	Entrypoint          string                  `json:"entrypoint"`
	RuntimeEnvYAML      string                  `json:"runtimeEnvYAML"`
	Metadata            map[string]string       `json:"metadata"`
	EntrypointResources string                  `json:"entrypointResources"`
	EntrypointNumCpus   float32                 `json:"entrypointNumCpus"`
	EntrypointNumGpus   float32                 `json:"entrypointNumGpus"`
}

func (asked *submission) job() *rayv1.RayJob {
	var cluster rayv1.RayClusterSpec
	cluster.RayVersion = "2.52.0"
	cluster.HeadGroupSpec.Template.Spec.Containers = []corev1.Container{{Name: "ray-head"}}
	var job rayv1.RayJob
	job.Spec.RayClusterSpec = &cluster
	job.Spec.Entrypoint = asked.Entrypoint
	job.Spec.RuntimeEnvYAML = asked.RuntimeEnvYAML
	job.Spec.Metadata = asked.Metadata
	job.Spec.EntrypointResources = asked.EntrypointResources
	job.Spec.EntrypointNumCpus = asked.EntrypointNumCpus
	job.Spec.EntrypointNumGpus = asked.EntrypointNumGpus
	job.Status.DashboardURL = asked.Address
	job.Status.JobId = asked.JobID
	return &job
}

func main() {
	log.SetFlags(0)
	decoder := json.NewDecoder(bufio.NewReader(os.Stdin))
	output := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(output)
	for {
		var asked submission
		if err := decoder.Decode(&asked); err == io.EOF {
			break
		} else if err != nil {
			log.Fatal(err)
		}
		command, err := command(asked.job(), asked.Mode)
		if err == nil {
			err = encoder.Encode(command)
		}
		if err != nil {
			log.Fatal(err)
		}
	}
	if err := output.Flush(); err != nil {
		log.Fatal(err)
	}
}

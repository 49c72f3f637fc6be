// Command kuberay-oracle says what an API server with KubeRay's CRD, and then KubeRay's own validation, make of RayJobs.
//
// "judge" answers every line of standard input, a question, with a line of standard output, in the same order; "nodes"
// reads the same questions and says how KubeRay starts Ray. "texts" lists the error texts in the source of KubeRay's
// validation, "samples" KubeRay's sample RayJobs. All of them are of the KubeRay that the program was built with: see the
// .mod files.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"os"
)

// question is a RayJob as a user sends it, and the feature gates of the operator.
type question struct {
	Job   json.RawMessage `json:"job"`
	Gates map[string]bool `json:"gates"`
}

// answer is what happens to the RayJob. An empty text means that there is nothing to object.
type answer struct {
	// Job is the RayJob as an admission webhook sees it: pruned, and with the CRD's defaults.
	Job map[string]any `json:"job"`
	// Crd says why the API server refuses the RayJob. Then nobody else is asked.
	Crd string `json:"crd,omitempty"`
	// Decode says why the operator cannot read what the API server accepts.
	Decode string `json:"decode,omitempty"`
	// Metadata, Spec and Status are what KubeRay says of the RayJob, in the order of its reconciler: metadata, spec, status.
	Metadata string `json:"metadata,omitempty"`
	Spec     string `json:"spec,omitempty"`
	Status   string `json:"status,omitempty"`
	// Cluster is what KubeRay says of the RayCluster that it makes from a RayJob with which it has found nothing wrong.
	Cluster string `json:"cluster,omitempty"`
}

func main() {
	log.SetFlags(0)
	if len(os.Args) < 3 {
		log.Fatal("usage: kuberay-oracle judge|nodes|texts|samples FOLDER-OF-RAY-OPERATOR")
	}
	output := bufio.NewWriterSize(os.Stdout, 1<<16)
	var err error
	switch folder := os.Args[2]; os.Args[1] {
	case "judge":
		err = judgeAll(folder, output)
	case "nodes":
		err = answerAll(output, judgeNodes)
	case "texts":
		err = printTexts(folder, output)
	case "samples":
		err = printSamples(folder, output)
	default:
		err = fmt.Errorf("unknown command %q", os.Args[1])
	}
	if err == nil {
		err = output.Flush()
	}
	if err != nil {
		log.Fatal(err)
	}
}

func judgeAll(folder string, output *bufio.Writer) error {
	crd, err := readCrd(folder)
	if err != nil {
		return err
	}
	return answerAll(output, func(line []byte) (any, error) { return judge(crd, line) })
}

func answerAll(output *bufio.Writer, answer func([]byte) (any, error)) error {
	input := bufio.NewReaderSize(os.Stdin, 1<<20)
	encoder := json.NewEncoder(output)
	encoder.SetEscapeHTML(false)
	for {
		line, err := input.ReadBytes('\n')
		if len(line) == 0 {
			return nil
		}
		if err != nil {
			return fmt.Errorf("a question must end with a line break: %w", err)
		}
		reply, err := answer(line)
		if err != nil {
			return err
		}
		if err := encoder.Encode(reply); err != nil {
			return err
		}
		// Whoever asks one question at a time is waiting now.
		if input.Buffered() == 0 {
			if err := output.Flush(); err != nil {
				return err
			}
		}
	}
}

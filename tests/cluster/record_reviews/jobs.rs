//! The RayJobs that are recorded: hand-made ones, and KubeRay's own sample.

use anyhow::{Context, Result};
use raygate_control_plane::ControlPlane;
use serde_json::{Deserializer, Value, json};

const IMAGE: &str = "rayproject/ray:2.56.0";

/// A head and an entrypoint.
pub(crate) fn small(name: &str) -> Value {
    json!({
        "apiVersion": "ray.io/v1", "kind": "RayJob",
        "metadata": {"name": name, "namespace": "default"},
        "spec": {
            "entrypoint": "python /home/ray/samples/train.py --epochs 10",
            "shutdownAfterJobFinishes": true,
            "ttlSecondsAfterFinished": 60,
            "rayClusterSpec": {
                "rayVersion": "2.56.0",
                "headGroupSpec": {
                    "rayStartParams": {},
                    "template": {"spec": {"containers": [{
                        "name": "ray-head", "image": IMAGE,
                        "resources": {"limits": {"cpu": "2", "memory": "8Gi"}, "requests": {"cpu": "2", "memory": "8Gi"}},
                    }]}},
                },
            },
        },
    })
}

/// KubeRay's `ray-job.sample.yaml`, made to end by itself, with one more worker group.
pub(crate) fn medium(control_plane: &ControlPlane) -> Result<Value> {
    let file = control_plane.kuberay_samples()?.join("ray-job.sample.yaml");
    let print = ["create", "--dry-run=client", "-o", "json", "-f"].map(AsRef::as_ref);
    let print = print.into_iter().chain([file.as_os_str()]);
    let printed = control_plane.admin()?.kubectl(print).run()?.expect_success()?.stdout;
    let documents = Deserializer::from_str(&printed).into_iter().collect::<Result<Vec<Value>, _>>()?;
    let job = documents.into_iter().find(|document| document["kind"] == "RayJob");
    let mut job = named(job.with_context(|| format!("no RayJob in {}", file.display()))?, "medium");
    job["spec"]["shutdownAfterJobFinishes"] = json!(true);
    let groups = job["spec"]["rayClusterSpec"]["workerGroupSpecs"].as_array_mut();
    groups.context("the sample has worker groups")?.push(worker_group(0));
    Ok(job)
}

/// The same job under another name.
pub(crate) fn named(mut job: Value, name: &str) -> Value {
    job["metadata"]["name"] = json!(name);
    job
}

/// Sixteen worker groups, each with the pod template of somebody who uses everything.
pub(crate) fn large(name: &str) -> Value {
    let mut job = small(name);
    job["spec"]["rayClusterSpec"]["workerGroupSpecs"] = (0..16).map(worker_group).collect();
    job
}

/// A job whose working folder, packages and variables come from `runtimeEnvYAML`, and whose entrypoint is a script.
pub(crate) fn with_runtime_env(name: &str) -> Value {
    let mut job = small(name);
    job["spec"]["entrypoint"] = json!(
        "set -euo pipefail; export RUN_ID=$(date +%s); \
         python -m training.main --config configs/vision.yaml --output \"s3://models/$RUN_ID\" && echo done"
    );
    job["spec"]["runtimeEnvYAML"] = json!(concat!(
        "working_dir: \"https://github.com/example/training/archive/refs/tags/v1.4.2.zip\"\n",
        "pip:\n  packages:\n    - torch==2.9.1\n    - requests==2.32.5\n    - pendulum==3.1.0\n  pip_check: false\n",
        "env_vars:\n  OMP_NUM_THREADS: \"4\"\n  TOKENIZERS_PARALLELISM: \"false\"\n  NCCL_DEBUG: \"INFO\"\n",
        "config:\n  setup_timeout_seconds: 900\n  eager_install: true\n",
    ));
    job
}

/// The job made wrong: suspended without the shutdown that a suspension needs, and with a TTL before its end.
pub(crate) fn without_shutdown(mut job: Value) -> Value {
    job["spec"]["suspend"] = json!(true);
    job["spec"]["shutdownAfterJobFinishes"] = json!(false);
    job["spec"]["ttlSecondsAfterFinished"] = json!(-1);
    job
}

/// The job with a deadline.
pub(crate) fn with_deadline(mut job: Value) -> Value {
    job["spec"]["activeDeadlineSeconds"] = json!(86400);
    job
}

fn worker_group(index: usize) -> Value {
    json!({
        "groupName": format!("workers-{index:02}"),
        "replicas": 2, "minReplicas": 1, "maxReplicas": 4,
        "rayStartParams": {"num-cpus": "8", "resources": "\"{\\\"shard\\\": 1}\"", "block": "true"},
        "template": {
            "metadata": {
                "labels": {"team": "vision", "shard": format!("shard-{index:02}"), "cost-center": "ABC-1234"},
                "annotations": {"example.com/contact": "vision-oncall@example.com", "example.com/tier": "batch"},
            },
            "spec": pod(index),
        },
    })
}

fn pod(index: usize) -> Value {
    let resources =
        json!({"cpu": "8", "memory": "64Gi", "nvidia.com/gpu": "1", "ephemeral-storage": "100Gi"});
    json!({
        "serviceAccountName": "training",
        "priorityClassName": "batch",
        "terminationGracePeriodSeconds": 120,
        "securityContext": {"runAsNonRoot": true, "runAsUser": 1000, "fsGroup": 1000, "seccompProfile": {"type": "RuntimeDefault"}},
        "nodeSelector": {"node.example.com/pool": "gpu", "topology.kubernetes.io/zone": "zone-a"},
        "tolerations": [
            {"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"},
            {"key": "example.com/batch", "operator": "Equal", "value": "true", "effect": "NoExecute", "tolerationSeconds": 300},
        ],
        "affinity": {"podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [{
            "weight": 100,
            "podAffinityTerm": {
                "topologyKey": "kubernetes.io/hostname",
                "labelSelector": {"matchLabels": {"shard": format!("shard-{index:02}")}},
            },
        }]}},
        "initContainers": [{
            "name": "fetch-data", "image": "registry.example.com/tools/fetch:1.8.0",
            "command": ["/bin/sh", "-c", "set -eu; for part in $(seq 0 15); do fetch --retries 5 --part \"$part\" \
                --from \"$DATASET\" --to /data; done; sha256sum --check /data/SHA256SUMS"],
            "env": [{"name": "DATASET", "value": format!("s3://datasets/imagenet/shard-{index:02}/")}],
            "volumeMounts": [{"name": "data", "mountPath": "/data"}],
        }],
        "containers": [{
            "name": "ray-worker", "image": IMAGE, "imagePullPolicy": "IfNotPresent",
            "env": variables(index),
            "envFrom": [{"configMapRef": {"name": "training-settings"}}, {"secretRef": {"name": "training-tokens"}}],
            "lifecycle": {"preStop": {"exec": {"command": ["/bin/sh", "-c", "ray stop --grace-period 60"]}}},
            "resources": {"limits": resources, "requests": resources},
            "securityContext": {"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}},
            "volumeMounts": [
                {"name": "data", "mountPath": "/data"},
                {"name": "shared-memory", "mountPath": "/dev/shm"},
                {"name": "settings", "mountPath": "/etc/training", "readOnly": true},
            ],
        }],
        "volumes": [
            {"name": "data", "persistentVolumeClaim": {"claimName": format!("data-{index:02}")}},
            {"name": "shared-memory", "emptyDir": {"medium": "Memory", "sizeLimit": "16Gi"}},
            {"name": "settings", "configMap": {"name": "training-settings", "items": [{"key": "train.yaml", "path": "train.yaml"}]}},
        ],
    })
}

fn variables(index: usize) -> Value {
    let plain = |number: usize| {
        let value =
            format!("--shard {index} --option-{number} path/to/a/setting/that/is/rather/long/{number}");
        json!({"name": format!("TRAINING_OPTION_{number:02}"), "value": value})
    };
    let secret = json!({
        "name": "STORAGE_TOKEN",
        "valueFrom": {"secretKeyRef": {"name": "training-tokens", "key": "storage"}},
    });
    (0..18).map(plain).chain([secret]).collect()
}

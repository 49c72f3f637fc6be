//! Good jobs to start from: a small one, and what makes of it a job of each mode and of each option of the cluster.

use raygate_core::kuberay::KubeRayVersion::{self, V1_3, V1_4, V1_5, V1_6, V1_7};

/// A job that every version of KubeRay accepts.
pub(crate) const SMALL: &str = r#"{
  "apiVersion": "ray.io/v1",
  "kind": "RayJob",
  "metadata": {"name": "train", "namespace": "default"},
  "spec": {
    "entrypoint": "python train.py",
    "rayClusterSpec": {
      "rayVersion": "2.56.0",
      "headGroupSpec": {
        "rayStartParams": {},
        "template": {"spec": {"containers": [{"name": "ray-head", "image": "rayproject/ray:2.56.0"}]}}
      },
      "workerGroupSpecs": [{
        "groupName": "workers",
        "replicas": 1,
        "minReplicas": 1,
        "maxReplicas": 2,
        "rayStartParams": {},
        "template": {"spec": {"containers": [{"name": "ray-worker", "image": "rayproject/ray:2.56.0"}]}}
      }]
    }
  }
}"#;

/// What is merged over a job (RFC 7386). Each is accepted from that version on, while all feature gates are on.
#[rustfmt::skip]
pub(crate) const FEATURES: &[(KubeRayVersion, &str)] = &[
    (V1_3, r#"{"spec": {"submissionMode": "K8sJobMode", "shutdownAfterJobFinishes": true, "ttlSecondsAfterFinished": 600}}"#),
    (V1_3, r#"{"spec": {"submissionMode": "HTTPMode", "backoffLimit": 2, "activeDeadlineSeconds": 3600}}"#),
    (V1_3, r#"{"spec": {"submissionMode": "InteractiveMode", "entrypoint": null}}"#),
    (V1_5, r#"{"spec": {"submissionMode": "SidecarMode"}}"#),
    (V1_3, r#"{"spec": {"shutdownAfterJobFinishes": true, "suspend": true}}"#),
    (V1_3, r#"{"spec": {"clusterSelector": {"ray.io/cluster": "shared"}, "rayClusterSpec": null}}"#),
    (V1_3, r#"{"spec": {"runtimeEnvYAML": "pip: [torch]\nenv_vars:\n  KEY: value\n", "preRunningDeadlineSeconds": 60}}"#),
    (V1_3, r#"{"spec": {"submitterConfig": {"backoffLimit": 1}, "submitterPodTemplate": {"spec": {"restartPolicy": "Never",
        "containers": [{"name": "ray-job-submitter", "image": "rayproject/ray:2.56.0"}]}}}}"#),
    // Deletion, old and new.
    (V1_3, r#"{"spec": {"deletionPolicy": "DeleteCluster"}}"#),
    (V1_5, r#"{"spec": {"shutdownAfterJobFinishes": true, "deletionStrategy": {
        "onSuccess": {"policy": "DeleteCluster"}, "onFailure": {"policy": "DeleteSelf"}}}}"#),
    (V1_5, r#"{"spec": {"deletionStrategy": {"onSuccess": {"policy": "DeleteWorkers"}, "onFailure": {"policy": "DeleteNone"}}}}"#),
    (V1_5, r#"{"spec": {"deletionStrategy": {"deletionRules": [
        {"policy": "DeleteWorkers", "condition": {"jobStatus": "FAILED", "ttlSeconds": 10}},
        {"policy": "DeleteCluster", "condition": {"jobStatus": "FAILED", "ttlSeconds": 60}},
        {"policy": "DeleteSelf", "condition": {"jobStatus": "SUCCEEDED"}}]}}}"#),
    (V1_6, r#"{"spec": {"deletionStrategy": {"deletionRules": [
        {"policy": "DeleteCluster", "condition": {"jobDeploymentStatus": "Failed", "ttlSeconds": 10}},
        {"policy": "DeleteSelf", "condition": {"jobDeploymentStatus": "Failed", "ttlSeconds": 60}}]}}}"#),
    (V1_5, r#"{"spec": {"clusterSelector": {"ray.io/cluster": "shared"}, "rayClusterSpec": null, "deletionStrategy": {
        "onSuccess": {"policy": "DeleteSelf"}, "onFailure": {"policy": "DeleteNone"}}}}"#),
    // Groups.
    (V1_5, r#"{"spec": {"rayClusterSpec": {"headGroupSpec": {"resources": {"CPU": "1"}, "labels": {"a": "b"}}}}}"#),
    (V1_6, r#"{"spec": {"rayClusterSpec": {"rayVersion": "2.56.0", "enableInTreeAutoscaling": true, "autoscalerOptions": {"version": "v2"},
        "workerGroupSpecs": [{"groupName": "workers", "resources": {"CPU": "1"}, "labels": {"a": "b"}, "idleTimeoutSeconds": 60, "priority": 1,
        "rayStartParams": {}, "template": {"spec": {"restartPolicy": "Never", "containers": [{"name": "ray-worker", "image": "i"}]}}}]}}}"#),
    (V1_3, r#"{"spec": {"rayClusterSpec": {"workerGroupSpecs": [{"groupName": "workers", "suspend": true, "rayStartParams": {},
        "template": {"spec": {"containers": [{"name": "ray-worker", "image": "i"}]}}}]}}}"#),
    // The autoscaler.
    (V1_3, r#"{"spec": {"rayClusterSpec": {"enableInTreeAutoscaling": true}}}"#),
    (V1_4, r#"{"spec": {"rayClusterSpec": {"enableInTreeAutoscaling": true,
        "autoscalerOptions": {"version": "v1", "idleTimeoutSeconds": 60, "upscalingMode": "Default"}}}}"#),
    (V1_4, r#"{"spec": {"rayClusterSpec": {"enableInTreeAutoscaling": true,
        "autoscalerOptions": {"version": "v2", "idleTimeoutSeconds": 60, "env": [{"name": "KEY", "value": "value"}]}}}}"#),
    // Fault tolerance.
    (V1_3, r#"{"spec": {"rayClusterSpec": {"gcsFaultToleranceOptions": {"redisAddress": "redis:6379",
        "redisPassword": {"value": "secret"}, "redisUsername": {"value": "user"}, "externalStorageNamespace": "train"}}}}"#),
    (V1_7, r#"{"spec": {"rayClusterSpec": {"gcsFaultToleranceOptions": {"backend": "rocksdb", "storage": {"size": "1Gi"}}}}}"#),
    (V1_7, r#"{"spec": {"rayClusterSpec": {"gcsFaultToleranceOptions": {"backend": "rocksdb", "storage": {"claimName": "data"}}}}}"#),
    (V1_3, r#"{"metadata": {"annotations": {"ray.io/ft-enabled": "true"}}}"#),
    // Security.
    (V1_5, r#"{"spec": {"rayClusterSpec": {"authOptions": {"mode": "token"}}}}"#),
    (V1_7, r#"{"spec": {"rayClusterSpec": {"tlsOptions": {"enabled": true}}}}"#),
    (V1_7, r#"{"spec": {"rayClusterSpec": {"networkPolicy": {"mode": "DenyAll",
        "head": {"ingressRules": [{}], "egressRules": [{}]}, "worker": {"ingressRules": [{}], "egressRules": [{}]},
        "workerGroups": [{"groupName": "workers", "ingressRules": [{}], "egressRules": [{}]}]}}}}"#),
    (V1_7, r#"{"spec": {"rayClusterSpec": {"networkPolicy": {"mode": "DenyAllEgress", "head": {"egressRules": [{}]}}}}}"#),
    (V1_7, r#"{"spec": {"rayClusterSpec": {"networkPolicy": {"mode": "DenyAllIngress", "worker": {"ingressRules": [{}]}}}}}"#),
    // The history server's collector.
    (V1_7, r#"{"spec": {"rayClusterSpec": {"historyServerOptions": {"collectorOptions": {"image": "collector:1",
        "env": [{"name": "STORAGE_BACKEND", "value": "gcs"}, {"name": "GCS_BUCKET", "value": "b"}]}}}}}"#),
    (V1_7, r#"{"spec": {"rayClusterSpec": {"historyServerOptions": {"collectorOptions": {"image": "collector:1",
        "env": [{"name": "STORAGE_BACKEND", "value": "S3"}, {"name": "S3_REGION", "value": "r"}]}}}}}"#),
    (V1_7, r#"{"spec": {"rayClusterSpec": {"historyServerOptions": {"collectorOptions": {"image": "collector:1",
        "env": [{"name": "STORAGE_BACKEND", "value": "AzureBlob"}, {"name": "AZURE_STORAGE_CONNECTION_STRING", "value": "c"},
                {"name": "AZURE_STORAGE_AUTH_MODE", "value": " Connection_String "}]}}}}}"#),
    (V1_7, r#"{"spec": {"rayClusterSpec": {"historyServerOptions": {"collectorOptions": {"image": "collector:1",
        "env": [{"name": "STORAGE_BACKEND", "value": "AZUREBLOB"}, {"name": "AZURE_STORAGE_ACCOUNT_URL", "value": "u"},
                {"name": "AZURE_STORAGE_AUTH_MODE", "value": "default"}]}}}}}"#),
    (V1_7, r#"{"spec": {"rayClusterSpec": {"historyServerOptions": {"collectorOptions": {"image": "collector:1",
        "env": [{"name": "STORAGE_BACKEND", "value": "aliyunoss"}, {"name": "OSS_BUCKET", "value": "b"},
                {"name": "OSS_ENDPOINT", "value": "e"}, {"name": "OSS_REGION", "value": "r"}]}}}}}"#),
];

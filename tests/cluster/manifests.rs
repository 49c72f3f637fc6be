//! RayJobs that scenarios start from.

use serde_json::{Value, json};

/// A job that nobody has anything against.
pub(crate) fn rayjob(name: &str) -> Value {
    json!({
        "apiVersion": "ray.io/v1", "kind": "RayJob",
        "metadata": {"name": name},
        "spec": {
            "entrypoint": "python /home/ray/samples/train.py",
            "shutdownAfterJobFinishes": true,
            "ttlSecondsAfterFinished": 60,
            "rayClusterSpec": {
                "rayVersion": "2.56.0",
                "headGroupSpec": {
                    "rayStartParams": {},
                    "template": {"spec": {"containers": [{
                        "name": "ray-head", "image": "rayproject/ray:2.56.0",
                        "resources": {
                            "limits": {"cpu": "2", "memory": "8Gi"},
                            "requests": {"cpu": "2", "memory": "8Gi"},
                        },
                    }]}},
                },
            },
        },
    })
}

/// A policy with this spec.
pub(crate) fn policy(name: &str, spec: &Value) -> Value {
    json!({
        "apiVersion": "raygate.dev/v1alpha1",
        "kind": "RayJobPolicy",
        "metadata": {"name": name},
        "spec": spec,
    })
}

//! Jobs made by hand: what KubeRay adds to pods, and how a namespace with the standard takes that.

use serde_json::{Value, json};

use crate::oracle;
use crate::run::differences;

/// A template that meets the restricted standard.
fn good() -> Value {
    json!({"spec": {
        "securityContext": {"runAsNonRoot": true, "seccompProfile": {"type": "RuntimeDefault"}},
        "containers": [{"name": "ray", "image": "rayproject/ray:2.56.0",
            "securityContext": {"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}}}],
    }})
}

fn job(mode: &str, change: &Value) -> Value {
    let mut job = json!({"spec": {
        "submissionMode": mode,
        "rayClusterSpec": {
            "headGroupSpec": {"template": good()},
            "workerGroupSpecs": [
                {"groupName": "a", "replicas": 1, "maxReplicas": 2, "numOfHosts": 1, "template": good()}],
        },
    }});
    json_patch::merge(&mut job, &json!({"spec": change}));
    job
}

/// For each job, which pods fit the restricted standard.
#[test]
fn what_kuberay_adds_is_judged_with_the_pod() {
    let autoscaled = |options: Value| json!({"rayClusterSpec": {"enableInTreeAutoscaling": true, "autoscalerOptions": options}});
    let context = json!({"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}});
    let (templated, none) = (json!({"submitterPodTemplate": good()}), json!({}));
    let cases: [(&str, Value, &[bool]); 9] = [
        ("HTTPMode", none.clone(), &[true, true]),
        ("InteractiveMode", none.clone(), &[true, true]),
        ("K8sJobMode", none.clone(), &[true, true, false]),
        ("K8sJobMode", templated.clone(), &[true, true, true]),
        ("SidecarMode", none.clone(), &[false, true]),
        ("SidecarMode", templated, &[false, true]),
        ("HTTPMode", autoscaled(Value::Null), &[false, true]),
        ("HTTPMode", autoscaled(json!({})), &[false, true]),
        ("HTTPMode", autoscaled(json!({"securityContext": context})), &[true, true]),
    ];
    let jobs: Vec<_> = cases.iter().map(|(mode, change, _)| job(mode, change)).collect();
    for ((pods, job), (_, _, fitting)) in oracle::ask(&jobs).iter().zip(&jobs).zip(cases) {
        assert_eq!(differences(job, pods), [""; 0], "{job}");
        let fit: Vec<_> = pods.iter().map(|pod| pod.restricted.is_empty()).collect();
        assert_eq!(fit, fitting, "{job}");
        assert!(pods.iter().all(|pod| pod.baseline.is_empty()), "{job}");
    }
}

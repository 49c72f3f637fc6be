//! What Kueue itself makes of a job is never in its way, whoever sends it.

use raygate_core::admission::Verdict;
use serde_json::{Value, json};

use crate::support::{create, job_with, update, with};

/// As it comes out of Kueue's mutating webhook.
fn queued() -> Value {
    job_with(&json!({
        "metadata": {"labels": {
            "kueue.x-k8s.io/queue-name": "team-a",
            "kueue.x-k8s.io/priority-class": "default",
        }},
        "spec": {"suspend": true},
    }))
}

/// As Kueue starts it (v0.19 `RayJob.RunWithPodSetsInfo`).
fn started(job: &Value) -> Value {
    let near = json!({
        "metadata": {
            "labels": {"kueue.x-k8s.io/podset": "head", "kueue.x-k8s.io/managed": "true"},
            "annotations": {"kueue.x-k8s.io/workload": "rayjob-train-12345"},
        },
        "spec": {
            "nodeSelector": {"instance-type": "on-demand"},
            "tolerations": [{"key": "spot", "operator": "Exists", "effect": "NoSchedule"}],
            "schedulingGates": [{"name": "kueue.x-k8s.io/topology"}],
        },
    });
    let mut job = with(
        job,
        &json!({"spec": {
            "suspend": false,
            "rayClusterSpec": {"headGroupSpec": {"template": near}},
            "submitterPodTemplate": {
                "metadata": {"creationTimestamp": null},
                "spec": {
                    "containers": [{
                        "name": "ray-job-submitter",
                        "image": "rayproject/ray:2.56.0",
                        "resources": {
                            "limits": {"cpu": "1", "memory": "1Gi"},
                            "requests": {"cpu": "500m", "memory": "200Mi"},
                        },
                    }],
                    "restartPolicy": "Never",
                },
            },
        }}),
    );
    let workers = &mut job["spec"]["rayClusterSpec"]["workerGroupSpecs"];
    for worker in workers.as_array_mut().expect("worker groups") {
        json_patch::merge(&mut worker["template"], &near);
    }
    job
}

#[test]
fn what_kueue_makes_of_a_job_is_allowed() {
    let (queued, started) = (queued(), started(&queued()));
    let evicted = with(&started, &json!({"spec": {"suspend": true}}));
    let moved = with(&queued, &json!({"metadata": {"labels": {"kueue.x-k8s.io/queue-name": "team-b"}}}));
    let sent_away = with(&queued, &json!({"spec": {"managedBy": "kueue.x-k8s.io/multikueue"}}));
    for review in [
        create(&queued),
        create(&sent_away),
        update(&queued, &started),
        update(&started, &evicted),
        update(&queued, &moved),
    ] {
        assert_eq!(review.validate().verdict, Verdict::Allowed, "{}", review.object());
    }
}

#[test]
fn a_label_alone_can_be_refused() {
    let running = job_with(&json!({"spec": {"shutdownAfterJobFinishes": false}}));
    let labelled = with(&running, &json!({"metadata": {"labels": {"kueue.x-k8s.io/queue-name": "team-a"}}}));
    assert_eq!(update(&running, &labelled).validate().denied, ["RJ702", "RJ711"]);
    assert!(update(&labelled, &running).validate().allowed(), "a job may leave its queue");
}

/// Another controller takes the job from KubeRay, but not from Kueue.
#[test]
fn a_job_for_another_cluster_is_still_kueues() {
    let change = json!({
        "metadata": {"labels": {"kueue.x-k8s.io/queue-name": "team-a"}},
        "spec": {"managedBy": "kueue.x-k8s.io/multikueue", "shutdownAfterJobFinishes": false},
    });
    assert_eq!(create(&job_with(&change)).validate().denied, ["RJ702"]);
}

//! An update is judged by what it brings.

use raygate_core::admission::Verdict;
use serde_json::{Value, json};

use crate::support::{OPERATOR, create, job, job_with, update, with, worker};

/// Suspended without shutdown, and with a negative backoff limit: stored before Raygate was there.
fn bad() -> Value {
    job_with(&json!({"spec": {"suspend": true, "shutdownAfterJobFinishes": null, "backoffLimit": -1}}))
}

#[test]
fn a_job_that_is_being_deleted_is_let_through() {
    let old = with(
        &bad(),
        &json!({"metadata": {"deletionTimestamp": "2026-01-01T00:00:00Z", "finalizers": ["ray.io/rayjob-finalizer"]}}),
    );
    let new =
        with(&old, &json!({"metadata": {"finalizers": null}, "spec": {"entrypoint": null, "jobId": null}}));
    let review = update(&old, &new);
    assert_eq!((review.validate().verdict, review.mutate().verdict), (Verdict::Skipped, Verdict::Skipped));
    assert!(
        !create(&with(&bad(), &json!({"metadata": {"deletionTimestamp": "2026-01-01T00:00:00Z"}})))
            .validate()
            .allowed()
    );
}

#[test]
fn an_unchanged_spec_is_let_through_however_bad() {
    let finalizer = with(
        &bad(),
        &json!({"metadata": {"finalizers": ["ray.io/rayjob-finalizer"], "resourceVersion": "2"}, "status": {"x": 1}}),
    );
    assert_eq!(update(&bad(), &finalizer).validate().verdict, Verdict::Skipped);
    assert!(update(&bad(), &finalizer).mutate().patch().is_none());
}

#[test]
fn null_and_absent_are_the_same() {
    let mut new = bad();
    new["spec"]["jobId"] = Value::Null;
    assert_eq!(update(&bad(), &new).validate().verdict, Verdict::Skipped);
}

/// The spec of a stored job that breaks a rule, and the same as Go would write it, or not quite.
#[test]
fn equality_follows_the_go_types() {
    let pod = |container: Value| json!({"spec": {"rayClusterSpec": {"headGroupSpec": {"template": {"spec": {"containers": [container]}}}}}});
    let old = with(
        &bad(),
        &pod(json!({"name": "ray-head", "resources": {"limits": {"cpu": "500m", "memory": "1024Mi"}}})),
    );
    let container = json!({"name": "ray-head", "resources": {"limits": {"cpu": 0.5, "memory": "1Gi"}}});
    let same = [
        json!({"spec": {"shutdownAfterJobFinishes": false, "ttlSecondsAfterFinished": 0, "clusterSelector": {}, "jobId": ""}}),
        pod(container),
        json!({"spec": {"rayClusterSpec": {"headGroupSpec": {"template": {"metadata": {}}}}}}),
    ];
    for change in same {
        let answer = update(&old, &with(&old, &change)).validate();
        assert_eq!(answer.verdict, Verdict::Skipped, "{change}");
    }
    let root = |value: Value| {
        pod(
            json!({"name": "ray-head", "resources": {"limits": {"cpu": "500m", "memory": "1024Mi"}}, "securityContext": value}),
        )
    };
    let different = [
        json!({"spec": {"activeDeadlineSeconds": 5}}),
        json!({"spec": {"submitterConfig": {}}}),
        pod(json!({"name": "ray-head", "resources": {"limits": {"cpu": "501m", "memory": "1024Mi"}}})),
        root(json!({"runAsNonRoot": false})),
        json!({"spec": {"aFieldOfTheNextVersion": false}}),
    ];
    for change in different {
        let answer = update(&old, &with(&old, &change)).validate();
        assert_eq!(answer.verdict, Verdict::Warned, "{change}");
    }
}

#[test]
fn what_kubectl_and_the_api_server_note_for_themselves_is_no_change() {
    let noted = |text: &str| {
        json!({"metadata": {
            "annotations": {"kubectl.kubernetes.io/last-applied-configuration": text},
            "managedFields": [{"manager": text}],
        }})
    };
    let (old, new) = (with(&bad(), &noted("a")), with(&bad(), &noted("b")));
    assert_eq!(update(&old, &new).validate().verdict, Verdict::Skipped);
    let annotated = with(&old, &json!({"metadata": {"annotations": {"a": "b"}}}));
    assert_eq!(update(&old, &annotated).validate().verdict, Verdict::Allowed);
}

#[test]
fn labels_alone_bring_no_denial() {
    let labelled = with(&bad(), &json!({"metadata": {"labels": {"a": "b"}}}));
    let answer = update(&bad(), &labelled).validate();
    assert_eq!((answer.verdict, answer.allowed()), (Verdict::Allowed, true));
    assert!(update(&bad(), &labelled).mutate().patch().is_none());
}

#[test]
fn what_was_wrong_before_is_forgiven_with_a_warning() {
    let edited = with(&bad(), &json!({"spec": {"entrypoint": "python other.py"}}));
    let answer = update(&bad(), &edited).validate();
    assert!(answer.allowed());
    assert_eq!(answer.warned, ["RJ103", "RJ109"]);
}

#[test]
fn a_warning_is_not_repeated() {
    let old = job_with(&json!({"spec": {"shutdownAfterJobFinishes": null}}));
    let edited = with(&old, &json!({"spec": {"entrypoint": "python other.py"}}));
    assert_eq!(create(&old).validate().warned, ["RJ106"]);
    assert!(update(&old, &edited).validate().warnings().is_empty());
}

#[test]
fn what_an_update_brings_is_denied() {
    assert_eq!(update(&job(), &bad()).validate().denied, ["RJ103", "RJ109"]);
    let worse = with(&bad(), &json!({"spec": {"backoffLimit": -2}}));
    assert_eq!(update(&bad(), &worse).validate().denied, ["RJ109"]);
    let other_value = with(&bad(), &json!({"spec": {"clusterSelector": {"ray.io/cluster": "x"}}}));
    assert_eq!(update(&bad(), &other_value).validate().denied, ["RJ105"]);
}

#[test]
fn forgiveness_needs_every_value_that_was_read() {
    // RJ111 reads the mode too: the same backoffLimit in another mode is another mistake.
    let old = job_with(&json!({"spec": {"backoffLimit": 2, "clusterSelector": {"ray.io/cluster": "a"}}}));
    let retargeted = with(&old, &json!({"spec": {"clusterSelector": {"ray.io/cluster": "b"}}}));
    assert_eq!(update(&old, &retargeted).validate().denied, ["RJ110"]);
}

#[test]
fn two_steps_bring_no_more_than_one() {
    let elsewhere = with(&job(), &json!({"spec": {"managedBy": "kueue.x-k8s.io/multikueue"}}));
    let edited = with(&elsewhere, &json!({"spec": {"backoffLimit": -1}}));
    assert!(
        update(&elsewhere, &edited).validate().allowed(),
        "KubeRay's truths do not concern another controller's job"
    );
    let back = with(&edited, &json!({"spec": {"managedBy": null}}));
    assert_eq!(update(&edited, &back).validate().denied, ["RJ109"]);
}

#[test]
fn another_controller_lifts_only_what_kuberay_says() {
    let elsewhere = json!({"spec": {
        "managedBy": "kueue.x-k8s.io/multikueue", "backoffLimit": -1, "suspend": "x", "rayClusterSpec": {"headGroupSpec": null}
    }});
    assert_eq!(create(&job_with(&elsewhere)).validate().denied, ["RJ001", "RJ201"]);
    let own = with(&elsewhere, &json!({"spec": {"managedBy": "ray.io/kuberay-operator"}}));
    assert_eq!(create(&job_with(&own)).validate().denied, ["RJ001", "RJ109", "RJ201"]);
}

#[test]
fn items_of_lists_are_the_same_by_name() {
    let empty = json!({"groupName": "empty", "template": {"spec": {"containers": []}}});
    let old = job_with(&json!({"spec": {"rayClusterSpec": {"workerGroupSpecs": [worker("small"), empty]}}}));
    let moved =
        with(&old, &json!({"spec": {"rayClusterSpec": {"workerGroupSpecs": [empty, worker("small")]}}}));
    assert!(update(&old, &moved).validate().allowed());
    let another = json!({"groupName": "another", "template": {"spec": {"containers": []}}});
    let more =
        with(&old, &json!({"spec": {"rayClusterSpec": {"workerGroupSpecs": [worker("small"), another]}}}));
    assert_eq!(update(&old, &more).validate().denied, ["RJ202"]);
}

#[test]
fn a_running_job_is_refused_so_that_it_survives_force() {
    for (status, code, reason) in [
        (json!(null), 422, "Invalid"),
        (json!({"jobDeploymentStatus": ""}), 422, "Invalid"),
        (json!({"jobDeploymentStatus": "Initializing"}), 403, "Forbidden"),
        (json!({"jobDeploymentStatus": "Running", "jobStatus": "RUNNING"}), 403, "Forbidden"),
        (json!({"jobDeploymentStatus": "Waiting"}), 403, "Forbidden"),
        (json!({"jobDeploymentStatus": "Retrying"}), 403, "Forbidden"),
        (json!({"jobDeploymentStatus": "Suspended"}), 403, "Forbidden"),
        (json!({"jobDeploymentStatus": "Complete"}), 422, "Invalid"),
        (json!({"jobDeploymentStatus": "Failed"}), 422, "Invalid"),
        (json!({"jobDeploymentStatus": "ValidationFailed"}), 422, "Invalid"),
        (json!({"status": "Pending"}), 422, "Invalid"),
        (
            json!({"status": "Running", "startTime": "2025-07-06T12:00:00Z", "endTime": null}),
            403,
            "Forbidden",
        ),
        (json!({"status": "Succeeded"}), 422, "Invalid"),
    ] {
        let mut old = job();
        old["status"] = status.clone();
        let answer = update(&old, &with(&old, &json!({"spec": {"backoffLimit": -1}}))).validate();
        let found = (answer.status()["code"].as_u64(), answer.status()["reason"].as_str());
        assert_eq!(found, (Some(code), Some(reason)), "{status}");
        assert!(answer.message().contains("RJ109 negative-backoff-limit"), "{}", answer.message());
    }
}

#[test]
fn a_status_that_the_client_sends_along_proves_nothing() {
    let new = job_with(&json!({"spec": {"backoffLimit": -1}, "status": {"jobDeploymentStatus": "Running"}}));
    assert_eq!(update(&job(), &new).validate().status()["code"], 422);
    assert_eq!(create(&new).validate().status()["code"], 422);
}

#[test]
fn a_controllers_update_is_never_denied_nor_patched_but_counted() {
    let started =
        with(&job(), &json!({"spec": {"jobId": "a"}, "status": {"jobDeploymentStatus": "Running"}}));
    let worse = with(
        &started,
        &json!({"spec": {"jobId": null, "backoffLimit": -1, "shutdownAfterJobFinishes": null}}),
    );
    let review = update(&started, &worse).by(OPERATOR);
    let answer = review.validate();
    assert!(answer.allowed() && answer.warnings().is_empty());
    assert_eq!((answer.verdict, answer.denied.as_slice()), (Verdict::Excused, ["RJ109"].as_slice()));
    assert!(review.mutate().patch().is_none());
    let costly = with(&started, &json!({"spec": {"shutdownAfterJobFinishes": null}}));
    let answer = update(&started, &costly).by(OPERATOR).validate();
    assert_eq!(
        (answer.verdict, answer.warnings().len()),
        (Verdict::Warned, 0),
        "counted, but told to nobody"
    );
    assert!(!create(&worse).by(OPERATOR).validate().allowed(), "their creations are judged like anybody's");
    assert!(create(&with(&job(), &json!({"spec": {"jobId": null}}))).by(OPERATOR).mutate().patch().is_some());
    let almost = format!("{OPERATOR}2");
    assert!(!update(&started, &worse).by(&almost).validate().allowed());
}

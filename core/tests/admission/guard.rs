//! The guard: no object is stored that KubeRay's operator cannot read, whoever sends it, of whatever kind.

use raygate_core::admission::Verdict;
use raygate_core::kuberay::{FeatureGates, KubeRay, KubeRayVersion};
use serde_json::{Value, json};

use crate::support::{OPERATOR, Review, create, job_with, review, update, with};

const FIELD: &str = "spec.submitterPodTemplate.spec.containers[0].resources.limits";

/// A change that gives the submitter these limits.
fn limits(limits: &Value) -> Value {
    let container =
        json!({"name": "submitter", "image": "rayproject/ray:2.56.0", "resources": {"limits": limits}});
    json!({"spec": {"submitterPodTemplate": {"spec": {"restartPolicy": "Never", "containers": [container]}}}})
}

/// A job with these limits, stored before Raygate was there.
fn stored(memory: &Value) -> Value {
    job_with(&limits(memory))
}

/// What the guard refuses; other rules may say more about the same values.
fn denied(review: &Review) -> Vec<(String, String)> {
    let answer = review.validate();
    assert_eq!(answer.verdict, Verdict::Denied, "{answer:?}");
    let by_guard = |(code, _): &(String, String)| ["RJ001", "RJ009"].contains(&code.as_str());
    answer.causes().into_iter().filter(by_guard).collect()
}

#[test]
fn a_value_that_the_operator_cannot_read_is_denied() {
    for (change, field) in [
        (limits(&json!({"memory": "1e1.5"})), format!("{FIELD}.memory")),
        (limits(&json!({"nvidia.com/gpu": "1.1e-2000000000"})), format!("{FIELD}[nvidia.com/gpu]")),
        (limits(&json!({"cpu": "1e2000000000"})), format!("{FIELD}.cpu")),
        (json!({"spec": {"entrypointNumCpus": 1e39}}), "spec.entrypointNumCpus".to_owned()),
        (json!({"spec": {"backoffLimit": 2_147_483_648_i64}}), "spec.backoffLimit".to_owned()),
        (json!({"spec": {"ttlSecondsAfterFinished": 1e300}}), "spec.ttlSecondsAfterFinished".to_owned()),
    ] {
        assert_eq!(denied(&create(&job_with(&change))), [("RJ009".to_owned(), field)]);
    }
    let port = |port: Value| {
        let probe = json!({"httpGet": {"port": port}});
        json!({"spec": {"submitterPodTemplate": {"spec": {
            "restartPolicy": "Never",
            "containers": [{"name": "a", "image": "rayproject/ray:2.56.0", "livenessProbe": probe}]
        }}}})
    };
    let field = "spec.submitterPodTemplate.spec.containers[0].livenessProbe.httpGet.port".to_owned();
    let [beyond, fraction, text] = [json!(99_999_999_999_i64), json!(1.5), json!("http")].map(port);
    assert_eq!(denied(&create(&job_with(&beyond))), [("RJ009".to_owned(), field.clone())]);
    assert_eq!(denied(&create(&job_with(&fraction))), [("RJ001".to_owned(), field)]);
    assert_eq!(create(&job_with(&text)).validate().verdict, Verdict::Allowed);
}

#[test]
fn what_the_api_server_writes_in_another_way_is_read() {
    let change =
        json!({"spec": {"backoffLimit": 1.0, "entrypointNumCpus": 3.4e38, "jobId": null, "metadata": null}});
    let answer = create(&job_with(&change)).validate();
    assert_eq!((answer.verdict, answer.denied), (Verdict::Allowed, vec![]));
}

#[test]
fn another_controllers_job_is_read_as_well() {
    let elsewhere = json!({"spec": {"managedBy": "kueue.x-k8s.io/multikueue", "entrypointNumGpus": 1e39}});
    assert_eq!(create(&job_with(&elsewhere)).validate().denied, ["RJ009"]);
}

#[test]
fn an_update_that_touches_something_else_is_refused() {
    let old = stored(&json!({"memory": "1e1.5"}));
    let other = with(&old, &json!({"spec": {"entrypoint": "python other.py"}}));
    assert_eq!(denied(&update(&old, &other)), [("RJ009".to_owned(), format!("{FIELD}.memory"))]);
    let exchanged = with(&old, &limits(&json!({"memory": "1e2.5"})));
    assert_eq!(update(&old, &exchanged).validate().denied, ["RJ009"]);
}

#[test]
fn a_repair_passes_even_if_it_mends_not_all() {
    let old = stored(&json!({"memory": "1e1.5", "cpu": "1e1.5"}));
    let mended = with(&old, &limits(&json!({"memory": "1Gi", "cpu": "1"})));
    assert_eq!(update(&old, &mended).validate().verdict, Verdict::Allowed);
    let half = with(&old, &limits(&json!({"memory": "1e1.5", "cpu": "1"})));
    let answer = update(&old, &half).validate();
    assert_eq!((answer.verdict, answer.warned), (Verdict::Warned, vec!["RJ009"]));
}

#[test]
fn what_changes_nothing_passes() {
    let old = stored(&json!({"memory": "1e1.5"}));
    let finalizers = with(&old, &json!({"metadata": {"finalizers": ["ray.io/rayjob-finalizer"]}}));
    assert_eq!(update(&old, &finalizers).validate().verdict, Verdict::Skipped);
    let labelled = with(&old, &json!({"metadata": {"labels": {"a": "b"}}}));
    assert_eq!(update(&old, &labelled).validate().verdict, Verdict::Allowed);
}

#[test]
fn it_can_always_be_deleted() {
    let old = stored(&json!({"memory": "1e1.5"}));
    let deleted = with(&old, &json!({"metadata": {"deletionTimestamp": "2026-01-01T00:00:00Z"}}));
    let released = with(&deleted, &json!({"spec": {"entrypoint": "python other.py"}}));
    assert_eq!(update(&deleted, &released).validate().verdict, Verdict::Skipped);
    assert_eq!(review("DELETE", &Value::Null, &old).validate().verdict, Verdict::Skipped);
}

#[test]
fn a_controller_is_excused_for_what_it_found_but_brings_no_new() {
    let old = stored(&json!({"memory": "1e1.5"}));
    let suspended = with(&old, &json!({"spec": {"suspend": true}}));
    let answer = update(&old, &suspended).by(OPERATOR).validate();
    assert_eq!((answer.verdict, answer.denied.as_slice()), (Verdict::Excused, ["RJ009"].as_slice()));
    let worse = with(&old, &limits(&json!({"memory": "1e1.5", "cpu": "1e1.5"})));
    assert_eq!(update(&old, &worse).by(OPERATOR).validate().verdict, Verdict::Denied);
    let other = with(&old, &limits(&json!({"memory": "1e2.5"})));
    assert_eq!(update(&old, &other).by(OPERATOR).validate().verdict, Verdict::Denied);
    assert_eq!(create(&old).by(OPERATOR).validate().verdict, Verdict::Denied);
    let stored_two = stored(&json!({"memory": "1e1.5", "cpu": "1e1.5"}));
    let repaired = with(&stored_two, &limits(&json!({"memory": "1e2.5", "cpu": "1"})));
    let repaired = with(&repaired, &json!({"spec": {"backoffLimit": -1}}));
    let answer = update(&stored_two, &repaired).by(OPERATOR).validate();
    assert_eq!((answer.verdict, answer.denied.as_slice()), (Verdict::Excused, ["RJ109"].as_slice()));
}

#[test]
fn mutate_leaves_alone_what_validate_will_refuse() {
    let old = stored(&json!({"memory": "1e1.5"}));
    assert!(create(&old).mutate().allowed());
}

#[test]
fn only_the_spec_and_metadata_are_read() {
    // A request's status is dropped, or kept as it was: whoever sends the job could not mend it.
    let status = json!({"status": {"startTime": "yesterday", "newer": 1}});
    assert_eq!(create(&job_with(&status)).validate().verdict, Verdict::Allowed);
    let labels = json!({"metadata": {"labels": {"attempt": 1}, "generation": "x"}});
    let answer = create(&job_with(&labels)).validate();
    assert_eq!(
        answer.causes(),
        [
            ("RJ001".to_owned(), "metadata.generation".to_owned()),
            ("RJ001".to_owned(), "metadata.labels.attempt".to_owned()),
        ]
    );
}

/// Objects of the other kinds, each with the path of a port in the head's pod.
fn others() -> [(Value, &'static str); 3] {
    let pod = json!({"spec": {"containers": [{"name": "a", "livenessProbe": {"tcpSocket": {"port": 99_999_999_999_i64}}}]}});
    let cluster = json!({"headGroupSpec": {"template": pod}});
    let object = |kind: &str, spec: Value| json!({"apiVersion": "ray.io/v1", "kind": kind, "metadata": {"name": "other"}, "spec": spec});
    [
        (object("RayCluster", cluster.clone()), "spec"),
        (object("RayService", json!({"rayClusterConfig": cluster})), "spec.rayClusterConfig"),
        (
            object("RayCronJob", json!({"schedule": "@daily", "jobTemplate": {"rayClusterSpec": cluster}})),
            "spec.jobTemplate.rayClusterSpec",
        ),
    ]
}

fn of_kind(review: Review, object: &Value) -> Review {
    review.set("/request/kind/kind", object["kind"].clone())
}

#[test]
fn the_other_kinds_are_guarded_too() {
    for (object, cluster) in others() {
        let kind = object["kind"].as_str().expect("a kind");
        let answer = of_kind(create(&object), &object).validate();
        let field =
            format!("{cluster}.headGroupSpec.template.spec.containers[0].livenessProbe.tcpSocket.port");
        assert_eq!(answer.causes(), [("RJ009".to_owned(), field)], "{kind}");
        assert_eq!(answer.status()["code"], 422);
        let details = &answer.status()["details"];
        assert_eq!((&details["kind"], &details["name"]), (&json!(kind), &json!("other")));
        assert!(
            answer.message().starts_with(&format!("{kind} default/other has 1 problem:\n")),
            "{}",
            answer.message()
        );
        let edited = with(&object, &json!({"spec": {"suspend": true}}));
        let answer = of_kind(update(&object, &edited), &object).validate();
        assert_eq!((answer.verdict, &answer.status()["code"]), (Verdict::Denied, &json!(403)), "{kind}");
        let labelled = with(&object, &json!({"metadata": {"labels": {"a": "b"}}}));
        assert!(of_kind(update(&object, &labelled), &object).validate().allowed(), "{kind}");
        assert_eq!(of_kind(create(&object), &object).mutate().verdict, Verdict::Skipped, "{kind}");
    }
}

#[test]
fn nothing_but_the_guard_is_asked_about_them() {
    for (object, _) in others() {
        let mut text = object.to_string().replace("99999999999", "80");
        text = text.replace("\"headGroupSpec\"", "\"suspend\":true,\"backoffLimit\":-1,\"headGroupSpec\"");
        let sound: Value = serde_json::from_str(&text).expect("JSON");
        let answer = of_kind(create(&sound), &sound).validate();
        assert_eq!((answer.verdict, answer.warnings().len()), (Verdict::Allowed, 0), "{object}");
    }
}

#[test]
fn a_field_that_kuberay_does_not_know_is_no_poison() {
    let kuberay = |version| KubeRay::new(version, FeatureGates::default());
    let deadline = job_with(&json!({"spec": {"preRunningDeadlineSeconds": "x"}}));
    let answer = create(&deadline).validate_for(&kuberay(KubeRayVersion::V1_5));
    assert_eq!((answer.denied.as_slice(), answer.warned.as_slice()), ([].as_slice(), ["RJ010"].as_slice()));
    assert!(answer.warnings()[0].contains("KubeRay 1.5 knows no field"), "{:?}", answer.warnings());
    let answer = create(&deadline).validate_for(&kuberay(KubeRayVersion::V1_6));
    assert_eq!(answer.denied, ["RJ001"]);
}

#[test]
fn the_older_spelling_of_the_runtime_environment_is_read_by_raygate() {
    let with_environment =
        |value: Value| create(&job_with(&json!({"spec": {"runtimeEnv": value}}))).validate();
    assert_eq!(with_environment(json!("pip: [pandas]")).verdict, Verdict::Allowed);
    assert_eq!(with_environment(json!({"pip": ["pandas"]})).denied, ["RJ001"]);
}

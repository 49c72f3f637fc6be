//! What an answer looks like: exactly what the API server accepts.

use raygate_core::admission::{Configuration, Endpoint, Verdict, admit};
use raygate_core::kuberay::{FeatureGates, KubeRay};
use serde_json::{Value, json};

use crate::support::{UID, create, job, job_with, review, update};

#[test]
fn an_answer_repeats_the_uid_and_names_its_type() {
    for answer in [create(&job()).validate(), create(&job()).mutate()] {
        assert_eq!(answer.body["apiVersion"], "admission.k8s.io/v1");
        assert_eq!(answer.body["kind"], "AdmissionReview");
        assert_eq!(answer.response()["uid"], UID);
        assert!(answer.allowed());
    }
}

#[test]
fn validate_never_patches_and_mutate_never_denies() {
    let bad = create(&job_with(&json!({"spec": {"suspend": "yes", "jobId": null, "submissionMode": 3}})));
    let validated = bad.validate();
    assert!(!validated.allowed());
    assert!(validated.response().get("patch").is_none() && validated.response().get("patchType").is_none());
    assert!(bad.mutate().allowed());
}

#[test]
fn a_denial_is_a_whole_status_with_one_cause_for_each_problem() {
    let bad = job_with(&json!({
        "metadata": {"name": "1job"},
        "spec": {"suspend": true, "shutdownAfterJobFinishes": false, "ttlSecondsAfterFinished": -5, "entrypoint": " "}
    }));
    let answer = create(&bad).validate();
    let status = answer.status();
    assert_eq!(
        (&status["code"], &status["reason"], &status["status"]),
        (&json!(422), &json!("Invalid"), &json!("Failure"))
    );
    let details = &status["details"];
    assert_eq!(
        (&details["group"], &details["kind"], &details["name"]),
        (&json!("ray.io"), &json!("RayJob"), &json!("1job"))
    );
    let expected = [
        ("RJ004", "metadata.name"),
        ("RJ103", "spec.suspend"),
        ("RJ104", "spec.ttlSecondsAfterFinished"),
        ("RJ301", "spec.entrypoint"),
    ];
    assert_eq!(answer.causes(), expected.map(|(code, field)| (code.to_owned(), field.to_owned())));
    assert_eq!(answer.denied, expected.map(|(code, _)| code));
    assert_eq!(answer.response()["auditAnnotations"]["rules"], "RJ004,RJ103,RJ104,RJ106,RJ301");
}

#[test]
fn the_message_lists_all_again_below_a_summary() {
    let answer = create(&job_with(
        &json!({"spec": {"suspend": true, "shutdownAfterJobFinishes": false, "entrypoint": null}}),
    ))
    .validate();
    let lines: Vec<_> = answer.message().lines().collect();
    assert_eq!(lines[0], "RayJob default/train has 2 problems:");
    assert!(lines[1].starts_with("* spec.suspend: RJ103 suspend-without-shutdown: "), "{lines:?}");
    assert!(lines[2].starts_with("* spec.entrypoint: RJ301 missing-entrypoint: "), "{lines:?}");
    assert_eq!(lines.len(), 3);
}

#[test]
fn one_wrong_type_hides_no_other_problem() {
    let answer = create(&job_with(&json!({"spec": {
        "suspend": {"a": 1}, "backoffLimit": -1, "metadata": {"n": 1}, "runtimeEnvYAML": ["x"],
        "rayClusterSpec": {"headGroupSpec": {"template": {"spec": {"containers": []}}}, "workerGroupSpecs": ["x", {"groupName": 7}]}
    }}))).validate();
    let base = "spec.rayClusterSpec";
    let expected = [
        ("RJ001", "spec.runtimeEnvYAML".to_owned()),
        ("RJ001", "spec.suspend".to_owned()),
        ("RJ001", format!("{base}.workerGroupSpecs[0]")),
        ("RJ001", format!("{base}.workerGroupSpecs[1].groupName")),
        ("RJ001", "spec.metadata.n".to_owned()),
        ("RJ109", "spec.backoffLimit".to_owned()),
        ("RJ202", format!("{base}.headGroupSpec.template.spec.containers")),
        ("RJ202", format!("{base}.workerGroupSpecs[1].template")),
    ];
    let mut causes = answer.causes();
    causes.sort();
    let mut expected: Vec<_> = expected.map(|(code, field)| (code.to_owned(), field)).into();
    expected.sort();
    assert_eq!(causes, expected);
}

#[test]
fn warnings_let_the_job_through() {
    let answer = create(&job_with(&json!({"spec": {"shutdownAfterJobFinishes": false}}))).validate();
    assert!(answer.allowed());
    assert_eq!(answer.verdict, Verdict::Warned);
    assert_eq!(answer.warned, ["RJ106"]);
    assert_eq!(
        answer.warnings(),
        ["RJ106 spec.shutdownAfterJobFinishes: the cluster and its GPUs stay after the job has ended"]
    );
    assert_eq!(answer.response()["auditAnnotations"]["rules"], "RJ106");
    assert!(answer.response().get("status").is_none());
}

#[test]
fn what_is_not_to_be_judged_is_let_through_untouched() {
    let bad = job_with(&json!({"spec": {"entrypoint": null}}));
    let cases = [
        review("DELETE", &Value::Null, &bad),
        review("DELETE", &Value::Null, &Value::Null),
        review("CONNECT", &bad, &Value::Null),
        create(&bad).set("/request/subResource", "status".into()),
        create(&bad).set("/request/kind/kind", "RayClusterList".into()),
        create(&bad).set("/request/kind/group", "example.com".into()),
        create(&Value::Null),
    ];
    for case in cases {
        for answer in [case.validate(), case.mutate()] {
            assert_eq!((answer.verdict, answer.allowed()), (Verdict::Skipped, true), "{answer:?}");
            assert!(answer.patch().is_none());
        }
    }
}

#[test]
fn other_versions_of_the_kind_are_judged_alike() {
    let alpha = job_with(&json!({"apiVersion": "ray.io/v1alpha1", "spec": {"entrypoint": null}}));
    assert_eq!(create(&alpha).validate().denied, ["RJ301"]);
    assert_eq!(create(&alpha).set("/request/kind/version", "v1alpha1".into()).validate().denied, ["RJ301"]);
}

#[test]
fn a_rule_is_silent_for_a_kuberay_that_has_it_not() {
    let deadline = create(&job_with(&json!({"spec": {"preRunningDeadlineSeconds": 0}})));
    for (version, denied) in [("1.5", &[][..]), ("1.6", &["RJ108"][..]), ("1.7", &["RJ108"][..])] {
        let kuberay = KubeRay::new(version.parse().expect("a version"), FeatureGates::default());
        assert_eq!(deadline.validate_for(&kuberay).denied, denied, "{version}");
    }
}

#[test]
fn a_dry_run_gets_the_same_verdict() {
    let bad = create(&job_with(&json!({"spec": {"entrypoint": null}})));
    let (real, dry) = (bad.clone().validate(), bad.set("/request/dryRun", true.into()).validate());
    assert_eq!(real.body, dry.body);
}

#[test]
fn null_fields_and_escapes_in_the_envelope_are_read() {
    let review = create(&job());
    let text = String::from_utf8(review.bytes()).expect("UTF-8").replace("\"alice\"", "\"al\\u0069ce\"");
    let admitted = admit(Endpoint::Validate, text.as_bytes(), &Configuration::default()).expect("readable");
    assert_eq!(admitted.record.user, "alice");
    assert_eq!(admitted.record.operation, "CREATE");
}

#[test]
fn a_body_that_cannot_be_answered_is_refused_with_one_line() {
    let ask = |body: &[u8]| {
        admit(Endpoint::Validate, body, &Configuration::default()).map(|admitted| admitted.body)
    };
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let deep = format!(
        r#"{{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{{"uid":"u","object":{deep}}}}}"#
    );
    let twice = r#"{"kind":"AdmissionReview","kind":"AdmissionReview"}"#;
    let beta = r#"{"apiVersion":"admission.k8s.io/v1beta1","kind":"AdmissionReview","request":{"uid":"u"}}"#;
    let no_uid = r#"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{}}"#;
    let no_request = r#"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview"}"#;
    let wrong_type = r#"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":7}}"#;
    let twice_inside = r#"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u","object":{"spec":{"b":1,"a":{},"b":2}}}}"#;
    let cases: [(&[u8], &str); 11] = [
        (twice_inside.as_bytes(), "a field has the wrong type or stands there twice"),
        (b"", "it ends too early (line 1, column 0)"),
        (b"{\"kind\":", "it ends too early (line 1, column 8)"),
        (b"hello", "it is no JSON, or nested too deeply (line 1, column 1)"),
        (b"\"\xff\"", "byte 1 is wrong"),
        (deep.as_bytes(), "it is no JSON, or nested too deeply"),
        (twice.as_bytes(), "a field has the wrong type or stands there twice"),
        (beta.as_bytes(), "not an AdmissionReview of admission.k8s.io/v1"),
        (no_uid.as_bytes(), "has no uid"),
        (no_request.as_bytes(), "has no request"),
        (wrong_type.as_bytes(), "a field has the wrong type or stands there twice"),
    ];
    for (body, expected) in cases {
        let error = ask(body).expect_err(expected).to_string();
        assert!(error.contains(expected), "{error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    }
}

#[test]
fn no_secret_of_a_job_reaches_the_answer() {
    let secret = "hunter2-s3cr3t";
    let env = json!([{"name": "TOKEN", "value": secret}]);
    let bad = job_with(&json!({
        "metadata": {"annotations": {"note": secret}},
        "spec": {
            "entrypoint": format!("{secret} && python"), "suspend": true, "shutdownAfterJobFinishes": false,
            "runtimeEnvYAML": format!("env_vars: {{TOKEN: {secret}"), "runtimeEnv": secret,
            "metadata": {"a": 1, "b": secret},
            "rayClusterSpec": {"headGroupSpec": {
                "rayStartParams": {"redis-password": secret},
                "template": {"spec": {"containers": [{"name": "ray-head", "env": env}, secret]}}
            }}
        }
    }));
    let reviews = [create(&bad), update(&job(), &bad), create(&with_wrong_types(&bad, secret))];
    for review in reviews {
        let answer = review.validate();
        assert!(!answer.allowed());
        assert!(!answer.body.to_string().contains(secret), "{}", answer.body);
        assert!(!review.mutate().body.to_string().contains(secret));
    }
}

fn with_wrong_types(job: &Value, secret: &str) -> Value {
    crate::support::with(
        job,
        &json!({"spec": {"suspend": secret, "backoffLimit": secret, "rayClusterSpec": {"rayVersion": [secret]}}}),
    )
}

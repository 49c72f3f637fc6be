//! The annotation `raygate.dev/ignore`: it hides warnings, and nothing else.

use serde_json::{Value, json};

use crate::support::{Answer, create, job, job_with, update, with};

/// The good job, keeping its cluster (RJ106), with such an annotation and change.
fn ignoring(names: &str, change: &Value) -> Answer {
    let keeping = json!({
        "metadata": {"annotations": {"raygate.dev/ignore": names}},
        "spec": {"shutdownAfterJobFinishes": false},
    });
    create(&with(&job_with(&keeping), change)).validate()
}

#[test]
fn a_warning_is_hidden_by_code_or_slug_and_told_to_the_audit_log() {
    for names in ["RJ106", "rj106", "cluster-outlives-job", " RJ106 , ", "cluster-outlives-job,RJ106"] {
        let answer = ignoring(names, &json!({}));
        assert_eq!(answer.response()["auditAnnotations"]["suppressed"], "RJ106", "{names}");
        assert!(!answer.warned.contains(&"RJ106"), "{names}");
    }
    let answer = ignoring("RJ106", &json!({}));
    assert!(answer.warnings().is_empty() && answer.response()["auditAnnotations"].get("rules").is_none());
}

#[test]
fn a_denial_is_not_hidden() {
    let answer = ignoring("RJ104", &json!({"spec": {"ttlSecondsAfterFinished": -1}}));
    assert!(answer.denied.contains(&"RJ104"));
    let told =
        answer.warnings().iter().any(|warning| warning.starts_with("RJ020") && warning.contains("denies"));
    assert!(told, "{:?}", answer.warnings());
}

#[test]
fn the_guard_is_not_hidden_even_where_it_only_warns() {
    let poisoned = |memory: &str| {
        job_with(&json!({
            "metadata": {"annotations": {"raygate.dev/ignore": "RJ009"}},
            "spec": {
                "entrypointResources": null,
                "rayClusterSpec": {"autoscalerOptions": {"resources": {"limits": {"memory": memory, "cpu": "1e1.5"}}}},
            },
        }))
    };
    let repair = update(&poisoned("1e1.5"), &poisoned("1Gi")).validate();
    assert!(repair.allowed() && repair.warned.contains(&"RJ009"), "{repair:?}");
}

#[test]
fn a_name_that_hides_nothing_is_told() {
    for (names, word) in [
        ("RJ106,RJ102", "RJ102"),
        ("RJ106,no-such-rule-at-all", "there is no such rule"),
        ("RJ106,cluster-outlives-jobs", "there is no such rule"),
        ("RJ106,RJ020", "never hidden"),
    ] {
        let answer = ignoring(names, &json!({}));
        let warnings = answer.warnings();
        assert_eq!(answer.warned, ["RJ020"], "{names}");
        assert!(warnings[0].contains(word), "{names}: {warnings:?}");
    }
}

#[test]
fn what_a_change_of_annotations_alone_would_hide_is_not_known() {
    let stored = job_with(&json!({"spec": {"shutdownAfterJobFinishes": false}}));
    let annotated =
        |names: &str| with(&stored, &json!({"metadata": {"annotations": {"raygate.dev/ignore": names}}}));
    assert!(update(&stored, &annotated("RJ106")).validate().warnings().is_empty());
    assert_eq!(update(&stored, &annotated("RJ998")).validate().warned, ["RJ020"]);
}

#[test]
fn a_job_without_the_annotation_is_as_before() {
    assert!(create(&job()).validate().response().get("auditAnnotations").is_none());
}

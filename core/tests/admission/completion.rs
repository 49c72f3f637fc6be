//! What `/mutate` adds, and what it leaves alone.

use serde_json::{Value, json};

use crate::support::{UID, create, job, job_with, update, with};

const HOST: &str = "/spec/rayClusterSpec/headGroupSpec/rayStartParams/dashboard-host";

fn params(value: &Value) -> Value {
    job_with(&json!({"spec": {"rayClusterSpec": {"headGroupSpec": {"rayStartParams": value}}}}))
}

#[test]
fn the_dashboard_listens_and_the_job_has_an_id() {
    let completed = create(&job()).completed();
    assert_eq!(completed.pointer(HOST), Some(&json!("0.0.0.0")));
    assert_eq!(completed["spec"]["jobId"], format!("train-{}", &UID[UID.len() - 8..]));
    assert_eq!(create(&job()).mutate().mutations, ["dashboard-host", "job-id"]);
    assert_eq!(create(&job()).mutate().response()["auditAnnotations"]["mutations"], "dashboard-host,job-id");
}

#[test]
fn start_params_may_be_absent_null_or_empty() {
    let mut without = params(&json!({}));
    without["spec"]["rayClusterSpec"]["headGroupSpec"]
        .as_object_mut()
        .expect("a group")
        .remove("rayStartParams");
    let mut null = without.clone();
    null["spec"]["rayClusterSpec"]["headGroupSpec"]["rayStartParams"] = Value::Null;
    let mut null_host = params(&json!({}));
    null_host["spec"]["rayClusterSpec"]["headGroupSpec"]["rayStartParams"] = json!({"dashboard-host": null});
    for job in [without, null, null_host, params(&json!({})), params(&json!({"num-cpus": "1"}))] {
        let completed = create(&job).completed();
        assert_eq!(completed.pointer(HOST), Some(&json!("0.0.0.0")), "{job}");
    }
    assert_eq!(
        create(&params(&json!({"num-cpus": "1"}))).completed().pointer(HOST).map(Value::as_str),
        Some(Some("0.0.0.0"))
    );
}

#[test]
fn values_of_the_user_stay() {
    let mine = job_with(&json!({"spec": {
        "jobId": "mine", "unknown": {"kept": [1, null]},
        "rayClusterSpec": {"headGroupSpec": {"rayStartParams": {"dashboard-host": "127.0.0.1", "x": "y"}}}
    }}));
    let answer = create(&mine).mutate();
    assert!(answer.patch().is_none() && answer.response().get("patchType").is_none());
    assert!(answer.response().get("auditAnnotations").is_none());
    let other = with(&mine, &json!({"spec": {"jobId": null}}));
    let completed = create(&other).completed();
    let mut expected = other;
    expected["spec"]["jobId"] = completed["spec"]["jobId"].clone();
    assert_eq!(completed, expected);
}

#[test]
fn completing_twice_changes_nothing_more() {
    let jobs = [job(), job_with(&json!({"spec": {"clusterSelector": {"ray.io/cluster": "a"}}}))];
    for job in jobs {
        let once = create(&job).completed();
        let again = create(&once).set("/request/uid", "another-uid-00000000".into()).mutate();
        assert!(again.patch().is_none(), "{again:?}");
    }
}

#[test]
fn some_jobs_get_no_id() {
    let cases = [
        json!({"submissionMode": "InteractiveMode", "entrypoint": null}),
        json!({"submissionMode": "Whatever"}),
        json!({"clusterSelector": {"ray.io/cluster": "a"}, "backoffLimit": 2}),
        json!({"jobId": 7}),
    ];
    for spec in cases {
        assert!(!create(&job_with(&json!({"spec": spec}))).mutate().mutations.contains(&"job-id"), "{spec}");
    }
    for spec in [
        json!({"jobId": ""}),
        json!({"backoffLimit": 2}),
        json!({"clusterSelector": {"ray.io/cluster": "a"}}),
    ] {
        assert!(create(&job_with(&json!({"spec": spec}))).mutate().mutations.contains(&"job-id"), "{spec}");
    }
}

#[test]
fn a_name_that_is_still_to_be_generated_gives_its_stem() {
    let generated = job_with(&json!({"metadata": {"name": null, "generateName": "train-"}}));
    let completed = create(&generated).completed();
    assert_eq!(completed["spec"]["jobId"], format!("train-{}", &UID[UID.len() - 8..]));
    let odd = job_with(&json!({"metadata": {"name": null, "generateName": "-"}}));
    assert!(!create(&odd).mutate().mutations.contains(&"job-id"));
}

#[test]
fn what_was_completed_is_accepted_without_a_warning() {
    let jobs = [
        job(),
        job_with(&json!({"spec": {"clusterSelector": {"ray.io/cluster": "a"}, "rayClusterSpec": null}})),
        job_with(
            &json!({"metadata": {"name": null, "generateName": "train-"}, "spec": {"clusterSelector": {"ray.io/cluster": "a"}}}),
        ),
    ];
    for job in jobs {
        let answer = create(&create(&job).completed()).validate();
        assert!(answer.allowed() && answer.warnings().is_empty(), "{answer:?}");
    }
}

#[test]
fn what_cannot_be_read_is_left_alone() {
    let mut no_spec = job();
    no_spec.as_object_mut().expect("an object").remove("spec");
    let cases = [
        no_spec,
        with(&job(), &json!({"spec": "x"})),
        with(&job(), &json!({"spec": ["x"]})),
        json!("x"),
        json!([]),
        json!(7),
    ];
    for object in cases {
        let answer = create(&object).mutate();
        assert!(answer.allowed() && answer.patch().is_none(), "{object}");
    }
    for head in [json!("x"), json!(null), json!([])] {
        let mut object = job();
        object["spec"]["rayClusterSpec"]["headGroupSpec"] = head;
        assert_eq!(create(&object).mutate().mutations, ["job-id"]);
    }
    assert_eq!(create(&params(&json!("x"))).mutate().mutations, ["job-id"]);
    assert_eq!(create(&params(&json!({"dashboard-host": 7}))).mutate().mutations, ["job-id"]);
}

#[test]
fn an_update_gets_nothing_but_a_lost_id_of_a_started_job() {
    let started =
        with(&job(), &json!({"spec": {"jobId": "train-1"}, "status": {"jobDeploymentStatus": "Running"}}));
    let lost = with(&started, &json!({"spec": {"jobId": null, "entrypoint": "python other.py"}}));
    let answer = update(&started, &lost).mutate();
    assert_eq!(answer.mutations, ["restored-job-id"]);
    assert_eq!(answer.applied_to(&lost)["spec"]["jobId"], "train-1");
    let changed = with(&started, &json!({"spec": {"jobId": "train-2"}}));
    assert!(update(&started, &changed).mutate().patch().is_none());
    for state in ["Suspended", "Waiting", "Complete", "Failed", ""] {
        let old = with(&started, &json!({"status": {"jobDeploymentStatus": state}}));
        assert!(update(&old, &lost).mutate().patch().is_none(), "{state}");
    }
    let older = with(&started, &json!({"status": {"jobDeploymentStatus": null, "status": "Running"}}));
    assert_eq!(update(&older, &lost).mutate().mutations, ["restored-job-id"]);
}

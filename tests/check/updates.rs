//! `--old`: what is deployed already, and is judged as the update that applying it would be.

use crate::folder::{DENIED, Folder, job, manifest};
use crate::written;

const RUNNING: &str =
    "spec: {submissionMode: HTTPMode}\nstatus: {jobDeploymentStatus: Running, jobId: train-1}";

#[test]
fn an_old_mistake_is_a_warning_and_a_new_one_is_not() {
    let folder = Folder::with("now.yaml", &manifest(DENIED));
    folder.write("same.yaml", manifest(DENIED));
    folder.write(
        "edited.yaml",
        manifest("spec: {shutdownAfterJobFinishes: null, ttlSecondsAfterFinished: 600, jobId: new}"),
    );
    folder.write(
        "worse.yaml",
        manifest("spec: {shutdownAfterJobFinishes: null, ttlSecondsAfterFinished: 900}"),
    );
    assert_eq!(folder.check("same.yaml --old now.yaml").code, 0);
    let edited = folder.check("edited.yaml --old now.yaml --format json");
    assert_eq!((edited.code, edited.count("denied")), (0, 0), "{edited:?}");
    let worse = folder.check("worse.yaml --old now.yaml --format json");
    assert_eq!((worse.code, worse.count("denied")), (1, 1), "{worse:?}");
    assert_eq!(folder.check("edited.yaml").code, 1, "a new job is not forgiven");
}

#[test]
fn what_may_not_change_is_found_only_as_an_update() {
    let folder = Folder::with("now.yaml", &manifest(RUNNING));
    folder.write("job.yaml", manifest("spec: {submissionMode: K8sJobMode}"));
    assert_eq!(folder.check("job.yaml").code, 0);
    let answer = folder.check("job.yaml --old now.yaml");
    assert!(answer.stdout.contains("RJ809"), "{answer:?}");
}

#[test]
fn the_old_object_is_the_one_of_the_same_kind_and_name() {
    let folder = Folder::with(
        "other.yaml",
        &manifest("metadata: {name: other}\nstatus: {jobDeploymentStatus: Running, jobId: train-1}"),
    );
    folder.write("job.yaml", manifest("spec: {submissionMode: K8sJobMode}"));
    assert_eq!(folder.check("job.yaml --old other.yaml").code, 0);
    let list = serde_json::json!({"apiVersion": "v1", "kind": "List", "items": [
        job("metadata: {name: other}"), job(RUNNING),
    ]});
    for (name, text) in [("list.json", list.to_string()), ("list.yaml", written::yaml(&list))] {
        folder.write(name, text);
        let answer = folder.check(&format!("job.yaml --old {name}"));
        assert!(answer.stdout.contains("RJ809"), "{name}: {answer:?}");
    }
}

#[test]
fn an_old_file_without_an_object_is_a_mistake() {
    let folder = Folder::with("job.yaml", &manifest(""));
    for (name, text) in [("empty.yaml", ""), ("broken.yaml", "["), ("binary.yaml", "\0")] {
        folder.write(name, text);
        let answer = folder.check(&format!("job.yaml --old {name}"));
        assert_eq!((answer.code, answer.stdout.as_str()), (2, ""), "{name}");
        assert!(answer.stderr.contains(&format!("--old {name}")), "{answer:?}");
    }
}

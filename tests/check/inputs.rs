//! What a manifest can come in: lists, templates, streams, several files; and the objects beside RayJobs.

use crate::folder::{DENIED, Folder, WARNED, job, line_of, manifest};
use crate::written;

#[test]
fn the_standard_input_is_read_when_it_is_meant() {
    let folder = Folder::new();
    for arguments in ["-", "", "- -"] {
        let answer = folder.check_piped(&format!("{arguments} --format json"), &manifest(DENIED));
        assert_eq!((answer.code, answer.count("files")), (1, 1), "{answer:?}");
        assert!(answer.findings().iter().all(|found| found.contains(" <stdin>:")), "{answer:?}");
    }
}

#[test]
fn items_of_a_list_stand_where_they_are_written() {
    let indented = |change: &str| manifest(change).replace('\n', "\n    ").trim_end().to_owned();
    let text = format!(
        "apiVersion: v1\nkind: List\nitems:\n  - {}\n  - {}\n  - apiVersion: v1\n    kind: Secret\n",
        indented(""),
        indented(DENIED)
    );
    let answer = Folder::with("list.yaml", &text).check("list.yaml --format json");
    let line = line_of(&text, "ttlSecondsAfterFinished");
    assert!(answer.findings().contains(&format!("RJ102 list.yaml:{line}")), "{answer:?}");
    assert_eq!((answer.count("rayJobs"), answer.count("skipped"), answer.count("documents")), (2, 1, 1));
}

#[test]
fn what_helm_rendered_is_told_by_its_template() {
    let text = format!(
        "---\n# Source: ray/templates/config.yaml\napiVersion: v1\nkind: ConfigMap\n---\n# Source: ray/templates/job.yaml\n{}",
        manifest(DENIED)
    );
    let answer = Folder::new().check_piped("- --format json", &text);
    // The lines are those of what was rendered of that template.
    let own = text.split("---\n").last().unwrap();
    let line = line_of(own, "ttlSecondsAfterFinished");
    assert!(answer.findings().contains(&format!("RJ102 ray/templates/job.yaml:{line}")), "{answer:?}");
}

#[test]
fn each_line_of_json_is_an_object() {
    let text = format!("{}\n{}\n\n{}\n", job(""), job(DENIED), job(WARNED));
    for name in ["jobs.jsonl", "jobs.json", "jobs.ndjson"] {
        let answer = Folder::with(name, &text).check(&format!("{name} --format json"));
        let findings = answer.findings();
        assert!(findings.contains(&format!("RJ102 {name}:2")), "{answer:?}");
        assert!(findings.contains(&format!("RJ106 {name}:4")), "{answer:?}");
        assert_eq!(answer.count("rayJobs"), 3);
    }
}

#[test]
fn a_cron_job_is_told_at_its_template() {
    let cron = serde_json::json!({
        "apiVersion": "ray.io/v1",
        "kind": "RayCronJob",
        "metadata": {"name": "nightly"},
        "spec": {"schedule": "0 2 * * *", "jobTemplate": job(DENIED)["spec"]},
    });
    let text = written::yaml(&cron);
    let folder = Folder::with("cron.yaml", &text);
    let answer = folder.check("cron.yaml --format json");
    let line = line_of(&text, "ttlSecondsAfterFinished");
    assert!(answer.findings().contains(&format!("RJ102 cron.yaml:{line}")), "{answer:?}");
    let findings = answer.json()["findings"].as_array().unwrap().clone();
    let own = findings.iter().find(|found| found["code"] == "RJ102").unwrap();
    assert_eq!(own["field"], "spec.jobTemplate.ttlSecondsAfterFinished");
    assert_eq!((&own["kind"], &own["name"]), (&"RayCronJob".into(), &"nightly".into()));
}

#[test]
fn an_object_that_would_stop_the_operator_is_found_whatever_its_kind() {
    let poison = "1e1.5";
    let head = serde_json::json!({"template": {"spec": {"containers": [
        {"name": "head", "image": "rayproject/ray:2.56.0", "resources": {"limits": {"memory": poison}}}
    ]}}});
    let cluster = serde_json::json!({"headGroupSpec": head});
    for (kind, spec) in [
        ("RayCluster", cluster.clone()),
        ("RayService", serde_json::json!({"rayClusterConfig": cluster})),
        ("RayJob", serde_json::json!({"entrypoint": "python a.py", "rayClusterSpec": cluster})),
        (
            "RayCronJob",
            serde_json::json!({"schedule": "@daily", "jobTemplate": {"entrypoint": "a", "rayClusterSpec": cluster}}),
        ),
    ] {
        let object = serde_json::json!({
            "apiVersion": "ray.io/v1", "kind": kind, "metadata": {"name": "poisonous"}, "spec": spec,
        });
        let text = written::yaml(&object);
        let answer = Folder::with("object.yaml", &text).check("object.yaml --format json");
        let line = line_of(&text, poison);
        let own = answer.findings().into_iter().filter(|found| *found == format!("RJ009 object.yaml:{line}"));
        assert_eq!((answer.code, own.count()), (1, 1), "{kind}: {answer:?}");
    }
}

#[test]
fn many_files_are_told_in_the_order_of_their_names_each_time() {
    let folder = Folder::new();
    for number in 0..120 {
        // Files of very different sizes are done in another order than they are begun.
        let padding = "#\n".repeat(if number % 7 == 0 { 20_000 } else { 1 });
        folder.write(&format!("jobs/{number:03}.yaml"), format!("{}{padding}", manifest(DENIED)));
    }
    let first = folder.check("jobs --format json");
    let files: Vec<_> = first.findings().into_iter().filter(|found| found.starts_with("RJ102")).collect();
    assert_eq!(files.len(), 120);
    assert!(files.is_sorted(), "{files:?}");
    assert_eq!(first.stderr, "");
    for _ in 0..4 {
        assert_eq!(folder.check("jobs --format json").stdout, first.stdout);
    }
}

#[test]
fn files_are_told_in_the_order_typed() {
    let folder = Folder::with("b.yaml", &manifest(WARNED));
    folder.write("a.yaml", manifest(WARNED));
    let files = |arguments: &str| {
        let findings = folder.check(&format!("{arguments} --format json")).findings();
        findings.iter().map(|found| found["RJ106 ".len()..].chars().next().unwrap()).collect::<String>()
    };
    assert_eq!(files("b.yaml a.yaml"), "ba");
    assert_eq!(files("."), "ab");
    assert_eq!(files("b.yaml . b.yaml ./a.yaml"), "ba", "each file once");
    assert_eq!(files("*.yaml"), "ab", "a glob that no shell has expanded");
}

#[test]
fn files_that_are_no_manifests_are_passed_over_in_folders_only() {
    let folder = Folder::with("chart/values.yaml", "replicas: 3\n");
    folder.write("chart/job.yaml", manifest(""));
    let answer = folder.check("chart");
    assert_eq!(answer.code, 0, "{answer:?}");
    assert_eq!(folder.check("chart/values.yaml").code, 2);
}

#[test]
fn a_hook_can_name_files_that_are_no_manifests() {
    let folder = Folder::with("values.yaml", "replicas: 3\n");
    folder.write("playbook.yaml", "- hosts: all\n");
    folder.write("empty.yaml", "");
    folder.write("job.yaml", manifest(DENIED));
    folder.write("broken.yaml", "a: [\n");
    let others = "values.yaml playbook.yaml empty.yaml";
    assert_eq!(folder.check(others).code, 2);
    let answer = folder.check(&format!("--skip-others --quiet {others}"));
    assert_eq!((answer.code, answer.stdout.as_str()), (0, ""));
    assert_eq!(folder.check(&format!("--skip-others {others} job.yaml")).code, 1);
    assert_eq!(folder.check("--skip-others broken.yaml").code, 2, "nobody can tell what a broken file is");
    assert_eq!(folder.check("--skip-others missing.yaml").code, 2);
}

#[test]
fn what_is_meant_as_a_job_is_never_passed_over() {
    let text = manifest("");
    let cron = serde_json::json!({
        "apiVersion": "ray.io/v1", "kind": "RayCronJob", "metadata": {"name": "nightly"},
        "spec": {"schedule": "0 2 * * *", "jobTemplate": job("")["spec"]},
    });
    let written_as = |change: (&str, &str)| text.replace(change.0, change.1);
    for (text, arguments, word) in [
        (written_as(("ray.io/v1", "ray.io/v1beta1")), "", "apiVersion: ray.io/v1"),
        (written_as(("ray.io/v1", "ray.io")), "", "apiVersion: ray.io/v1"),
        (written_as(("ray.io/v1", "v1")), "", "apiVersion: ray.io/v1"),
        (written_as(("RayJob", "rayjob")), "", "kind: RayJob"),
        (written_as(("RayJob", "Rayjob")), "", "kind: RayJob"),
        (written::yaml(&cron), "--kuberay-version 1.5", "KubeRay 1.5 has no RayCronJob"),
    ] {
        let folder = Folder::with("job.yaml", &text);
        let answer = folder.check(&format!("job.yaml --format json {arguments}"));
        assert_eq!((answer.code, answer.count("skipped"), answer.count("rayJobs")), (2, 0, 0), "{answer:?}");
        let error = &answer.json()["errors"][0];
        assert!(error["message"].as_str().unwrap().contains(word), "{word}: {answer:?}");
        assert!(error["line"].is_u64() && error["column"].is_u64(), "{answer:?}");
    }
    let another = Folder::with("job.yaml", &text.replace("ray.io/v1", "example.com/v1"));
    let answer = another.check("job.yaml --format json");
    assert_eq!(
        (answer.code, answer.count("skipped")),
        (0, 1),
        "another group's RayJob is not KubeRay's: {answer:?}"
    );
}

#[test]
fn a_name_that_yaml_takes_for_something_else_is_told_once() {
    for name in ["5", "n", "[]"] {
        let text = manifest("metadata: {name: HERE}").replace("HERE", name);
        let answer = Folder::with("job.yaml", &text).check("job.yaml --format json");
        assert_eq!(answer.findings(), [format!("RJ001 job.yaml:{}", line_of(&text, "name:"))], "{name}");
    }
}

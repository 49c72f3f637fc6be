//! What docs/policy.md says that kubectl prints under each policy of examples/policies is what the webhook answers.

use std::fmt::Write as _;
use std::fs;
use std::sync::Arc;

use raygate_core::admission::{Configuration, Endpoint, admit};
use raygate_core::policy::{Policies, Policy, read};
use serde_json::{Value, json};

use crate::guide::blocks;
use crate::program::project;

fn yaml(text: &str) -> Value {
    serde_saphyr::from_str(text).expect("YAML")
}

fn example(file: &str) -> Configuration {
    let text = fs::read_to_string(project().join("examples/policies").join(file)).expect("an example");
    let policy = yaml(&text);
    let name = policy["metadata"]["name"].as_str().expect("a name");
    let spec = read(&policy["spec"]).expect("the shape of a policy");
    let policy = Policy::compile(name, &spec).expect("a policy");
    Configuration::default().under(Policies::new([Arc::new(policy)], 0))
}

/// What the webhook answers, as kubectl prints it of a job that is to be created.
fn printed(job: &Value, configuration: &Configuration) -> String {
    let review = json!({"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {
        "uid": "1", "operation": "CREATE", "namespace": "team-a",
        "kind": {"group": "ray.io", "version": "v1", "kind": "RayJob"},
        "resource": {"group": "ray.io", "version": "v1", "resource": "rayjobs"},
        "userInfo": {"username": "alice"}, "object": job,
    }});
    let body = review.to_string();
    let admitted = admit(Endpoint::Validate, body.as_bytes(), configuration).expect("a review");
    let review: Value = serde_json::from_slice(&admitted.body).expect("an answer");
    let (response, mut printed) = (&review["response"], String::new());
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    for warning in response["warnings"].as_array().into_iter().flatten() {
        writeln!(printed, "Warning: {}", text(warning)).expect("a text");
    }
    let name = text(&job["metadata"]["name"]);
    if response["allowed"] == true {
        return printed + &format!("rayjob.ray.io/{name} created\n");
    }
    let causes = response["status"]["details"]["causes"].as_array().expect("causes").iter();
    let told: Vec<_> =
        causes.map(|cause| format!("{}: {}", text(&cause["field"]), text(&cause["message"]))).collect();
    write!(printed, "The RayJob \"{name}\" is invalid: ").expect("a text");
    match told.as_slice() {
        [one] => printed + one + "\n",
        several => several.iter().fold(printed + "\n", |all, one| all + "* " + one + "\n"),
    }
}

#[test]
fn kubectl_prints_under_each_example_what_the_guide_says() {
    let guide = fs::read_to_string(project().join("docs/policy.md")).expect("the guide");
    let jobs: Vec<_> = blocks(&guide, "yaml")
        .into_iter()
        .filter_map(|block| block.strip_prefix("# ")?.split_once('\n'))
        .collect();
    let (mut shown, mut wrong) = (Vec::new(), String::new());
    for block in blocks(&guide, "console") {
        let (command, said) = block.split_once('\n').expect("a command and what it prints");
        let Some(command) = command.strip_prefix("$ kubectl apply -f ") else { continue };
        let (file, policy) = command.split_once(" # under ").expect("a policy");
        let job = jobs.iter().find(|(name, _)| *name == file).expect("a job that the guide shows");
        let printed = printed(&yaml(job.1), &example(policy));
        if printed != said {
            writeln!(wrong, "$ kubectl apply -f {command}\n{printed}").expect("a text");
        }
        shown.push(policy.to_owned());
    }
    assert!(wrong.is_empty(), "the guide says something else than is printed:\n{wrong}");
    let files = fs::read_dir(project().join("examples/policies")).expect("the examples");
    let files = files.map(|file| file.expect("a file").file_name().into_string().expect("a name"));
    let mut examples: Vec<_> = files.filter(|name| !name.ends_with(".test.yaml")).collect();
    examples.sort();
    shown.sort();
    assert_eq!(shown, examples, "each example is shown once");
}

#[test]
fn each_example_has_tests_beside_it() {
    let folder = project().join("examples/policies");
    let files = fs::read_dir(&folder).expect("the examples").map(|file| file.expect("a file").path());
    let (tests, policies): (Vec<_>, Vec<_>) =
        files.partition(|file| file.to_string_lossy().ends_with(".test.yaml"));
    assert!(!policies.is_empty());
    for policy in policies {
        let name = policy.file_name().expect("a name").to_string_lossy();
        let test = folder.join(name.replace(".yaml", ".test.yaml"));
        assert!(tests.contains(&test), "{} has no tests", policy.display());
        let written = fs::read_to_string(&test).expect("the tests");
        assert!(written.contains(&format!("policies: [{name}]")), "{} tests another policy", test.display());
    }
}

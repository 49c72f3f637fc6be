//! `raygate mutate --policy`: what policies give is written into the manifest.

use crate::program::Folder;

const JOB: &str = "\
apiVersion: ray.io/v1
kind: RayJob
metadata:
  name: train  # a name
spec:
  entrypoint: python train.py
  ttlSecondsAfterFinished: 0
  rayClusterSpec:
    headGroupSpec:
      template:
        spec:
          containers:
          - name: ray-head
            image: rayproject/ray:2.56.0
";

const COMPLETE: &str = "\
apiVersion: ray.io/v1
kind: RayJob
metadata:
  name: train  # a name
  labels:
    example.com/managed: raygate
    team: a
spec:
  entrypoint: python train.py
  ttlSecondsAfterFinished: 3600
  shutdownAfterJobFinishes: true
  rayClusterSpec:
    headGroupSpec:
      template:
        spec:
          containers:
          - name: ray-head
            image: rayproject/ray:2.56.0
            resources:
              limits:
                memory: \"4Gi\"
          nodeSelector:
            pool: ray
      rayStartParams:
        dashboard-host: \"0.0.0.0\"
        num-cpus: \"0\"
";

fn policy(matches: &str) -> String {
    format!(
        "\
apiVersion: raygate.dev/v1alpha1
kind: RayJobPolicy
metadata: {{name: giver}}
spec:
  match: {matches}
  defaults:
    shutdownAfterJobFinishes: true
    ttlSecondsAfterFinished: 3600
    labels: {{example.com/managed: raygate, team: a}}
    headRayStartParams: {{num-cpus: '0'}}
    podTemplates:
    - nodeSelector: {{pool: ray}}
      containers: [{{limits: {{memory: 4Gi}}}}]
"
    )
}

#[test]
fn what_policies_give_is_written_into_the_manifest_once() {
    let folder = Folder::with(&[("job.yaml", JOB), ("policy.yaml", &policy("{namespaces: [team-a]}"))]);
    let under = ["--policy", "policy.yaml", "--namespace", "team-a", "job.yaml"];
    let ran = folder.run(&under);
    assert_eq!((ran.code, ran.out.as_str(), ran.errors.as_str()), (Some(0), COMPLETE, ""));
    let ran = folder.run(&[&["--write"], &under[..]].concat());
    assert_eq!((ran.code, folder.read("job.yaml").as_str()), (Some(0), COMPLETE), "{}", ran.errors);
    assert_eq!(folder.run(&[&["--check"], &under[..]].concat()).code, Some(0));
    let elsewhere = folder.run(&["--policy", "policy.yaml", "--namespace", "team-b", "--check", "job.yaml"]);
    assert_eq!(elsewhere.code, Some(0), "{}", elsewhere.errors);
}

#[test]
fn an_id_does_not_depend_on_what_stands_in_the_file_already() {
    let folder = Folder::with(&[("job.yaml", JOB), ("done.yaml", COMPLETE), ("policy.yaml", &policy("{}"))]);
    let id = |file: &str| {
        let ran = folder.run(&["--policy", "policy.yaml", "--job-id", file]);
        let line = ran.out.lines().find(|line| line.contains("jobId")).map(ToOwned::to_owned);
        line.unwrap_or_else(|| panic!("no id: {ran:?}"))
    };
    assert_eq!(id("job.yaml"), id("done.yaml"));
}

#[test]
fn labels_of_a_namespace_that_nobody_gave_are_not_guessed() {
    let selecting = policy("{namespaceSelector: {matchLabels: {tier: gpu}}}");
    let folder = Folder::with(&[("job.yaml", JOB), ("policy.yaml", &selecting)]);
    let ran = folder.run(&["--policy", "policy.yaml", "job.yaml"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.errors.contains("--namespace-labels"), "{}", ran.errors);
    let ran = folder.run(&["--policy", "policy.yaml", "--namespace-labels", "tier=gpu", "job.yaml"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), COMPLETE));
}

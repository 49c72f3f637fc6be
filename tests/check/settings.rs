//! `raygate.toml` and the flags that win over it.

use crate::folder::{DENIED, Folder, WARNED, manifest};

/// RJ108 speaks of a field that came with KubeRay 1.6.
const OF_1_6: &str = "spec: {preRunningDeadlineSeconds: -1}";

#[test]
fn the_nearest_file_above_a_manifest_holds() {
    let folder = Folder::with("raygate.toml", "fail-on = 'warn'\n");
    folder.write("team-a/jobs/job.yaml", manifest(WARNED));
    folder.write("team-b/jobs/job.yaml", manifest(WARNED));
    folder.write("team-b/raygate.toml", "fail-on = 'deny'\n");
    assert_eq!(folder.check("team-a").code, 1);
    assert_eq!(folder.check("team-b").code, 0);
    assert_eq!(folder.check("team-b team-a").code, 1, "each manifest by its own file");
}

#[test]
fn flags_win_over_the_environment_and_both_over_the_file() {
    let folder = Folder::with("raygate.toml", "kuberay-version = '1.5'\nfail-on = 'warn'\n");
    folder.write("job.yaml", manifest(OF_1_6));
    folder.write("warned.yaml", manifest(WARNED));
    let newer = [("RAYGATE_KUBERAY_VERSION", "1.6")];
    let finds_it = |answer: &crate::folder::Answer| answer.stdout.contains("RJ108");
    assert!(!finds_it(&folder.check("job.yaml")));
    assert!(finds_it(&folder.check("job.yaml --kuberay-version 1.6")));
    assert!(finds_it(&folder.check_with("job.yaml", &newer, "")));
    assert!(!finds_it(&folder.check_with("job.yaml --kuberay-version 1.5", &newer, "")));
    assert_eq!(folder.check("warned.yaml").code, 1);
    assert_eq!(folder.check("warned.yaml --fail-on deny").code, 0);
}

#[test]
fn a_file_that_is_named_is_the_only_one() {
    let folder = Folder::with("raygate.toml", "fail-on = 'warn'\n");
    folder.write("job.yaml", manifest(WARNED));
    folder.write("other/lenient.toml", "");
    assert_eq!(folder.check("job.yaml").code, 1);
    assert_eq!(folder.check("job.yaml --config other/lenient.toml").code, 0);
}

#[test]
fn a_mistake_in_the_file_is_told_with_its_place() {
    for (text, place, word) in [
        ("\nfailon = 'warn'\n", "line 2, column 1", "fail-on"),
        ("fail-on = 'never'\n", "line 1, column 11", "warn"),
        ("kuberay-version = 1.5\n", "line 1, column 19", "string"),
        ("kuberay-version = '0.1'\n", "line 1, column 19", "1.3"),
        ("kuberay-feature-gates = 'Nope=true'\n", "line 1, column 25", "Nope"),
        ("namespace = [\n", "line 1", "array"),
    ] {
        let folder = Folder::with("raygate.toml", text);
        folder.write("jobs/job.yaml", manifest(DENIED));
        let answer = folder.check("jobs/job.yaml");
        assert_eq!((answer.code, answer.stdout.as_str()), (2, ""), "{text}");
        for part in ["raygate.toml", place, word] {
            assert!(answer.stderr.contains(part), "{text}: no `{part}` in {}", answer.stderr);
        }
    }
}

#[test]
fn a_gate_of_another_version_is_a_mistake_of_both_together() {
    let folder = Folder::with("raygate.toml", "kuberay-feature-gates = 'RayCronJob=true'\n");
    folder.write("job.yaml", manifest(""));
    assert_eq!(folder.check("job.yaml").code, 0);
    let answer = folder.check("job.yaml --kuberay-version 1.3");
    assert_eq!(answer.code, 2);
    assert!(answer.stderr.contains("RayCronJob") && answer.stderr.contains("1.3"), "{answer:?}");
}

#[test]
fn the_standard_input_has_the_settings_of_the_file_that_it_stands_for() {
    let folder = Folder::with("jobs/raygate.toml", "fail-on = 'warn'\n");
    let check = |arguments: &str| folder.check_piped(arguments, &manifest(WARNED));
    assert_eq!(check("-").code, 0);
    let answer = check("- --stdin-filename jobs/job.yaml --format json");
    assert_eq!(answer.code, 1);
    assert!(answer.findings()[0].starts_with("RJ106 jobs/job.yaml:"), "{answer:?}");
}

#[test]
fn a_namespace_is_for_manifests_that_name_none() {
    let folder = Folder::with(
        "old.yaml",
        &manifest("metadata: {namespace: team-a}\nspec: {shutdownAfterJobFinishes: null}"),
    );
    folder.write("job.yaml", manifest("metadata: {namespace: null}\nspec: {shutdownAfterJobFinishes: null}"));
    folder.write(
        "placed.yaml",
        manifest("metadata: {namespace: team-b}\nspec: {shutdownAfterJobFinishes: null}"),
    );
    let warned = |arguments: &str| folder.check(&format!("{arguments} --format json")).count("warned");
    assert_eq!(warned("job.yaml --old old.yaml --namespace team-a"), 0, "the same job, unchanged");
    assert_eq!(warned("job.yaml --old old.yaml -n team-b"), 1, "another job");
    assert_eq!(warned("placed.yaml --old old.yaml -n team-a"), 1, "what it names itself stays");
    folder.write("raygate.toml", "namespace = 'team-b'\n");
    assert_eq!(warned("job.yaml --old old.yaml"), 1);
    assert_eq!(warned("job.yaml --old old.yaml -n team-a"), 0);
}

//! What the flags do: where the texts come from and go to, and the exit code.

use crate::program::{COMPLETE, Folder, JOB, mutate};

const OTHER: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: other\n";

#[test]
fn a_manifest_is_printed_with_what_was_missing() {
    let folder = Folder::with(&[("job.yaml", JOB)]);
    let ran = folder.run(&["job.yaml"]);
    assert_eq!((ran.code, ran.out.as_str(), ran.errors.as_str()), (Some(0), COMPLETE, ""));
    assert_eq!(folder.read("job.yaml"), JOB);
}

#[test]
fn standard_input_is_read_when_nothing_is_named() {
    for arguments in [&[][..], &["-"]] {
        let ran = Folder::with(&[]).run_with(arguments, JOB);
        assert_eq!((ran.code, ran.out.as_str()), (Some(0), COMPLETE));
    }
}

#[test]
fn several_files_are_printed_as_one_stream() {
    let without_break = JOB.trim_end();
    let folder = Folder::with(&[
        ("1.yaml", without_break),
        ("2.yaml", &format!("\u{feff}{OTHER}")),
        ("3.yaml", &format!("---\n{JOB}")),
        ("4.json", r#"{"apiVersion":"v1","kind":"Secret"}"#),
    ]);
    let ran = folder.run(&["."]);
    let json = r#"{"apiVersion":"v1","kind":"Secret"}"#;
    assert_eq!(ran.out, format!("{COMPLETE}---\n{OTHER}---\n{COMPLETE}---\n{json}"));
    assert_eq!(ran.code, Some(0));
}

#[test]
fn json_values_of_several_files_stay_json() {
    let folder = Folder::with(&[
        ("1.json", "{\"apiVersion\":\"v1\",\"kind\":\"A\"}"),
        ("2.jsonl", "{\"apiVersion\":\"v1\",\"kind\":\"B\"}\n{\"apiVersion\":\"v1\",\"kind\":\"C\"}\n"),
    ]);
    let ran = folder.run(&["1.json", "2.jsonl"]);
    assert_eq!(
        ran.out,
        "{\"apiVersion\":\"v1\",\"kind\":\"A\"}\n{\"apiVersion\":\"v1\",\"kind\":\"B\"}\n{\"apiVersion\":\"v1\",\"kind\":\"C\"}\n"
    );
    let folder = Folder::with(&[("1.yaml", OTHER), ("2.json", &ran.out)]);
    let ran = folder.run(&["1.yaml", "2.json"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.errors.contains("2.json") && ran.errors.contains("--write"), "{}", ran.errors);
}

#[test]
fn check_names_the_files_in_which_something_is_missing() {
    let folder = Folder::with(&[("a.yaml", JOB), ("b.yaml", COMPLETE), ("c/d.yaml", JOB), ("e.yaml", OTHER)]);
    let ran = folder.run(&["--check", "."]);
    assert_eq!((ran.code, ran.out.as_str(), ran.errors.as_str()), (Some(1), "a.yaml\nc/d.yaml\n", ""));
    let ran = folder.run(&["--check", "b.yaml", "e.yaml"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""));
    assert_eq!(folder.read("a.yaml"), JOB);
    let ran = folder.run_with(&["--check", "-", "--stdin-filename", "here.yaml"], JOB);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), "here.yaml\n"));
}

const DIFF: &str = "\
--- a.yaml
+++ a.yaml
@@ -8,4 +8,5 @@
     headGroupSpec:
       rayStartParams:
         num-cpus: \"1\"
+        dashboard-host: \"0.0.0.0\"
       template: {}
--- c.json
+++ c.json
@@ -1 +1 @@
-{\"apiVersion\":\"ray.io/v1\",\"kind\":\"RayJob\",\"spec\":{\"rayClusterSpec\":{\"headGroupSpec\":{}}}}
\\ No newline at end of file
+{\"apiVersion\":\"ray.io/v1\",\"kind\":\"RayJob\",\"spec\":{\"rayClusterSpec\":{\"headGroupSpec\":{\"rayStartParams\":{\"dashboard-host\":\"0.0.0.0\"}}}}}
\\ No newline at end of file
";

const COLOURS: &str = "\
\u{1b}[1m--- a.yaml\u{1b}[0m
\u{1b}[1m+++ a.yaml\u{1b}[0m
\u{1b}[36m@@ -8,4 +8,5 @@\u{1b}[0m
     headGroupSpec:
       rayStartParams:
         num-cpus: \"1\"
\u{1b}[32m+        dashboard-host: \"0.0.0.0\"\u{1b}[0m
       template: {}
";

#[test]
fn a_diff_shows_what_would_be_added() {
    let json = r#"{"apiVersion":"ray.io/v1","kind":"RayJob","spec":{"rayClusterSpec":{"headGroupSpec":{}}}}"#;
    let folder = Folder::with(&[("a.yaml", JOB), ("b.yaml", COMPLETE), ("c.json", json)]);
    let ran = folder.run(&["--diff", "."]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), DIFF));
    let ran = folder.run(&["--diff", "--check", "."]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), DIFF));
    let ran = folder.run(&["--diff", "--color", "always", "a.yaml"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), COLOURS));
    let ran = folder.run(&["--diff", "b.yaml"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""));
}

#[test]
fn the_id_of_a_job_depends_on_its_namespace_name_and_spec_alone() {
    let id = |text: &str, arguments: &[&str]| {
        let ran = mutate(text, &[&["--job-id"], arguments].concat());
        assert_eq!(ran.code, Some(0), "{}", ran.errors);
        let line = ran.out.lines().find_map(|line| line.trim().strip_prefix("jobId: ").map(str::to_owned));
        line.unwrap_or_else(|| panic!("no id in {}", ran.out))
    };
    let first = id(JOB, &[]);
    assert_eq!(first.strip_prefix("train-").map(str::len), Some(8), "{first}");
    let reordered = "# note\n".to_owned()
        + &JOB.replace("  entrypoint: python train.py\n", "")
        + "  entrypoint: 'python train.py'\n";
    for (text, arguments) in [(JOB, &[][..]), (COMPLETE, &[]), (&reordered, &[])] {
        assert_eq!(id(text, arguments), first, "{text}");
    }
    let labelled = JOB.replace("  name: train\n", "  name: train\n  labels: {a: b}\n");
    assert_eq!(id(&labelled, &[]), first);
    let placed = JOB.replace("  name: train\n", "  name: train\n  namespace: team-a\n");
    assert_eq!(id(&placed, &[]), id(JOB, &["--namespace", "team-a"]));
    let others = [
        id(&placed, &[]),
        id(&JOB.replace("name: train", "name: train2"), &[]),
        id(&JOB.replace("train.py", "test.py"), &[]),
    ];
    assert!(others.iter().all(|other| *other != first), "{others:?}");
}

#[test]
fn a_job_that_is_another_one_each_time_gets_no_id() {
    for text in [
        JOB.replace("name: train", "generateName: train-"),
        JOB.replace("spec:\n", "spec:\n  submissionMode: InteractiveMode\n"),
    ] {
        let ran = mutate(&text, &["--job-id"]);
        assert!(ran.code == Some(0) && !ran.out.contains("jobId"), "{}", ran.out);
    }
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_completed() {
    let text = format!("{JOB}---\na: [\n---\n{JOB}");
    let ran = Folder::with(&[("job.yaml", &text), ("values.yaml", "a: 1\n")]).run(&["."]);
    assert_eq!(ran.code, Some(2));
    assert_eq!(ran.out.matches("dashboard-host").count(), 2);
    assert!(ran.errors.starts_with("job.yaml:1"), "{}", ran.errors);
    assert_eq!(
        ran.errors.lines().count(),
        1,
        "a file that a folder brought along may be no manifest: {}",
        ran.errors
    );
    let ran = Folder::with(&[("values.yaml", "a: 1\n")]).run(&["values.yaml", "absent.yaml"]);
    assert_eq!(ran.code, Some(2));
    for name in ["values.yaml:1:1: ", "absent.yaml: "] {
        assert!(ran.errors.contains(name), "{}", ran.errors);
    }
    assert_eq!(mutate("--- x\n", &[]).code, Some(2));
}

#[test]
fn a_hook_can_name_files_that_are_no_manifests() {
    let others = [("values.yaml", "a: 1\n"), ("playbook.yaml", "- hosts: all\n"), ("empty.yaml", "")];
    let folder = Folder::with(&[&others[..], &[("job.yaml", JOB), ("broken.yaml", "a: [\n")]].concat());
    let named: Vec<_> = others.iter().map(|(name, _)| *name).collect();
    assert_eq!(folder.run(&named).code, Some(2));
    let ran = folder.run(&[&["--skip-others"], &named[..]].concat());
    assert_eq!((ran.code, ran.out.as_str(), ran.errors.as_str()), (Some(0), "", ""));
    let ran = folder.run(&[&["--skip-others", "job.yaml"], &named[..]].concat());
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), COMPLETE), "what is no manifest is not printed");
    let ran = folder.run(&["--skip-others", "--write", "job.yaml", "values.yaml"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "job.yaml\n"));
    assert_eq!(folder.read("job.yaml"), COMPLETE);
    assert_eq!(folder.run(&["--skip-others", "broken.yaml"]).code, Some(2), "nobody can tell what it is");
    assert_eq!(folder.run(&["--skip-others", "missing.yaml"]).code, Some(2));
}

#[test]
fn patches_and_templates_in_folders_are_left_alone() {
    let template = "kind: RayJob\nname: \"{{ .Values.name }}\"\n";
    let folder = Folder::with(&[
        ("job.yaml", JOB),
        ("overlay/kustomization.yaml", "patches: [{path: patch.yaml}]\n"),
        ("overlay/patch.yaml", JOB),
    ]);
    assert_eq!(folder.run(&["--check", "."]).out, "job.yaml\n");
    let folder =
        Folder::with(&[("job.yaml", JOB), ("chart/Chart.yaml", ""), ("chart/templates/a.yaml", template)]);
    let ran = folder.run(&["."]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), COMPLETE));
    assert!(ran.errors.contains("`helm template chart | raygate mutate -`"), "{}", ran.errors);
}

#[test]
fn a_hint_names_the_command_in_use() {
    let template = "kind: RayJob\nspec: {{ .Values.spec }}\n";
    let folder = Folder::with(&[("job.yaml", template)]);
    for argument in ["job.yaml", "https://example.com/job.yaml"] {
        let errors = folder.run(&[argument]).errors;
        assert!(errors.contains("| raygate mutate -`") && !errors.contains("raygate check"), "{errors}");
    }
}

#[test]
fn settings_come_from_the_folder_of_a_file() {
    let folder = Folder::with(&[("a/raygate.toml", "kuberay-version = '0.1'\n"), ("a/job.yaml", JOB)]);
    let ran = folder.run(&["a/job.yaml"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.errors.contains("raygate.toml"), "{}", ran.errors);
    assert_eq!(folder.run_with(&["-"], JOB).code, Some(0));
}

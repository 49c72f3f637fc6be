//! What kustomize and Helm make manifests of: patches and templates in folders are none by themselves.

use crate::folder::{Folder, manifest};

/// A patch that, taken for a job, would be denied.
const PATCH: &str = "apiVersion: ray.io/v1\nkind: RayJob\nmetadata: {name: train}\nspec: {suspend: true}\n";
const TEMPLATE: &str = "apiVersion: ray.io/v1\nkind: RayJob\nspec: {suspend: \"{{ .Values.suspend }}\"}\n";

#[test]
fn patches_of_a_kustomization_are_passed_over_in_folders() {
    for (kustomization, patches) in [
        (
            "kustomization.yaml",
            "patches: [{path: patch.yaml}, {patch: \"- op: add\", target: {kind: RayJob}}]",
        ),
        ("kustomization.yml", "patchesStrategicMerge:\n- patch.yaml\n- |\n  kind: RayJob\n"),
        ("Kustomization", "patchesJson6902: [{path: patch.yaml, target: {kind: RayJob}}]"),
        ("kustomization.yaml", "patches: [{path: ../overlay/./patch.yaml}]"),
    ] {
        let folder = Folder::with("base/job.yaml", &manifest(""));
        folder.write("overlay/patch.yaml", PATCH);
        assert_eq!(folder.check(".").code, 1, "nobody says yet that it is a patch");
        folder.write(&format!("overlay/{kustomization}"), format!("resources: [../base]\n{patches}\n"));
        for paths in [".", "overlay base", "overlay/patch.y* base", "overlay/*.yaml base", "*/*.yaml"] {
            let answer = folder.check(&format!("{paths} --format json"));
            let counts = (answer.code, answer.count("rayJobs"), answer.count("patches"));
            assert_eq!(counts, (0, 1, 1), "{kustomization} {patches} {paths}: {answer:?}");
        }
        let answer = folder.check(".");
        assert!(answer.stdout.contains("1 patch passed over"), "{answer:?}");
        assert_eq!(folder.check("overlay/patch.yaml").code, 1, "a file that is named is judged as asked");
        assert_eq!(folder.check("--skip-others overlay/patch.yaml").code, 0);
    }
}

#[test]
fn patches_are_found_from_above_and_from_afar() {
    let folder = Folder::with("overlay/patches/deep/patch.yaml", PATCH);
    folder.write("shared/patch.yaml", PATCH);
    folder.write(
        "overlay/Kustomization",
        "patches:\n- path: patches/deep/patch.yaml\n- path: ../shared/patch.yaml\n",
    );
    for (paths, patches) in
        [("overlay/patches", 1), ("--skip-others overlay/patches/deep/patch.yaml", 1), (".", 2)]
    {
        let answer = folder.check(&format!("{paths} --format json"));
        assert_eq!((answer.code, answer.count("patches")), (0, patches), "{paths}: {answer:?}");
    }
}

#[test]
fn what_a_kustomization_has_as_a_resource_is_judged() {
    let folder = Folder::with("a/job.yaml", PATCH);
    folder.write("a/kustomization.yaml", "resources: [job.yaml]\npatches: [{path: patch.yaml}]\n");
    folder.write("b/kustomization.yaml", "patches: [{path: ../a/job.yaml}]\n");
    let answer = folder.check(". --format json");
    assert_eq!((answer.code, answer.count("patches")), (1, 0), "{answer:?}");
}

#[test]
fn a_kustomization_that_is_none_hides_nothing() {
    for content in
        ["", "patches: 1\n", "patches: [1, {path: 2}, {}]\n", "- patch.yaml\n", "patches: {path: job.yaml}\n"]
    {
        let folder = Folder::with("job.yaml", PATCH);
        folder.write("kustomization.yaml", content);
        assert_eq!(folder.check(".").code, 1, "{content}");
    }
    let folder = Folder::with("job.yaml", PATCH);
    folder.write("kustomization.yaml", "patches: [\n");
    let answer = folder.check(".");
    assert_eq!((answer.code, answer.stdout.contains("kustomization.yaml:")), (2, true), "{answer:?}");
}

#[test]
fn templates_of_rayjobs_are_told_once_for_each_chart() {
    let folder = Folder::with("charts/ray/Chart.yaml", "name: ray\n");
    for (name, content) in [
        ("job.yaml", TEMPLATE),
        ("more/nightly.yaml", "{{- if .Values.nightly }}\nkind: RayCronJob\n{{- end }}\n"),
        ("service.yaml", "kind: Service\nname: {{ .Values.name }}\n"),
        ("plain.yaml", &manifest("")),
    ] {
        folder.write(&format!("charts/ray/templates/{name}"), content);
    }
    folder.write("charts/ray/values.yaml", "suspend: true\n");
    for paths in [
        ".",
        "charts/ray/templates",
        "charts/ray/templates/more/.. charts",
        "charts/*/templates/*.yaml charts",
    ] {
        let answer = folder.check(&format!("{paths} --format json"));
        let counts =
            (answer.code, answer.count("errors"), answer.count("templates"), answer.count("rayJobs"));
        assert_eq!(counts, (2, 1, 3, 1), "{paths}: {answer:?}");
        let error = &answer.json()["errors"][0];
        assert_eq!(error["file"], "charts/ray");
        let message = error["message"].as_str().unwrap();
        assert!(message.starts_with("2 templates of this Helm chart"), "{message}");
        assert!(message.ends_with("`helm template charts/ray | raygate check -`"), "{message}");
    }
    let hook = folder.check("--skip-others --quiet charts/ray/templates/job.yaml charts/ray/values.yaml");
    assert_eq!((hook.code, hook.stdout.as_str()), (0, ""), "a hook is given every file of a change");
    assert_eq!(
        folder.check("charts/ray/templates/job.yaml").code,
        1,
        "a file that is named is judged as asked"
    );
}

#[test]
fn a_chart_without_rayjobs_is_no_failure() {
    let folder = Folder::with("chart/Chart.yaml", "name: web\n");
    folder.write("chart/templates/service.yaml", "kind: Service\nname: {{ .Values.name }}\n");
    let answer = folder.check(".");
    assert_eq!(answer.code, 0, "{answer:?}");
    assert!(answer.stdout.contains("1 template passed over"), "{answer:?}");
    folder.write("templates/job.yaml", TEMPLATE);
    assert_eq!(folder.check("templates").code, 1, "without a Chart.yaml it is a manifest like any other");
}

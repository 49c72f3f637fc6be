//! KubeRay's own command, from its Go module: what `kuberay` makes must be the same, byte for byte.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use raygate_core::kuberay::KubeRayVersion;

use crate::cases::{GOOD, TRICKY};
use crate::go_command::{go, run};
use crate::kuberay::{Asked, command, versions};

const MODULE: &str = "github.com/ray-project/kuberay/ray-operator";

fn build_folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shell-oracle");
    fs::create_dir_all(&folder).expect("a folder for the Go programs");
    folder
}

/// The module file of this version; 1.7 only where its source is given, for no module proxy serves it.
fn module_file(version: KubeRayVersion) -> Option<PathBuf> {
    match version {
        KubeRayVersion::V1_6 => Some("go.mod".into()),
        KubeRayVersion::V1_7 => {
            let source = PathBuf::from(std::env::var_os("RAYGATE_KUBERAY_SOURCE")?);
            let source =
                source.canonicalize().expect("RAYGATE_KUBERAY_SOURCE must name the folder ray-operator");
            let file = build_folder().join("v1.7.mod");
            let text = format!(
                "module raygate.dev/kuberay-oracle\n\ngo 1.26.0\n\nrequire {MODULE} v0.0.0\n\nreplace {MODULE} => {}\n",
                source.display()
            );
            fs::write(&file, text).expect("a module file");
            Some(file)
        }
        other => Some(format!("v{other}.mod").into()),
    }
}

/// The programs of all versions that can be had here, built once.
fn programs() -> &'static BTreeMap<KubeRayVersion, PathBuf> {
    static PROGRAMS: LazyLock<BTreeMap<KubeRayVersion, PathBuf>> = LazyLock::new(|| {
        KubeRayVersion::ALL.into_iter().filter_map(|version| Some((version, build(version)?))).collect()
    });
    &PROGRAMS
}

fn build(version: KubeRayVersion) -> Option<PathBuf> {
    let module_file = format!("-modfile={}", module_file(version)?.display());
    let program = build_folder().join(format!("command-{version}"));
    let tag = format!("kuberay_{}", version.as_str().replace('.', "_"));
    let mut go = go(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kuberay/oracle"));
    go.args(["build", "-buildvcs=false", &module_file, "-tags", &tag, "-o"]).arg(&program);
    if version == KubeRayVersion::V1_7 {
        go.arg("-mod=mod");
    }
    run(go.arg("./command"));
    Some(program)
}

/// KubeRay's commands for these submissions.
pub(crate) fn ask(version: KubeRayVersion, questions: &[String]) -> Option<Vec<Vec<String>>> {
    let program = programs().get(&version)?;
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the oracle that was just built must start");
    let mut input = child.stdin.take().expect("stdin is piped");
    let text = questions.join("\n");
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()).expect("the oracle reads"));
    let output = child.wait_with_output().expect("the oracle ends");
    writer.join().expect("all questions were written");
    assert!(output.status.success(), "the oracle of KubeRay {version} failed");
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    Some(lines.lines().map(|line| serde_json::from_str(line).expect("one command a line")).collect())
}

#[test]
fn the_submit_command_is_kuberays_own_in_every_version() {
    let mut compared = 0;
    for mode in ["K8sJobMode", "SidecarMode"] {
        let asked: Vec<_> = GOOD.iter().chain(TRICKY).map(|text| Asked::of(mode, text)).collect();
        let questions: Vec<_> =
            asked.iter().map(|asked| serde_json::to_string(asked).expect("JSON")).collect();
        for version in versions(mode) {
            let Some(theirs) = ask(*version, &questions) else { continue };
            assert_eq!(theirs.len(), asked.len());
            for (asked, theirs) in asked.iter().zip(theirs) {
                assert_eq!(command(*version, asked), theirs, "KubeRay {version}, {mode}");
                compared += 1;
            }
        }
    }
    assert!(compared >= 6 * (GOOD.len() + TRICKY.len()), "{compared} commands were compared");
}

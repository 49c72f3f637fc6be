//! Builds and runs the Go programs that know the answers.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use raygate_core::kuberay::KubeRayVersion;

use crate::go_command::{go, run};
use crate::random::Seed;

/// The KubeRay whose types the programs are built with unless another is asked for.
pub(crate) const BUILT_WITH: &str = "v1.6.0";

/// The same, as the table names it.
pub(crate) const BUILT_WITH_VERSION: KubeRayVersion = KubeRayVersion::V1_6;

/// The versions of which Go's module proxy has the types.
pub(crate) const MODULES: [&str; 4] = ["v1.3.2", "v1.4.2", "v1.5.1", BUILT_WITH];

/// The version that it does not have: its list of types is committed.
pub(crate) const SOURCE: &str = "v1.7.0";

/// Names the folder `ray-operator` of KubeRay's repository at [`SOURCE`], from which its list is then written again.
const SOURCE_FOLDER: &str = "RAYGATE_KUBERAY_SOURCE";

/// Two tests at once would build into the same file.
static BUILDING: Mutex<()> = Mutex::new(());

fn generator() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/go_types/generator")
}

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("go_types");
    fs::create_dir_all(&folder).expect("a folder for the Go programs");
    folder
}

/// Builds a package of the generator with that KubeRay, unless it is built already, and says where the program is.
fn build(package: &str, name: &str, modules: Option<&Path>) -> PathBuf {
    build_in(&generator(), package, name, modules)
}

fn build_in(module: &Path, package: &str, name: &str, modules: Option<&Path>) -> PathBuf {
    let _building = BUILDING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let binary = folder().join(name);
    let mut go = go(module);
    go.arg("build").arg("-o").arg(&binary);
    if let Some(modules) = modules {
        go.arg(format!("-modfile={}", modules.display()));
    }
    run(go.arg(package));
    binary
}

/// The program that lists types and merges lists.
pub(crate) fn lister() -> PathBuf {
    build(".", "go-types", None)
}

/// The program that knows what Kubernetes makes of a RayJob.
fn oracle() -> PathBuf {
    build("./oracle", "oracle", None)
}

/// The list of that version's types, in a file.
pub(crate) fn list(version: &str) -> PathBuf {
    let lister = match modules_of(version) {
        None => lister(),
        modules => build(".", &format!("go-types-{version}"), modules.as_deref()),
    };
    let list = folder().join(format!("{version}.txt"));
    fs::write(&list, list_of(&lister, &kuberay(version))).expect("the list");
    list
}

/// What that program says of its KubeRay, which stands in that folder.
fn list_of(lister: &Path, kuberay: &Path) -> String {
    let crds = kuberay.join("config/crd/bases");
    output(lister, &["types", crds.to_str().expect("UTF-8")])
}

/// The `go.mod` that asks for that version, unless it is the usual one.
fn modules_of(version: &str) -> Option<PathBuf> {
    (version != BUILT_WITH).then(|| PathBuf::from(format!("versions/{version}.mod")))
}

/// The committed list of [`SOURCE`].
pub(crate) fn committed_list() -> PathBuf {
    generator().join(format!("versions/{SOURCE}.txt"))
}

/// The list of [`SOURCE`], if its source is there.
pub(crate) fn list_of_source() -> Option<String> {
    let source = PathBuf::from(std::env::var_os(SOURCE_FOLDER)?);
    assert!(
        source.join("apis/ray/v1").is_dir(),
        "{SOURCE_FOLDER} is no folder ray-operator: {}",
        source.display()
    );
    let [modules, sums] = ["mod", "sum"].map(|end| format!("{SOURCE}.{end}"));
    let versions = generator().join("versions");
    let replace = format!("replace github.com/ray-project/kuberay/ray-operator => {}\n", source.display());
    let text = fs::read_to_string(versions.join(&modules)).expect("a go.mod") + &replace;
    fs::write(folder().join(&modules), text).expect("a go.mod");
    fs::copy(versions.join(&sums), folder().join(&sums)).expect("a go.sum");
    let lister = build(".", &format!("go-types-{SOURCE}"), Some(&folder().join(modules)));
    Some(list_of(&lister, &source))
}

/// What the program prints.
pub(crate) fn output(program: &Path, arguments: &[&str]) -> String {
    run(Command::new(program).args(arguments))
}

/// The objects of a kind among a KubeRay's samples, one a line.
pub(crate) fn samples(kuberay: &Path, kind: &str) -> String {
    let folder = kuberay.join("config/samples");
    output(&oracle(), &["samples", kind, &folder.display().to_string()])
}

/// Every KubeRay whose CRDs are there: those that Go's module proxy has, and that of [`SOURCE`] if its source is.
pub(crate) fn kuberays() -> Vec<(KubeRayVersion, PathBuf)> {
    let mut kuberays = MODULES.map(|version| (minor(version), kuberay(version))).to_vec();
    match std::env::var_os(SOURCE_FOLDER) {
        Some(source) => kuberays.push((minor(SOURCE), source.into())),
        None => eprintln!("without {SOURCE_FOLDER} nothing is asked about the CRDs of KubeRay {SOURCE}"),
    }
    kuberays
}

fn minor(version: &str) -> KubeRayVersion {
    let minor = version.trim_start_matches('v').rsplit_once('.').map_or(version, |(minor, _)| minor);
    minor.parse().expect("a version of KubeRay")
}

/// The folder of a KubeRay that Go's module proxy has.
pub(crate) fn kuberay(version: &str) -> PathBuf {
    let mut go = go(&generator());
    go.args(["list", "-m", "-f", "{{.Dir}}"]);
    if let Some(modules) = modules_of(version) {
        go.arg(format!("-modfile={}", modules.display()));
    }
    PathBuf::from(run(go.arg("github.com/ray-project/kuberay/ray-operator")).trim())
}

/// What the oracle answers to these questions, one line for each.
pub(crate) fn ask(question: &str, seed: Seed, lines: &str) -> String {
    answers(Command::new(oracle()).arg(question), question, seed, lines)
}

/// What an API server with KubeRay's CRDs, and KubeRay's decoder, make of these objects, one line for each.
pub(crate) fn guard(seed: Seed, lines: &str) -> String {
    ask_about_crds("guard", &kuberay(BUILT_WITH), seed, lines)
}

/// What an API server with the CRDs of that KubeRay stores of these objects: two lines for each, as it is and completed.
pub(crate) fn store(kuberay: &Path, seed: Seed, lines: &str) -> String {
    ask_about_crds("store", kuberay, seed, lines)
}

fn ask_about_crds(question: &str, kuberay: &Path, seed: Seed, lines: &str) -> String {
    let module = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/crd-judge");
    let judge = build_in(&module, ".", "crd-judge", None);
    answers(Command::new(judge).arg(question).arg(kuberay.join("config/crd/bases")), question, seed, lines)
}

fn answers(program: &mut Command, name: &str, seed: Seed, lines: &str) -> String {
    let file = folder().join(format!("{name}-{seed}.jsonl"));
    fs::write(&file, lines).expect("the questions");
    let answers = run(program.stdin(File::open(&file).expect("the questions")));
    // Kept only when the program failed.
    fs::remove_file(file).expect("the questions");
    answers
}

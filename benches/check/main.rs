//! What `raygate check` takes for 1,000 manifests, beside kubeconform over the same folder with the schema of KubeRay's
//! own CRD, and for one manifest: the cold start.
//!
//! `cargo bench --bench check` needs Go, which fetches kubeconform and KubeRay's module, and hyperfine, which measures both
//! programs in turn. It prints a table; only numbers of one run compare.

#![expect(clippy::print_stdout, reason = "the table is the result")]
#![expect(clippy::panic, reason = "whoever runs it is told what is missing")]

#[path = "../../core/tests/go_command/mod.rs"]
mod go_command;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use go_command::{go, run};
use serde_json::Value;

const MANIFESTS: usize = 1_000;
const KUBECONFORM: &str = "github.com/yannh/kubeconform/cmd/kubeconform@v0.7.0";
const KUBERAY: &str = "github.com/ray-project/kuberay/ray-operator";

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let kuberay = kuberay();
    let jobs = folder.path().join("jobs");
    let bytes = write_jobs(&kuberay.join("config/samples"), &jobs);
    let schemas = folder.path().join("schemas");
    write_schema(&kuberay.join("config/crd/bases/ray.io_rayjobs.yaml"), &schemas);
    let raygate = env!("CARGO_BIN_EXE_raygate");
    let kubeconform = kubeconform(folder.path());
    let location = format!("{}/{{{{.ResourceKind}}}}.json", schemas.display());
    let conform = |path: &str| {
        format!(
            "{kubeconform} -ignore-missing-schemas -schema-location {location} -output json -summary {path}"
        )
    };
    assert_all_are_validated(&conform(&jobs.display().to_string()));
    println!("| what | bytes | raygate check, ms | kubeconform, ms | ratio |\n|---|---:|---:|---:|---:|");
    let one = jobs.join("0000.yaml");
    let size = |path: &Path| fs::metadata(path).expect("a manifest").len();
    for (what, bytes, path, runs) in [
        (format!("{MANIFESTS} manifests"), bytes, &jobs, 20),
        ("one manifest".to_owned(), size(&one), &one, 200),
    ] {
        let path = path.display().to_string();
        let check = format!("{raygate} check --format json {path}");
        let [ours, theirs] = measured([&check, &conform(&path)], runs, folder.path());
        println!("| {what} | {bytes} | {ours:.1} | {theirs:.1} | {:.2} |", ours / theirs);
    }
    println!("\nmedians; kubeconform checks the fields against the schema, Raygate that and its rules");
}

/// The source of KubeRay, as the module proxy has it.
fn kuberay() -> PathBuf {
    let oracle = Path::new(env!("CARGO_MANIFEST_DIR")).join("core/tests/kuberay/oracle");
    let module = run(go(&oracle).args(["mod", "download", "-json", KUBERAY]));
    let module: Value = serde_json::from_str(&module).expect("JSON");
    module["Dir"].as_str().expect("the folder of the module").into()
}

/// Writes KubeRay's samples of RayJobs, again and again with another name; answers with their bytes.
fn write_jobs(samples: &Path, folder: &Path) -> u64 {
    fs::create_dir_all(folder).expect("a folder");
    let mut names: Vec<_> = fs::read_dir(samples)
        .expect("KubeRay's samples")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .collect();
    names.sort();
    let texts: Vec<_> = names.iter().map(|path| fs::read_to_string(path).expect("a sample")).collect();
    let texts: Vec<_> = texts.iter().filter(|text| text.contains("kind: RayJob\n")).collect();
    assert!(texts.len() > 10, "only {} samples", texts.len());
    let mut bytes = 0;
    for (number, text) in texts.iter().cycle().take(MANIFESTS).enumerate() {
        let text = text.replacen("\n  name: ", &format!("\n  name: a{number}-"), 1);
        fs::write(folder.join(format!("{number:04}.yaml")), &text).expect("a manifest");
        bytes += text.len() as u64;
    }
    bytes
}

/// Writes the schema of the CRD where kubeconform looks for it.
fn write_schema(definition: &Path, folder: &Path) {
    let text = fs::read_to_string(definition).expect("KubeRay's CRD");
    let definition: Value = serde_saphyr::from_str(&text).expect("the CRD as YAML");
    let versions = definition["spec"]["versions"].as_array().expect("versions");
    let version = versions.iter().find(|version| version["name"] == "v1").expect("v1");
    fs::create_dir_all(folder).expect("a folder");
    let schema = version["schema"]["openAPIV3Schema"].to_string();
    fs::write(folder.join("rayjob.json"), schema).expect("a schema");
}

/// kubeconform, built into the folder.
fn kubeconform(folder: &Path) -> String {
    run(go(folder).env("GOBIN", folder).args(["install", KUBECONFORM]));
    folder.join("kubeconform").display().to_string()
}

/// What has no schema is skipped, which must not be what is measured.
fn assert_all_are_validated(command: &str) {
    let mut words = command.split(' ');
    let mut kubeconform = Command::new(words.next().unwrap_or_default());
    let output = kubeconform.args(words).output().expect("kubeconform runs");
    let answer: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let count = |key: &str| {
        answer["summary"][key].as_u64().unwrap_or_else(|| panic!("no {key}: {}", answer["summary"]))
    };
    assert!(count("valid") + count("invalid") >= MANIFESTS as u64, "{}", answer["summary"]);
}

/// The medians of both commands, in milliseconds.
fn measured(commands: [&str; 2], runs: u32, folder: &Path) -> [f64; 2] {
    let file = folder.join("measured.json");
    let mut hyperfine = Command::new("hyperfine");
    // Findings make both exit with 1.
    hyperfine.args(["--shell=none", "--ignore-failure", "--style=none", "--warmup=3", "--runs"]);
    hyperfine.arg(runs.to_string()).arg("--export-json").arg(&file).args(commands);
    let output = hyperfine
        .output()
        .unwrap_or_else(|error| panic!("hyperfine: {error}; install it, for example Debian's package"));
    assert!(output.status.success(), "{output:?}");
    let text = fs::read_to_string(&file).expect("what hyperfine measured");
    let measured: Value = serde_json::from_str(&text).expect("JSON");
    let median = |at: usize| {
        let result = &measured["results"][at];
        let codes = result["exit_codes"].as_array().expect("exit codes");
        assert!(codes.iter().all(|code| *code == 0 || *code == 1), "{}: {codes:?}", result["command"]);
        result["median"].as_f64().expect("a time") * 1e3
    };
    [median(0), median(1)]
}

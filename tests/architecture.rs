//! Who may know whom. The table is the design; a new arrow in the code needs a new word here.

#![expect(clippy::panic, reason = "a test fails with what it found")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Modules of the program, and what each may name besides itself.
const PROGRAM: &[(&str, &[&str])] = &[
    ("main", &["cli", "commands"]),
    ("lib", &[]),
    ("cli", &[]),
    (
        "commands",
        &["certificates", "cli", "cluster", "cryptography", "manifests", "report", "server", "telemetry"],
    ),
    ("certificates", &["cryptography"]),
    ("cryptography", &[]),
    ("cluster", &[]),
    ("manifests", &[]),
    ("report", &[]),
    ("server", &["cryptography"]),
    ("telemetry", &[]),
];

/// Modules of the core, and what each may name besides itself.
const CORE: &[(&str, &[&str])] = &[
    ("lib", &[]),
    (
        "admission",
        &[
            "document",
            "evaluate",
            "finding",
            "go_types",
            "kuberay",
            "mutations",
            "policy",
            "quoted",
            "rayjob",
            "record",
            "rules",
            "subject",
            "verdict",
        ],
    ),
    (
        "evaluate",
        &[
            "document",
            "exemptions",
            "finding",
            "go_types",
            "guard",
            "kuberay",
            "policy",
            "rayjob",
            "rules",
            "subject",
        ],
    ),
    ("exemptions", &["document", "finding", "rayjob", "rules"]),
    ("guard", &["document", "finding", "go_types", "rules"]),
    ("subject", &["document", "go_types", "rayjob"]),
    ("record", &["verdict"]),
    ("verdict", &["finding"]),
    (
        "rules",
        &[
            "document",
            "exemptions",
            "finding",
            "go_types",
            "kuberay",
            "kubernetes_names",
            "kubernetes_resources",
            "likeness",
            "node_resources",
            "pod_security",
            "policy",
            "quantity",
            "quoted",
            "ray_image",
            "ray_start",
            "ray_version",
            "rayjob",
            "runtime_env",
            "secrets",
            "shell",
            "totals",
            "yaml",
        ],
    ),
    (
        "mutations",
        &[
            "document",
            "evaluate",
            "field_path",
            "finding",
            "kuberay",
            "patch",
            "policy",
            "rayjob",
            "rules",
            "subject",
        ],
    ),
    ("finding", &["document", "field_path", "go_types", "policy", "rules", "yaml"]),
    ("patch", &[]),
    ("pod_security", &["document", "policy", "quoted", "rayjob"]),
    (
        "policy",
        &[
            "document",
            "field_path",
            "finding",
            "go_types",
            "kubernetes_names",
            "kubernetes_resources",
            "quantity",
            "quoted",
            "ray_version",
            "rayjob",
            "rules",
            "runtime_env",
            "totals",
            "yaml",
        ],
    ),
    ("node_resources", &["document", "kubernetes_resources", "quantity", "quoted", "ray_start", "rayjob"]),
    ("totals", &["document", "quantity", "rayjob"]),
    (
        "rayjob",
        &[
            "document",
            "node_resources",
            "quoted",
            "ray_image",
            "ray_start",
            "ray_version",
            "runtime_env",
            "shell",
            "yaml",
        ],
    ),
    ("document", &["field_path", "go_types", "kuberay", "quantity", "yaml"]),
    ("go_types", &["kuberay"]),
    ("quantity", &[]),
    ("field_path", &[]),
    ("kuberay", &[]),
    ("kubernetes_names", &[]),
    ("likeness", &[]),
    ("kubernetes_resources", &["kubernetes_names", "quantity"]),
    ("ray_image", &["ray_version"]),
    ("ray_start", &["document", "likeness", "ray_image", "ray_version", "rayjob"]),
    ("ray_version", &[]),
    ("secrets", &["field_path"]),
    ("quoted", &[]),
    ("runtime_env", &["likeness", "ray_version", "yaml"]),
    ("shell", &["rayjob", "yaml"]),
    ("yaml", &["field_path", "quoted"]),
];

#[test]
fn the_program_keeps_to_the_table() {
    hold("src", PROGRAM);
}

#[test]
fn the_core_keeps_to_the_table() {
    hold("core/src", CORE);
}

/// What opens sockets, waits or knows Kubernetes' API stays out of the core: Cargo keeps the promise, this names it.
#[test]
fn the_core_depends_on_nothing_that_waits() {
    let manifest = fs::read_to_string(root().join("core/Cargo.toml")).expect("core/Cargo.toml");
    let dependencies = manifest
        .split("[dependencies]")
        .nth(1)
        .and_then(|rest| rest.split("\n[").next())
        .expect("dependencies");
    for banned in [
        "tokio",
        "axum",
        "hyper",
        "rustls",
        "kube",
        "k8s-openapi",
        "reqwest",
        "tracing",
        "clap",
        "jiff",
        "chrono",
    ] {
        assert!(!dependencies.lines().any(|line| line.starts_with(banned)), "core depends on {banned}");
    }
}

#[test]
fn only_one_folder_names_the_kubernetes_client() {
    for path in rust_files(&root().join("src")) {
        let text = fs::read_to_string(&path).expect("a readable source file");
        let names_it = text.lines().any(|line| line.contains("kube::") || line.contains("k8s_openapi::"));
        assert!(!names_it || module_of(&path, "src") == "cluster", "{} names kube", path.display());
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn hold(folder: &str, table: &[(&str, &[&str])]) {
    let mut seen = BTreeSet::new();
    for path in rust_files(&root().join(folder)) {
        let text = fs::read_to_string(&path).expect("a readable source file");
        let module = module_of(&path, folder);
        let Some((_, may_know)) = table.iter().find(|(name, _)| *name == module) else {
            panic!("{} is in no row of the table", path.display());
        };
        seen.insert(module.clone());
        // What only tests name is no part of the design.
        let is_test = path.file_stem().is_some_and(|stem| stem == "tests");
        for known in named_modules(&text).into_iter().filter(|_| !is_test) {
            let is_module = table.iter().any(|(name, _)| *name == known);
            assert!(
                !is_module || known == module || may_know.contains(&known.as_str()),
                "{}: {module} must not know {known}",
                path.display()
            );
        }
    }
    let rows: BTreeSet<_> = table.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(seen, rows, "each row of the table has a module");
}

fn module_of(path: &Path, folder: &str) -> String {
    let inside = path.strip_prefix(root().join(folder)).expect("a file of the folder");
    let first = inside.components().next().expect("a name").as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).expect("a readable folder").map(|entry| entry.expect("a readable entry").path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let nested = folders.iter().flat_map(|folder| rust_files(folder));
    files
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .chain(nested)
        .collect()
}

/// The first module behind each `crate::` or `raygate::`, outside of comments and of the tests at a file's end.
fn named_modules(text: &str) -> BTreeSet<String> {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines
        .flat_map(|line| line.split("crate::").skip(1).chain(line.split("raygate::").skip(1)))
        .flat_map(|rest| {
            let end = rest
                .find(|character: char| !character.is_alphanumeric() && character != '_')
                .unwrap_or(rest.len());
            let group = rest.strip_prefix('{').and_then(|group| group.split('}').next());
            let names = group.map_or_else(|| vec![&rest[..end]], |group| group.split(',').collect());
            names
                .into_iter()
                .map(|name| name.trim().split("::").next().unwrap_or_default().to_owned())
                .collect::<Vec<_>>()
        })
        .collect()
}

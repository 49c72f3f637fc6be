//! Manifests as `kubectl` gets them: KubeRay's own samples, and those of any folder.

use std::path::{Path, PathBuf};

use raygate_core::yaml::{Source, SourceErrorKind, Syntax};

use crate::compare::contradiction_of_source;
use crate::go_command::{go, run};
use crate::oracle;

/// One document of a file, cut as kubectl cuts it.
pub(crate) struct Manifest {
    /// The file, and which of its documents.
    pub(crate) name: String,
    pub(crate) text: String,
}

/// KubeRay's samples of one minor version, from the Go module cache.
pub(crate) fn samples(version: &str) -> Vec<Manifest> {
    let module = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kuberay/oracle");
    let modfile = format!("-modfile={version}.mod");
    let kuberay = "github.com/ray-project/kuberay/ray-operator";
    let folder = run(go(&module).args(["list", "-m", &modfile, "-f", "{{.Dir}}", kuberay]));
    below(&Path::new(folder.trim()).join("config/samples"))
}

/// Every manifest in a folder and those below it.
pub(crate) fn below(folder: &Path) -> Vec<Manifest> {
    let mut manifests = Vec::new();
    for path in files(folder) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        for (number, text) in documents(&text).into_iter().enumerate() {
            manifests.push(Manifest { name: format!("{} #{}", path.display(), number + 1), text });
        }
    }
    manifests
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files = Vec::new();
    for path in entries.map(|entry| entry.expect("a folder can be listed").path()) {
        if path.is_dir() {
            files.extend(self::files(&path));
        } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// kubectl cuts at every line that begins with `---`.
fn documents(text: &str) -> Vec<String> {
    let mut documents = vec![String::new()];
    for line in text.split_inclusive('\n') {
        if line.starts_with("---") {
            documents.push(String::new());
        } else if let Some(last) = documents.last_mut() {
            last.push_str(line);
        }
    }
    documents.retain(|document| !document.trim().is_empty());
    documents
}

/// Holds every manifest against Go, and says which Go reads and we do not.
pub(crate) fn unread(manifests: &[Manifest]) -> Vec<String> {
    let texts: Vec<String> = manifests.iter().map(|manifest| manifest.text.clone()).collect();
    let mut unread = Vec::new();
    for (manifest, answer) in manifests.iter().zip(oracle::ask(&texts)) {
        let name = &manifest.name;
        if let Some(contradiction) = contradiction_of_source(&manifest.text, &answer) {
            panic!("{name}: {contradiction}");
        }
        match Source::read(&manifest.text, Syntax::Yaml) {
            Err(error) if answer.ok && !matches!(error.kind, SourceErrorKind::DuplicateKey { .. }) => {
                unread.push(format!("{name}: line {}: {error}", error.position.line));
            }
            _ => {}
        }
    }
    unread
}

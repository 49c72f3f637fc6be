//! Files that look like manifests and are none before something renders them: patches of kustomize, templates of Helm.
//! `find` asks here about each file that nobody named.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use raygate_core::yaml::{Source, Syntax, Value};

use super::Input;
use super::find::without_links;

/// What kustomize looks for in a folder.
const KUSTOMIZATIONS: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
/// Where a chart has its templates, and what makes a folder a chart.
const TEMPLATES: &str = "templates";
const CHART: &str = "Chart.yaml";
/// The kinds whose templates would be missed.
const MISSED: [&str; 2] = ["RayJob", "RayCronJob"];

/// What is known of such files so far.
#[derive(Debug, Default)]
pub(super) struct Rendered {
    /// The folders whose kustomization has been read.
    looked_at: HashSet<PathBuf>,
    patches: HashSet<PathBuf>,
    resources: HashSet<PathBuf>,
    templates: HashSet<PathBuf>,
    charts: BTreeMap<PathBuf, Templates>,
}

/// How many templates of a chart were passed over.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Templates {
    pub(super) all: usize,
    /// Those of them that speak of RayJobs.
    pub(super) of_ray_jobs: usize,
}

impl Rendered {
    /// Reads what a kustomization in this folder says about other files, once.
    pub(super) fn look_at(&mut self, folder: &Path) {
        if !self.looked_at.insert(folder.to_owned()) {
            return;
        }
        let files = KUSTOMIZATIONS.map(|name| folder.join(name));
        let Some(file) = files.into_iter().find(|file| file.is_file()) else { return };
        // One that cannot be read says nothing; whoever reads it as a manifest tells why.
        let Ok(text) = Input::file(&file).read() else { return };
        let Ok(source) = Source::read(&text, Syntax::Yaml) else { return };
        let root = &source.root().value;
        let there = |path: &str| without_links(&folder.join(path));
        for key in ["patches", "patchesJson6902"] {
            let paths = items(root, key).filter_map(|patch| text_of(&patch.get("path")?.value));
            self.patches.extend(paths.map(there));
        }
        // A patch may be written here itself, and then names no file.
        let merged = items(root, "patchesStrategicMerge").filter_map(text_of);
        self.patches.extend(merged.filter(|text| !text.contains('\n')).map(there));
        self.resources.extend(items(root, "resources").filter_map(text_of).map(there));
    }

    /// Whether a file, named without links, is a patch and nothing else.
    pub(super) fn is_patch(&self, file: &Path) -> bool {
        self.patches.contains(file) && !self.resources.contains(file)
    }

    /// Whether a file is a template of a chart; each is counted once, by chart.
    pub(super) fn is_template(&mut self, file: &Path) -> bool {
        let Some(chart) = chart_of(file) else { return false };
        let Ok(text) = Input::file(file).read() else { return false };
        // Helm renders comments and quoted texts too.
        if !text.contains("{{") {
            return false;
        }
        if !self.templates.insert(without_links(file)) {
            return true;
        }
        let templates = self.charts.entry(chart.to_owned()).or_default();
        templates.all += 1;
        templates.of_ray_jobs += usize::from(MISSED.iter().any(|kind| text.contains(kind)));
        true
    }

    /// The charts of which templates were passed over.
    pub(super) fn charts(&self) -> impl Iterator<Item = (&Path, Templates)> {
        self.charts.iter().map(|(chart, templates)| (chart.as_path(), *templates))
    }
}

/// The chart among whose templates a file is.
fn chart_of(file: &Path) -> Option<&Path> {
    let is_templates = |folder: &&Path| folder.file_name().is_some_and(|name| name == TEMPLATES);
    let charts = file.ancestors().skip(1).filter(is_templates).filter_map(Path::parent);
    charts.into_iter().find(|chart| fs::metadata(chart.join(CHART)).is_ok_and(|found| found.is_file()))
}

/// The items of a list below that key.
fn items<'v>(root: &'v Value<'_>, key: &str) -> impl Iterator<Item = &'v Value<'v>> {
    let nodes = match root.get(key).map(|node| &node.value) {
        Some(Value::Sequence(nodes)) => nodes.as_slice(),
        _ => &[],
    };
    nodes.iter().map(|node| &node.value)
}

fn text_of<'v>(value: &'v Value<'_>) -> Option<&'v str> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

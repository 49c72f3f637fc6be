//! What a check found, written for people or for machines: one [`Report`] in, one format out.
//!
//! `commands` fills the report; each format is one file here and one arm in [`write()`]. Nothing here decides what is
//! reported or at which level.

mod excerpt;
mod github;
mod json;
mod junit;
mod lines;
mod plain;
mod policies;
mod sarif;
mod sentence;
mod table;
mod text;

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};
use std::sync::Arc;

use raygate_core::finding::Level;
use raygate_core::rules::Rule;
use raygate_core::yaml::Position;
use serde_json::Value;

pub use policies::{PolicyMistake, PolicyReport, write_policies};

/// All that one check has to say.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Whether the objects come from a cluster, and not from files.
    pub of_cluster: bool,
    /// How much was looked at, and what came of it.
    pub summary: Summary,
    /// The RayJobs that were judged, in the order in which they were read; those without a finding too.
    pub objects: Vec<Arc<Object>>,
    /// What was found in them, in any order.
    pub diagnostics: Vec<Diagnostic>,
    /// What could not be judged.
    pub failures: Vec<Failure>,
}

/// The numbers of a check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were opened.
    pub files: usize,
    /// YAML or JSON documents in them.
    pub documents: usize,
    /// RayJobs in these.
    pub ray_jobs: usize,
    /// Objects of other kinds.
    pub skipped: usize,
    /// Files that kustomizations name as patches: they are no manifests by themselves.
    pub patches: usize,
    /// Files that are templates of Helm charts.
    pub templates: usize,
    /// Failures.
    pub errors: usize,
    /// Findings that refuse a job.
    pub denied: usize,
    /// Findings that only warn.
    pub warned: usize,
    /// Findings that the job's author has excused.
    pub suppressed: usize,
}

/// A RayJob and where it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// The file as it is shown: relative, with forward slashes.
    pub file: Arc<str>,
    /// The text in which positions count; it is not shown but for the lines of a finding.
    pub text: Arc<str>,
    /// The number of its document within the file, from 1.
    pub document: usize,
    /// Its `apiVersion`.
    pub api_version: String,
    /// Its `kind`.
    pub kind: String,
    /// Its `metadata.namespace`.
    pub namespace: Option<String>,
    /// Its `metadata.name`.
    pub name: Option<String>,
}

/// One finding, at its place in a file.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The object it is about: one of [`Report::objects`].
    pub object: Arc<Object>,
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How hard it is.
    pub level: Level,
    /// Whether the job's author has excused it.
    pub suppressed: bool,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
    /// The path of the field that is to be mended.
    pub field: String,
    /// What stands in that field, unless it may be a secret.
    pub value: Option<Value>,
    /// Where it begins.
    pub start: Position,
    /// Where it ends: the first place behind it.
    pub end: Position,
    /// What may be a secret on the lines around it, from and up to, in the order of the text: it is never drawn.
    pub masked: Arc<[(Position, Position)]>,
}

/// Something that could not be read or judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The file as it is shown.
    pub file: Arc<str>,
    /// The place in it.
    pub position: Option<Position>,
    /// What went wrong, and what to do.
    pub message: String,
}

/// The language of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people: each finding with its lines.
    Text,
    /// For people with many objects: one line for each finding.
    Table,
    /// Raygate's own; `docs/check.schema.json` describes it.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// `JUnit` XML, for the test pages of build servers.
    Junit,
    /// Workflow commands, which GitHub Actions turns into annotations.
    Github,
}

/// How a text for people looks; machines' formats do not change with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether ANSI colours are written.
    pub colour: bool,
    /// The columns of the terminal, if it is one.
    pub width: Option<usize>,
}

/// Writes the report in that format.
///
/// # Errors
///
/// What `out` says.
pub fn write(report: &Report, format: Format, style: Style, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Text => text::write(report, style, out),
        Format::Table => table::write(report, out),
        Format::Json => json::write(report, out),
        Format::Sarif => sarif::write(report, out),
        Format::Junit => junit::write(report, out),
        Format::Github => github::write(report, out),
    }
}

impl Report {
    /// The objects in the order of reading, each once.
    fn judged(&self) -> Vec<&Arc<Object>> {
        let mut seen = HashSet::new();
        let objects = self.objects.iter().chain(self.diagnostics.iter().map(|found| &found.object));
        objects.filter(|object| seen.insert(Arc::as_ptr(object))).collect()
    }

    /// The findings by file in the order of reading, then by position.
    fn sorted(&self) -> Vec<&Diagnostic> {
        let mut ranks = HashMap::new();
        for object in self.judged() {
            let next = ranks.len();
            ranks.entry(&object.file).or_insert(next);
        }
        let mut sorted: Vec<_> = self.diagnostics.iter().collect();
        sorted.sort_by_key(|found| (ranks[&found.object.file], found.start, found.rule.code));
        sorted
    }
}

impl Diagnostic {
    /// What is wrong and what to write instead, in one line.
    fn advice(&self) -> String {
        if self.help.is_empty() { self.message.clone() } else { [&self.message, "; ", &self.help].concat() }
    }
}

impl Object {
    /// How people call it: `RayJob team-a/train`.
    fn title(&self) -> String {
        let name = self.name.as_deref().unwrap_or("without a name");
        match &self.namespace {
            Some(namespace) => format!("{} {namespace}/{name}", self.kind),
            None => format!("{} {name}", self.kind),
        }
    }
}

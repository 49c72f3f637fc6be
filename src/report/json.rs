//! The report as Raygate's own JSON: one document, `docs/check.schema.json` describes it. Its names and their meaning are
//! fixed for `"version": 1`; new names may come.

use std::io::{self, Write};

use raygate_core::yaml::Position;
use serde::Serialize;
use serde_json::Value;

use super::plain::write_json;
use super::{Diagnostic, Failure, Report, Summary};

/// Writes it.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        version: 1,
        summary: Numbers::from(report.summary),
        findings: report.sorted().into_iter().map(Finding::from).collect(),
        errors: report.failures.iter().map(Error::from).collect(),
    };
    write_json(&document, out)
}

#[derive(Serialize)]
struct Document<'r> {
    version: u8,
    summary: Numbers,
    findings: Vec<Finding<'r>>,
    errors: Vec<Error<'r>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Numbers {
    files: usize,
    documents: usize,
    ray_jobs: usize,
    skipped: usize,
    patches: usize,
    templates: usize,
    errors: usize,
    denied: usize,
    warned: usize,
    suppressed: usize,
}

impl From<Summary> for Numbers {
    fn from(summary: Summary) -> Self {
        let Summary {
            files,
            documents,
            ray_jobs,
            skipped,
            patches,
            templates,
            errors,
            denied,
            warned,
            suppressed,
        } = summary;
        Self { files, documents, ray_jobs, skipped, patches, templates, errors, denied, warned, suppressed }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'r> {
    code: &'r str,
    slug: &'r str,
    level: &'r str,
    message: &'r str,
    help: &'r str,
    field: &'r str,
    value: Option<&'r Value>,
    because: Vec<String>,
    file: &'r str,
    document: usize,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    api_version: &'r str,
    kind: &'r str,
    namespace: Option<&'r str>,
    name: Option<&'r str>,
    suppressed: bool,
}

impl<'r> From<&'r Diagnostic> for Finding<'r> {
    fn from(found: &'r Diagnostic) -> Self {
        let (rule, object) = (found.rule, &*found.object);
        Self {
            code: rule.code,
            slug: rule.slug,
            level: found.level.as_str(),
            message: &found.message,
            help: &found.help,
            field: &found.field,
            value: found.value.as_ref(),
            because: rule.because.iter().map(ToString::to_string).collect(),
            file: &object.file,
            document: object.document,
            line: found.start.line,
            column: found.start.column,
            end_line: found.end.line,
            end_column: found.end.column,
            api_version: &object.api_version,
            kind: &object.kind,
            namespace: object.namespace.as_deref(),
            name: object.name.as_deref(),
            suppressed: found.suppressed,
        }
    }
}

/// What could not be read.
#[derive(Serialize)]
pub(super) struct Error<'r> {
    file: &'r str,
    line: Option<u32>,
    column: Option<u32>,
    message: &'r str,
}

impl<'r> From<&'r Failure> for Error<'r> {
    fn from(failure: &'r Failure) -> Self {
        let at = |part: fn(Position) -> u32| failure.position.map(part);
        Self {
            file: &failure.file,
            line: at(|position| position.line),
            column: at(|position| position.column),
            message: &failure.message,
        }
    }
}

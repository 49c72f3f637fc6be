//! Who reads a job's entrypoint, and the text as it comes to that reader.
//!
//! Rules ask for a job's [`Submission`]; it hands the text to the grammar and turns bytes into positions.

use super::script::{Operator, Script};
use crate::rayjob::{RayJob, SubmissionMode};
use crate::yaml::Position;

/// The longest argument that Linux hands to a program, in bytes (`MAX_ARG_STRLEN`, less the NUL).
pub const LONGEST_ARGUMENT: usize = 131_071;

/// The shell that reads an entrypoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The submitter's bash, inside of an `if` that KubeRay closes (K8sJobMode).
    K8sJob,
    /// The submitter's bash (SidecarMode).
    Sidecar,
    /// The head's `sh`, which is bash or dash (HTTPMode).
    Head,
}

/// What a shell speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    Bash,
    /// bash or dash.
    Sh,
}

impl Reader {
    /// What KubeRay writes behind the entrypoint, with the shortest of names (v1.3 to v1.7).
    pub(super) const fn rest_of_line(self) -> &'static str {
        match self {
            Self::K8sJob => " ; fi ; ray job logs --address http://x --follow x",
            Self::Sidecar => " ;",
            Self::Head => "",
        }
    }

    pub(super) const fn dialect(self) -> Dialect {
        match self {
            Self::K8sJob | Self::Sidecar => Dialect::Bash,
            Self::Head => Dialect::Sh,
        }
    }

    /// Whether it is the submitter that reads it.
    pub const fn is_submitter(self) -> bool {
        matches!(self, Self::K8sJob | Self::Sidecar)
    }
}

/// An entrypoint that is submitted, and who reads it.
#[derive(Debug)]
pub struct Submission<'a> {
    /// Who reads it.
    pub reader: Reader,
    /// The text as it comes to the reader; all offsets are its bytes.
    pub text: &'a str,
    /// The text of the field.
    whole: &'a str,
    script: Script,
}

impl<'a> Submission<'a> {
    /// How a job's entrypoint comes to a shell; none when KubeRay does not submit it, when it is blank, or when nobody can
    /// run so long a text.
    pub fn of(job: &RayJob<'a>) -> Option<Self> {
        let reader = reader_of(job)?;
        let whole = job.spec.entrypoint.value()?;
        // KubeRay trims what it pastes into a line, and hands on what it posts as it is.
        let text = if reader.is_submitter() { whole.trim() } else { whole };
        let is_read = !text.trim().is_empty()
            && text.len() <= LONGEST_ARGUMENT
            && !(reader.is_submitter() && is_rewritten_by_kubernetes(text));
        is_read.then(|| Self { reader, text, whole, script: super::read(text, reader) })
    }

    /// What the shell makes of it.
    pub fn script(&self) -> &Script {
        &self.script
    }

    /// The line and column, in the field's text, of a byte of the entrypoint.
    pub fn position(&self, offset: usize) -> Position {
        let start =
            if self.reader.is_submitter() { self.whole.len() - self.whole.trim_start().len() } else { 0 };
        position(self.whole, start + offset)
    }

    /// The operator behind the first command, in command modes: what follows runs in the submitter.
    pub fn tail(&self) -> Option<(Operator, usize)> {
        self.script.tail.filter(|_| self.reader.is_submitter())
    }
}

/// Who reads a job's entrypoint, if KubeRay submits it.
pub(super) fn reader_of(job: &RayJob<'_>) -> Option<Reader> {
    match job.submission_mode() {
        SubmissionMode::HTTPMode => Some(Reader::Head),
        SubmissionMode::SidecarMode => Some(Reader::Sidecar),
        SubmissionMode::K8sJobMode => job.is_submitted_by_command().then_some(Reader::K8sJob),
        SubmissionMode::InteractiveMode | SubmissionMode::Unknown(_) => None,
    }
}

/// Whether Kubernetes may replace something in a container's argument before the shell reads it: `$$`, or `$(NAME)`.
pub(super) fn is_rewritten_by_kubernetes(text: &str) -> bool {
    text.match_indices('$').any(|(at, _)| {
        let rest = &text[at + 1..];
        let inside = rest.strip_prefix('(').unwrap_or_default();
        // A variable's name, as people write them; `$(nproc)` is a command.
        let is_variable = inside.starts_with(|first: char| first.is_ascii_uppercase() || first == '_');
        let is_part = |character: char| character.is_ascii_alphanumeric() || "_-.".contains(character);
        let end = inside.find(|character| !is_part(character)).unwrap_or(inside.len());
        rest.starts_with('$') || is_variable && inside[end..].starts_with(')')
    })
}

/// The line and column of a byte.
pub(super) fn position(text: &str, offset: usize) -> Position {
    let mut end = offset.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = &text[..end];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX).saturating_add(1);
    Position {
        line: count(before.bytes().filter(|byte| *byte == b'\n').count()),
        column: count(before[line_start..].chars().count()),
    }
}

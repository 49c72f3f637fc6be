//! Why something that was typed, or a part of it, could not be read. Goes to the report as it is.

use std::io;
use std::sync::Arc;

use raygate_core::yaml::Position;
use thiserror::Error;

use super::input::MAX_BYTES;

/// Something that could not be read, told to whoever typed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What it is called in the report.
    pub file: Arc<str>,
    /// Where in it, if the problem has a place.
    pub position: Option<Position>,
    /// What is wrong and what to do about it; quotes nothing of the file.
    pub message: String,
}

/// What keeps a path from being found, an input from being read or cut.
#[derive(Debug, Error)]
pub(super) enum Problem {
    #[error(
        "nothing to read: name files, folders or globs such as `jobs/*.yaml`{}",
        piped("; or pipe manifests in, as in `kustomize build .", *piped_into, "")
    )]
    NothingTyped { piped_into: Option<&'static str> },
    #[error("an empty path names no file; an unset variable in a script may have left it empty")]
    EmptyPath,
    #[error("there is no such file or folder; check the spelling, and the folder that you are in")]
    Missing,
    #[error("this is a URL; {}", piped("fetch it and pipe it in: `curl -fsSL URL", *piped_into, "fetch it, and name the file"))]
    Url { piped_into: Option<&'static str> },
    #[error("the glob matches no manifest; check its spelling, and the folder that you are in")]
    NoMatch,
    #[error("the path does not exist, and it is no glob either: {0}")]
    Glob(#[source] globset::Error),
    #[error(
        "no manifest in this folder: its files and those of its folders are read if they end in {endings}; name others one by one"
    )]
    NoManifest { endings: String },
    #[error(
        "{} of this Helm chart {} of RayJobs, and no template is YAML before Helm renders it; {}",
        if *.templates == 1 { "a template".to_owned() } else { format!("{} templates", .templates) },
        if *.templates == 1 { "speaks" } else { "speak" },
        piped(&format!("check what is applied: `helm template {}", .chart), *.piped_into, "name what it renders")
    )]
    Chart { chart: String, templates: usize, piped_into: Option<&'static str> },
    #[error("a {0} in a folder is not read; name it on the command line if it shall be")]
    SpecialInFolder(&'static str),
    #[error("this is a {0}, not a file; name a file, a folder or `-`")]
    Special(&'static str),
    #[error("it cannot be read: {}", reason(.0))]
    Unreadable(#[source] io::Error),
    #[error("{} is too large: at most {} are read; split it into several files", size(*.0), size(MAX_BYTES))]
    TooLarge(u64),
    #[error("more than {} come in, and no more are read; split it into several inputs", size(MAX_BYTES))]
    Endless,
    #[error("the file is UTF-16; save it as UTF-8")]
    Utf16,
    #[error("byte {0} is zero, so this is no text; name a YAML or JSON file")]
    Binary(usize),
    #[error("byte {0} is not UTF-8; save the file as UTF-8")]
    Encoding(usize),
    #[error(
        "only a comment may follow `---` on its line, and kubectl reads nothing of a file with such a line; put what follows on a line of its own"
    )]
    Separator,
}

impl Problem {
    pub(super) fn of(&self, file: impl Into<Arc<str>>) -> Failure {
        Failure { file: file.into(), position: None, message: self.to_string() }
    }

    pub(super) fn at(&self, file: impl Into<Arc<str>>, position: Position) -> Failure {
        Failure { position: Some(position), ..self.of(file) }
    }
}

/// A hint that ends in a command which something is piped into, or another one where no command takes it.
pub(super) fn piped(hint: &str, command: Option<&str>, otherwise: &str) -> String {
    command.map_or_else(|| otherwise.to_owned(), |command| format!("{hint} | {command}`"))
}

/// What the system says, without the number of the error.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => {
            "permission denied; let your user read it, or leave it out".to_owned()
        }
        io::ErrorKind::NotFound => {
            "a link leads nowhere, or the file has just been removed; check where it should be".to_owned()
        }
        _ => error.to_string(),
    }
}

/// A size for people, rounded up to a tenth.
fn size(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10).div_ceil(1 << 20);
    if tenths.is_multiple_of(10) {
        format!("{} MiB", tenths / 10)
    } else {
        format!("{}.{} MiB", tenths / 10, tenths % 10)
    }
}

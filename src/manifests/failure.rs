//! Why something that was typed, or a part of it, could not be read. Goes to the report as it is.

use std::sync::Arc;

use raygate_core::yaml::Position;
use thiserror::Error;

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

/// What keeps an input from being read, or from being cut.
#[derive(Debug, Error)]
pub(super) enum Problem {
    /// `--- something`.
    #[error(
        "only a comment may follow `---` on its line, and kubectl reads nothing of a file with such a line; put what follows on a line of its own"
    )]
    Separator,
}

impl Problem {
    pub(super) fn of(&self, file: &Arc<str>) -> Failure {
        Failure { file: file.clone(), position: None, message: self.to_string() }
    }

    pub(super) fn at(&self, file: &Arc<str>, position: Position) -> Failure {
        Failure { position: Some(position), ..self.of(file) }
    }
}

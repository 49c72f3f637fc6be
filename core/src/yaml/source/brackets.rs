//! A bracket that is not closed is met far behind, as something else; whoever wrote it is sent to where it opens.

use super::super::document::Stopped;
use super::super::{Doubt, Position, Problem, Stop};
use super::error::{SourceError, SourceErrorKind};

/// A better error for a doubt that was met behind brackets which are not closed on their line; none elsewhere.
pub(super) fn error(
    text: &str,
    stopped: &Stopped,
    position: impl Fn(usize) -> Position,
) -> Option<SourceError> {
    if !matches!(stopped.stop, Stop::Unsure(Doubt::Dialect)) {
        return None;
    }
    let innermost = *stopped.brackets.last()?;
    let (opened, here) = (position(innermost), position(stopped.offset));
    let behind = text.get(innermost..).unwrap_or_default();
    // Some may stand in quotes and comments, and close nothing.
    let closing = behind.bytes().filter(|byte| matches!(byte, b']' | b'}')).count();
    if closing < stopped.brackets.len() {
        return Some(SourceError { position: opened, kind: SourceErrorKind::Yaml(Problem::UnclosedFlow) });
    }
    let is_closed = behind.lines().next().is_some_and(|line| line.contains([']', '}']));
    (!is_closed).then_some(SourceError { position: here, kind: SourceErrorKind::InBrackets { opened } })
}

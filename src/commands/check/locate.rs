//! Where a finding stands in the text: the field's way through the object becomes lines and columns.

use std::sync::Arc;

use raygate_core::field_path::Step;
use raygate_core::finding::Finding;
use raygate_core::secrets;
use raygate_core::yaml::{Place, Position, Source, Span, Style, Value};
use serde_json::Value as Json;

use super::secrets::Secrets;
use crate::manifests::Chunk;

/// A stretch of a text, the end not included.
pub(super) type Stretch = (Position, Position);

/// An object in a text: what is judged, and where it is written.
pub(super) struct Origin<'s> {
    pub(super) source: &'s Source<'s>,
    pub(super) secrets: &'s Secrets,
    pub(super) chunk: &'s Chunk<'s>,
    /// Whether the chunk is shown as a file of its own.
    pub(super) is_made: bool,
    /// The way from the text's root to the object.
    pub(super) way: &'s [Step<'s>],
    /// Where the spec of a job that is part of another object stands in that object.
    pub(super) spec_below: Option<&'static str>,
}

/// A finding in its place.
pub(super) struct Located {
    pub(super) start: Position,
    pub(super) end: Position,
    pub(super) value: Option<Json>,
    pub(super) masked: Arc<[Stretch]>,
}

impl Origin<'_> {
    /// The field of a finding, as it is called in the object that was written.
    pub(super) fn field(&self, finding: &Finding<'_>) -> String {
        let path = String::from(finding.path());
        match (self.spec_below, path.strip_prefix("spec")) {
            (Some(below), Some(rest)) => format!("spec.{below}{rest}"),
            _ => path,
        }
    }

    /// Points at the value, at the key of what takes several lines, or at the parent of what is not there.
    pub(super) fn locate(&self, finding: &Finding<'_>) -> Located {
        let steps = finding.steps();
        let way = self.way_to(&steps);
        let (place, taken) = self.source.place(&way);
        let within = finding.inside.and_then(|inner| self.source.inside(&place, inner));
        let stretch = match within {
            Some(position) => (position, self.end_of_word(position)),
            None => self.shown(&place, taken == way.len() && !finding.is_about_key),
        };
        let line = stretch.0.line;
        let is_complete = taken == way.len();
        let value = is_complete.then(|| self.value(&way)).flatten();
        let masked = self
            .secrets
            .on(line, self.source.line(line), |(start, end)| (self.in_file(start), self.in_file(end)));
        Located { start: self.in_file(stretch.0), end: self.in_file(stretch.1), value, masked }
    }

    /// The way of a finding from the text's root.
    pub(super) fn way_to<'w>(&'w self, steps: &'w [Step<'w>]) -> Vec<Step<'w>> {
        let mut way = self.way.to_vec();
        match (self.spec_below, steps.first().and_then(Step::key)) {
            (Some(below), Some("spec")) => {
                way.extend([Step::from("spec"), Step::from(below)]);
                way.extend(steps.iter().skip(1).cloned());
            }
            // A job that is made of a template has its maker's name.
            (Some(_), Some("metadata")) if steps.get(1).and_then(Step::key) == Some("generateName") => {
                way.extend([Step::from("metadata"), Step::from("name")]);
            }
            _ => way.extend(steps.iter().cloned()),
        }
        way
    }

    fn shown(&self, place: &Place, is_complete: bool) -> Stretch {
        let is_value_worth_it = is_complete
            && place.value.start.line == place.value.end.line
            && !matches!(place.style, Style::Block | Style::Nothing);
        let span = match &place.key {
            Some(key) if !is_value_worth_it => key,
            _ => &place.value,
        };
        self.first_line_of(span)
    }

    /// The part of a stretch that is on its first line; never empty.
    fn first_line_of(&self, span: &Span) -> Stretch {
        let end = if span.end.line == span.start.line {
            span.end.column
        } else {
            let line = self.source.line(span.start.line).trim_end();
            column(line.chars().count()) + 1
        };
        let end = end.max(span.start.column + 1);
        (span.start, Position { line: span.start.line, column: end })
    }

    fn end_of_word(&self, start: Position) -> Position {
        let rest = self.source.line(start.line).chars().skip(start.column as usize - 1);
        let length = rest.take_while(|character| !character.is_whitespace() && !",:]}".contains(*character));
        Position { column: start.column + column(length.count()).max(1), ..start }
    }

    fn in_file(&self, position: Position) -> Position {
        if self.is_made { position } else { self.chunk.place(position) }
    }

    /// A number, boolean or text, unless it may be a secret.
    fn value(&self, way: &[Step<'_>]) -> Option<Json> {
        let inside = way.get(self.way.len()..)?;
        if secrets::may_hold(inside) {
            return None;
        }
        let node = way.iter().try_fold(self.source.root(), |node, step| match (&node.value, step) {
            (Value::Mapping(entries), Step::Key(key)) => {
                entries.iter().find(|entry| entry.key == *key).map(|entry| &entry.value)
            }
            (Value::Sequence(items), Step::Index(index)) => items.get(*index),
            _ => None,
        })?;
        match &node.value {
            Value::Null | Value::Sequence(_) | Value::Mapping(_) => None,
            scalar => Some(Json::from(scalar)),
        }
    }
}

/// A number of characters as one of columns.
pub(super) fn column(characters: usize) -> u32 {
    u32::try_from(characters).unwrap_or(u32::MAX - 1)
}

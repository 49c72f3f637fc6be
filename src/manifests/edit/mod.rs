//! A JSON patch becomes an edit of the text: what is added is written beside what stands there, and nothing else changes.
//!
//! ```text
//! patch ─► additions ─► block │ flow ─► TextEdit ─► checked: read again, compared ─► the new text
//!                          └───┴ written, lines
//! ```
//!
//! What cannot be added without changing something else is left alone, with a word on what to write by hand.

mod additions;
mod block;
mod checked;
mod flow;
mod lines;
mod text_edit;
mod written;

use raygate_core::field_path::Step;
use raygate_core::yaml::{Node, Place, Position, Source, Style, Syntax, Value};
use thiserror::Error;

pub use additions::{Addition, additions};
pub use checked::{Edited, add};
use text_edit::TextEdit;
use written::Quotes;

/// Something that is not added, and where it would have been.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{kind}")]
pub struct EditError {
    /// Where in the chunk.
    pub position: Position,
    /// Why not.
    pub kind: EditErrorKind,
}

/// Why something is not added.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EditErrorKind {
    /// The mapping is written elsewhere.
    #[error(
        "`{parent}` comes through an alias or a merge key, and what is added there is added wherever it is shared; write it out here, with {entry} in it"
    )]
    Shared {
        /// The path of the mapping.
        parent: String,
        /// What to add, as it would be written.
        entry: String,
    },
    /// The edited text would say something else.
    #[error("{entry} cannot be added to `{parent}` without changing something else; add it by hand")]
    Unsafe {
        /// The path of the mapping.
        parent: String,
        /// What to add, as it would be written.
        entry: String,
    },
}

/// A text, as it was read, and the mapping in it that something is added to.
struct Parent<'s> {
    text: &'s str,
    source: &'s Source<'s>,
    syntax: Syntax,
    /// The way to the mapping.
    steps: &'s [Step<'static>],
    place: Place,
    /// The entries that are written in the mapping itself, in the order in which they stand there.
    entries: Vec<Written>,
}

/// An entry of a mapping, where it is written.
struct Written {
    key: String,
    place: Place,
    holds_collection: bool,
}

impl Written {
    /// The byte behind it.
    fn end(&self) -> usize {
        let key = self.place.key.as_ref().map_or(0, |key| key.bytes.end);
        self.place.value.bytes.end.max(key)
    }
}

impl<'s> Parent<'s> {
    /// Finds the mapping on that way; `None` when it is none.
    fn find(
        text: &'s str,
        source: &'s Source<'s>,
        syntax: Syntax,
        steps: &'s [Step<'static>],
    ) -> Option<Self> {
        let (place, taken) = source.place(steps);
        let node = node_at(source.root(), steps)?;
        let mapping = node.value.as_mapping().filter(|_| taken == steps.len())?;
        let whole = place.value.bytes.clone();
        let mut entries: Vec<_> = mapping
            .iter()
            .map(|entry| Written {
                key: entry.key.to_string(),
                place: place_of(source, steps, &entry.key),
                holds_collection: matches!(entry.value.value, Value::Mapping(_) | Value::Sequence(_)),
            })
            // What a merge key brings is written elsewhere.
            .filter(|entry| entry.place.key.as_ref().is_some_and(|key| whole.contains(&key.bytes.start)))
            .collect();
        entries.sort_by_key(Written::end);
        Some(Self { text, source, syntax, steps, place, entries })
    }

    /// The entry of that key, if it is written here.
    fn entry(&self, key: &str) -> Option<&Written> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The place of the mapping around this one, if it is one.
    fn around(&self) -> Option<Place> {
        let (Step::Key(_), above) = self.steps.split_last()? else { return None };
        Some(self.source.place(above).0)
    }

    /// How texts are quoted in the mapping.
    fn quotes(&self) -> Quotes {
        let has = |style| self.entries.iter().any(|entry| entry.place.style == style);
        if has(Style::SingleQuoted) && !has(Style::DoubleQuoted) { Quotes::SINGLE } else { Quotes::DOUBLE }
    }

    /// How much further in the entries of a nested mapping stand in this text: beside, above, or as usual.
    fn step(&self) -> usize {
        let in_block = |place: &Place| {
            let key = place.key.as_ref().filter(|_| place.style == Style::Block)?;
            place.value.start.column.checked_sub(key.start.column).filter(|step| *step > 0)
        };
        let beside = self.entries.iter().find_map(|entry| in_block(&entry.place));
        let above = || {
            (1..=self.steps.len()).rev().find_map(|length| {
                let steps = &self.steps[..length];
                let (place, _) = self.source.place(steps);
                let is_mapping =
                    node_at(self.source.root(), steps).is_some_and(|node| node.value.as_mapping().is_some());
                in_block(&place).filter(|_| is_mapping)
            })
        };
        beside.or_else(above).map_or(2, |step| step as usize)
    }
}

/// The edits that make an addition; `None` when there are none that can be trusted.
fn edits(
    text: &str,
    source: &Source<'_>,
    syntax: Syntax,
    addition: &Addition,
) -> Result<Vec<TextEdit>, EditError> {
    let (place, _) = source.place(&addition.parent);
    if place.style == Style::Alias {
        return Err(addition.shared(source));
    }
    let parent = Parent::find(text, source, syntax, &addition.parent);
    let made = parent.and_then(|parent| match parent.place.style {
        Style::Block => block::add(&parent, &addition.entries),
        Style::Flow => flow::add(&parent, &addition.entries),
        _ => None,
    });
    made.ok_or_else(|| addition.unsafe_here(source))
}

fn place_of(source: &Source<'_>, steps: &[Step<'static>], key: &str) -> Place {
    let way: Vec<_> = steps.iter().cloned().chain([Step::Key(key.to_owned().into())]).collect();
    source.place(&way).0
}

/// The value at the end of a way.
fn node_at<'n, 'a>(root: &'n Node<'a>, steps: &[Step<'_>]) -> Option<&'n Node<'a>> {
    steps.iter().try_fold(root, |node, step| match (&node.value, step) {
        (Value::Mapping(entries), Step::Key(key)) => {
            entries.iter().find(|entry| entry.key == *key).map(|entry| &entry.value)
        }
        (Value::Sequence(items), Step::Index(index)) => items.get(*index),
        _ => None,
    })
}

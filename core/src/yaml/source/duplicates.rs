//! Keys that stand twice in one mapping: kubectl keeps the last and drops the others without a word.

use std::collections::HashMap;
use std::ops::Range;

use super::super::decode;
use super::super::document::{Document, Index, Kind};
use super::lines::Lines;
use super::{SourceError, SourceErrorKind};

/// A key and the earlier one that it repeats.
pub(super) struct Duplicate {
    written: String,
    key: String,
    first: Index,
    second: Index,
}

impl Duplicate {
    pub(super) fn error(self, lines: &Lines<'_>, spans: &[Range<usize>]) -> SourceError {
        let position = |index: Index| lines.position(spans[index].start);
        SourceError {
            position: position(self.second),
            kind: SourceErrorKind::DuplicateKey {
                first: position(self.first),
                written: self.written,
                key: self.key,
            },
        }
    }
}

/// The first key of a text that stands there for the second time. What a merge key brings is no second time.
pub(super) fn first(document: &Document<'_>) -> Option<Duplicate> {
    let mappings = document.nodes.iter().filter_map(|node| match &node.kind {
        Kind::Mapping(children) => in_mapping(document, children),
        _ => None,
    });
    mappings.min_by_key(|duplicate| duplicate.second)
}

fn in_mapping(document: &Document<'_>, children: &[Index]) -> Option<Duplicate> {
    let mut seen = HashMap::with_capacity(children.len() / 2);
    children.iter().step_by(2).find_map(|&second| {
        if matches!(document.nodes[second].kind, Kind::Scalar { merges: true, .. }) {
            return None;
        }
        let key = decode::key_text(document, second)?;
        let first = seen.insert(key.clone(), second)?;
        let written = match &document.nodes[second].kind {
            Kind::Scalar { text, .. } => text,
            _ => &key,
        };
        Some(Duplicate { written: written.to_string(), key: key.into_owned(), first, second })
    })
}

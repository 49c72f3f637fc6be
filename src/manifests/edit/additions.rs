//! The operations of a JSON patch on one object, gathered by the mapping that they add to.

use json_patch::{AddOperation, PatchOperation};
use raygate_core::field_path::Step;
use raygate_core::yaml::{Source, Value as Yaml};
use serde_json::Value;

use super::written::{self, Quotes};
use super::{EditError, EditErrorKind, node_at};
use crate::manifests::Object;

/// What is added to one mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct Addition {
    /// The way to the mapping, from the chunk's root.
    pub(super) parent: Vec<Step<'static>>,
    /// How many of those steps lead to the object.
    pub(super) object: usize,
    /// The keys and their values.
    pub(super) entries: Vec<(String, Value)>,
    /// The same as operations on the whole chunk.
    pub(super) operations: Vec<PatchOperation>,
}

/// What a patch of an object adds, mapping by mapping; `None` for a patch that does anything but add to mappings.
pub fn additions(object: &Object<'_>, patch: &json_patch::Patch) -> Option<Vec<Addition>> {
    let mut found: Vec<Addition> = Vec::new();
    for operation in &patch.0 {
        let PatchOperation::Add(AddOperation { path, value }) = operation else { return None };
        let tokens: Vec<_> = path.tokens().map(|token| token.decoded().into_owned()).collect();
        let (key, tokens) = tokens.split_last()?;
        let mut steps = Vec::new();
        let mut node = object.node;
        for token in tokens {
            let step = match &node.value {
                Yaml::Sequence(_) => Step::Index(token.parse().ok()?),
                _ => Step::Key(token.clone().into()),
            };
            node = node_at(node, std::slice::from_ref(&step))?;
            steps.push(step);
        }
        node.value.as_mapping()?;
        let parent = [object.steps.as_slice(), &steps].concat();
        let operation = added(&parent, key, value)?;
        let entry = (key.clone(), value.clone());
        match found.iter_mut().find(|addition| addition.parent == parent) {
            Some(addition) => {
                addition.entries.push(entry);
                addition.operations.push(operation);
            }
            None => found.push(Addition {
                parent,
                object: object.steps.len(),
                entries: vec![entry],
                operations: vec![operation],
            }),
        }
    }
    Some(found)
}

/// The operation on the whole chunk.
fn added(parent: &[Step<'_>], key: &str, value: &Value) -> Option<PatchOperation> {
    let token = |step: &Step<'_>| match step {
        Step::Key(key) => format!("/{}", escaped(key)),
        Step::Index(index) => format!("/{index}"),
    };
    let pointer: String = parent.iter().map(token).chain([format!("/{}", escaped(key))]).collect();
    let path = pointer.try_into().ok()?;
    Some(PatchOperation::Add(AddOperation { path, value: value.clone() }))
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

impl Addition {
    /// The error of a mapping that is written elsewhere.
    pub(super) fn shared(&self, source: &Source<'_>) -> EditError {
        let (parent, entry) = self.words();
        self.error(source, EditErrorKind::Shared { parent, entry })
    }

    /// The error of an edit that would change something else.
    pub(super) fn unsafe_here(&self, source: &Source<'_>) -> EditError {
        let (parent, entry) = self.words();
        self.error(source, EditErrorKind::Unsafe { parent, entry })
    }

    fn error(&self, source: &Source<'_>, kind: EditErrorKind) -> EditError {
        let (place, _) = source.place(&self.parent);
        let position = place.key.map_or(place.value.start, |key| key.start);
        EditError { position, kind }
    }

    /// The path of the mapping in its object, and what is added.
    fn words(&self) -> (String, String) {
        let mut path = String::new();
        for step in &self.parent[self.object..] {
            match step {
                Step::Key(key) if path.is_empty() => path.push_str(key),
                Step::Key(key) => path.extend([".", key]),
                Step::Index(index) => path.extend(["[", &index.to_string(), "]"]),
            }
        }
        let entry = |(key, value): &(String, Value)| {
            format!("`{}`", written::entry_in_flow(key, value, Quotes::DOUBLE))
        };
        let entries: Vec<_> = self.entries.iter().map(entry).collect();
        (path, entries.join(" and "))
    }
}

//! The objects of a chunk: one, none, or all items of a `List`, as kubectl takes lists apart. `core` judges them.

use raygate_core::field_path::Step;
use raygate_core::yaml::{Node, Position, Source, Value};
use thiserror::Error;

/// An object and what it calls itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Object<'s> {
    /// Its `apiVersion`; an item of a `RayJobList` may have it from the list.
    pub api_version: &'s str,
    /// Its `kind`; an item of a `RayJobList` may have it from the list.
    pub kind: &'s str,
    /// Its `metadata.namespace`, if that is a text.
    pub namespace: Option<&'s str>,
    /// Its `metadata.name`, if that is a text.
    pub name: Option<&'s str>,
    /// What is written there.
    pub node: &'s Node<'s>,
    /// The way to it from the chunk's root, such as `items[2]`; empty for the root itself.
    pub steps: Vec<Step<'static>>,
}

/// A value where an object should be.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{kind}")]
pub struct ObjectError {
    /// Where in the chunk.
    pub position: Position,
    /// What it lacks.
    pub kind: ObjectErrorKind,
}

/// What a value lacks to be an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ObjectErrorKind {
    /// A list at the root.
    #[error(
        "a list is no manifest; write its items one after another with `---` between, or as `items` of a `kind: List`"
    )]
    List,
    /// Text, a number, nothing.
    #[error("a manifest is a mapping that begins with `apiVersion` and `kind`, and this is {0}")]
    NoMapping(&'static str),
    /// No `kind`, or an empty one.
    #[error(
        "`kind` is missing, so this is no manifest; a RayJob begins with `apiVersion: ray.io/v1` and `kind: RayJob`"
    )]
    NoKind,
    /// No `apiVersion`, or an empty one.
    #[error("`apiVersion` is missing, so kubectl cannot tell what this is; that of a RayJob is `ray.io/v1`")]
    NoApiVersion,
    /// A `kind` or `apiVersion` that is no text.
    #[error("`{field}` must be text, and this is {found}")]
    NoText {
        /// `kind` or `apiVersion`.
        field: &'static str,
        /// What it is instead.
        found: &'static str,
    },
    /// The `items` of a list that are none.
    #[error("the `items` of a list must be a list, and this is {0}")]
    Items(&'static str),
}

/// All objects of a chunk in the order written, and what is none in its place. A null is nothing at all, as for kubectl.
pub fn objects<'s>(source: &'s Source<'_>) -> Vec<Result<Object<'s>, ObjectError>> {
    objects_of(source.root())
}

fn objects_of<'s>(root: &'s Node<'s>) -> Vec<Result<Object<'s>, ObjectError>> {
    let mut found = Vec::new();
    if !matches!(root.value, Value::Null) {
        collect(root, Inherited::default(), &[], &mut found);
    }
    found
}

/// What an item has from its list.
#[derive(Debug, Clone, Copy, Default)]
struct Inherited<'s> {
    api_version: &'s str,
    kind: &'s str,
}

/// Goes as deep as lists are nested, which the depth of a source bounds.
fn collect<'s>(
    node: &'s Node<'s>,
    inherited: Inherited<'s>,
    steps: &[Step<'static>],
    found: &mut Vec<Result<Object<'s>, ObjectError>>,
) {
    let object = match read(node, inherited) {
        Ok(object) => object,
        Err(error) => return found.push(Err(error)),
    };
    let items = object.kind.strip_suffix("List").zip(value_of(node, "items"));
    let Some((kind, items)) = items else {
        return found.push(Ok(Object { steps: steps.to_vec(), ..object }));
    };
    let inherited = Inherited { api_version: object.api_version, kind };
    match &items.value {
        Value::Null => {}
        Value::Sequence(nodes) => {
            for (index, item) in nodes.iter().enumerate() {
                let way = [Step::Key("items".into()), Step::Index(index)];
                collect(item, inherited, &[steps, &way].concat(), found);
            }
        }
        other => found.push(Err(ObjectErrorKind::Items(other.kind()).at(items.position))),
    }
}

/// An object without its way.
fn read<'s>(node: &'s Node<'s>, inherited: Inherited<'s>) -> Result<Object<'s>, ObjectError> {
    match &node.value {
        Value::Mapping(_) => {}
        Value::Sequence(_) => return Err(ObjectErrorKind::List.at(node.position)),
        other => return Err(ObjectErrorKind::NoMapping(other.kind()).at(node.position)),
    }
    let mut kind = text(node, "kind")?;
    let mut api_version = text(node, "apiVersion")?;
    if kind.is_empty() && api_version.is_empty() {
        Inherited { api_version, kind } = inherited;
    }
    if kind.is_empty() {
        return Err(ObjectErrorKind::NoKind.at(node.position));
    }
    if api_version.is_empty() {
        return Err(ObjectErrorKind::NoApiVersion.at(node.position));
    }
    let of_metadata = |key| match &value_of(value_of(node, "metadata")?, key)?.value {
        Value::String(text) if !text.is_empty() => Some(text.as_ref()),
        _ => None,
    };
    let (namespace, name) = (of_metadata("namespace"), of_metadata("name"));
    Ok(Object { api_version, kind, namespace, name, node, steps: Vec::new() })
}

/// A text of the object; empty when it is not there.
fn text<'s>(node: &'s Node<'s>, field: &'static str) -> Result<&'s str, ObjectError> {
    match value_of(node, field) {
        None | Some(Node { value: Value::Null, .. }) => Ok(""),
        Some(Node { value: Value::String(text), .. }) => Ok(text.as_ref()),
        Some(other) => Err(ObjectErrorKind::NoText { field, found: other.value.kind() }.at(other.position)),
    }
}

fn value_of<'s>(node: &'s Node<'s>, key: &str) -> Option<&'s Node<'s>> {
    node.value.as_mapping()?.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
}

impl ObjectErrorKind {
    /// Whether it may be a text that is not meant for kubectl, such as the values of a chart.
    pub const fn may_be_no_manifest(self) -> bool {
        matches!(self, Self::List | Self::NoMapping(_) | Self::NoKind | Self::NoApiVersion)
    }

    const fn at(self, position: Position) -> ObjectError {
        ObjectError { position, kind: self }
    }
}

#[cfg(test)]
mod tests;

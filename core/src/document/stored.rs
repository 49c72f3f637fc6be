//! What the API server makes of a new object before it asks a webhook: unknown fields and nulls go, defaults come.
//!
//! A file is judged as the webhook would judge it, so that its [`Document`] takes this step first; [`super::refused()`] then
//! says what the API server would not store. It is what `k8s.io/apiextensions-apiserver` v0.35 does with a schema
//! (`pruning`, `defaulting`, `objectmeta`), and `core/tests/go_types` holds it against that. Lists keep their length, so
//! that a path leads to the same place before and after.

use std::borrow::Cow;

use super::misfit::problem_of;
use super::{Document, Field, Misfit, Node, Problem, Pruned, Value};
use crate::go_types::{Keyword, Leaf, Scalar, Schema, Struct, StructField, Type};

/// What the API server sets itself in the metadata of a new object, whatever was written there.
const SET_BY_SERVER: [&str; 6] =
    ["creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "generation", "selfLink", "uid"];

/// A new object as a webhook would see it.
#[derive(Debug)]
pub struct Stored<'a> {
    /// The object.
    pub document: Document<'a>,
    /// What was dropped from the object as it was written, in document order.
    pub pruned: Vec<Misfit<'a>>,
}

/// What a new object is when the validating webhooks see it, if the API server does not refuse it.
pub fn as_stored<'a>(written: &'a Document<'a>, schema: Schema) -> Stored<'a> {
    Walk { written, schema, is_new: true, stored: Document::default(), pruned: Vec::new() }.all()
}

/// What an object is that is stored already, with its status, when the API server reads it.
pub fn as_read<'a>(written: &'a Document<'a>, schema: Schema) -> Document<'a> {
    let walk = Walk { written, schema, is_new: false, stored: Document::default(), pruned: Vec::new() };
    walk.all().document
}

struct Walk<'a> {
    written: &'a Document<'a>,
    schema: Schema,
    /// Of a new object the API server drops the status.
    is_new: bool,
    stored: Document<'a>,
    pruned: Vec<Misfit<'a>>,
}

impl<'a> Walk<'a> {
    fn all(mut self) -> Stored<'a> {
        if let Some(root) = self.written.node(0) {
            self.value(0, root, 0, Some(Type::Struct(self.schema.root())));
        }
        Stored { document: self.stored, pruned: self.pruned }
    }

    /// Without a type nothing is known below: whatever an object has there goes.
    fn value(&mut self, at: u32, node: &'a Node<'a>, parent: u32, go_type: Option<Type>) {
        let position = self.push(&node.key, node.value.borrowed(), parent);
        match (go_type.map(Type::target), &node.value) {
            (Some(Type::Struct(known)), Value::Object) => self.object(at, node, position, known),
            (Some(Type::Map(item)), Value::Object) => {
                for (next, child) in self.children(at, node) {
                    if child.value != Value::Null {
                        self.value(next, child, position, Some(*item));
                    }
                }
            }
            (go_type, Value::List) => {
                let item = match go_type {
                    Some(Type::List(item)) => Some(*item),
                    _ => None,
                };
                for (next, child) in self.children(at, node) {
                    self.value(next, child, position, item);
                }
            }
            _ => {}
        }
        self.close(position);
    }

    fn object(&mut self, at: u32, node: &'a Node<'a>, position: u32, known: &'static Struct) {
        let (is_root, is_metadata) = (at == 0, node.parent == 0 && node.key == "metadata" && at != 0);
        let mut present = Vec::new();
        for (next, child) in self.children(at, node) {
            match (is_root, &*child.key, &child.value) {
                (true, "status", _) if self.is_new => continue,
                (true, "metadata", Value::Null) => {
                    self.push(&child.key, Value::Object, position);
                    continue;
                }
                _ => {}
            }
            let Some(field) = known.field(&child.key, self.schema.kuberay()) else {
                self.prune(next, Pruned::Unknown(known, self.schema.kuberay()));
                continue;
            };
            if !self.schema.has(field) {
                self.prune(next, Pruned::NotIn(self.schema.api()));
            } else if !is_metadata && field.schema().contains(&Keyword::OnlyAtTheRoot) {
                self.prune(next, Pruned::NotInTemplate);
            } else if child.value != Value::Null {
                present.push(field.key());
                if is_metadata {
                    self.metadata(next, child, position, field);
                } else {
                    self.value(next, child, position, Some(field.go_type()));
                }
            }
        }
        if !is_metadata {
            self.complete(position, known, &present);
        }
    }

    /// The API server reads the metadata itself, without a schema, and writes nothing that is empty.
    fn metadata(&mut self, at: u32, node: &'a Node<'a>, parent: u32, field: &StructField) {
        let has_children = node.end > at + 1;
        match (field.go_type().target(), &node.value) {
            (Type::Leaf(Leaf::String), Value::Text(text)) if text.is_empty() => {}
            (Type::List(_), Value::List) | (Type::Map(_), Value::Object) if !has_children => {}
            // One that cannot be read is refused all the same.
            (Type::Leaf(leaf), value)
                if self.is_new
                    && SET_BY_SERVER.contains(&field.key())
                    && problem_of(value, leaf).is_none() => {}
            (Type::Map(_), Value::Object) | (Type::List(Type::Leaf(_)), Value::List) => {
                let position = self.push(&node.key, node.value.borrowed(), parent);
                for (_, child) in self.children(at, node) {
                    // Go reads a null into a string that is there, and empty.
                    let value = match &child.value {
                        Value::Null => Value::Text(Cow::Borrowed("")),
                        value => value.borrowed(),
                    };
                    self.push(&child.key, value, position);
                }
                self.close(position);
            }
            (go_type, _) => self.value(at, node, parent, Some(go_type)),
        }
    }

    /// Writes the defaults of what is not there.
    fn complete(&mut self, position: u32, known: &'static Struct, present: &[&str]) {
        let schema = self.schema;
        for field in schema.fields(known).filter(|field| !present.contains(&field.key())) {
            let default = field.schema().iter().find_map(|word| match word {
                Keyword::DefaultsTo(value) => Some(*value),
                _ => None,
            });
            if let Some(default) = default {
                self.push(field.key(), default.into(), position);
            }
        }
    }

    fn children(&self, at: u32, node: &Node<'_>) -> impl Iterator<Item = (u32, &'a Node<'a>)> + use<'a> {
        let (written, end, mut next) = (self.written, node.end, at + 1);
        std::iter::from_fn(move || {
            let child = written.node(next).filter(|_| next < end)?;
            Some((std::mem::replace(&mut next, child.end), child))
        })
    }

    fn push(&mut self, key: &'a str, value: Value<'a>, parent: u32) -> u32 {
        let position = self.end();
        self.stored.nodes.push(Node { key: Cow::Borrowed(key), value, parent, end: position + 1 });
        position
    }

    fn close(&mut self, position: u32) {
        let end = self.end();
        if let Some(node) = self.stored.nodes.get_mut(position as usize) {
            node.end = end;
        }
    }

    fn end(&self) -> u32 {
        // A document as it was written has at most as many values as fit, and each struct in it gets a few defaults.
        u32::try_from(self.stored.nodes.len()).unwrap_or(u32::MAX)
    }

    fn prune(&mut self, at: u32, why: Pruned) {
        let field = Field::at(self.written, at);
        self.pruned.extend(field.map(|field| Misfit { field, problem: Problem::Pruned(why) }));
    }
}

impl<'a> Value<'a> {
    fn borrowed(&'a self) -> Self {
        match self {
            Self::Null => Self::Null,
            Self::Bool(value) => Self::Bool(*value),
            Self::Integer(value) => Self::Integer(*value),
            Self::Unsigned(value) => Self::Unsigned(*value),
            Self::Float(value) => Self::Float(*value),
            Self::Text(text) => Self::Text(Cow::Borrowed(text)),
            Self::List => Self::List,
            Self::Object => Self::Object,
        }
    }
}

impl From<Scalar> for Value<'_> {
    fn from(scalar: Scalar) -> Self {
        match scalar {
            Scalar::Text(text) => Self::Text(Cow::Borrowed(text)),
            Scalar::Number(value) => Self::Integer(value),
            Scalar::Flag(value) => Self::Bool(value),
        }
    }
}

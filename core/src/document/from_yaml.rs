//! A manifest's value becomes a [`Document`], just as if the API server had sent it as JSON.
//!
//! `yaml::Source` gives the value; the texts of the document borrow from it.

use std::borrow::Cow;

use super::read::bookkeeping;
use super::{Document, Node, Value};
use crate::yaml;

impl<'a> From<&'a yaml::Node<'a>> for Document<'a> {
    fn from(root: &'a yaml::Node<'a>) -> Self {
        let mut document = Self::default();
        document.push("", &root.value, 0, 0);
        document
    }
}

impl<'a> Document<'a> {
    /// Pushes a value behind its parent, children included.
    fn push(&mut self, key: &'a str, value: &'a yaml::Value<'a>, parent: u32, depth: u32) {
        let skipped = bookkeeping(self, key, parent, depth);
        let at = self.length();
        let node = |value| Node { key: Cow::Borrowed(key), value, parent, end: at + 1 };
        self.nodes.push(node(match value {
            yaml::Value::Null => Value::Null,
            yaml::Value::Bool(value) => Value::Bool(*value),
            yaml::Value::Int(value) => Value::Integer(*value),
            yaml::Value::UInt(value) => Value::Unsigned(*value),
            yaml::Value::Float(value) => Value::Float(*value),
            yaml::Value::String(text) => Value::Text(Cow::Borrowed(text)),
            yaml::Value::Sequence(_) => Value::List,
            yaml::Value::Mapping(_) => Value::Object,
        }));
        match value {
            yaml::Value::Sequence(items) => {
                items.iter().for_each(|item| self.push("", &item.value, at, depth + 1));
            }
            yaml::Value::Mapping(entries) => {
                for entry in entries.iter().filter(|entry| skipped != Some(&*entry.key)) {
                    self.push(&entry.key, &entry.value.value, at, depth + 1);
                }
            }
            _ => {}
        }
        self.nodes[at as usize].end = self.length();
    }

    /// A manifest holds no more than [`yaml::MAX_NODES`] values.
    fn length(&self) -> u32 {
        u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)
    }
}

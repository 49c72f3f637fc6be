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
                for item in items {
                    self.push("", &item.value, at, depth + 1);
                }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::yaml::{Entry, Position};

    fn at_start(value: yaml::Value<'static>) -> yaml::Node<'static> {
        yaml::Node { value, position: Position::START }
    }

    /// Any value, with the keys that are skipped in some places among its keys.
    fn value() -> impl Strategy<Value = yaml::Value<'static>> {
        let leaf = prop_oneof![
            Just(yaml::Value::Null),
            any::<bool>().prop_map(yaml::Value::Bool),
            any::<i64>().prop_map(yaml::Value::Int),
            (i64::MAX as u64 + 1..).prop_map(yaml::Value::UInt),
            // Halves survive every reader of floats.
            (-1_000_000..1_000_000_i32).prop_map(|half| yaml::Value::Float(f64::from(half) + 0.5)),
            any::<String>().prop_map(|text| yaml::Value::String(text.into())),
        ];
        let key = select(vec![
            "metadata",
            "managedFields",
            "annotations",
            "kubectl.kubernetes.io/last-applied-configuration",
            "spec",
            "ü\"",
        ]);
        leaf.prop_recursive(5, 60, 6, move |inner| {
            let list = prop::collection::vec(inner.clone(), 0..4);
            prop_oneof![
                1 => list.prop_map(|items| yaml::Value::Sequence(items.into_iter().map(at_start).collect())),
                3 => prop::collection::hash_map(key.clone(), inner, 0..6).prop_map(|entries| {
                    let entry = |(key, value): (&'static str, _)| Entry {
                        key: key.into(),
                        key_position: Position::START,
                        value: at_start(value),
                    };
                    yaml::Value::Mapping(entries.into_iter().map(entry).collect())
                }),
            ]
        })
    }

    /// The JSON of a value, with its keys in the same order.
    fn json(value: &yaml::Value<'_>) -> String {
        match value {
            yaml::Value::Sequence(items) => {
                let items: Vec<_> = items.iter().map(|item| json(&item.value)).collect();
                format!("[{}]", items.join(","))
            }
            yaml::Value::Mapping(entries) => {
                let entry = |entry: &Entry<'_>| {
                    format!("{}:{}", serde_json::Value::from(&*entry.key), json(&entry.value.value))
                };
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(","))
            }
            leaf => serde_json::Value::from(leaf).to_string(),
        }
    }

    proptest! {
        #[test]
        fn a_manifest_is_the_document_that_its_json_would_be(value in value()) {
            let root = at_start(value);
            let text = json(&root.value);
            let expected: Document<'_> = serde_json::from_str(&text).expect("JSON");
            prop_assert_eq!(&Document::from(&root).nodes, &expected.nodes, "{}", text);
        }
    }

    #[test]
    fn the_notes_of_the_api_server_and_of_kubectl_are_skipped() {
        let text = "metadata:\n  managedFields: [a]\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: b\n    c: d\nspec: {managedFields: e}\n";
        let source = yaml::Source::read(text, yaml::Syntax::Yaml).expect("YAML");
        let document = Document::from(source.root());
        let keys: Vec<&str> = document.nodes.iter().map(|node| &*node.key).collect();
        assert_eq!(keys, ["", "metadata", "annotations", "c", "spec", "managedFields"]);
    }
}

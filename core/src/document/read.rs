//! Bytes become a [`Document`]: one pass of `serde_json`, each value pushed behind its parent.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::{Document, Node, Value};

/// The nodes of a small job: room for them is taken at once.
const USUAL: usize = 128;

impl<'de: 'a, 'a> Deserialize<'de> for Document<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut document = Document::default();
        let root = Reader { document: &mut document, key: Cow::Borrowed(""), parent: 0, depth: 0 };
        root.deserialize(deserializer)?;
        Ok(document)
    }
}

/// Reads the value of one key and pushes it, children included.
struct Reader<'d, 'de> {
    document: &'d mut Document<'de>,
    key: Cow<'de, str>,
    parent: u32,
    depth: u32,
}

impl<'de> Reader<'_, 'de> {
    fn push<E: Error>(self, value: Value<'de>) -> Result<(), E> {
        let end = position(&self.document.nodes)? + 1;
        self.document.nodes.push(Node { key: self.key, value, parent: self.parent, end });
        Ok(())
    }
}

fn position<E: Error>(nodes: &[Node<'_>]) -> Result<u32, E> {
    u32::try_from(nodes.len()).map_err(|_| E::custom("too many values"))
}

impl<'de> DeserializeSeed<'de> for Reader<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_, 'de> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.push(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.push(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.push(Value::Integer(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.push(i64::try_from(value).map_or(Value::Unsigned(value), Value::Integer))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.push(Value::Float(value))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<(), E> {
        self.push(Value::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.push(Value::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Self { document, key, parent, depth } = self;
        let list = position(&document.nodes)?;
        document.nodes.push(Node { key, value: Value::List, parent, end: 0 });
        loop {
            let item = Reader { document, key: Cow::Borrowed(""), parent: list, depth: depth + 1 };
            if items.next_element_seed(item)?.is_none() {
                break;
            }
        }
        close(document, list)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let Self { document, key, parent, depth } = self;
        let bookkeeping = bookkeeping(document, &key, parent, depth);
        let object = position(&document.nodes)?;
        if object == 0 {
            document.nodes.reserve(USUAL);
        }
        document.nodes.push(Node { key, value: Value::Object, parent, end: 0 });
        let (mut before, mut is_sorted) = (object, true);
        while let Some(key) = entries.next_key_seed(Key)? {
            if bookkeeping.is_some_and(|bookkeeping| bookkeeping == key) {
                entries.next_value::<IgnoredAny>()?;
                continue;
            }
            is_sorted &= before == object || is_before(&document.nodes[before as usize].key, &key);
            before = position(&document.nodes)?;
            entries.next_value_seed(Reader { document, key, parent: object, depth: depth + 1 })?;
        }
        close(document, object)?;
        // The API server sorts its keys, which proves that none stands there twice.
        if is_sorted || has_unique_keys(document, object) {
            Ok(())
        } else {
            Err(A::Error::custom("a key stands there twice"))
        }
    }
}

/// The key that is skipped in an object: the API server's and kubectl's own notes are most of a small one, and no rule
/// is about them.
pub(super) fn bookkeeping(
    document: &Document<'_>,
    key: &str,
    parent: u32,
    depth: u32,
) -> Option<&'static str> {
    let is_in_metadata = || document.nodes.get(parent as usize).is_some_and(|node| node.key == "metadata");
    match (depth, key) {
        (1, "metadata") => Some("managedFields"),
        (2, "annotations") if is_in_metadata() => Some("kubectl.kubernetes.io/last-applied-configuration"),
        _ => None,
    }
}

/// Whether one key stands before another; most differ in their first byte, which spares a call.
fn is_before(left: &str, right: &str) -> bool {
    match left.as_bytes().first().cmp(&right.as_bytes().first()) {
        Ordering::Less => true,
        Ordering::Equal => left < right,
        Ordering::Greater => false,
    }
}

/// Two values under one key would mean one thing to us and another to whoever reads the object next.
fn has_unique_keys(document: &Document<'_>, object: u32) -> bool {
    let mut keys = Vec::new();
    let mut child = object as usize + 1;
    let end = document.nodes.get(object as usize).map_or(0, |node| node.end as usize);
    while let Some(node) = document.nodes.get(child).filter(|_| child < end) {
        keys.push(&node.key);
        child = node.end as usize;
    }
    keys.sort_unstable();
    keys.windows(2).all(|pair| pair[0] != pair[1])
}

fn close<E: Error>(document: &mut Document<'_>, opened: u32) -> Result<(), E> {
    let end = position(&document.nodes)?;
    if let Some(node) = document.nodes.get_mut(opened as usize) {
        node.end = end;
    }
    Ok(())
}

/// Reads a key, borrowed unless it is written with escapes.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}

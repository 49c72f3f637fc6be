//! A JSON patch made by hand: each operation adds one thing that was missing from the object as it was received.
//!
//! Nothing is removed, no value of the user's is overwritten, and no list is edited. The operations are few and written
//! against the raw object, so that fields which Raygate does not know survive. None builds on another: what is added to a
//! map that the patch itself makes becomes part of that map.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Map, Value};

/// The operations, in order.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Patch {
    operations: Vec<Operation>,
}

/// One `add` operation (RFC 6902); on a key that is there it replaces the value.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Operation {
    op: &'static str,
    path: Cow<'static, str>,
    value: Value,
}

impl Patch {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }

    /// Adds a value at a JSON pointer. The parent is there, or an earlier operation makes it.
    pub fn add(&mut self, path: impl Into<Cow<'static, str>>, value: impl Into<Value>) {
        let (path, value) = (path.into(), value.into());
        let made = self.operations.iter_mut().find_map(|operation| {
            let below = path.strip_prefix(&*operation.path)?.strip_prefix('/')?;
            Some((operation, below.to_owned()))
        });
        match made {
            Some((operation, below)) => put(&mut operation.value, &below, value),
            None => self.operations.push(Operation { op: "add", path, value }),
        }
    }

    /// Adds an object with one entry at a JSON pointer.
    pub fn add_map(&mut self, path: &'static str, key: &str, value: impl Into<Value>) {
        self.add(path, Map::from_iter([(key.to_owned(), value.into())]));
    }
}

/// Puts a value below another; what is on the way becomes a map.
fn put(into: &mut Value, way: &str, value: Value) {
    let mut here = into;
    for token in way.split('/') {
        if !here.is_object() {
            *here = Value::Object(Map::new());
        }
        here = &mut here[token.replace("~1", "/").replace("~0", "~")];
    }
    *here = value;
}

/// A key as a token of a JSON pointer (RFC 6901).
pub fn pointer_token(key: &str) -> Cow<'_, str> {
    if key.contains(['~', '/']) {
        Cow::Owned(key.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(key)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_added_to_a_map_that_the_patch_makes_becomes_part_of_it() {
        let mut patch = Patch::default();
        patch.add_map("/metadata/labels", "team", "a");
        patch.add("/metadata/labels/example.com~1cost", "b");
        patch.add("/metadata/labelsmith", 1);
        patch.add("/metadata/labels/deep/er", true);
        let expected = json!([
            {"op": "add", "path": "/metadata/labels", "value": {"team": "a", "example.com/cost": "b", "deep": {"er": true}}},
            {"op": "add", "path": "/metadata/labelsmith", "value": 1},
        ]);
        assert_eq!(serde_json::to_value(&patch).expect("JSON"), expected);
    }
}

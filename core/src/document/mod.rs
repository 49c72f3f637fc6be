//! A JSON object as one flat list of nodes that borrow from the received bytes.
//!
//! `admission::request` reads each object of a review into a [`Document`], and a manifest's value becomes one too;
//! `rayjob` lays its views over it.
//! Nodes stand in document order and know their parent and where their subtree ends, so that a value, its
//! neighbours and its path are found without a second structure:
//!
//! ```text
//! {"spec":{"suspend":true,"jobId":"a"}}      0 {}          end 4
//!                                            1  spec {}    end 4, parent 0
//!                                            2   suspend   end 3, parent 1
//!                                            3   jobId     end 4, parent 1
//! ```

mod equality;
mod field;
mod from_yaml;
mod go_type;
mod misfit;
mod place;
mod read;
mod refused;
mod stored;
mod write;

use std::borrow::Cow;
#[cfg(test)]
use std::cell::RefCell;

pub use equality::{same_fields, same_values};
pub use field::{Any, Bool, Field, Integer, List, Map, Number, Object, Shape, Text};
pub use misfit::{Misfit, Problem, Pruned, Refused, Undecodable, misfits};
pub use refused::refused;
pub use stored::{Stored, as_read, as_stored};

/// A parsed JSON value. Numbers keep what JSON said: an integer stays an integer.
#[derive(Debug, Default)]
pub struct Document<'a> {
    nodes: Vec<Node<'a>>,
    /// What the rules looked at, for the test that findings name everything they depend on.
    #[cfg(test)]
    pub(crate) reads: RefCell<Vec<String>>,
}

/// One value with its key in the parent object; items of lists have an empty key.
#[derive(Debug, PartialEq)]
struct Node<'a> {
    key: Cow<'a, str>,
    value: Value<'a>,
    parent: u32,
    /// The position behind the last node of this subtree.
    end: u32,
}

/// What a node holds; the children of lists and objects follow it.
#[derive(Debug, PartialEq)]
enum Value<'a> {
    Null,
    Bool(bool),
    Integer(i64),
    /// Only integers beyond [`i64::MAX`].
    Unsigned(u64),
    Float(f64),
    Text(Cow<'a, str>),
    List,
    Object,
}

impl<'a> Document<'a> {
    /// Whether there is nothing at all: JSON `null`, or no object was sent.
    pub fn is_null(&self) -> bool {
        matches!(self.nodes.first(), None | Some(Node { value: Value::Null, .. }))
    }

    /// The outermost value.
    pub fn root(&'a self) -> Field<'a, Object> {
        Field::root(self)
    }

    fn node(&self, at: u32) -> Option<&Node<'a>> {
        self.nodes.get(at as usize)
    }
}

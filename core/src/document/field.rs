//! A place in a [`Document`], present or not, that knows its path and the type it should have.

use std::fmt;
use std::marker::PhantomData;

use super::equality::quantity;
use super::{Document, Node, Value};
use crate::quantity::Quantity;

/// The position of a field that is not there.
const ABSENT: u32 = u32::MAX;

/// A field of type `T` in a document. It may be absent, null, of type `T`, or of a wrong type; reading it never fails.
pub struct Field<'a, T = Any> {
    document: &'a Document<'a>,
    parent: u32,
    key: &'a str,
    node: u32,
    kind: PhantomData<fn() -> T>,
}

/// The JSON types that a RayJob's fields can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names of JSON's types")]
pub enum Shape {
    Any,
    Text,
    Bool,
    Integer,
    Number,
    Map,
    List,
    Object,
}

impl Shape {
    /// The type with its article, for messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Any => "any value",
            Self::Text => "a string",
            Self::Bool => "a boolean (true or false)",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::Map => "a map",
            Self::List => "a list",
            Self::Object => "an object",
        }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub enum $kind {}
    )*};
}

kinds! {
    /// Any JSON value.
    Any
    /// A string.
    Text
    /// `true` or `false`.
    Bool
    /// A whole number.
    Integer
    /// A number.
    Number
    /// An object with free keys.
    Map
    /// A list.
    List
    /// An object with known keys.
    Object
}

impl<T> Clone for Field<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Field<'_, T> {}

impl<T> fmt::Debug for Field<'_, T> {
    // Only the path: the value may be a secret.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Field({})", self.path())
    }
}

impl<'a> Field<'a, Object> {
    pub(super) fn root(document: &'a Document<'a>) -> Self {
        Self { document, parent: ABSENT, key: "", node: 0, kind: PhantomData }
    }
}

impl<'a> Field<'a> {
    /// The value at that position of a document.
    pub(super) fn at(document: &'a Document<'a>, position: u32) -> Option<Self> {
        let node = document.node(position)?;
        Some(Self { document, parent: node.parent, key: &node.key, node: position, kind: PhantomData })
    }
}

impl<'a, T> Field<'a, T> {
    /// The key in the parent object; empty for items of lists.
    pub fn key(self) -> &'a str {
        self.key
    }

    /// The field with its type forgotten.
    pub fn any(self) -> Field<'a> {
        self.cast()
    }

    /// The same place, expected to be of another type.
    pub fn cast<U>(self) -> Field<'a, U> {
        Field {
            document: self.document,
            parent: self.parent,
            key: self.key,
            node: self.node,
            kind: PhantomData,
        }
    }

    /// Whether there is a value other than null.
    pub fn is_present(self) -> bool {
        !matches!(self.value_here(), None | Some(Value::Null))
    }

    /// The JSON type of the value that is there; `None` when it is absent or null.
    pub fn shape(self) -> Option<Shape> {
        match self.value_here()? {
            Value::Null => None,
            Value::Bool(_) => Some(Shape::Bool),
            Value::Integer(_) | Value::Unsigned(_) => Some(Shape::Integer),
            Value::Float(_) => Some(Shape::Number),
            Value::Text(_) => Some(Shape::Text),
            Value::List => Some(Shape::List),
            Value::Object => Some(Shape::Object),
        }
    }

    /// The field as an object, if it is one.
    pub fn present_object(self) -> Option<Field<'a, Object>> {
        matches!(self.raw(), Some(Value::Object)).then(|| self.cast())
    }

    /// The children of an object or list, in document order.
    pub(crate) fn children(self) -> impl Iterator<Item = Field<'a>> {
        let parent = self.node;
        let end = self.node().map_or(0, |node| node.end);
        let mut next = if end == 0 { 0 } else { parent + 1 };
        std::iter::from_fn(move || {
            let node = self.document.node(next).filter(|_| next < end)?;
            let child =
                Field { document: self.document, parent, key: &node.key, node: next, kind: PhantomData };
            next = node.end;
            Some(child)
        })
    }

    /// The child of that key, absent if there is none.
    pub(crate) fn child<U>(self, key: &'a str) -> Field<'a, U> {
        self.children().find(|child| child.key == key).map_or_else(|| self.absent(key), Field::cast)
    }

    /// The place where a child of that key would be.
    pub(crate) fn absent<U>(self, key: &'a str) -> Field<'a, U> {
        if self.node().is_some() {
            Field { document: self.document, parent: self.node, key, node: ABSENT, kind: PhantomData }
        } else {
            self.cast()
        }
    }

    /// The object or list that holds this place; `None` for the outermost value.
    pub(super) fn parent(self) -> Option<Field<'a>> {
        let position = self.node().map_or(self.parent, |node| node.parent);
        Field::at(self.document, position).filter(|_| self.node != 0)
    }

    /// The document that the place is in.
    pub(super) fn document(self) -> &'a Document<'a> {
        self.document
    }

    /// The position of the value among the document's nodes.
    pub(super) fn position(self) -> u32 {
        self.node
    }

    fn node(self) -> Option<&'a Node<'a>> {
        self.document.node(self.node)
    }

    fn value_here(self) -> Option<&'a Value<'a>> {
        #[cfg(test)]
        self.document.reads.borrow_mut().push(self.path().to_string());
        self.node().map(|node| &node.value)
    }

    /// The node with all below it, and the position of the first; nothing when the field is absent.
    pub(super) fn subtree(self) -> (u32, &'a [Node<'a>]) {
        let end = self.node().map_or(0, |node| node.end);
        (self.node, self.document.nodes.get(self.node as usize..end as usize).unwrap_or_default())
    }

    pub(super) fn raw(self) -> Option<&'a Value<'a>> {
        self.node().map(|node| &node.value)
    }
}

impl<'a> Field<'a, Text> {
    /// The string, if it is one.
    pub fn value(self) -> Option<&'a str> {
        match self.value_here()? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The string, if it is one that is not empty: what Go code means by `!= ""`.
    pub fn non_empty(self) -> Option<&'a str> {
        self.value().filter(|text| !text.is_empty())
    }
}

impl Field<'_, Bool> {
    /// The boolean, if it is one.
    pub fn value(self) -> Option<bool> {
        match self.value_here()? {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// Whether it is there and true.
    pub fn is_true(self) -> bool {
        self.value() == Some(true)
    }
}

impl Field<'_, Integer> {
    /// The integer, if it is one.
    pub fn value(self) -> Option<i64> {
        match self.value_here()? {
            Value::Integer(value) => Some(*value),
            _ => None,
        }
    }

    /// Whether it is there and greater than zero.
    pub fn is_positive(self) -> bool {
        self.value().is_some_and(|value| value > 0)
    }
}

impl Field<'_> {
    /// The Kubernetes quantity that the value is, if it is one.
    pub(crate) fn quantity(self) -> Option<Quantity> {
        quantity(self.value_here()?)
    }
}

impl<'a> Field<'a, Map> {
    /// The entries, in document order.
    pub fn entries(self) -> impl Iterator<Item = Field<'a>> {
        let is_map = matches!(self.value_here(), Some(Value::Object));
        self.children().filter(move |_| is_map)
    }

    /// The entries, each of which is judged for itself: that there is a map decides nothing.
    pub(crate) fn each(self) -> impl Iterator<Item = Field<'a>> {
        let is_map = matches!(self.raw(), Some(Value::Object));
        self.children().filter(move |_| is_map)
    }

    /// The string under that key.
    pub fn get(self, key: &'a str) -> Field<'a, Text> {
        self.child(key)
    }

    /// Whether it is a map with at least one entry.
    pub fn has_entries(self) -> bool {
        self.entries().next().is_some()
    }
}

impl Field<'_, Number> {
    /// The number, if it is one.
    #[expect(clippy::cast_precision_loss, reason = "Go decodes into a float as well")]
    pub fn value(self) -> Option<f64> {
        match self.value_here()? {
            Value::Integer(value) => Some(*value as f64),
            Value::Unsigned(value) => Some(*value as f64),
            Value::Float(value) => Some(*value),
            _ => None,
        }
    }
}

impl<'a> Field<'a, List> {
    /// The items, in order.
    pub fn items(self) -> impl Iterator<Item = Field<'a>> {
        let is_list = matches!(self.value_here(), Some(Value::List));
        self.children().filter(move |_| is_list)
    }

    /// The items, each of which is judged for itself or counted: that there is a list decides nothing.
    pub(crate) fn each(self) -> impl Iterator<Item = Field<'a>> {
        let is_list = matches!(self.raw(), Some(Value::List));
        self.children().filter(move |_| is_list)
    }

    /// Those of them that are objects.
    pub(crate) fn objects(self) -> impl Iterator<Item = Field<'a, Object>> {
        self.each().filter_map(Field::present_object)
    }

    /// Whether there is no item: no list, null, or an empty list. A value of a wrong type is neither.
    pub fn is_absent_or_empty(self) -> bool {
        match self.value_here() {
            None | Some(Value::Null) => true,
            Some(Value::List) => self.children().next().is_none(),
            Some(_) => false,
        }
    }
}

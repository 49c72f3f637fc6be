//! Values while an expression runs. What the job says is looked at where it stands; only what is computed is copied.

use std::ops::Deref;
use std::rc::Rc;

use super::run::Budget;
use super::scope::Place;
use super::syntax::Literal;
use super::variables::Record;
use crate::document::{Bool, Field, Integer, List, Map, Number, Shape};
use crate::quoted::Quoted;
use crate::yaml::{self, Entry, Node};

/// A value.
#[derive(Clone, Debug)]
pub(super) enum Value<'v> {
    Null,
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(Text<'v>),
    /// A list of a document.
    JsonList(Field<'v, List>),
    /// An object of a document.
    JsonMap(Field<'v, Map>),
    YamlList(&'v [Node<'v>]),
    YamlMap(&'v [Entry<'v>]),
    List(Rc<[Value<'v>]>),
    Map(Rc<[(Text<'v>, Value<'v>)]>),
    /// An object of which each field is computed when it is asked for.
    Record(Record, Place),
}

/// A text, lent or made.
#[derive(Clone, Debug)]
pub(super) enum Text<'v> {
    Lent(&'v str),
    Made(Rc<str>),
}

/// Why an expression has no answer. None of it quotes a value of the job: only names that the expression itself has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// A field was selected that is not there.
    #[error("there is no field {}: has(…) asks whether there is one", Quoted(.0))]
    NoField(String),
    /// A map has no such key, or a list no such place.
    #[error("what `[…]` asks for is not there: `in` and size() tell what is")]
    NoItem,
    /// An operator has no result for values of these types.
    #[error("{left} `{sign}` {right} has no result")]
    Operands {
        /// The operator.
        sign: &'static str,
        /// What stands left of it.
        left: &'static str,
        /// What stands right of it.
        right: &'static str,
    },
    /// Another type was wanted.
    #[error("{wanted} was wanted, and there is {found}")]
    Type {
        /// What was wanted.
        wanted: &'static str,
        /// What there is.
        found: &'static str,
    },
    /// A number does not fit into its type.
    #[error("a number is too large")]
    Overflow,
    /// An integer was divided by zero.
    #[error("an integer is divided by zero")]
    DivisionByZero,
    /// A text cannot be read as what was wanted.
    #[error("a text is no {0}")]
    Unreadable(&'static str),
    /// The least or the most of nothing.
    #[error("a list is empty, and has neither a least nor a most")]
    Empty,
    /// A quantity of the job is none, so that nothing can be added up.
    #[error("a quantity of the job cannot be read, so that its resources cannot be added up")]
    UnknownAmount,
    /// Nobody has said what labels the namespace has.
    #[error("the labels of the namespace are not known")]
    UnknownLabels,
    /// The budget is spent.
    #[error("it takes too long over this job")]
    TooCostly,
}

impl<'v> Value<'v> {
    pub(super) fn of_literal(literal: &'v Literal) -> Self {
        match literal {
            Literal::Null => Self::Null,
            Literal::Bool(value) => Self::Bool(*value),
            Literal::Int(value) => Self::Int(*value),
            Literal::Double(value) => Self::Double(*value),
            Literal::Text(text) => Self::lent(text),
        }
    }

    pub(super) fn of_json(field: Field<'v>) -> Self {
        let value = match field.shape() {
            None | Some(Shape::Any) => Some(Self::Null),
            Some(Shape::Bool) => field.cast::<Bool>().value().map(Self::Bool),
            // What is beyond 64 bits with a sign is a double.
            Some(Shape::Integer | Shape::Number) => {
                let whole = field.cast::<Integer>().value().map(Self::Int);
                whole.or_else(|| field.cast::<Number>().value().map(Self::Double))
            }
            Some(Shape::Text) => field.cast::<crate::document::Text>().value().map(Self::lent),
            Some(Shape::List) => Some(Self::JsonList(field.cast())),
            Some(Shape::Map | Shape::Object) => Some(Self::JsonMap(field.cast())),
        };
        value.unwrap_or(Self::Null)
    }

    pub(super) fn of_yaml(value: &'v yaml::Value<'v>) -> Self {
        match value {
            yaml::Value::Null => Self::Null,
            yaml::Value::Bool(value) => Self::Bool(*value),
            yaml::Value::Int(value) => Self::Int(*value),
            #[expect(clippy::cast_precision_loss, reason = "what is beyond 64 bits with a sign is a double")]
            yaml::Value::UInt(value) => Self::Double(*value as f64),
            yaml::Value::Float(value) => Self::Double(*value),
            yaml::Value::String(text) => Self::lent(text),
            yaml::Value::Sequence(items) => Self::YamlList(items),
            yaml::Value::Mapping(entries) => Self::YamlMap(entries),
        }
    }

    pub(super) const fn lent(text: &'v str) -> Self {
        Self::Text(Text::Lent(text))
    }

    pub(super) fn made(text: impl Into<Rc<str>>) -> Self {
        Self::Text(Text::Made(text.into()))
    }

    /// The type as a message names it.
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Int(_) => "an integer",
            Self::Double(_) => "a double",
            Self::Text(_) => "a text",
            Self::JsonList(_) | Self::YamlList(_) | Self::List(_) => "a list",
            Self::JsonMap(_) | Self::YamlMap(_) | Self::Map(_) => "a map",
            Self::Record(..) => "an object",
        }
    }

    /// That another type was wanted.
    pub(super) fn is_no<T>(&self, wanted: &'static str) -> Result<T, Failure> {
        Err(Failure::Type { wanted, found: self.kind() })
    }

    /// The items of a list; nothing if it is none.
    pub(super) fn items(&self, budget: &mut Budget) -> Result<Option<Vec<Self>>, Failure> {
        let mut items = Vec::new();
        let mut take = |item: Self| {
            items.push(item);
            budget.spend(1)
        };
        match self {
            Self::JsonList(list) => list.each().try_for_each(|item| take(Self::of_json(item)))?,
            Self::YamlList(nodes) => nodes.iter().try_for_each(|node| take(Self::of_yaml(&node.value)))?,
            Self::List(list) => list.iter().try_for_each(|item| take(item.clone()))?,
            _ => return Ok(None),
        }
        Ok(Some(items))
    }

    /// The entries of a map; nothing if it is none.
    pub(super) fn entries(&self, budget: &mut Budget) -> Result<Option<Vec<(Text<'v>, Self)>>, Failure> {
        let mut entries = Vec::new();
        let mut take = |key: Text<'v>, value: Self| {
            entries.push((key, value));
            budget.spend(1)
        };
        match self {
            Self::JsonMap(map) => {
                map.each().try_for_each(|field| take(Text::Lent(field.key()), Self::of_json(field)))?;
            }
            Self::YamlMap(map) => {
                map.iter()
                    .try_for_each(|entry| take(Text::Lent(&entry.key), Self::of_yaml(&entry.value.value)))?;
            }
            Self::Map(map) => map.iter().try_for_each(|(key, value)| take(key.clone(), value.clone()))?,
            _ => return Ok(None),
        }
        Ok(Some(entries))
    }

    /// The value under a key of a map, if there is one; nothing at all if this is no map.
    #[expect(clippy::option_option, reason = "three cases: a value, no such key, no map")]
    pub(super) fn get(&self, key: &str, budget: &mut Budget) -> Result<Option<Option<Self>>, Failure> {
        let mut is_it = |other: &str| {
            budget.spend(1)?;
            // Only texts of one length are looked at.
            if other.len() == key.len() {
                budget.read(key.len())?;
            }
            Ok(other == key)
        };
        match self {
            Self::JsonMap(map) => {
                for field in map.each() {
                    if is_it(field.key())? {
                        return Ok(Some(Some(Self::of_json(field))));
                    }
                }
            }
            Self::YamlMap(map) => {
                for entry in *map {
                    if is_it(&entry.key)? {
                        return Ok(Some(Some(Self::of_yaml(&entry.value.value))));
                    }
                }
            }
            Self::Map(map) => {
                for (other, value) in map.iter() {
                    if is_it(other)? {
                        return Ok(Some(Some(value.clone())));
                    }
                }
            }
            _ => return Ok(None),
        }
        Ok(Some(None))
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Lent(text) => text,
            Self::Made(text) => text,
        }
    }
}

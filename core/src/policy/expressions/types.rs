//! What can be known about values before there are any: the types of what an expression says.

use super::variables::Record;

/// A type. Of what a job says freely nothing is known before it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Dyn,
    Null,
    Bool,
    Int,
    Double,
    Text,
    List(Item),
    /// A map from texts.
    Map(Item),
    Record(Record),
}

/// The type of all items of a list or map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Dyn,
    Bool,
    Int,
    Double,
    Text,
    Record(Record),
}

impl Type {
    /// The type as a message names it.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Dyn => "any value",
            Self::Null => "null",
            Self::Bool => "a boolean",
            Self::Int => "an integer",
            Self::Double => "a double",
            Self::Text => "a text",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
            Self::Record(_) => "an object",
        }
    }

    /// Whether a value of this type can be one of the other.
    pub(super) fn may_be(self, other: Self) -> bool {
        match (self, other) {
            (Self::Dyn, _) | (_, Self::Dyn) => true,
            (Self::List(left), Self::List(right)) | (Self::Map(left), Self::Map(right)) => {
                Self::from(left).may_be(right.into())
            }
            (Self::Map(_), Self::Record(_)) | (Self::Record(_), Self::Map(_)) => false,
            _ => self == other,
        }
    }

    /// Whether values of both can be equal, or one less than the other: numbers are, whatever their type.
    pub(super) fn may_equal(self, other: Self) -> bool {
        let is_number = |kind| matches!(kind, Self::Int | Self::Double);
        is_number(self) && is_number(other) || self.may_be(other)
    }

    /// The type of both, if they have one in common.
    pub(super) fn joined(self, other: Self) -> Self {
        if self == other { self } else { Self::Dyn }
    }

    /// The type as that of items.
    pub(super) fn item(self) -> Item {
        match self {
            Self::Bool => Item::Bool,
            Self::Int => Item::Int,
            Self::Double => Item::Double,
            Self::Text => Item::Text,
            Self::Record(record) => Item::Record(record),
            Self::Dyn | Self::Null | Self::List(_) | Self::Map(_) => Item::Dyn,
        }
    }
}

impl From<Item> for Type {
    fn from(item: Item) -> Self {
        match item {
            Item::Dyn => Self::Dyn,
            Item::Bool => Self::Bool,
            Item::Int => Self::Int,
            Item::Double => Self::Double,
            Item::Text => Self::Text,
            Item::Record(record) => Self::Record(record),
        }
    }
}

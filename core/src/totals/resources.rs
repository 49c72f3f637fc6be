//! Amounts of resources by name, and how they add up.

use std::collections::BTreeMap;

use super::Count;
use crate::quantity::Quantity;

/// How much of one resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amount {
    /// So much.
    Known(Quantity),
    /// More than any limit: the autoscaler has no maximum, or it is beyond 10^29.
    Unbounded,
    /// Something is no quantity, or a negative one.
    Unknown,
}

impl Amount {
    /// Nothing.
    pub const NONE: Self = Self::Known(Quantity::ZERO);

    /// A quantity, of which a container can ask unless it is below zero.
    pub(super) fn of(quantity: Option<Quantity>) -> Self {
        match quantity {
            Some(quantity) if !quantity.is_negative() => Self::Known(quantity),
            Some(_) | None => Self::Unknown,
        }
    }

    /// The quantity, if it is known.
    pub fn known(&self) -> Option<&Quantity> {
        match self {
            Self::Known(quantity) => Some(quantity),
            Self::Unbounded | Self::Unknown => None,
        }
    }

    fn plus(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Known(left), Self::Known(right)) => {
                left.checked_add(right).map_or(Self::Unbounded, Self::Known)
            }
            (Self::Unbounded, _) | (_, Self::Unbounded) => Self::Unbounded,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
        }
    }

    fn or_more(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Known(left), Self::Known(right)) => Self::Known(left.max(right).clone()),
            _ => self.plus(other),
        }
    }

    fn times(&self, count: Count) -> Self {
        match (self, count) {
            (_, Count::Known(0)) => Self::NONE,
            (Self::Known(each), _) if each.is_zero() => Self::NONE,
            (Self::Known(each), Count::Known(count)) => {
                each.checked_mul(count).map_or(Self::Unbounded, Self::Known)
            }
            (Self::Unknown, Count::Known(_)) => Self::Unknown,
            (Self::Unbounded, _) | (_, Count::Unbounded) => Self::Unbounded,
        }
    }
}

/// Amounts by the names that Kubernetes has for resources; what is not there is not asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resources<'a>(BTreeMap<&'a str, Amount>);

impl<'a> Resources<'a> {
    /// How much of that resource.
    pub fn get(&self, name: &str) -> Amount {
        self.0.get(name).cloned().unwrap_or(Amount::NONE)
    }

    /// Whether it is asked for.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// How many resources there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, &Amount)> {
        self.0.iter().map(|(name, amount)| (*name, amount))
    }

    pub(super) fn set(&mut self, name: &'a str, amount: Amount) {
        self.0.insert(name, amount);
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.merge(other, Amount::plus);
    }

    /// Makes each as large as that of the other if it is smaller.
    pub(super) fn raise(&mut self, other: &Self) {
        self.merge(other, Amount::or_more);
    }

    pub(super) fn times(&self, count: Count) -> Self {
        Self(self.0.iter().map(|(name, amount)| (*name, amount.times(count))).collect())
    }

    fn merge(&mut self, other: &Self, merged: impl Fn(&Amount, &Amount) -> Amount) {
        for (name, amount) in &other.0 {
            let mine = self.0.entry(*name).or_insert(Amount::NONE);
            *mine = merged(mine, amount);
        }
    }
}

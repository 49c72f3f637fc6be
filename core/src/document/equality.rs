//! Whether two values mean the same.

use super::{Field, Value};

/// Whether two fields hold the same value; null and absent are the same.
pub fn same_values(left: Field<'_>, right: Field<'_>) -> bool {
    match (present(left), present(right)) {
        (None, None) => true,
        (Some(Value::Object), Some(Value::Object)) => {
            left.children().all(|child| same_values(child, right.child(child.key())))
                && right.children().all(|child| {
                    child.raw() == Some(&Value::Null) || left.child::<super::Any>(child.key()).raw().is_some()
                })
        }
        (Some(Value::List), Some(Value::List)) => {
            let (mut lefts, mut rights) = (left.children(), right.children());
            loop {
                match (lefts.next(), rights.next()) {
                    (None, None) => return true,
                    (Some(left), Some(right)) if same_values(left, right) => {}
                    _ => return false,
                }
            }
        }
        (Some(left), Some(right)) => left == right,
        _ => false,
    }
}

fn present(field: Field<'_>) -> Option<&Value<'_>> {
    field.raw().filter(|value| **value != Value::Null)
}

//! Whether two values mean the same to the operator that decodes them.
//!
//! Go's decoder makes one value of many spellings: absent, null and (where the Go type is no pointer) zero or empty are
//! the same, and so are `1024Mi` and `1Gi`. The table of [`crate::go_types`] knows which. Two values that the decoder
//! cannot take, or does not know, are the same only if their JSON is.

use std::iter::Peekable;

use super::{Field, Value};
use crate::go_types::time::Instant;
use crate::go_types::{Leaf, Struct, StructField, Type};
use crate::quantity::Quantity;

/// Whether two fields decode to the same value of this Go type, as `equality.Semantic.DeepEqual` of Kubernetes sees it.
///
/// Fields that the type does not know are compared, too: a newer KubeRay knows them.
pub fn same_values(left: Field<'_>, right: Field<'_>, go_type: Type) -> bool {
    identical(left, right) || same(Some(left), Some(right), go_type)
}

/// Whether two places in two objects of this type hold the same value.
pub fn same_fields(left: Field<'_>, right: Field<'_>, root: &'static Struct) -> bool {
    // Most updates leave most as it is, and to see that takes no types.
    let Some(there) = [left, right].into_iter().find(|field| field.raw().is_some()) else { return true };
    identical(left, right)
        || match there.go_type(root) {
            Some(go_type) => same(Some(left), Some(right), go_type),
            None => same_json(Some(left), Some(right)),
        }
}

fn same(left: Option<Field<'_>>, right: Option<Field<'_>>, go_type: Type) -> bool {
    match (value_of(left), value_of(right)) {
        (None, None) => true,
        (Some((field, value)), None) | (None, Some((field, value))) => is_zero(field, value, go_type),
        (Some((left, left_value)), Some((right, right_value))) => match go_type {
            Type::Pointer(target) => same(Some(left), Some(right), *target),
            Type::Leaf(leaf) => identical(left, right) || same_leaves(left_value, right_value, leaf),
            _ if left_value != right_value => false,
            Type::Struct(known) if *left_value == Value::Object => same_structs(left, right, known),
            Type::Map(item) if *left_value == Value::Object => {
                same_entries(left, right, |_, left, right| match (left, right) {
                    (Some(_), Some(_)) => same(left, right, *item),
                    // A null in a map is an entry with the zero value.
                    _ => false,
                })
            }
            Type::List(item) if *left_value == Value::List => {
                same_items(left, right, |left, right| same(Some(left), Some(right), *item))
            }
            _ => same_json(Some(left), Some(right)),
        },
    }
}

fn value_of<'f, 'a>(field: Option<Field<'a>>) -> Option<(Field<'a>, &'f Value<'a>)>
where
    'a: 'f,
{
    let field = field?;
    Some((field, field.raw().filter(|value| **value != Value::Null)?))
}

/// Whether a present value is what the decoder makes of an absent one.
fn is_zero(field: Field<'_>, value: &Value<'_>, go_type: Type) -> bool {
    match (go_type, value) {
        (Type::Leaf(leaf), value) => is_zero_leaf(value, leaf),
        (Type::List(_), Value::List) | (Type::Map(_), Value::Object) => field.children().next().is_none(),
        (Type::Struct(known), Value::Object) => field.children().all(|child| match value_of(Some(child)) {
            None => true,
            Some((child, value)) => {
                known.newest_field(child.key()).is_some_and(|field| is_zero(child, value, field.go_type()))
            }
        }),
        _ => false,
    }
}

fn is_zero_leaf(value: &Value<'_>, leaf: Leaf) -> bool {
    match (leaf, value) {
        (Leaf::String, Value::Text(text)) => text.is_empty(),
        (Leaf::Bool, Value::Bool(value)) => !value,
        (Leaf::Int32 | Leaf::Int64 | Leaf::IntOrString, Value::Integer(value)) => *value == 0,
        (Leaf::Float32, value) => float32(value) == Some(0.0),
        (Leaf::Quantity, value) => quantity(value).is_some_and(|quantity| quantity.is_zero()),
        (Leaf::Time, value) => instant(value) == Some(Instant::ZERO),
        _ => false,
    }
}

/// Whether two values that are not written the same are the same.
fn same_leaves(left: &Value<'_>, right: &Value<'_>, leaf: Leaf) -> bool {
    match leaf {
        Leaf::Float32 => float32(left).is_some_and(|left| float32(right) == Some(left)),
        Leaf::Quantity => quantity(left).is_some_and(|left| quantity(right) == Some(left)),
        Leaf::Time => instant(left).is_some_and(|left| instant(right) == Some(left)),
        Leaf::String | Leaf::Bool | Leaf::Int32 | Leaf::Int64 | Leaf::IntOrString | Leaf::Raw => false,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "the decoder rounds in the same way"
)]
fn float32(value: &Value<'_>) -> Option<f32> {
    let float = match value {
        Value::Integer(value) => *value as f32,
        Value::Unsigned(value) => *value as f32,
        Value::Float(value) => *value as f32,
        _ => return None,
    };
    float.is_finite().then_some(float)
}

pub(super) fn quantity(value: &Value<'_>) -> Option<Quantity> {
    match value {
        Value::Text(text) => Quantity::from_json_text(text).ok(),
        Value::Integer(value) => Some((*value).into()),
        Value::Unsigned(value) => Some((*value).into()),
        Value::Float(value) => Quantity::from_json_number(*value).ok(),
        _ => None,
    }
}

fn instant(value: &Value<'_>) -> Option<Instant> {
    match value {
        Value::Text(text) => Instant::from_rfc3339(text),
        _ => None,
    }
}

fn same_structs(left: Field<'_>, right: Field<'_>, known: &Struct) -> bool {
    same_entries(left, right, |key, left, right| match known.newest_field(key).map(StructField::go_type) {
        Some(go_type) => same(left, right, go_type),
        None => same_json(left, right),
    })
}

/// Whether two values are the same to a decoder of which nothing is known but that null is nothing.
fn same_json(left: Option<Field<'_>>, right: Option<Field<'_>>) -> bool {
    let ((left, left_value), (right, right_value)) = match (value_of(left), value_of(right)) {
        (None, None) => return true,
        (Some(left), Some(right)) => (left, right),
        _ => return false,
    };
    left_value == right_value
        && match left_value {
            Value::Object => same_entries(left, right, |_, left, right| same_json(left, right)),
            Value::List => same_items(left, right, |left, right| same_json(Some(left), Some(right))),
            _ => true,
        }
}

/// Whether two values are written the same, up to blanks and escapes.
fn identical(left: Field<'_>, right: Field<'_>) -> bool {
    let ((left_start, left), (right_start, right)) = (left.subtree(), right.subtree());
    left.len() == right.len()
        && left.iter().zip(right).enumerate().all(|(at, (left, right))| {
            left.value == right.value
                && left.end - left_start == right.end - right_start
                && (at == 0 || left.key == right.key)
        })
}

fn same_items<'a>(
    left: Field<'a>,
    right: Field<'a>,
    mut same: impl FnMut(Field<'a>, Field<'a>) -> bool,
) -> bool {
    let mut rights = right.children();
    left.children().all(|left| rights.next().is_some_and(|right| same(left, right)))
        && rights.next().is_none()
}

/// Compares the entries of two objects key by key, in whatever order they stand.
fn same_entries<'a>(
    left: Field<'a>,
    right: Field<'a>,
    same: impl FnMut(&str, Option<Field<'a>>, Option<Field<'a>>) -> bool,
) -> bool {
    // The API server sorts keys; only files need the detour.
    if is_sorted(left.children()) && is_sorted(right.children()) {
        return merge(left.children(), right.children(), same);
    }
    merge(sorted(left).into_iter(), sorted(right).into_iter(), same)
}

fn is_sorted<'a>(entries: impl Iterator<Item = Field<'a>>) -> bool {
    entries.map(Field::key).is_sorted_by(|left, right| left < right)
}

/// The entries in the order of their keys, of which none stands there twice.
fn sorted(object: Field<'_>) -> Vec<Field<'_>> {
    let mut entries = object.children().collect::<Vec<_>>();
    entries.sort_unstable_by_key(|entry| entry.key());
    entries
}

fn merge<'a>(
    left: impl Iterator<Item = Field<'a>>,
    right: impl Iterator<Item = Field<'a>>,
    mut same: impl FnMut(&str, Option<Field<'a>>, Option<Field<'a>>) -> bool,
) -> bool {
    let (mut left, mut right) = (left.peekable(), right.peekable());
    while let Some(key) = smaller_key(&mut left, &mut right) {
        if !same(key, left.next_if(|it| it.key() == key), right.next_if(|it| it.key() == key)) {
            return false;
        }
    }
    true
}

fn smaller_key<'a>(
    left: &mut Peekable<impl Iterator<Item = Field<'a>>>,
    right: &mut Peekable<impl Iterator<Item = Field<'a>>>,
) -> Option<&'a str> {
    match (left.peek(), right.peek()) {
        (Some(left), Some(right)) => Some(left.key().min(right.key())),
        (left, right) => left.or(right).map(|entry| entry.key()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Document;
    use super::*;
    use crate::go_types::RAY_JOB;

    fn document(json: &str) -> Document<'_> {
        serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"))
    }

    /// Whether two specs are the same, looked at from both sides.
    fn same_specs(left: &str, right: &str) -> bool {
        let (left, right) = (format!(r#"{{"spec":{left}}}"#), format!(r#"{{"spec":{right}}}"#));
        let (left, right) = (document(&left), document(&right));
        let (left, right) = (left.root().any(), right.root().any());
        let there = same_values(left, right, Type::Struct(RAY_JOB));
        assert_eq!(there, same_values(right, left, Type::Struct(RAY_JOB)));
        assert_eq!(there, same_fields(left.child("spec"), right.child("spec"), RAY_JOB));
        there
    }

    #[test]
    fn what_decodes_to_the_same_value_is_the_same() {
        for (left, right) in [
            ("null", "{}"),
            (r#"{"suspend":false,"entrypoint":"","ttlSecondsAfterFinished":0}"#, "{}"),
            (r#"{"backoffLimit":null,"metadata":{},"clusterSelector":null}"#, "{}"),
            (r#"{"entrypointNumCpus":1}"#, r#"{"entrypointNumCpus":1.0}"#),
            (r#"{"entrypointNumCpus":16777217}"#, r#"{"entrypointNumCpus":16777216}"#),
            (r#"{"jobId":"a","entrypoint":"b"}"#, r#"{"entrypoint":"b","jobId":"a"}"#),
            (r#"{"newer":{"a":null}}"#, r#"{"newer":{}}"#),
        ] {
            assert!(same_specs(left, right), "{left} and {right}");
        }
    }

    #[test]
    fn what_decodes_to_another_value_is_different() {
        for (left, right) in [
            (r#"{"backoffLimit":0}"#, "{}"),
            (r#"{"rayClusterSpec":{}}"#, "{}"),
            (r#"{"metadata":{"a":null}}"#, "{}"),
            (r#"{"metadata":{"a":"","b":""}}"#, r#"{"metadata":{"a":"","c":""}}"#),
            (r#"{"jobId":"a"}"#, r#"{"jobId":"b"}"#),
            (r#"{"JobId":"a"}"#, "{}"),
            (r#"{"newer":{}}"#, "{}"),
            (r#"{"suspend":"false"}"#, "{}"),
            (r#"{"entrypointNumCpus":1e39}"#, r#"{"entrypointNumCpus":1e40}"#),
        ] {
            assert!(!same_specs(left, right), "{left} and {right}");
        }
    }

    #[test]
    fn templates_of_pods_are_compared_by_their_types() {
        let container = |fields: &str| {
            format!(r#"{{"submitterPodTemplate":{{"spec":{{"containers":[{{"name":"a"{fields}}}]}}}}}}"#)
        };
        let memory = |text: &str| container(&format!(r#","resources":{{"limits":{{"memory":{text}}}}}"#));
        assert!(same_specs(&container(r#","resources":{},"env":[]"#), &container("")));
        assert!(same_specs(&memory(r#""1024Mi""#), &memory(r#""1Gi""#)));
        assert!(same_specs(&memory("1500"), &memory(r#""1.5k""#)));
        assert!(same_specs(&memory("0.5"), &memory(r#""500m""#)));
        assert!(!same_specs(&memory(r#""1e1.5""#), &memory(r#""1e2.5""#)));
        assert!(!same_specs(&memory("null"), &container("")), "a null in a map is an entry of 0");
        assert!(same_specs(&memory("null"), &memory("0")));
        let security = |value: &str| container(&format!(r#","securityContext":{value}"#));
        assert!(same_specs(&security(r#"{"runAsNonRoot":null}"#), &security("{}")));
        assert!(!same_specs(&security(r#"{"runAsNonRoot":false}"#), &security("{}")));
        assert!(!same_specs(&security("{}"), &container("")));
    }
}

//! Which values of an object are not what KubeRay's Go types make of such a place, found in one walk.
//!
//! Each value is judged as the decoder of the operator's informers judges it (`sigs.k8s.io/json`, which minds upper and
//! lower case): one that it refuses is refused with the whole list of objects, and the operator stands still for all.
//! `evaluate` and `guard` hand the misfits to the rules that put them into words.

use super::{Document, Field, Node, Object, Value};
use crate::go_types::time::Instant;
use crate::go_types::{ApiVersion, Leaf, Struct, Type};
use crate::kuberay::KubeRayVersion;
use crate::quantity::{Quantity, QuantityError};

/// A value that does not fit its place.
#[derive(Clone, Copy, Debug)]
pub struct Misfit<'a> {
    /// The place.
    pub field: Field<'a>,
    /// What is the matter with it.
    pub problem: Problem,
}

/// Why a value does not fit.
#[derive(Clone, Copy, Debug)]
pub enum Problem {
    /// The JSON type is not that of this Go type.
    WrongType(Type),
    /// The JSON type is right, but Go cannot decode this value.
    Undecodable(Undecodable),
    /// This struct has no such field in that version: the decoder drops it.
    Unknown(&'static Struct, KubeRayVersion),
    /// The API server drops the field before anybody else sees it.
    Pruned(Pruned),
    /// The API server refuses the object because of this place.
    Refused(Refused),
}

/// Why the API server drops a field.
#[derive(Clone, Copy, Debug)]
pub enum Pruned {
    /// This struct has no such field in that version.
    Unknown(&'static Struct, KubeRayVersion),
    /// KubeRay has the field, but not in this version of the API.
    NotIn(ApiVersion),
    /// Only the metadata of a whole object has the field, and this is that of a template.
    NotInTemplate,
}

/// Why the API server refuses an object, where it is not for a type.
#[derive(Clone, Copy, Debug)]
pub enum Refused {
    /// The field must be there, and is of this type.
    Missing(Type),
    /// The item of a list is null.
    Null,
    /// The text is none of these.
    NotOneOf(&'static [&'static str]),
    /// The number is less than this.
    Below(i64),
    /// The list has no item, or the text no character.
    Empty,
    /// An earlier item of the list has the same values under these keys; without keys, it is the same.
    Repeated(&'static [&'static str]),
    /// The quantity is a number with a fraction, or beyond 64 bits: it must be a text.
    Unquoted,
    /// The text is no quantity to the schema, though it may be one to KubeRay.
    Form,
}

/// Why Go cannot decode a value of the right JSON type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undecodable {
    /// The integer does not fit into 32 bits.
    Int32,
    /// The integer does not fit into 64 bits.
    Int64,
    /// The number is beyond a `float32`.
    Float32,
    /// The text is no quantity, or one that Go computes with for minutes.
    Quantity(QuantityError),
    /// The text is no time as RFC 3339 writes it.
    Time,
}

/// All values of an object that do not fit that type as this version of KubeRay has it, in document order.
///
/// `status` is left out: what a request says there is dropped unless it is to `/status`, and only there it can be mended.
pub fn misfits<'a>(
    object: Field<'a, Object>,
    root: &'static Struct,
    version: KubeRayVersion,
) -> Vec<Misfit<'a>> {
    let mut walk = Walk { document: object.document(), version, found: Vec::new() };
    if let Some(node) = walk.document.node(object.position()) {
        walk.object(object.position(), node, root, Some("status"));
    }
    walk.found
}

struct Walk<'a> {
    document: &'a Document<'a>,
    version: KubeRayVersion,
    found: Vec<Misfit<'a>>,
}

impl<'a> Walk<'a> {
    fn value(&mut self, at: u32, node: &'a Node<'a>, go_type: Type) {
        match (go_type, &node.value) {
            (_, Value::Null) => {}
            (Type::Pointer(target), _) => self.value(at, node, *target),
            (Type::Leaf(leaf), value) => {
                if let Some(problem) = problem_of(value, leaf) {
                    self.report(at, problem);
                }
            }
            (Type::Struct(known), Value::Object) => self.object(at, node, known, None),
            (Type::Map(item), Value::Object) | (Type::List(item), Value::List) => {
                let mut next = at + 1;
                while let Some(child) = self.document.node(next).filter(|_| next < node.end) {
                    self.value(next, child, *item);
                    next = child.end;
                }
            }
            (Type::Struct(_) | Type::Map(_) | Type::List(_), _) => {
                self.report(at, Problem::WrongType(go_type));
            }
        }
    }

    fn object(&mut self, at: u32, node: &'a Node<'a>, known: &'static Struct, except: Option<&str>) {
        let (mut next, mut row) = (at + 1, 0);
        while let Some(child) = self.document.node(next).filter(|_| next < node.end) {
            match known.field_from(row, &child.key, self.version) {
                Some((found, field)) => {
                    row = found;
                    if except.is_none_or(|except| except != field.key()) {
                        self.value(next, child, field.go_type());
                    }
                }
                None => self.report(next, Problem::Unknown(known, self.version)),
            }
            next = child.end;
        }
    }

    #[cold]
    fn report(&mut self, at: u32, problem: Problem) {
        self.found.extend(Field::at(self.document, at).map(|field| Misfit { field, problem }));
    }
}

/// What the decoder has against a value that is there and not null.
pub(super) fn problem_of(value: &Value<'_>, leaf: Leaf) -> Option<Problem> {
    let undecodable = |refused: bool, why| refused.then_some(Problem::Undecodable(why));
    match (leaf, value) {
        (Leaf::String | Leaf::IntOrString, Value::Text(_))
        | (Leaf::Bool, Value::Bool(_))
        | (Leaf::Float32 | Leaf::Quantity, Value::Integer(_) | Value::Unsigned(_))
        | (Leaf::Raw, _) => None,
        (Leaf::Int32 | Leaf::IntOrString, value) if is_whole(value) => {
            undecodable(integer(value).is_none_or(|value| i32::try_from(value).is_err()), Undecodable::Int32)
        }
        (Leaf::Int64, value) if is_whole(value) => undecodable(integer(value).is_none(), Undecodable::Int64),
        (Leaf::Float32, Value::Float(value)) => undecodable(overflows_float32(*value), Undecodable::Float32),
        (Leaf::Quantity, Value::Float(value)) => Quantity::from_json_number(*value)
            .err()
            .map(|why| Problem::Undecodable(Undecodable::Quantity(why))),
        (Leaf::Quantity, Value::Text(text)) => {
            Quantity::from_json_text(text).err().map(|why| Problem::Undecodable(Undecodable::Quantity(why)))
        }
        (Leaf::Time, Value::Text(text)) => {
            undecodable(Instant::from_rfc3339(text).is_none(), Undecodable::Time)
        }
        (leaf, _) => Some(Problem::WrongType(Type::Leaf(leaf))),
    }
}

/// Whether the number has no fraction: the API server writes `1.0` as `1`.
fn is_whole(value: &Value<'_>) -> bool {
    match value {
        Value::Integer(_) | Value::Unsigned(_) => true,
        Value::Float(value) => value.fract() == 0.0,
        _ => false,
    }
}

/// A whole number, if it fits into 64 bits.
fn integer(value: &Value<'_>) -> Option<i64> {
    // 2^63. Go writes its negative as -9223372036854776000, so that neither fits.
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    match value {
        Value::Integer(value) => Some(*value),
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and fits")]
        Value::Float(value) if value.abs() < LIMIT => Some(*value as i64),
        _ => None,
    }
}

/// Go reads the digits that the API server has written, so that halfway to infinity is decided by these.
fn overflows_float32(value: f64) -> bool {
    value.abs() > f64::from(f32::MAX) && format!("{value:e}").parse::<f32>().is_ok_and(f32::is_infinite)
}

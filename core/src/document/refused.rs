//! What the API server would refuse in an object because of its schema, beyond what the types say.
//!
//! It is asked only about files: what a webhook sees has passed the schema. The object is one as
//! [`as_stored`](super::as_stored) leaves it; rules put into words what is found.

use super::{Any, Document, Field, Misfit, Problem, Refused, Value};
use crate::go_types::{Keyword, Leaf, Schema, Struct, Type};

/// All places for which the API server refuses the object, in document order. Wrong types are found by
/// [`misfits`](super::misfits).
pub fn refused<'a>(stored: &'a Document<'a>, schema: Schema) -> Vec<Misfit<'a>> {
    let mut walk = Walk { schema, found: Vec::new() };
    walk.value(stored.root().any(), Type::Struct(schema.root()), &[]);
    walk.found
}

struct Walk<'a> {
    schema: Schema,
    found: Vec<Misfit<'a>>,
}

impl<'a> Walk<'a> {
    fn value(&mut self, field: Field<'a>, go_type: Type, words: &'static [Keyword]) {
        let Some(value) = field.raw() else { return };
        for problem in words.iter().filter_map(|word| problem_with(value, field, *word)) {
            self.report(field, problem);
        }
        match (go_type.target(), value) {
            (Type::Struct(known), Value::Object) => self.object(field, known),
            (Type::Map(item), Value::Object) => {
                field.children().for_each(|child| self.value(child, *item, &[]));
            }
            (Type::List(item), Value::List) => {
                for child in field.children() {
                    if child.raw() == Some(&Value::Null) {
                        self.report(child, Refused::Null);
                    }
                    self.value(child, *item, &[]);
                }
                self.repeated(field, words);
            }
            (Type::Leaf(Leaf::Quantity), Value::Float(_) | Value::Unsigned(_)) if !is_integer(value) => {
                self.report(field, Refused::Unquoted);
            }
            (Type::Leaf(Leaf::Quantity), Value::Text(text)) if !has_form_of_quantity(text) => {
                self.report(field, Refused::Form);
            }
            _ => {}
        }
    }

    fn object(&mut self, object: Field<'a>, known: &'static Struct) {
        for child in object.children() {
            // The metadata of the object itself has no schema: the API server reads it as Go does.
            if object.position() == 0 && child.key() == "metadata" {
                continue;
            }
            if let Some(field) = known.field(child.key(), self.schema.kuberay()) {
                self.value(child, field.go_type(), field.schema());
            }
        }
        let schema = self.schema;
        for field in schema.fields(known).filter(|field| schema.requires(field)) {
            let child = object.child(field.key());
            if child.raw().is_none() {
                self.report(child, Refused::Missing(field.go_type()));
            }
        }
    }

    /// Finds the items of a list that stand for the same entry as an earlier one.
    fn repeated(&mut self, list: Field<'a>, words: &'static [Keyword]) {
        let keys = match words.iter().find(|word| matches!(word, Keyword::KeyedBy(_) | Keyword::Set)) {
            Some(Keyword::KeyedBy(keys)) => *keys,
            Some(_) => &[],
            None => return,
        };
        let mut seen: Vec<Vec<Option<&Value<'a>>>> = Vec::new();
        for item in list.children() {
            let entry: Vec<_> = match keys {
                [] => vec![item.raw()],
                keys => keys.iter().map(|key| item.child::<Any>(key).raw()).collect(),
            };
            if seen.contains(&entry) {
                self.report(item, Refused::Repeated(keys));
            } else {
                seen.push(entry);
            }
        }
    }

    fn report(&mut self, field: Field<'a>, why: Refused) {
        self.found.push(Misfit { field, problem: Problem::Refused(why) });
    }
}

/// What one word of the schema has against a value of the right type.
fn problem_with(value: &Value<'_>, field: Field<'_>, word: Keyword) -> Option<Refused> {
    match (word, value) {
        (Keyword::OneOf(known), Value::Text(text)) if !known.contains(&&**text) => {
            Some(Refused::NotOneOf(known))
        }
        (Keyword::Minimum(least), Value::Integer(value)) if *value < least => Some(Refused::Below(least)),
        (Keyword::NotEmpty, Value::Text(text)) if text.is_empty() => Some(Refused::Empty),
        (Keyword::NotEmpty, Value::List) if field.children().next().is_none() => Some(Refused::Empty),
        _ => None,
    }
}

/// Whether the API server takes the number for an integer: it lets a little stand behind the point of a large one
/// (`swag.IsFloat64AJSONInteger`).
fn is_integer(value: &Value<'_>) -> bool {
    /// Whole numbers up to here are exact in a float.
    const LIMIT: f64 = 9_007_199_254_740_991.0;
    const EPSILON: f64 = 1e-9;
    let Value::Float(value) = value else { return false };
    let away = (value - value.round()).abs();
    value.abs() <= LIMIT && (away == 0.0 || away < EPSILON * value.round().abs())
}

/// Whether the text is what the schema's pattern for quantities matches: a sign, a number, and a unit or an exponent.
fn has_form_of_quantity(text: &str) -> bool {
    let Some(unit) = after_number(text) else { return false };
    let is_unit = match unit.as_bytes() {
        [] | [b'n' | b'u' | b'm' | b'k' | b'M' | b'G' | b'T' | b'P' | b'E'] => true,
        [prefix, b'i'] => b"KMGTPE".contains(prefix),
        _ => false,
    };
    is_unit || unit.strip_prefix(['e', 'E']).and_then(after_number) == Some("")
}

/// What follows a number with or without a sign, which needs a digit on one side of its point.
fn after_number(text: &str) -> Option<&str> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, rest) = text.split_at(digits(text));
    let Some(behind) = rest.strip_prefix('.') else { return (!whole.is_empty()).then_some(rest) };
    let (fraction, rest) = behind.split_at(digits(behind));
    (!whole.is_empty() || !fraction.is_empty()).then_some(rest)
}

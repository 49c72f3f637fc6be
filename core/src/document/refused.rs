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
            (Type::Leaf(Leaf::Quantity), Value::Float(value)) if value.fract() != 0.0 => {
                self.report(field, Refused::Fraction);
            }
            (Type::Leaf(Leaf::Quantity), Value::Text(text)) if text.trim().len() < text.len() => {
                self.report(field, Refused::Blanks);
            }
            _ => {}
        }
    }

    fn object(&mut self, object: Field<'a>, known: &'static Struct) {
        for child in object.children() {
            if let Some(field) = known.field(child.key(), self.schema.kuberay()) {
                self.value(child, field.go_type(), field.schema());
            }
        }
        let schema = self.schema;
        for field in schema.fields(known).filter(|field| schema.requires(field)) {
            let child = object.child(field.key());
            if child.raw().is_none() {
                self.report(child, Refused::Missing);
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

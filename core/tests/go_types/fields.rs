//! Each field of each Go type once, in small RayJob objects: absent, null, empty, and with a few values.

use std::collections::{HashSet, VecDeque};
use std::ptr;

use raygate_core::go_types::{RAY_JOB, Struct, StructField, Type};
use serde_json::{Value, json};

use crate::go;
use crate::objects;
use crate::random::Random;

/// One step down into an object.
#[derive(Clone, Copy)]
enum Step {
    Key(&'static str),
    Item,
    Entry,
}

/// Two objects that differ in nothing but how they spell one field.
pub(crate) fn pairs(random: &mut Random) -> Vec<[Value; 2]> {
    let mut pairs = Vec::new();
    for (path, known) in structs() {
        for field in oracles_fields(known) {
            let values = values(random, field.go_type());
            let object = |value: &Option<Value>| {
                let value = value.as_ref().map_or(json!({}), |value| json!({ field.key(): value }));
                path.iter().rfold(value, |value, step| match step {
                    Step::Key(key) => json!({ *key: value }),
                    Step::Item => json!([value]),
                    Step::Entry => json!({ "a": value }),
                })
            };
            for (at, left) in values.iter().enumerate() {
                pairs.extend(values.iter().skip(at + 1).map(|right| [object(left), object(right)]));
            }
        }
    }
    pairs
}

/// What the KubeRay knows that the oracle is built with.
pub(crate) fn oracles_fields(known: &'static Struct) -> impl Iterator<Item = &'static StructField> {
    known.fields().iter().filter(|field| field.is_in(go::BUILT_WITH_VERSION))
}

fn values(random: &mut Random, go_type: Type) -> Vec<Option<Value>> {
    let mut values = vec![None, Some(Value::Null), Some(objects::empty(go_type))];
    values.extend((0..4).map(|_| Some(objects::value(random, go_type, 3))));
    values
}

/// Every struct of the table, at the end of a shortest way to it.
fn structs() -> Vec<(Vec<Step>, &'static Struct)> {
    let (mut seen, mut found) = (HashSet::new(), Vec::new());
    let mut ahead = VecDeque::from([(Vec::new(), Type::Struct(RAY_JOB))]);
    while let Some((path, go_type)) = ahead.pop_front() {
        let step = |step: &[Step]| [path.as_slice(), step].concat();
        match go_type {
            Type::Pointer(target) => ahead.push_back((path, *target)),
            Type::List(item) => ahead.push_back((step(&[Step::Item]), *item)),
            Type::Map(item) => ahead.push_back((step(&[Step::Entry]), *item)),
            Type::Struct(known) if seen.insert(ptr::from_ref(known)) => {
                // In the metadata of the whole object, the reader leaves out who manages which field; the metadata of
                // a template is of the same type.
                let whole = path.is_empty();
                for field in oracles_fields(known).filter(|field| !(whole && field.key() == "metadata")) {
                    ahead.push_back((step(&[Step::Key(field.key())]), field.go_type()));
                }
                found.push((path, known));
            }
            Type::Struct(_) | Type::Leaf(_) => {}
        }
    }
    found
}

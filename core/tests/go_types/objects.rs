//! RayJobs, nearly alike: KubeRay's samples and random objects, changed by the table of their types.

use raygate_core::go_types::{Leaf, Struct, Type};
use serde_json::{Map, Value, json};

use crate::fields::oracles_fields;
use crate::go::BUILT_WITH_VERSION;
use crate::random::Random;

/// An object of the type with a few random fields at each level, down to this depth.
pub(crate) fn value(random: &mut Random, go_type: Type, depth: usize) -> Value {
    if random.percent(4) {
        return Value::Null;
    }
    match go_type {
        Type::Leaf(kind) => leaf(random, kind),
        Type::Pointer(target) => value(random, *target, depth),
        Type::List(item) => {
            let length = if depth == 0 { 0 } else { random.below(3) };
            (0..length).map(|_| value(random, *item, depth - 1)).collect()
        }
        Type::Map(item) => {
            let length = if depth == 0 { 0 } else { random.below(3) };
            let keys = ["cpu", "memory", "example.com/a"];
            (0..length).map(|_| (random.pick(&keys).to_owned(), value(random, *item, depth - 1))).collect()
        }
        Type::Struct(known) => {
            let length = if depth == 0 { 0 } else { random.below(4) };
            let mut object = Map::new();
            for _ in 0..length {
                add_field(random, &mut object, known, depth - 1);
            }
            object.into()
        }
    }
}

/// Sets a field that the type knows.
fn add_field(random: &mut Random, object: &mut Map<String, Value>, known: &'static Struct, depth: usize) {
    // The reader leaves out who manages which field.
    let fields = oracles_fields(known).filter(|field| field.key() != "managedFields").collect::<Vec<_>>();
    if !fields.is_empty() {
        let field = random.pick(&fields);
        object.insert(field.key().to_owned(), value(random, field.go_type(), depth));
    }
}

fn leaf(random: &mut Random, kind: Leaf) -> Value {
    if random.below(150) == 0 {
        return pick(random, json!([true, "1e1.5", 99_999_999_999_999_999_999.0, 1.5, [], {}]));
    }
    match kind {
        Leaf::String => random.pick(&["", "", "a", "b"]).into(),
        Leaf::Bool => random.percent(50).into(),
        Leaf::Int32 | Leaf::Int64 => random.pick(&[0, 0, 1, 7, i32::MAX]).into(),
        Leaf::Float32 => pick(random, json!([0, 0.0, 1, 1.0, 0.5, 0.1, 16_777_217, 16_777_216.0])),
        Leaf::Quantity => quantity(random),
        Leaf::IntOrString => pick(random, json!([0, 80, "80", "", "http"])),
        Leaf::Time => random.pick(&TIMES).into(),
        Leaf::Raw => json!({"f:a": random.below(2)}),
    }
}

const TIMES: [&str; 7] = [
    "0001-01-01T00:00:00Z",
    "2026-01-01T00:00:00Z",
    "2026-01-01T01:00:00+01:00",
    "2025-12-31T18:30:00-05:30",
    "2026-01-01T00:00:00.5Z",
    "2026-01-01T00:00:00.500Z",
    "2024-02-29T23:59:59Z",
];

/// In each row, one value.
const QUANTITIES: [&[&str]; 7] = [
    &["0", "0Ki", "-0", "0.0"],
    &["1", "1000m", "1.0", "1e0", "+1", " 1 "],
    &["1024Mi", "1Gi", "1073741824", "1048576Ki", "1.0Gi"],
    &["0.5", "500m", ".5", "5e-1"],
    &["0.1n", "1n", "0.5n"],
    &["9Ei", "8Ei", "9223372036854775807"],
    &["1k", "1e3", "1000"],
];

fn quantity(random: &mut Random) -> Value {
    if random.percent(25) {
        return pick(random, json!([0, 1, 1.0, 0.5, 1000, 1_073_741_824, 1e3]));
    }
    let row = random.pick(&QUANTITIES);
    random.pick(row).into()
}

/// One item of a JSON list.
fn pick(random: &mut Random, list: Value) -> Value {
    let Value::Array(mut items) = list else { return list };
    let at = random.below(items.len());
    items.swap_remove(at)
}

/// Changes something somewhere below the value, possibly nothing that counts.
pub(crate) fn change(random: &mut Random, object: &mut Value, go_type: Type) {
    match (go_type, object) {
        (Type::Pointer(target), object) => change(random, object, *target),
        (Type::Struct(known), Value::Object(fields)) => change_struct(random, fields, known),
        (Type::Map(item), Value::Object(entries)) if !entries.is_empty() => {
            let key = pick_key(random, entries);
            match random.below(8) {
                0 => drop(entries.remove(&key)),
                1 => drop(entries.insert(format!("{key}2"), value(random, *item, 1))),
                _ => {
                    if let Some(entry) = entries.get_mut(&key) {
                        change(random, entry, *item);
                    }
                }
            }
        }
        (Type::List(item), Value::Array(items)) if !items.is_empty() => {
            let at = random.below(items.len());
            match random.below(8) {
                0 => drop(items.remove(at)),
                1 => items.push(value(random, *item, 1)),
                _ => change(random, &mut items[at], *item),
            }
        }
        (_, object) => *object = value(random, go_type, 2),
    }
}

fn change_struct(random: &mut Random, fields: &mut Map<String, Value>, known: &'static Struct) {
    if fields.is_empty() || random.percent(25) {
        return add_field(random, fields, known, 2);
    }
    let key = pick_key(random, fields);
    let Some(field) = known.field(&key, BUILT_WITH_VERSION) else { return };
    let go_type = field.go_type();
    match random.below(12) {
        0 => drop(fields.remove(&key)),
        1 => drop(fields.insert(key, Value::Null)),
        2 => drop(fields.insert(key, empty(go_type))),
        3 => drop(fields.insert(key, value(random, go_type, 3))),
        _ => {
            if let Some(field) = fields.get_mut(&key) {
                change(random, field, go_type);
            }
        }
    }
}

/// The empty value that is not null.
pub(crate) fn empty(go_type: Type) -> Value {
    match go_type {
        Type::Pointer(target) => empty(*target),
        Type::List(_) => json!([]),
        Type::Map(_) | Type::Struct(_) => json!({}),
        Type::Leaf(Leaf::String) => json!(""),
        Type::Leaf(Leaf::Bool) => json!(false),
        Type::Leaf(Leaf::Time) => json!(TIMES[0]),
        Type::Leaf(_) => json!(0),
    }
}

fn pick_key(random: &mut Random, object: &Map<String, Value>) -> String {
    object.keys().nth(random.below(object.len())).cloned().unwrap_or_default()
}

/// Adds a key that no version of the type knows, to a place that is a struct.
pub(crate) fn add_unknown(random: &mut Random, object: &mut Value) {
    let places = ["/spec", "/spec/rayClusterSpec", "/spec/rayClusterSpec/headGroupSpec", "/metadata"];
    if let Some(Value::Object(fields)) = object.pointer_mut(random.pick(&places)) {
        fields.insert("newer".to_owned(), pick(random, json!([true, [], {}])));
    }
}

/// Writes JSON with the keys of each object in random order.
pub(crate) fn shuffled(random: &mut Random, value: &Value, out: &mut String) {
    match value {
        Value::Object(entries) => {
            let mut entries = entries.iter().collect::<Vec<_>>();
            out.push('{');
            while !entries.is_empty() {
                let (key, value) = entries.swap_remove(random.below(entries.len()));
                *out += &Value::from(key.as_str()).to_string();
                out.push(':');
                shuffled(random, value, out);
                if !entries.is_empty() {
                    out.push(',');
                }
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                shuffled(random, item, out);
            }
            out.push(']');
        }
        scalar => *out += &scalar.to_string(),
    }
}

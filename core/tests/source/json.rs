//! The property for JSON: the values are JSON's own, and what stands at a place is the JSON of the value there.

use std::borrow::Cow;

use proptest::prelude::*;
use raygate_core::field_path::Step;
use raygate_core::yaml::{Source, Syntax};
use serde_json::Value;

use crate::read;

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1_000_000..1_000_000_i32).prop_map(|half| Value::from(f64::from(half) + 0.5)),
        any::<String>().prop_map(Value::from),
        "(yes|~|017|\"|\\\\|/|<<|[ -~]){0,3}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::hash_map("(<<|yes|[ -~é\u{1}]{0,5})", inner, 0..5)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// Holds a value and all below it against what is written at their places.
fn check(text: &str, source: &Source<'_>, value: &Value, way: &mut Vec<Step<'static>>) {
    let (place, taken) = source.place(way);
    assert_eq!(taken, way.len(), "{way:?} in {text}");
    let written: Value = serde_json::from_str(&text[place.value.bytes]).expect("JSON stands there");
    assert_eq!(&written, value, "{way:?} in {text}");
    if let (Some(Step::Key(key)), Some(span)) = (way.last(), place.key) {
        let written: String = serde_json::from_str(&text[span.bytes]).expect("a key stands there");
        assert_eq!(written, *key);
    }
    let children: Vec<(Step<'static>, &Value)> = match value {
        Value::Array(items) => items.iter().enumerate().map(|(at, item)| (Step::Index(at), item)).collect(),
        Value::Object(entries) => {
            entries.iter().map(|(key, value)| (Step::Key(Cow::Owned(key.clone())), value)).collect()
        }
        _ => Vec::new(),
    };
    for (step, child) in children {
        way.push(step);
        check(text, source, child, way);
        way.pop();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn json_is_read_as_json_says_and_stands_where_it_was_written(value in value(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
        let text = text.expect("JSON").replace('\u{1f600}', "\\ud83d\\ude00");
        let source = read(&text, Syntax::Json);
        prop_assert_eq!(&Value::from(&source.root().value), &value, "{}", text);
        check(&text, &source, &value, &mut Vec::new());
    }
}

#[test]
fn what_yaml_refuses_may_be_json() {
    let text = format!(
        "{{\"a\": \"\\/\\ud83d\\ude00\u{7f}\u{2028}\",\t\"b\"\n:1.0, \"{}\":[-0, 1e3, 5e-1]}}",
        "k".repeat(2_000)
    );
    assert!(Source::read(&text, Syntax::Yaml).is_err());
    let source = read(&text, Syntax::Json);
    let mut expected = serde_json::json!({"a": "/😀\u{7f}\u{2028}", "b": 1});
    expected["k".repeat(2_000)] = serde_json::json!([0, 1000, 0.5]);
    assert_eq!(Value::from(&source.root().value), expected);
}

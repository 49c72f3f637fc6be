//! The same expressions over the same object, asked of the crate `cel` too. Where both have an answer it is the same, and
//! what has none here has none there.

use cel::{Context, Program, Value as Other};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::answer;

/// What both see.
fn object() -> Value {
    json!({
        "i": 7, "zero": 0, "least": i64::MIN, "d": 1.5, "t": "head", "empty": "", "yes": true, "nothing": null,
        "list": [1, 2, 3], "texts": ["a", "b"], "mixed": [1, "a", null, 1.0], "none": [],
        "map": {"a": 1, "b": 2}, "nested": {"list": [{"n": 1, "t": "x"}, {"n": 2}]},
    })
}

fn other(value: &Value) -> Other {
    match value {
        Value::Null => Other::Null,
        Value::Bool(value) => (*value).into(),
        Value::Number(number) => number.as_i64().map_or_else(|| number.as_f64().into(), Other::Int),
        Value::String(text) => text.as_str().into(),
        Value::Array(items) => items.iter().map(other).collect::<Vec<_>>().into(),
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| (key.clone(), other(value)));
            entries.collect::<std::collections::HashMap<_, _>>().into()
        }
    }
}

/// What the crate makes of it; nothing inside when it has no answer either.
fn answer_of_other(expression: &str, object: &Value) -> Option<bool> {
    let program = Program::compile(expression).expect(expression);
    let mut context = Context::default();
    context.add_variable_from_value("object", other(object));
    match program.execute(&context) {
        Ok(Other::Bool(value)) => Some(value),
        Ok(_) | Err(_) => None,
    }
}

/// Runs with a stack that is large enough for the crate.
fn with_room(run: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(64 << 20).spawn(run).expect("a thread");
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}

/// Expressions written by hand.
const WRITTEN: &[&str] = &[
    "1 + 2 * 3 == 7",
    "(1 + 2) * 3 == 9",
    "10 - 3 - 2 == 5",
    "100 / 7 / 2 == 7",
    "7 % 4 * 2 == 6",
    "-7 / 2 == -3",
    "-7 % 4 == -3",
    "- object.i == -7",
    "!true == false",
    "1 < 2 == true",
    "true || false && false",
    "true ? false : true ? false : true",
    "1 == 1.0",
    "1 < 1.5 && 1.5 < 2",
    "1.0 / 0.0 > 1.0",
    "0x1F == 31",
    "1e3 == 1000.0",
    ".5 == 0.5",
    "'a' + 'b' == 'ab'",
    "[1] + [2] == [1, 2]",
    "'a' < 'b' && 'B' < 'a'",
    "false < true",
    "2 in [1, 2]",
    "'a' in {'a': 1}",
    "object.i in object.list",
    "'b' in object.map",
    "object.map.a == 1 && object.map['b'] == 2",
    "object.list[0] == 1",
    "object.list[3] == 1",
    "has(object.map.a) && !has(object.map.c)",
    "has(object.none.x)",
    "object.nothing == null",
    "object.t == null",
    "object.nothing != 1",
    "object.missing == 1",
    "object.missing == 1 || true",
    "true || object.missing == 1",
    "object.missing == 1 && false",
    "object.missing == 1 || false",
    "object.i == 'a'",
    "object.list == [1, 2.0, 3]",
    "object.map == {'b': 2, 'a': 1}",
    "object.mixed == [1, 'a', null, 1]",
    "object.list.all(x, x > 0)",
    "object.list.exists(x, x > 2)",
    "object.list.exists_one(x, x > 2)",
    "object.list.map(x, x * 2) == [2, 4, 6]",
    "object.list.map(x, x > 1, x * 2) == [4, 6]",
    "object.list.filter(x, x > 1) == [2, 3]",
    "object.map.all(k, k < 'c')",
    "object.map.exists(k, object.map[k] == 2)",
    "object.none.all(x, false)",
    "object.none.exists(x, true)",
    "object.mixed.exists(x, x == 'a')",
    "object.mixed.exists(x, x > 5)",
    "object.mixed.all(x, x < 1)",
    "object.nested.list.all(x, has(x.t))",
    "object.nested.list.exists(x, x.t == 'x')",
    "object.nested.list.all(x, object.list.exists(y, y == x.n))",
    "size(object.list) == 3",
    "object.t.size() == 4",
    "size('äöü') == 3",
    "object.map.size() == 2",
    "object.t.startsWith('he') && object.t.endsWith('ad')",
    "object.t.contains('ea')",
    "object.t.matches('^h.*d$')",
    "object.t.matches('ea')",
    "int('12') == 12",
    "int(1.9) == 1 && int(-1.9) == -1",
    "double('1.5') == 1.5",
    "double(3) == 3.0",
    "string(12) == '12'",
    "string(object.d) == '1.5'",
    "int('x') == 1",
    "object.i / object.zero == 1",
    "object.i % object.zero == 1",
    "object.least - 1 < 0",
    "object.least / -1 > 0",
    "object.i + 9223372036854775807 > 0",
    "object.i * 1.5 > 1.0",
    "object.i + object.t == 1",
    "object.i < object.t",
    "object.t ? true : false",
    "object.yes && object.t",
    "r'\\d' == '\\\\d'",
    "'\\x41\\u00e4\\101' == 'AäA'",
    "'''a'b''' == \"a'b\"",
    "\"\"\"a\"b\"\"\" == 'a\"b'",
    "dyn(1) == dyn('1')",
    "[[1]] == [[1.0]]",
    "{'a': [1]} == {'a': [1]}",
    "{'a': 1} == {'a': 2}",
    "[1, 2] == [2, 1]",
    "true // and so on",
    "object\n  .i == 7",
    "[1, 2,] == [1, 2]",
    "{'a': 1,}.a == 1",
    "-object.d < 0.0",
    "9223372036854775807 == object.least - 1",
    "!(object.i > 1 && object.d > 1.0)",
    "--1 == 1",
    "!!true",
    "-9223372036854775808 == object.least",
    "object['i'] == 7",
    "object.list.map(x, [x]) == [[1], [2], [3]]",
    "object.list.map(x, object.list.filter(y, y > x)).exists(l, l == [3])",
    "null == null",
    "1 != 2 != false",
];

#[test]
fn written_expressions_have_the_same_answers() {
    with_room(|| {
        let object = object();
        let mut differing = Vec::new();
        for expression in WRITTEN {
            let ours = answer(expression, &object).unwrap_or_else(|| panic!("{expression} is refused"));
            let theirs = answer_of_other(expression, &object);
            if ours.as_ref().ok() != theirs.as_ref() {
                differing.push(format!("{expression}: {ours:?}, and there {theirs:?}"));
            }
        }
        assert!(differing.is_empty(), "{}", differing.join("\n"));
    });
}

/// Parts of expressions by the type that they have, most of the time.
#[derive(Clone, Debug)]
struct Parts {
    int: BoxedStrategy<String>,
    text: BoxedStrategy<String>,
    list: BoxedStrategy<String>,
    bool: BoxedStrategy<String>,
}

impl Parts {
    fn leaves() -> Self {
        let of = |texts: &'static [&'static str]| prop::sample::select(texts).prop_map(str::to_owned).boxed();
        Self {
            int: of(&[
                "0",
                "1",
                "2",
                "-3",
                "object.i",
                "object.zero",
                "object.least",
                "object.map.a",
                "x",
                "object.missing",
                "1.5",
                "object.d",
            ]),
            text: of(&["'a'", "'b'", "''", "object.t", "object.empty", "object.texts[0]", "x"]),
            list: of(&["[]", "[1, 2]", "object.list", "object.texts", "object.mixed", "object.none"]),
            bool: of(&[
                "true",
                "false",
                "object.yes",
                "has(object.map.a)",
                "has(object.x)",
                "object.missing",
            ]),
        }
    }

    /// One operation on top.
    fn deeper(&self) -> Self {
        let Self { int, text, list, bool } = self.clone();
        let joined =
            |left: &BoxedStrategy<String>, signs: &'static [&'static str], right: &BoxedStrategy<String>| {
                let parts = (left.clone(), prop::sample::select(signs), right.clone());
                parts.prop_map(|(left, sign, right)| format!("({left} {sign} {right})")).boxed()
            };
        let around = |inside: &BoxedStrategy<String>, before: &'static str, behind: &'static str| {
            inside.clone().prop_map(move |inside| format!("{before}{inside}{behind}")).boxed()
        };
        let over = |names: &'static [&'static str], body: &BoxedStrategy<String>| {
            let parts = (list.clone(), prop::sample::select(names), body.clone());
            parts.prop_map(|(list, name, body)| format!("{list}.{name}(x, {body})")).boxed()
        };
        Self {
            int: prop_oneof![
                int.clone(),
                joined(&int, &["+", "-", "*", "/", "%"], &int),
                around(&list, "size(", ")"),
                around(&text, "size(", ")"),
                around(&int, "-(", ")"),
            ]
            .boxed(),
            text: prop_oneof![text.clone(), joined(&text, &["+"], &text)].boxed(),
            list: prop_oneof![
                list.clone(),
                joined(&list, &["+"], &list),
                around(&int, "[1, ", "]"),
                around(&text, "[", ", null]"),
                over(&["map"], &int),
                over(&["map"], &text),
                over(&["filter"], &bool),
            ]
            .boxed(),
            bool: prop_oneof![
                bool.clone(),
                joined(&bool, &["&&", "||", "==", "!="], &bool),
                around(&bool, "!(", ")"),
                joined(&int, &["==", "!=", "<", "<=", ">", ">=", "=="], &int),
                joined(&text, &["==", "!=", "<", ">="], &text),
                joined(&list, &["==", "!="], &list),
                joined(&int, &["in"], &list),
                joined(&text, &["in"], &list),
                over(&["all", "exists", "exists_one"], &bool),
                around(&text, "object.t.contains(", ")"),
                (bool.clone(), bool.clone(), bool.clone()).prop_map(|(a, b, c)| format!("({a} ? {b} : {c})")),
            ]
            .boxed(),
        }
    }
}

fn expressions() -> impl Strategy<Value = String> {
    let parts = Parts::leaves().deeper().deeper().deeper();
    // Around it all is a variable of that name, so that it may stand anywhere.
    parts.bool.prop_map(|inside| format!("[1, 2].exists(x, {inside})"))
}

#[test]
fn random_expressions_have_the_same_answers() {
    with_room(|| {
        let object = object();
        let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
            failure_persistence: None,
            ..ProptestConfig::with_cases(3000)
        });
        let compared = std::cell::Cell::new([0, 0]);
        let ran = runner.run(&expressions(), |expression| {
            let Some(ours) = answer(&expression, &object) else { return Ok(()) };
            let theirs = answer_of_other(&expression, &object);
            prop_assert_eq!(ours.as_ref().ok(), theirs.as_ref(), "{} {:?}", expression, ours);
            let [answered, failed] = compared.get();
            compared.set(if ours.is_ok() { [answered + 1, failed] } else { [answered, failed + 1] });
            Ok(())
        });
        ran.unwrap_or_else(|error| panic!("{error}"));
        let [answered, failed] = compared.get();
        assert!(
            answered > 300 && failed > 100,
            "{answered} answers and {failed} failures are too few to compare"
        );
    });
}

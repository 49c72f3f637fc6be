//! What is refused before there is a job, what comes out over one, and that nothing goes too deep. That nothing takes
//! too long is tried from outside: here, every look at a field is written down.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;
use crate::document::Document;
use crate::policy::selector::{NamespaceLabels, Request};

/// A job with a head, and two groups of GPU workers.
fn job() -> Json {
    json!({
        "metadata": {"name": "train", "namespace": "team-a", "labels": {
            "cost-center": "RAY-17", "kueue.x-k8s.io/queue-name": "gpu"}},
        "spec": {
            "entrypoint": "python train.py", "activeDeadlineSeconds": 7200, "submissionMode": "HTTPMode",
            "backoffLimit": 2, "runtimeEnvYAML": "pip: [torch==2.4, numpy]\nenv_vars: {A: b}\nworking_dir: s3://x/y.zip",
            "rayClusterSpec": {
                "rayVersion": "2.56.0",
                "headGroupSpec": {"rayStartParams": {"num-cpus": "0"}, "template": {"spec": {"containers": [
                    {"name": "head", "image": "rayproject/ray:2.56.0", "resources": {"limits": {"cpu": 2, "memory": "4Gi"}}}]}}},
                "workerGroupSpecs": [
                    {"groupName": "a100", "replicas": 3, "numOfHosts": 2, "template": {"spec": {"containers": [
                        {"name": "w", "image": "registry.example.com/ray:1", "resources": {"limits": {"cpu": "4", "nvidia.com/gpu": 8}}}]}}},
                    {"groupName": "cpu", "replicas": 1, "maxReplicas": 4, "suspend": true, "template": {"spec": {"containers": [
                        {"name": "w", "image": "rayproject/ray:2.56.0", "resources": {"limits": {"cpu": "500m"}}}]}}},
                ],
            },
        },
    })
}

fn compiled(text: &str) -> Result<Expression, String> {
    let validation = Validation { expression: text.to_owned(), message: "no".to_owned() };
    let mut mistakes = Mistakes::default();
    let mut all = Expression::compile_all(&[validation], &At::SPEC.key("validations"), &mut mistakes);
    if mistakes.is_empty() { Ok(all.remove(0)) } else { Err(mistakes.to_string()) }
}

/// What comes of an expression over a job.
fn run_over(text: &str, job: &Json) -> Result<bool, Failure> {
    let json = job.to_string();
    let document: Document<'_> = serde_json::from_str(&json).expect("JSON");
    let job = RayJob::of(&document);
    let labels = BTreeMap::from([("tier".to_owned(), "gpu".to_owned())]);
    let request = Request {
        namespace: "team-a",
        namespace_labels: NamespaceLabels::Known(&labels),
        user: "alice",
        groups: &["ml".into(), "system:authenticated".into()],
        dry_run: false,
    };
    let expression = compiled(text).unwrap_or_else(|mistakes| panic!("{text}: {mistakes}"));
    expression.is_true(&Scope::of(&job, None, &request), &mut Budget::default())
}

#[track_caller]
fn holds(text: &str) {
    assert_eq!(run_over(text, &job()), Ok(true), "{text}");
}

#[test]
fn an_expression_sees_what_there_is() {
    for text in [
        "object.spec.backoffLimit == 2 && object.metadata.labels['cost-center'] == 'RAY-17'",
        "has(object.spec.entrypoint) && !has(object.spec.suspend)",
        "oldObject == null && request.operation == 'CREATE' && !request.dryRun",
        "request.userInfo.username == 'alice' && 'ml' in request.userInfo.groups && request.namespace == 'team-a'",
        "namespaceObject.metadata.name == 'team-a' && namespaceObject.metadata.labels.tier == 'gpu'",
        "job.totals.gpus == 48.0 && job.totals['nvidia.com/gpu'] == 48 && 'nvidia.com/gpu' in job.totals",
        "job.totals['google.com/tpu'] == 0.0 && !('google.com/tpu' in job.totals)",
        "job.totals.cpu == 26.0 && job.workers == 6.0",
        "job.totals.memory == quantity('4Gi') + 6.0 * quantity('256Mi')",
        "job.activeDeadlineHours == 2.0 && job.gpuHours == 96.0 && job.gpuHours <= 500.0",
        "job.groups.size() == 2 && job.groups.map(g, g.name) == ['a100', 'cpu']",
        "job.groups[0].gpus == 8.0 && job.groups[0].totals.gpus == 48.0 && job.groups[0].pods == 6.0",
        "job.groups[0].hosts == 2.0 && job.groups[0].maxReplicas > 1e300 && job.groups[1].maxReplicas == 4.0",
        "job.groups[1].replicas == 0.0 && job.groups.map(g, g.totals.gpus).sum() == job.totals.gpus",
        "job.head.image.matches('^rayproject/ray:[0-9.]+$') && job.head.rayStartParams['num-cpus'] == '0'",
        "job.groups.exists(g, g.image.startsWith('registry.example.com/'))",
        "job.submissionMode == 'HTTPMode' && job.rayVersion == '2.56.0' && job.queueName == 'gpu'",
        "!job.usesClusterSelector && !job.isAutoscaled",
        "job.runtimeEnv.pip.exists(p, p.contains('==')) && job.runtimeEnv.working_dir.endsWith('.zip')",
        "[1, 2, 3].filter(x, x > 1) == [2, 3] && [1, 2].exists_one(x, x == 1) && {'a': 1}.all(k, k == 'a')",
        "[3, 1, 2].min() == 1 && [3, 1, 2].max() == 3 && [].sum() == 0 && job.groups.filter(g, false).map(g, g.gpus).sum() == 0.0",
        "'a,b'.split(',').join('-').upperAscii() == 'A-B' && ' x '.trim().lowerAscii() == 'x' && size('äöü') == 3",
        "int('7') / 2 == 3 && -7 % 3 == -1 && double(3) * 0.5 == 1.5 && string(12) + '!' == '12!' && bool('true')",
        "1 == 1.0 && 1 < 1.5 && dyn('1') != dyn(1) && (true ? 'a' : 'b') == 'a'",
        "'\\u00e4\\x41\\'' == \"äA'\" && r'\\d' == '\\\\d' && '''a\nb'''.size() == 3 // a comment",
        "object.spec.missing == 1 || true",
        "[1, 2].exists(x, x == 2 || object.missing)",
    ] {
        holds(text);
    }
}

#[test]
fn what_has_no_answer_says_why() {
    let no_field = |name: &str| Failure::NoField(name.to_owned());
    for (text, failure) in [
        ("object.spec.missing == 1", no_field("missing")),
        ("object.spec.missing == 1 || false", no_field("missing")),
        ("object.metadata.labels['none'] == ''", Failure::NoItem),
        ("job.groups[2].gpus == 1.0", Failure::NoItem),
        ("object.spec.backoffLimit / 0 == 1", Failure::DivisionByZero),
        ("object.spec.backoffLimit % 0 == 1", Failure::DivisionByZero),
        ("9223372036854775807 + object.spec.backoffLimit > 0", Failure::Overflow),
        ("(-9223372036854775807 - 1) / (1 - object.spec.backoffLimit) > 0", Failure::Overflow),
        ("-(-9223372036854775807 - 1) > 0", Failure::Overflow),
        ("int(1e300) > 0", Failure::Overflow),
        ("int(object.spec.entrypoint) > 0", Failure::Unreadable("integer")),
        ("quantity(object.spec.entrypoint) > 0.0", Failure::Unreadable("quantity")),
        (
            "object.spec.backoffLimit * 2.0 > 1.0",
            Failure::Operands { sign: "*", left: "an integer", right: "a double" },
        ),
        ("object.spec.entrypoint < 3", Failure::Operands { sign: "<", left: "a text", right: "an integer" }),
        ("object.spec", Failure::Type { wanted: "true or false", found: "a map" }),
        ("oldObject.spec.backoffLimit == 1", Failure::Type { wanted: "a map", found: "null" }),
        ("[].min() == 1", Failure::Empty),
    ] {
        assert_eq!(run_over(text, &job()), Err(failure), "{text}");
    }
}

#[test]
fn what_cannot_be_right_is_refused_with_its_place() {
    let mut others = Vec::new();
    for (text, place, words) in [
        ("jobs.totals.gpus < 1.0", 1, "there is no variable `jobs`: did you mean `job`?"),
        ("job.total.gpus < 1.0", 5, "there is no field of job `total`: did you mean `totals`?"),
        ("job.totals.gpu < 1.0", 12, "did you mean `gpus`?, or write totals"),
        ("job.groups.all(g, g.gpu < 1.0)", 21, "did you mean `gpus`?"),
        ("request.user == 'x'", 9, "there is no field of request `user`"),
        ("object.spec.entrypoint.startWith('x')", 24, "did you mean `startsWith`?"),
        ("len(job.groups) > 1", 1, "there is no function `len`"),
        ("startsWith('a', 'b')", 1, "startsWith() stands behind a value"),
        ("'a'.quantity() > 1.0", 5, "quantity() stands alone"),
        ("'a'.contains()", 5, "contains() takes 1 argument, and not 0"),
        ("size() == 1", 1, "size() takes 1 argument, and not 0"),
        ("job.groups.all(g.gpus < 1.0)", 12, "a variable and an expression"),
        ("job.groups.all(1, true)", 16, "the name of a variable"),
        ("job.groups.all(job, true)", 16, "`job` is a variable already"),
        ("has(job)", 1, "has() takes one field"),
        ("object.spec.entrypoint.matches('(')", 32, "not a regular expression"),
        ("object.spec.entrypoint.matches('a{1000}{1000}')", 32, "too large"),
        ("object.spec.entrypoint.matches(job.rayVersion)", 36, "must be written out"),
        ("job.totals.gpus", 12, "this is a double, and an expression is either true or false"),
        ("job.totals.gpus * 2 < 1.0", 17, "make both doubles, with `2.0` for `2`"),
        ("job.rayVersion == 2.5", 16, "a text never equals a double"),
        ("job.rayVersion > 2", 16, "numbers stand without quotes"),
        ("job.queueName == null", 15, "a text never equals null"),
        ("1 + 'a' == 2", 3, "an integer `+` a text has no result"),
        ("job.usesClusterSelector && job.workers", 32, "this is a double, and true or false is wanted"),
        ("!job.workers", 6, "true or false is wanted"),
        ("1 in job.rayVersion", 3, "an integer cannot be in a text"),
        ("job.groups['a'].gpus < 1.0", 11, "an integer is wanted in the brackets, and not a text"),
        ("job.totals.all(x, true)", 5, "an object has no items to go through"),
        ("job.rayVersion.x == 1", 16, "a text has no fields"),
        ("job.rayVersion.sum() == 1", 16, "sum() takes a list of numbers, and not a text"),
        ("[1].all(a, [1].all(b, [1].all(c, [1].all(d, true))))", 38, "more than 3 loops"),
        ("true &&", 8, "a value should stand here, and not the end"),
        ("true = false", 6, "two values are compared by `==`"),
        ("(true", 6, "`)` should stand here, and not the end"),
        ("true true", 6, "an operator, or the end should stand here, and not `true`"),
        ("'abc", 1, "the closing ' is missing"),
        ("'\\q' == ''", 2, "no escape"),
        ("1u == 1", 1, "leave the `u` out"),
        ("99999999999999999999 > 1", 1, "fits into 64 bits"),
        ("9223372036854775808 > 1", 1, "does not fit into 64 bits"),
        ("if == 1", 1, "a word that CEL keeps for itself"),
        ("", 1, "a value should stand here"),
    ] {
        let mistakes = compiled(text).expect_err(text);
        let expected = format!("validations[0].expression: character {place} of the expression: ");
        if !mistakes.contains(&expected) || !mistakes.contains(words) {
            others.push(format!("{text}: {mistakes}"));
        }
    }
    assert!(others.is_empty(), "{}", others.join("\n"));
    let lines = compiled("true\n  && jobs").expect_err("unknown");
    assert!(lines.contains("line 2, column 6 of the expression"), "{lines}");
    let several = compiled("jobs == 1 && job.x == 1 && 1 + 'a' == 2").expect_err("unknown");
    assert_eq!(several.lines().count(), 3, "{several}");
}

#[test]
fn too_long_and_too_deep_is_refused() {
    for (text, words) in [
        ("a".repeat(2049), "2049 characters are too many"),
        (format!("{}true{}", "(".repeat(1000), ")".repeat(1000)), "levels inside one another"),
        (format!("{}true", "!".repeat(2000)), "levels inside one another"),
        (format!("{}1 > 0", "-".repeat(2000)), "levels inside one another"),
        (format!("{}[]{} == []", "[".repeat(500), "]".repeat(500)), "levels inside one another"),
        (format!("{}true", "true ? true : ".repeat(140)), "levels inside one another"),
        (format!("{}1 > 0", "1 + ".repeat(500)), "operations that need one another's results"),
        (format!("object{} == 1", ".a".repeat(1000)), "operations that need one another's results"),
        (format!("object{} == 1", "[0]".repeat(600)), "operations that need one another's results"),
        (format!("''{} == ''", ".trim()".repeat(250)), "operations that need one another's results"),
    ] {
        let mistakes = compiled(&text).expect_err(&text);
        assert!(mistakes.contains(words), "{mistakes}");
    }
    // Many conditions beside one another are not deep.
    holds(&format!("true{}", " && true".repeat(200)));
}

#[test]
fn the_deepest_and_tallest_expressions_fit_into_a_small_stack() {
    let deepest = |open: &str, inside: &str, close: &str| {
        let texts =
            (0..=30).rev().map(|depth| format!("{}{inside}{}", open.repeat(depth), close.repeat(depth)));
        texts.into_iter().find(|text| compiled(text).is_ok()).expect("one that is not too deep")
    };
    let texts = [
        deepest("(", "true", ")"),
        deepest("!", "true", ""),
        deepest("(true && ", "true", ")"),
        deepest("[", "1", "] != []").replacen("] != []", "]", 1),
        deepest("dyn(", "true", ")"),
        deepest("true ? true : (", "true", ")"),
        format!("{}1 > 0", "1 + ".repeat(60)),
        format!("dyn({}[]{}) == dyn({}[]{})", "[".repeat(20), "]".repeat(20), "[".repeat(20), "]".repeat(20)),
        "[1].map(a, [1].map(b, [1].map(c, [[[[[[a]]]]]]))) != []".to_owned(),
    ];
    let small = std::thread::Builder::new().stack_size(1 << 20);
    let thread = small.spawn(move || {
        for text in &texts {
            if let Ok(expression) = compiled(text) {
                drop(expression.clone());
                let _ = run_over(text, &job());
            }
        }
        texts.len()
    });
    assert_eq!(thread.expect("a thread").join().expect("no overflow"), 9);
}

#[test]
fn an_expression_knows_which_fields_decide() {
    let reads = |text: &str| {
        let expression = compiled(text).unwrap_or_else(|mistakes| panic!("{text}: {mistakes}"));
        expression.reads.iter().map(|way| way.join(".")).collect::<Vec<_>>()
    };
    for (text, expected) in [
        ("object.spec.suspend == true", &["spec.suspend"] as &[_]),
        ("object.spec['suspend'] == has(object.spec.entrypoint)", &["spec.suspend", "spec.entrypoint"]),
        ("object.spec.a.all(x, x == object.metadata.name)", &["spec.a", "metadata.name"]),
        ("object.spec.a[object.spec.i] == 1", &["spec.a", "spec.i"]),
        ("object.spec.a.b == 1 && object.spec.a == 1", &["spec.a"]),
        ("object == 1", &[""]),
        ("job.activeDeadlineHours < 1.0", &["spec.activeDeadlineSeconds"]),
        ("job.groups.all(g, g.gpus < 1.0)", &["spec.rayClusterSpec", "spec.clusterSelector"]),
        ("request.userInfo.username == 'x' || oldObject.spec.a == 1", &[]),
    ] {
        assert_eq!(reads(text), expected, "{text}");
    }
    assert!(!compiled("namespaceObject.metadata.name == 'a'").expect("right").needs_namespace_labels);
    for text in [
        "has(namespaceObject.metadata.labels.a)",
        "namespaceObject.metadata.all(k, true)",
        "dyn(namespaceObject) == 1",
    ] {
        assert!(
            compiled(text).is_ok_and(|expression| expression.needs_namespace_labels) || text.contains("all("),
            "{text}"
        );
    }
}

fn hostile_text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "object",
        "job",
        "job.groups",
        "request",
        ".spec",
        ".all(",
        ".map(x,",
        "x",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "'a'",
        "\"",
        "'",
        "\\",
        "1",
        "2.5",
        "-",
        "!",
        "&&",
        "||",
        "==",
        "<",
        "+",
        "*",
        "/",
        "%",
        "?",
        ":",
        ",",
        ".",
        " ",
        "in",
        "true",
        "null",
        "has(",
        "size(",
        ".matches(",
        "ä",
        "\n",
        "//",
        "0x",
        "1e",
        "r'",
        "\\u12",
        "job.totals.gpus",
    ]);
    prop::collection::vec(word, 0..40).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn no_text_makes_the_compiler_panic_and_no_expression_the_server(text in hostile_text()) {
        if compiled(&text).is_ok() {
            let _ = run_over(&text, &job());
        }
    }

    #[test]
    fn any_characters_are_read_or_refused(text in ".{0,200}") {
        let _ = compiled(&text);
    }
}

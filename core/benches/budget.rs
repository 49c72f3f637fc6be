//! How long expressions take that were written to take long, over jobs of the largest size that help them: what the
//! budget of a policy is worth in time.
//!
//! `cargo bench -p raygate-core --bench budget` prints the table; 10 ms is the goal for each row.

#![expect(clippy::print_stdout, reason = "the table is what a bench is run for")]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use raygate_core::document::Document;
use raygate_core::policy::expressions::{Budget, Scope};
use raygate_core::policy::{NamespaceLabels, Policy, Request};
use raygate_core::rayjob::RayJob;
use serde_json::{Value, json};

const RUNS: usize = 25;
/// About what a request can have.
const LARGEST: usize = 3 << 20;

/// A job, and expressions over it.
struct Case {
    about: &'static str,
    job: Value,
    expressions: Vec<String>,
}

fn main() {
    // Criterion's options, which `cargo bench` hands to every bench, mean nothing here.
    println!("{:>8} {:>8}  {:50} {:12} expression", "best ms", "worst ms", "job", "answer");
    let mut worst = Duration::ZERO;
    for case in cases() {
        let json = case.job.to_string();
        for expression in &case.expressions {
            let Some((mut times, answer)) = measure(&json, expression) else { continue };
            times.sort();
            let [best, .., slowest] = times.as_slice() else { continue };
            worst = worst.max(times[RUNS / 2]);
            let shown: String = expression.chars().take(90).collect();
            let ms = |time: &Duration| time.as_secs_f64() * 1e3;
            println!("{:8.2} {:8.2}  {:50} {answer:12} {shown}", ms(best), ms(slowest), case.about);
        }
    }
    println!("the slowest in the median: {:.2} ms", worst.as_secs_f64() * 1e3);
}

/// The times and the answer; nothing of a pattern that is refused.
fn measure(json: &str, expression: &str) -> Option<(Vec<Duration>, &'static str)> {
    let spec = json!({"validations": [{"expression": expression, "message": "no"}]});
    let spec = serde_json::from_value(spec).expect("the shape of a policy");
    let policy = Policy::compile("p", &spec).inspect_err(|mistakes| println!("{mistakes}")).ok()?;
    let document: Document<'_> = serde_json::from_str(json).expect("JSON");
    let job = RayJob::of(&document);
    let labels = BTreeMap::new();
    let groups: Vec<_> = (0..1000).map(|at| format!("group-{at}").into()).collect();
    let request = Request {
        namespace: "team-a",
        namespace_labels: NamespaceLabels::Known(&labels),
        user: "alice",
        groups: &groups,
        dry_run: false,
    };
    let mut answer = "";
    let run = |_| {
        let scope = Scope::of(&job, None, &request);
        let begin = Instant::now();
        let result = policy.expressions[0].is_true(&scope, &mut Budget::default());
        let time = begin.elapsed();
        answer = match result {
            Ok(true) => "true",
            Ok(false) => "false",
            Err(raygate_core::policy::Failure::TooCostly) => "too costly",
            Err(_) => "error",
        };
        time
    };
    let times = (0..RUNS).map(run).collect();
    Some((times, answer))
}

#[expect(clippy::too_many_lines, reason = "each case is a few lines of text")]
fn cases() -> Vec<Case> {
    let texts = |all: &[&str]| all.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let numbers: Vec<_> = (0..400_000).collect();
    let group = |at: usize| json!({"groupName": at.to_string(), "template": {"spec": {"containers": [{"resources": {"limits": {"cpu": 1}}}]}}});
    let groups: Vec<_> = (0..LARGEST / 110).map(group).collect();
    let resources: BTreeMap<_, _> = (0..LARGEST / 30).map(|at| (format!("example.com/r{at}"), 1)).collect();
    let keys: BTreeMap<_, _> =
        ['a', 'b', 'c'].map(|end| ("k".repeat(LARGEST / 3) + &end.to_string(), 1)).into();
    vec![
        Case {
            about: "a list of 400,000 numbers",
            job: json!({"spec": {"many": numbers}}),
            expressions: texts(&[
                "object.spec.many.all(a, object.spec.many.all(b, a + b >= 0))",
                "object.spec.many.all(a, a >= 0)",
                "[1,2,3,4].all(x, object.spec.many.map(a, [a, [a, [a]]]).size() > 0)",
                "object.spec.many.map(a, {'a': a, 'b': {'c': a}}).size() > 0",
                "object.spec.many.map(a, string(a) + string(double(a))).size() > 0",
                "object.spec.many == object.spec.many",
                "object.spec.many[399999] == 7",
            ]),
        },
        Case {
            about: "a text of 3 MB",
            job: json!({"spec": {"entrypoint": letters("ab", LARGEST)}}),
            expressions: texts(&[
                "object.spec.entrypoint.contains('abc')",
                "object.spec.entrypoint.lowerAscii() == 'x'",
                "object.spec.entrypoint.split('').size() > 0",
                "[0].map(s, object.spec.entrypoint + object.spec.entrypoint).size() == 0",
                "object.spec.entrypoint.contains('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab')",
            ]),
        },
        Case {
            about: "the most worker groups",
            job: json!({"spec": {"rayClusterSpec": {"workerGroupSpecs": groups}}}),
            expressions: texts(&[
                "job.groups.all(g, g.gpus <= 8.0)",
                "job.groups.all(g, g.totals['cpu'] <= 8.0)",
                "job.groups.all(g, job.groups.size() > 0)",
                "job.groups.all(g, job.workers > 0.0)",
                "job.workers >= 0.0",
                "job.groups.all(g, g.rayStartParams.size() == 0 && g.name != '')",
            ]),
        },
        Case {
            about: "the most resources",
            job: json!({"spec": {"rayClusterSpec": {"headGroupSpec": {"template": {"spec": {"containers": [{"resources": {"limits": resources}}]}}}}}}),
            expressions: texts(&[
                "[1,2,3,4,5,6,7,8].all(a, [1,2,3,4,5,6,7,8].all(b, [1,2,3,4,5,6,7,8].all(c, job.totals.gpus == 0.0)))",
                "[1,2,3,4,5,6,7,8].all(a, [1,2,3,4,5,6,7,8].all(b, [1,2,3,4,5,6,7,8].all(c, job.gpuHours == 0.0)))",
                "[1,2,3,4,5,6,7,8].all(a, [1,2,3,4,5,6,7,8].all(b, [1,2,3,4,5,6,7,8].all(c, !('x' in job.totals))))",
            ]),
        },
        Case {
            about: "three keys of 1 MB",
            job: json!({"spec": keys}),
            expressions: texts(&[
                "[1,2,3,4,5,6,7,8].all(a, [1,2,3,4,5,6,7,8].all(b, object.spec.all(k, object.spec[k] == 1)))",
                "object.spec.all(k, request.userInfo.groups.all(g, k in object.spec))",
            ]),
        },
        Case {
            about: "an empty job, and a user of 1,000 groups",
            job: json!({}),
            expressions: texts(&[
                "request.userInfo.groups.all(a, request.userInfo.groups.all(b, a != 'x'))",
                "request.userInfo.groups.all(a, request.userInfo.groups.size() > 0)",
            ]),
        },
        patterns("texts of 390 KB that patterns like", 390 << 10),
        patterns("texts of 49 KB that patterns like", 49 << 10),
        patterns("texts of 6 KB that patterns like", 6 << 10),
    ]
}

/// Patterns that need many states, over texts that lead through them, of a size that can be paid once.
fn patterns(about: &'static str, bytes: usize) -> Case {
    const PATTERNS: [&str; 13] = [
        "(a|b)*a(a|b){10}c",
        "(a|b)*a(a|b){40}c",
        "(a|b)*a(a|b){200}c",
        "(a|b)*a(a|b){600}c",
        "a{0,60}a{0,60}a{0,60}c",
        "(a|ab|aab|abb|b){100}c$",
        "((a|b)*(aa|bb)*(ab|ba)*){30}c$",
        "(?:a?){200}a{200}c",
        "(.*a.*b.*){20}c$",
        "(?i)[a-z]{300}7",
        "\\\\b(\\\\w+\\\\W+){3}z$",
        "\\\\pL{60}x",
        "(\\\\pL|a)*\\\\pL{20}7",
    ];
    let texts = [("a", letters("ab", bytes)), ("b", letters("aaaaabaabbab", bytes)), ("c", noise(bytes))];
    let of = |(field, _): &(&str, String)| {
        let field = (*field).to_owned();
        PATTERNS
            .map(|pattern| format!("[1,2,3,4,5,6,7,8,9].all(x, !object.spec.{field}.matches('{pattern}'))"))
    };
    let expressions = texts.iter().flat_map(of).collect();
    Case { about, job: json!({"spec": BTreeMap::from(texts)}), expressions }
}

fn letters(pattern: &str, bytes: usize) -> String {
    pattern.repeat(bytes / pattern.len())
}

/// Letters `a` and `b` in no order.
fn noise(bytes: usize) -> String {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let letter = |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        if state.is_multiple_of(2) { 'a' } else { 'b' }
    };
    (0..bytes).map(letter).collect()
}

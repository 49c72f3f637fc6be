//! Pairs of RayJobs: whether they are the same to Kubernetes, and what the operator's own write does to them.

use std::fmt::Write as _;

use raygate_core::document::{Document, same_values};
use raygate_core::go_types::{RAY_JOB, Type};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::fields;
use crate::go;
use crate::objects;
use crate::random::Random;
use crate::{cases, choose_seed};

const JOB: Type = Type::Struct(RAY_JOB);

struct Pair {
    old: String,
    new: String,
    /// Whether one side has a field that KubeRay does not know.
    unknown: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "four questions, four answers")]
struct Answer<'a> {
    old_decodes: bool,
    new_decodes: bool,
    equal: bool,
    #[serde(borrow)]
    encoded: Option<&'a RawValue>,
    neutral: bool,
}

#[derive(Debug, Default)]
struct Count {
    equal: usize,
    different: usize,
    undecodable: usize,
    unknown: usize,
    encoded: usize,
}

#[test]
fn rayjobs_are_the_same_when_kubernetes_says_so() {
    let seed = choose_seed();
    let mut random = Random::from_seed(seed);
    let samples = go::samples(&go::kuberay(go::BUILT_WITH), "RayJob");
    let samples = samples.lines().map(|line| serde_json::from_str(line).expect(line)).collect::<Vec<Value>>();
    assert!(samples.len() > 15, "only {} samples", samples.len());
    let mut pairs = (0..cases()).map(|_| pair(&mut random, &samples)).collect::<Vec<_>>();
    let small = fields::pairs(&mut random);
    assert!(small.len() > 5_000, "only {} pairs for all fields", small.len());
    pairs.extend(small.iter().map(|[old, new]| Pair {
        old: old.to_string(),
        new: new.to_string(),
        unknown: false,
    }));
    let mut questions = String::new();
    for pair in &pairs {
        writeln!(questions, "{{\"old\":{},\"new\":{}}}", pair.old, pair.new).expect("a String takes all");
    }
    let answers = go::ask("pairs", seed, &questions);
    assert_eq!(answers.lines().count(), pairs.len());
    let mut count = Count::default();
    for (pair, answer) in pairs.iter().zip(answers.lines()) {
        judge(pair, &serde_json::from_str(answer).expect(answer), &mut count);
    }
    eprintln!("{} pairs: {count:?}", pairs.len());
    let least = [count.equal, count.different, count.encoded].into_iter().min();
    assert!(least > Some(pairs.len() / 10), "the objects are too much alike, or too little: {count:?}");
    assert!(count.unknown.min(count.undecodable) > 0, "{count:?}");
}

fn judge(pair: &Pair, answer: &Answer<'_>, count: &mut Count) {
    let same = same_jobs(&pair.old, &pair.new);
    let context = || format!("\n{}\n{}", pair.old, pair.new);
    if answer.old_decodes && answer.new_decodes {
        if answer.equal && pair.unknown {
            // The decoder drops what it does not know; a newer one would not.
            count.unknown += usize::from(!same);
        } else {
            assert_eq!(same, answer.equal, "{}", context());
            *(if same { &mut count.equal } else { &mut count.different }) += 1;
        }
    } else {
        count.undecodable += 1;
        assert!(!same || answer.old_decodes == answer.new_decodes, "only one decodes: {}", context());
    }
    if let Some(encoded) = answer.encoded.filter(|_| !pair.unknown) {
        count.encoded += 1;
        assert_eq!(same_jobs(&pair.new, encoded.get()), answer.neutral, "\n{}\n{encoded}", pair.new);
    }
}

/// Whether two RayJobs are the same, which must not depend on which comes first; each must be the same as itself.
fn same_jobs(left: &str, right: &str) -> bool {
    let (left, right) = (document(left), document(right));
    let (left, right) = (left.root().any(), right.root().any());
    let same = same_values(left, right, JOB);
    assert_eq!(same, same_values(right, left, JOB));
    assert!(same_values(left, left, JOB));
    same
}

fn document(json: &str) -> Document<'_> {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

fn pair(random: &mut Random, samples: &[Value]) -> Pair {
    let mut old = if random.percent(70) {
        samples[random.below(samples.len())].clone()
    } else {
        objects::value(random, JOB, 7)
    };
    for _ in 0..random.below(12) {
        objects::change(random, &mut old, JOB);
    }
    let mut new = old.clone();
    for _ in 0..random.below(4) {
        objects::change(random, &mut new, JOB);
    }
    let unknown = random.percent(3);
    if unknown {
        objects::add_unknown(random, &mut new);
    }
    Pair { old: write(random, &old), new: write(random, &new), unknown }
}

fn write(random: &mut Random, object: &Value) -> String {
    if random.percent(70) {
        return object.to_string();
    }
    let mut text = String::new();
    objects::shuffled(random, object, &mut text);
    text
}

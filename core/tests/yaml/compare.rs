//! Our outcome beside Go's answer: what must never happen, and how often we do not judge.

use std::fmt;

use raygate_core::field_path::Step;
use raygate_core::runtime_env::{self, RuntimeEnvironment};
use raygate_core::yaml::{
    Node, Outcome, Position, Source, SourceErrorKind, Syntax, Value as Ours, read_first,
};
use serde_json::Value;

use crate::oracle::{self, Answer};

/// How many texts ended how.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) reads: usize,
    pub(crate) refused: usize,
    pub(crate) unsure: usize,
    /// Of those that we do not judge, the ones that Go reads.
    pub(crate) unsure_but_read: usize,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { reads, refused, unsure, unsure_but_read } = self;
        let share = unsure * 1000 / (reads + refused + unsure).max(1);
        let (whole, tenth) = (share / 10, share % 10);
        write!(
            f,
            "{reads} read, {refused} refused, {unsure} not judged ({whole}.{tenth} %), {unsure_but_read} of those read by Go"
        )
    }
}

/// Reads every text and holds the outcome against Go's; panics with all texts on which the two contradict.
pub(crate) fn compare(texts: &[String]) -> Tally {
    let mut tally = Tally::default();
    let mut contradictions = Vec::new();
    for (text, answer) in texts.iter().zip(oracle::ask(texts)) {
        contradictions.extend(contradiction(text, &answer));
        contradictions.extend(contradiction_of_source(text, &answer));
        match read_first(text) {
            Outcome::Reads(_) => tally.reads += 1,
            Outcome::Refused(_) => tally.refused += 1,
            Outcome::Unsure(_) => {
                tally.unsure += 1;
                tally.unsure_but_read += usize::from(answer.ok);
            }
        }
    }
    assert!(
        contradictions.is_empty(),
        "{} contradictions:\n{}",
        contradictions.len(),
        contradictions.join("\n")
    );
    tally
}

fn contradiction(text: &str, answer: &Answer) -> Option<String> {
    let denied = matches!(
        runtime_env::read(text),
        RuntimeEnvironment::NotAMapping { .. } | RuntimeEnvironment::Refused(_)
    );
    if denied && answer.mapping {
        return Some(format!("KubeRay takes {text:?}, we would deny it"));
    }
    match read_first(text) {
        Outcome::Reads(node) if !answer.ok => {
            Some(format!("{text:?}: we read {}, Go refuses: {}", json(&node), answer.error))
        }
        Outcome::Reads(node)
            if !serde_json::from_str(&answer.json).is_ok_and(|go| equal(&json(&node), &go)) =>
        {
            Some(format!("{text:?}: we read {}, Go {}", json(&node), answer.json))
        }
        Outcome::Refused(refusal) if answer.ok => {
            Some(format!("{text:?}: we refuse ({refusal}), Go reads {}", answer.json))
        }
        _ => None,
    }
}

/// What must not happen to a manifest: a value that is not Go's, or a refusal of what Go reads.
pub(crate) fn contradiction_of_source(text: &str, answer: &Answer) -> Option<String> {
    match Source::read(text, Syntax::Yaml) {
        Ok(source) => {
            let ours = json(source.root());
            let agrees = answer.ok && serde_json::from_str(&answer.json).is_ok_and(|go| equal(&ours, &go));
            if !agrees {
                return Some(format!(
                    "{text:?}: as a manifest we read {ours}, Go {}{}",
                    answer.json, answer.error
                ));
            }
            misplaced(text, &source, source.root(), &mut Vec::new())
        }
        Err(error) => (answer.ok && matches!(error.kind, SourceErrorKind::Yaml(_)))
            .then(|| format!("{text:?}: we refuse the manifest ({error}), Go reads {}", answer.json)),
    }
}

/// A value of a manifest that has no place, or one that is no stretch of the text.
fn misplaced<'n>(
    text: &str,
    source: &Source<'_>,
    node: &'n Node<'_>,
    way: &mut Vec<Step<'n>>,
) -> Option<String> {
    let (place, taken) = source.place(way);
    let spans = place.key.iter().chain([&place.value]);
    let stands = spans.clone().all(|span| text.get(span.bytes.clone()).is_some() && span.start <= span.end);
    // A position that is told stands within the value, or right behind it.
    let inner = source.inside(&place, Position::START);
    let within = inner.is_none_or(|inner| place.value.start <= inner && inner <= place.value.end);
    if taken != way.len() || !stands || !within {
        return Some(format!("{text:?}: {way:?} is at {place:?}, its text at {inner:?}"));
    }
    let children: Vec<(Step<'n>, &'n Node<'_>)> = match &node.value {
        Ours::Sequence(items) => items.iter().enumerate().map(|(at, item)| (Step::Index(at), item)).collect(),
        Ours::Mapping(entries) => {
            entries.iter().map(|entry| (Step::Key(entry.key.as_ref().into()), &entry.value)).collect()
        }
        _ => Vec::new(),
    };
    children.into_iter().find_map(|(step, child)| {
        way.push(step);
        let found = misplaced(text, source, child, way);
        way.pop();
        found
    })
}

/// A value as serde_json holds it.
pub(crate) fn json(node: &Node<'_>) -> Value {
    match &node.value {
        Ours::Null => Value::Null,
        Ours::Bool(flag) => (*flag).into(),
        Ours::Int(whole) => (*whole).into(),
        Ours::UInt(whole) => (*whole).into(),
        Ours::Float(float) => (*float).into(),
        Ours::String(text) => text.as_ref().into(),
        Ours::Sequence(items) => items.iter().map(json).collect(),
        Ours::Mapping(entries) => {
            entries.iter().map(|entry| (entry.key.clone().into_owned(), json(&entry.value))).collect()
        }
    }
}

/// Equality that forgives serde_json the last digit of a float and the sign of zero.
pub(crate) fn equal(ours: &Value, go: &Value) -> bool {
    match (ours, go) {
        (Value::Number(ours), Value::Number(go)) if ours != go => {
            // Only floats may differ in their last digit; whole numbers are exact in both.
            !(ours.is_i64() && go.is_i64())
                && ours
                    .as_f64()
                    .zip(go.as_f64())
                    .is_some_and(|(ours, go)| (ours - go).abs() <= ours.abs() * 1e-15)
        }
        (Value::Array(ours), Value::Array(go)) => {
            ours.len() == go.len() && ours.iter().zip(go).all(|(ours, go)| equal(ours, go))
        }
        (Value::Object(ours), Value::Object(go)) => {
            ours.len() == go.len()
                && ours.iter().all(|(key, ours)| go.get(key).is_some_and(|go| equal(ours, go)))
        }
        _ => ours == go,
    }
}

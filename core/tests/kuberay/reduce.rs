//! A job that is judged differently shrinks to the few fields that matter.

use serde_json::Value;

use crate::generate::{Gates, Recipe};
use crate::judge::{Difference, Judge, Judged};
use crate::oracle::{Answer, Asking, question};

/// How many smaller jobs are tried.
const TRIES: usize = 2_000;

/// Whoever knows whether a job still shows the difference.
pub(crate) struct Reduction<'r> {
    asking: Asking,
    judge: Judge,
    gates: &'r Gates,
    difference: &'r Difference,
    tries: usize,
}

impl<'r> Reduction<'r> {
    pub(crate) fn new(asking: Asking, judge: Judge, gates: &'r Gates, difference: &'r Difference) -> Self {
        Self { asking, judge, gates, difference, tries: TRIES }
    }

    /// The smallest job found that is judged in the same wrong way, with what both say about it.
    pub(crate) fn reduce(mut self, recipe: &Recipe<'_>) -> String {
        let mut recipe = recipe.clone();
        while let Some(simpler) = recipe.simpler().into_iter().find(|simpler| self.shows(&simpler.job())) {
            recipe = simpler;
        }
        let mut job = recipe.job();
        while let Some(smaller) = self.smaller(&job) {
            job = smaller;
        }
        self.describe(&job)
    }

    fn judged(&mut self, job: &Value, see: impl FnOnce(&Answer<'_>, &Judged) -> String) -> (Judged, String) {
        let answer = self.asking.ask(&question(job, self.gates));
        let judged = self.judge.judge(&answer);
        let seen = see(&answer, &judged);
        (judged, seen)
    }

    fn shows(&mut self, job: &Value) -> bool {
        self.tries = self.tries.saturating_sub(1);
        self.tries > 0 && self.judged(job, |_, _| String::new()).0.differences.contains(self.difference)
    }

    /// The job with one field or item less.
    fn smaller(&mut self, job: &Value) -> Option<Value> {
        let mut places = Vec::new();
        list_places(job, &mut Vec::new(), &mut places);
        places.into_iter().map(|place| without(job, &place)).find(|smaller| self.shows(smaller))
    }

    fn describe(&mut self, job: &Value) -> String {
        let says = |answer: &Answer<'_>, judged: &Judged| {
            let kuberay = [&answer.metadata, &answer.spec, &answer.status, &answer.cluster, &answer.decode];
            let kuberay = kuberay.into_iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>();
            format!(
                "  KubeRay says: {}\n  Raygate says: {}",
                kuberay.join(" | "),
                judged.lines.join("\n    ")
            )
        };
        let says = self.judged(job, says).1;
        format!("  gates {:?}\n  {job}\n{says}", self.gates)
    }
}

/// The pointers to all fields and items, the outer ones first.
fn list_places(at: &Value, here: &mut Vec<String>, places: &mut Vec<Vec<String>>) {
    let parts: Vec<String> = match at {
        Value::Object(fields) => fields.keys().cloned().collect(),
        Value::Array(items) => (0..items.len()).map(|index| index.to_string()).collect(),
        _ => return,
    };
    for part in parts {
        here.push(part.clone());
        places.push(here.clone());
        let next = match at {
            Value::Object(fields) => fields.get(&part),
            _ => part.parse::<usize>().ok().and_then(|index| at.get(index)),
        };
        if let Some(next) = next {
            list_places(next, here, places);
        }
        here.pop();
    }
}

fn without(job: &Value, place: &[String]) -> Value {
    let mut smaller = job.clone();
    let Some((last, outer)) = place.split_last() else { return smaller };
    let outer = outer.iter().try_fold(&mut smaller, |at, part| match at {
        Value::Object(fields) => fields.get_mut(part),
        Value::Array(items) => part.parse::<usize>().ok().and_then(|index| items.get_mut(index)),
        _ => None,
    });
    match outer {
        Some(Value::Object(fields)) => drop(fields.remove(last)),
        Some(Value::Array(items)) => {
            if let Ok(index) = last.parse() {
                let _: Value = items.remove(index);
            }
        }
        _ => {}
    }
    smaller
}

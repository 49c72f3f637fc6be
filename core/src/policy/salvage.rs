//! What can be kept of a policy that is broken and stored all the same: it is compiled without its mistakes.

use serde_json::Value;

use super::mistakes::Mistake;
use super::{Policy, read};
use crate::field_path::Step;

/// Parts without which nobody knows whom a policy is about, until when, and what it does to a job: nothing is kept then.
const NEEDED: [&str; 6] = ["match", "exclude", "expiresAt", "enforcement", "existing", "priority"];

/// As many mistakes as this are taken out.
const MOST_ROUNDS: usize = 64;

/// Compiles a broken policy without the values that are wrong. Nothing, when that could make it stricter, or be about
/// other jobs, than it says.
pub fn salvage(name: &str, spec: &Value) -> Option<Policy> {
    let mut spec = spec.clone();
    for _ in 0..MOST_ROUNDS {
        let mistakes = match read(&spec).and_then(|spec| Policy::compile(name, &spec)) {
            Ok(policy) => return Some(policy),
            Err(mistakes) => mistakes,
        };
        // One at a time: to take one item out of a list moves the others.
        let mistake = mistakes.iter().next()?;
        if !take_out(&mut spec, mistake) {
            return None;
        }
    }
    None
}

/// Whether something could be taken out.
fn take_out(spec: &mut Value, mistake: &Mistake) -> bool {
    let [_, way @ ..] = mistake.steps.as_slice() else { return false };
    let is_needed = |step: &Step<'_>| matches!(step, Step::Key(key) if NEEDED.contains(&&**key));
    if way.first().is_none_or(is_needed) {
        return false;
    }
    // A limit is kept whole or not at all: a list of what is allowed would be stricter without one of its items.
    let is_limit = matches!(way.first(), Some(Step::Key(key)) if key == "limits");
    let way = if is_limit { &way[..way.len().min(2)] } else { way };
    // What is missing cannot be taken out: what lacks it is.
    (1..=way.len()).rev().any(|length| remove(spec, &way[..length]))
}

fn remove(spec: &mut Value, way: &[Step<'_>]) -> bool {
    let Some((last, parents)) = way.split_last() else { return false };
    let parent = parents.iter().try_fold(spec, |value, step| match step {
        Step::Key(key) => value.get_mut(&**key),
        Step::Index(index) => value.get_mut(*index),
    });
    match (parent, last) {
        (Some(Value::Object(fields)), Step::Key(key)) => fields.remove(&**key).is_some(),
        (Some(Value::Array(items)), Step::Index(index)) if *index < items.len() => {
            items.remove(*index);
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_right_is_kept() {
        let spec = json!({
            "priorty": 7,
            "match": {"namespaces": ["team-*"]},
            "rules": [{"rules": ["no-such-rule", "RJ106"], "action": "Deny"}, {"rules": ["RJ103"]}],
            "require": {"activeDeadlineSeconds": true, "labels": {"a": "(", "b": "c"}},
            "limits": {"backoffLimit": {"min": 3, "max": 1}, "images": {"requireDigest": true}},
        });
        let kept = salvage("p", &spec).expect("a policy");
        assert!(kept.require.active_deadline_seconds && kept.limits.images.is_some());
        assert_eq!(kept.require.labels.iter().map(|(key, _)| &**key).collect::<Vec<_>>(), ["b"]);
        let place = crate::rules::all().position(|rule| rule.code == "RJ106").expect("a rule");
        assert_eq!(kept.levels.of(place), Some(crate::finding::Level::Deny));
        assert_eq!(kept.limits.backoff_limit, None);
    }

    #[test]
    fn nothing_is_kept_of_a_policy_of_which_nobody_knows_whom_it_is_about() {
        for spec in [
            json!({"match": {"namespaces": ["[a-z]"]}}),
            json!({"exclude": {"subjects": [{"kind": "Robot", "name": "a"}]}}),
            json!({"expiresAt": "tomorrow"}),
            json!({"enforcement": "warn"}),
            json!("anything"),
        ] {
            assert!(salvage("p", &spec).is_none(), "{spec}");
        }
    }
}

//! What a case expects, held against what came of it: each difference in a sentence.

use serde_json::Value;

use super::cases::{Code, Expected, Verdict};
use super::trial::{Outcome, Told};

/// Where the outcome is another than the expected one; nothing when it is as expected.
pub(super) fn differences(expected: &Expected, outcome: &Outcome, policies: &[String]) -> Vec<String> {
    let mut differences = Vec::new();
    if let Some(verdict) = expected.verdict {
        let word = match verdict {
            Verdict::Allowed => "allowed",
            Verdict::Warned => "warned",
            Verdict::Denied => "denied",
        };
        if outcome.verdict != word {
            differences.push(format!("the job is {}, and should be {word}", outcome.verdict));
        }
    }
    if let Some(codes) = &expected.codes {
        compare(codes, &outcome.findings, "found", &mut differences);
    }
    if let Some(codes) = &expected.would_deny {
        compare(codes, &outcome.recorded, "recorded", &mut differences);
    }
    if let Some(names) = &expected.policies {
        for name in names.iter().filter(|name| !policies.contains(name)) {
            differences.push(format!("the policy {name} is not about the job, and should be"));
        }
        for name in policies.iter().filter(|name| !names.contains(name)) {
            differences.push(format!("the policy {name} is about the job, and should not be"));
        }
    }
    if let Some(part) = &expected.patch {
        contains(&outcome.completed, part, "", &mut differences);
    }
    differences
}

fn compare(codes: &[Code], findings: &[Told], what: &str, differences: &mut Vec<String>) {
    for code in codes {
        if !findings.iter().any(|finding| is_it(code, finding)) {
            differences.push(format!("{} is not {what}", in_words(code)));
        }
    }
    for finding in findings.iter().filter(|finding| !codes.iter().any(|code| is_it(code, finding))) {
        let policy = finding.policy.as_ref().map(|policy| format!(" (policy {policy})")).unwrap_or_default();
        differences.push(format!(
            "{} is {what} at {}{policy}, and not expected: {}",
            finding.code, finding.field, finding.message
        ));
    }
}

fn is_it(code: &Code, finding: &Told) -> bool {
    let names = |code: &str| finding.code.eq_ignore_ascii_case(code) || finding.slug == code;
    match code {
        Code::Anywhere(code) => names(code),
        Code::At(at) => {
            names(&at.code)
                && at.field.as_ref().is_none_or(|field| *field == finding.field)
                && at.policy.as_ref().is_none_or(|policy| finding.policy.as_ref() == Some(policy))
        }
    }
}

fn in_words(code: &Code) -> String {
    match code {
        Code::Anywhere(code) => code.clone(),
        Code::At(at) => {
            let field = at.field.as_ref().map(|field| format!(" at {field}")).unwrap_or_default();
            let policy = at.policy.as_ref().map(|policy| format!(" (policy {policy})")).unwrap_or_default();
            format!("{}{field}{policy}", at.code)
        }
    }
}

/// Whether a value contains a part: maps entry by entry, a null for what must not be there, all else as a whole.
fn contains(whole: &Value, part: &Value, path: &str, differences: &mut Vec<String>) {
    match (whole, part) {
        (Value::Object(entries), Value::Object(wanted)) => {
            for (key, wanted) in wanted {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                contains(entries.get(key).unwrap_or(&Value::Null), wanted, &path, differences);
            }
        }
        (Value::Array(items), Value::Array(wanted)) if items.len() == wanted.len() => {
            for (index, (item, wanted)) in items.iter().zip(wanted).enumerate() {
                contains(item, wanted, &format!("{path}[{index}]"), differences);
            }
        }
        (Value::Null, Value::Null) => {}
        (whole, wanted) if whole == wanted => {}
        (Value::Null, _) => {
            differences.push(format!("{path} is not set, and should be {part}"));
        }
        (_, Value::Null) => differences.push(format!("{path} is set, and should not be")),
        _ => differences.push(format!("{path} is another than {part}")),
    }
}

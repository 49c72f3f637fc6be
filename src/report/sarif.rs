//! The report as SARIF 2.1.0, which code scanning reads: one run, with the documentation of the rules that found something.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use raygate_core::finding::Level;
use raygate_core::rules::Rule;
use serde_json::{Value, json};

use super::plain::write_json;
use super::sentence::Sentence;
use super::{Diagnostic, Failure, Report};

/// Writes it.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let found = report.sorted();
    let rules: BTreeMap<&str, &Rule> = found.iter().map(|found| (found.rule.code, found.rule)).collect();
    let indexes: HashMap<&str, usize> = rules.keys().copied().zip(0..).collect();
    let mut fingerprints = Fingerprints::default();
    let results: Vec<Value> = found
        .into_iter()
        .map(|found| result(found, indexes[found.rule.code], &fingerprints.next(found)))
        .collect();
    let run = json!({
        "tool": {"driver": {
            "name": "raygate",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules.values().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
        }},
        "columnKind": "unicodeCodePoints",
        "invocations": [{
            "executionSuccessful": report.failures.is_empty(),
            "toolExecutionNotifications": notifications(report),
        }],
        "results": results,
    });
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    });
    write_json(&log, out)
}

fn descriptor(rule: &Rule) -> Value {
    let documentation = rule.documentation();
    let because: Vec<_> = rule.because.iter().map(|because| format!("- {because}")).collect();
    let help = format!("{documentation}\n## Because\n{}\n", because.join("\n"));
    json!({
        "id": rule.code,
        "name": pascal_case(rule.slug),
        "shortDescription": {"text": rule.summary()},
        "fullDescription": {"text": why(&documentation).unwrap_or_else(|| rule.summary().to_owned())},
        "help": {"text": &help, "markdown": &help},
        "defaultConfiguration": {"level": level(rule.level)},
    })
}

fn result(found: &Diagnostic, rule_index: usize, fingerprint: &str) -> Value {
    let suppressions = if found.suppressed {
        json!([{"kind": "inSource", "justification": "suppressed by raygate.dev/ignore"}])
    } else {
        json!([])
    };
    json!({
        "ruleId": found.rule.code,
        "ruleIndex": rule_index,
        "level": level(found.level),
        "message": message(&found.advice()),
        "locations": [{
            "physicalLocation": {
                "artifactLocation": artifact(&found.object.file),
                "region": {
                    "startLine": found.start.line,
                    "startColumn": found.start.column,
                    "endLine": found.end.line,
                    "endColumn": found.end.column,
                },
            },
            "logicalLocations": [
                {"fullyQualifiedName": found.field, "kind": "property"},
                {"fullyQualifiedName": found.object.title(), "kind": "resource"},
            ],
        }],
        "partialFingerprints": {"finding/v1": fingerprint},
        "suppressions": suppressions,
    })
}

/// What is no finding: what could not be read, and that there was nothing to judge.
fn notifications(report: &Report) -> Vec<Value> {
    let nothing = (report.summary.ray_jobs == 0)
        .then(|| json!({"level": "warning", "message": message(&Sentence(report).to_string())}));
    report.failures.iter().map(notification).chain(nothing).collect()
}

fn notification(failure: &Failure) -> Value {
    let mut place = json!({"artifactLocation": artifact(&failure.file)});
    if let Some(at) = failure.position {
        place["region"] = json!({"startLine": at.line, "startColumn": at.column});
    }
    json!({
        "level": "error",
        "message": message(&failure.message),
        "locations": [{"physicalLocation": place}],
    })
}

/// A message; what would be a link in it is none, for its words are a manifest's.
fn message(text: &str) -> Value {
    json!({"text": text.replace("](", "] (")})
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Deny => "error",
        Level::Warn => "warning",
        Level::Off => "none",
    }
}

/// What a URI's path may hold unescaped.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

fn artifact(file: &str) -> Value {
    let path = utf8_percent_encode(file, PATH);
    let has_drive = file.as_bytes().get(1..3) == Some(b":/");
    match file {
        _ if has_drive => {
            json!({"uri": format!("file:///{}:{}", &file[..1], utf8_percent_encode(&file[2..], PATH))})
        }
        _ if file.starts_with('/') => json!({"uri": format!("file://{path}")}),
        _ => json!({"uri": path.to_string(), "uriBaseId": "%SRCROOT%"}),
    }
}

/// What a finding is recognised by when lines move: its rule, its object, its field, and which one of these it is.
#[derive(Default)]
struct Fingerprints(HashMap<String, usize>);

impl Fingerprints {
    fn next(&mut self, found: &Diagnostic) -> String {
        let fingerprint = format!("{} {} {}", found.rule.code, found.object.title(), found.field);
        let count = self.0.entry(fingerprint.clone()).or_default();
        *count += 1;
        format!("{fingerprint} {count}")
    }
}

fn pascal_case(slug: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    };
    slug.split('-').map(word).collect()
}

/// The text below `## Why`.
fn why(documentation: &str) -> Option<String> {
    let section = documentation.split_once("## Why\n")?.1;
    let end = section.find("\n## ").unwrap_or(section.len());
    Some(section[..end].trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::{artifact, pascal_case, why};

    #[test]
    fn files_become_uris() {
        for (file, uri) in [
            ("jobs/train.yaml", "jobs/train.yaml"),
            ("<stdin>", "%3Cstdin%3E"),
            ("a b/100%/ä:#?.yaml", "a%20b/100%25/%C3%A4%3A%23%3F.yaml"),
            ("../up.yaml", "../up.yaml"),
            ("/tmp/a b.yaml", "file:///tmp/a%20b.yaml"),
            ("C:/jobs/a.yaml", "file:///C:/jobs/a.yaml"),
        ] {
            assert_eq!(artifact(file)["uri"], uri);
        }
    }

    #[test]
    fn only_uris_without_a_scheme_hang_on_the_root_of_the_sources() {
        assert_eq!(artifact("a.yaml")["uriBaseId"], "%SRCROOT%");
        assert!(artifact("/a.yaml").get("uriBaseId").is_none());
    }

    #[test]
    fn slugs_become_names() {
        assert_eq!(pascal_case("suspend-without-shutdown"), "SuspendWithoutShutdown");
    }

    #[test]
    fn the_reason_ends_where_the_next_part_begins() {
        assert_eq!(why("What.\n\n## Why\nA.\nB.\n\n## Example\nC").as_deref(), Some("A.\nB."));
        assert_eq!(why("What.\n"), None);
    }

    #[test]
    fn every_rule_says_why() {
        let silent: Vec<_> = raygate_core::rules::all()
            .filter(|rule| why(&rule.documentation()).is_none())
            .map(|rule| rule.code)
            .collect();
        assert!(silent.is_empty(), "without `## Why`: {silent:?}");
    }
}

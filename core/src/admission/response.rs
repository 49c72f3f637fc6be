//! The AdmissionReview that goes back, exactly as the API server wants it, and never longer than it can use.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use super::json_text::JsonText;
use super::{Decision, Verdict, codes};
use crate::admission::request::Request;
use crate::finding::{Finding, Level};
use crate::quoted::is_printable;

/// Causes in one denial.
const MOST_CAUSES: usize = 50;
/// Bytes of a denial's message.
const LONGEST_MESSAGE: usize = 16 * 1024;
/// Bytes of one cause's text: a list of all of them stays within what a client shows.
const LONGEST_LINE: usize = 1024;
/// Warnings in one answer; all webhooks together share 4,096 characters.
const MOST_WARNINGS: usize = 8;
/// Characters of all warnings together.
const ALL_WARNINGS: usize = 1000;
/// Characters of one warning, as Kubernetes advises.
const LONGEST_WARNING: usize = 120;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Review<'a> {
    api_version: &'static str,
    kind: &'static str,
    response: Response<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Response<'a> {
    uid: &'a str,
    allowed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Status<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    patch_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    patch: Option<JsonText>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
    #[serde(skip_serializing_if = "AuditAnnotations::is_empty")]
    audit_annotations: AuditAnnotations,
}

#[derive(Default, Serialize)]
struct AuditAnnotations {
    #[serde(skip_serializing_if = "String::is_empty")]
    rules: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    mutations: String,
}

impl AuditAnnotations {
    fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.mutations.is_empty()
    }
}

/// `metav1.Status`
#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the names are those of metav1.Status")]
struct Status<'a> {
    status: &'static str,
    code: u16,
    reason: &'static str,
    message: JsonText,
    details: Details<'a>,
}

#[derive(Serialize)]
struct Details<'a> {
    group: &'static str,
    kind: &'a str,
    name: &'a str,
    causes: Vec<Cause>,
}

#[derive(Serialize)]
struct Cause {
    reason: &'static str,
    message: JsonText,
    field: JsonText,
}

/// Writes the answer to a request.
pub(super) fn write(request: &Request<'_>, decision: &Decision<'_>) -> Vec<u8> {
    let denied = decision.verdict == Verdict::Denied;
    let patch = Some(&decision.completion.patch).filter(|patch| !patch.is_empty());
    let response = Response {
        uid: &request.uid,
        allowed: !denied,
        status: denied.then(|| status(request, decision)),
        patch_type: patch.map(|_| "JSONPatch"),
        patch: patch.map(|patch| JsonText::of(&STANDARD.encode(to_json(patch, 256)))),
        warnings: if decision.is_unattended { Vec::new() } else { warnings(&decision.findings) },
        audit_annotations: AuditAnnotations {
            rules: codes(&decision.findings, |_| true).join(","),
            mutations: decision.completion.applied.join(","),
        },
    };
    let causes = response.status.as_ref().map_or(0, |status| 2 * status.message.len() + 256);
    to_json(&Review { api_version: "admission.k8s.io/v1", kind: "AdmissionReview", response }, 512 + causes)
}

/// `expected` is about how many bytes it will be.
fn to_json<T: Serialize>(value: &T, expected: usize) -> Vec<u8> {
    let mut json = Vec::with_capacity(expected);
    // Strings, numbers and lists of our own types: there is nothing in them that JSON cannot write.
    let _ = serde_json::to_writer(&mut json, value);
    json
}

/// `Invalid` with its causes, which kubectl prints as a list. A job that runs is refused with `Forbidden`, since
/// `kubectl apply --force` deletes and recreates what is Invalid.
fn status<'a>(request: &'a Request<'_>, decision: &Decision<'_>) -> Status<'a> {
    let denials: Vec<_> = decision.findings.iter().filter(|finding| finding.level == Level::Deny).collect();
    let (code, reason) = if decision.is_alive { (403, "Forbidden") } else { (422, "Invalid") };
    let mut causes: Vec<_> = denials.iter().take(MOST_CAUSES).map(|finding| cause(finding)).collect();
    let message = message(request, &causes, denials.len());
    if let Some(more) = and_more(denials.len() - causes.len()) {
        let (message, field) = (JsonText::of(&more), JsonText::of("spec"));
        causes.push(Cause { reason: "FieldValueInvalid", message, field });
    }
    let details = Details { group: "ray.io", kind: &request.kind.kind, name: name_of(request), causes };
    Status { status: "Failure", code, reason, message, details }
}

fn name_of<'a>(request: &'a Request<'_>) -> &'a str {
    let name = request
        .object
        .root()
        .child::<crate::document::Object>("metadata")
        .child::<crate::document::Text>("name");
    name.non_empty().unwrap_or(&request.name)
}

fn cause(finding: &Finding<'_>) -> Cause {
    Cause {
        reason: finding.reason.as_str(),
        message: JsonText::of(&one_line(finding.line(), LONGEST_LINE)),
        field: JsonText::of(&one_line(finding.path().into(), LONGEST_LINE)),
    }
}

fn and_more(hidden: usize) -> Option<String> {
    (hidden > 0).then(|| format!("and {hidden} more: run `raygate check` on the manifest to see all"))
}

/// The whole list as text, for clients that show only the message; its first line is a summary.
fn message(request: &Request<'_>, causes: &[Cause], denials: usize) -> JsonText {
    let problems = if denials == 1 { "1 problem" } else { &format!("{denials} problems") };
    let name = one_line(name_of(request).to_owned(), LONGEST_LINE);
    let mut message = JsonText::of(&format!(
        "{} {}/{name} has {problems}:",
        request.kind.kind,
        one_line(request.namespace.to_string(), LONGEST_LINE)
    ));
    let (bullet, colon) = (JsonText::of("\n* "), JsonText::of(": "));
    let mut shown = 0;
    for cause in causes {
        let line = [&bullet, &cause.field, &colon, &cause.message];
        if message.len() + line.iter().map(|part| part.len()).sum::<usize>() > LONGEST_MESSAGE {
            break;
        }
        for part in line {
            message.push(part);
        }
        shown += 1;
    }
    if let Some(more) = and_more(denials - shown) {
        message.push(&bullet);
        message.push(&JsonText::of(&more));
    }
    message
}

/// Warnings as kubectl can print them. The API server drops a text with a control character.
fn warnings(findings: &[Finding<'_>]) -> Vec<String> {
    let mut left = ALL_WARNINGS;
    let all: Vec<_> = findings.iter().filter(|finding| finding.level == Level::Warn).collect();
    let mut warnings = Vec::new();
    for finding in &all {
        let line = [finding.rule.code, " ", finding.path().as_str(), ": ", &finding.message].concat();
        let line = one_line_of_characters(line, LONGEST_WARNING);
        let Some(rest) = left.checked_sub(line.chars().count() + 1) else { break };
        let is_last_place = warnings.len() + 1 == MOST_WARNINGS && all.len() > MOST_WARNINGS;
        if is_last_place {
            break;
        }
        left = rest;
        warnings.push(line);
    }
    if let Some(more) = and_more(all.len() - warnings.len()) {
        warnings.push(more);
    }
    warnings
}

/// A text on one line, cut at a character boundary to at most so many bytes.
fn one_line(text: String, longest: usize) -> String {
    if text.len() <= longest && is_clean(&text) {
        return text;
    }
    let clean: String = text.chars().map(printable).collect();
    if clean.len() <= longest {
        return clean;
    }
    let end = (0..=longest - "…".len()).rev().find(|at| clean.is_char_boundary(*at)).unwrap_or(0);
    format!("{}…", &clean[..end])
}

fn one_line_of_characters(text: String, longest: usize) -> String {
    if text.len() <= longest && is_clean(&text) {
        return text;
    }
    let mut clean: String = text.chars().take(longest).map(printable).collect();
    if text.chars().nth(longest).is_some() {
        clean.pop();
        clean.push('…');
    }
    clean
}

fn is_clean(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~')) || text.chars().all(is_printable)
}

fn printable(character: char) -> char {
    if is_printable(character) { character } else { ' ' }
}

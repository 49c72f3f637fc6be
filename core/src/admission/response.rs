//! The AdmissionReview that goes back, exactly as the API server wants it, and never longer than it can use.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::json::Json;
use super::{Decision, Verdict, codes};
use crate::admission::request::Request;
use crate::finding::{Finding, Level, Reason};
use crate::mutations::Gift;
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

/// Writes the answer to a request.
pub(super) fn write(request: &Request<'_>, decision: &Decision<'_>) -> Vec<u8> {
    let denied = decision.verdict == Verdict::Denied;
    let mut json = Json::with_capacity(if denied { 4096 } else { 1024 });
    json.raw(r#"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"uid":"#);
    json.text(&request.uid);
    json.raw(if denied { r#","allowed":false"# } else { r#","allowed":true"# });
    if denied {
        json.raw(r#","status":"#);
        write_status(&mut json, request, decision);
    }
    if !decision.completion.patch.is_empty() {
        json.raw(r#","patchType":"JSONPatch","patch":"#);
        json.text(&STANDARD.encode(serde_json::to_vec(&decision.completion.patch).unwrap_or_default()));
    }
    let warnings = if decision.is_unattended { Vec::new() } else { warnings(&decision.findings) };
    if !warnings.is_empty() {
        json.raw(r#","warnings":"#);
        json.texts(warnings.iter().map(String::as_str));
    }
    write_audit_annotations(&mut json, decision);
    json.raw("}}");
    json.into_bytes()
}

fn write_audit_annotations(json: &mut Json, decision: &Decision<'_>) {
    let (rules, suppressed) = (codes(&decision.findings, |_| true), codes(&decision.suppressed, |_| true));
    let mutations = &decision.completion.applied;
    let mut opens = r#","auditAnnotations":{"#;
    let would_deny = codes(&decision.recorded, |_| true);
    let annotations = [
        (r#""rules":"#, &rules),
        (r#""suppressed":"#, &suppressed),
        (r#""would-deny":"#, &would_deny),
        (r#""mutations":"#, mutations),
    ];
    for (key, words) in annotations {
        if !words.is_empty() {
            json.raw(opens);
            json.raw(key);
            json.text(&words.join(","));
            opens = ",";
        }
    }
    let completion = &decision.completion;
    let gifts = by_policy(completion.gifts.iter().map(|gift| (gift, String::new())));
    let refused = completion.refused.iter();
    let refused = by_policy(refused.map(|refused| (&refused.gift, format!(" ({})", refused.because))));
    for (key, text) in [(r#""defaults":"#, gifts), (r#""defaults-not-applied":"#, refused)] {
        if !text.is_empty() {
            json.raw(opens);
            json.raw(key);
            json.text(&one_line(text, LONGEST_LINE));
            opens = ",";
        }
    }
    if opens == "," {
        json.raw("}");
    }
}

/// Which policy has which values for a job, each with a remark: `gpu-teams: spec.activeDeadlineSeconds; other: …`.
fn by_policy<'g>(gifts: impl Iterator<Item = (&'g Gift, String)>) -> String {
    let mut policies: Vec<(&str, Vec<String>)> = Vec::new();
    for (gift, remark) in gifts {
        let field = format!("{}{remark}", gift.field);
        match policies.iter_mut().find(|(policy, _)| *policy == &*gift.policy) {
            Some((_, fields)) => fields.push(field),
            None => policies.push((&gift.policy, vec![field])),
        }
    }
    let texts: Vec<_> =
        policies.iter().map(|(policy, fields)| format!("{policy}: {}", fields.join(", "))).collect();
    texts.join("; ")
}

/// A `metav1.Status`: `Invalid` with its causes, which kubectl prints as a list, and the whole list as text, for clients
/// that show only the message. A job that runs is refused with `Forbidden`, since `kubectl apply --force` deletes and
/// recreates what is Invalid.
fn write_status(json: &mut Json, request: &Request<'_>, decision: &Decision<'_>) {
    let denials: Vec<_> = decision.findings.iter().filter(|finding| finding.level == Level::Deny).collect();
    json.raw(r#"{"status":"Failure","#);
    json.raw(if decision.is_alive {
        r#""code":403,"reason":"Forbidden""#
    } else {
        r#""code":422,"reason":"Invalid""#
    });
    json.raw(r#","details":{"group":"ray.io","kind":"#);
    json.text(&request.kind.kind);
    json.raw(r#","name":"#);
    json.text(name_of(request));
    json.raw(r#","causes":["#);
    let mut lines = Vec::with_capacity(denials.len().min(MOST_CAUSES));
    for finding in denials.iter().take(MOST_CAUSES) {
        if !lines.is_empty() {
            json.raw(",");
        }
        let field = one_line(finding.path().into(), LONGEST_LINE);
        lines.push(write_cause(json, finding.reason, &field, &one_line(finding.line(), LONGEST_LINE)));
    }
    if let Some(more) = and_more(denials.len() - lines.len()) {
        json.raw(",");
        write_cause(json, Reason::Invalid, "spec", &more);
    }
    json.raw(r#"]},"message":"#);
    write_message(json, &summary(request, denials.len()), &lines, denials.len());
    json.raw("}");
}

/// Where the field and the text of a cause stand, escaped.
pub(super) type Line = [Range<usize>; 2];

pub(super) fn write_cause(json: &mut Json, reason: Reason, field: &str, message: &str) -> Line {
    json.raw(r#"{"reason":"#);
    json.text(reason.as_str());
    json.raw(r#","field":"#);
    let field = json.text(field);
    json.raw(r#","message":"#);
    let message = json.text(message);
    json.raw("}");
    [field, message]
}

/// The first line of a message.
fn summary(request: &Request<'_>, denials: usize) -> String {
    let problems = if denials == 1 { "1 problem" } else { &format!("{denials} problems") };
    let [namespace, name] =
        [&*request.namespace, name_of(request)].map(|text| one_line(text.to_owned(), LONGEST_LINE));
    format!("{} {namespace}/{name} has {problems}:", request.kind.kind)
}

/// The summary, and as many of the lines as there is room for.
pub(super) fn write_message(json: &mut Json, summary: &str, lines: &[Line], denials: usize) {
    const BULLET: &str = r"\n* ";
    let mut list = String::with_capacity(2048);
    let mut shown = 0;
    for [field, message] in lines {
        let line = [BULLET, json.at(field.clone()), ": ", json.at(message.clone())];
        if summary.len() + list.len() + line.iter().map(|part| part.len()).sum::<usize>() > LONGEST_MESSAGE {
            break;
        }
        list.extend(line);
        shown += 1;
    }
    if let Some(more) = and_more(denials - shown) {
        list.extend([BULLET, &more]);
    }
    json.text(summary);
    json.prolong(&list);
}

fn name_of<'a>(request: &'a Request<'_>) -> &'a str {
    let name = request
        .object
        .root()
        .child::<crate::document::Object>("metadata")
        .child::<crate::document::Text>("name");
    name.non_empty().unwrap_or(&request.name)
}

fn and_more(hidden: usize) -> Option<String> {
    (hidden > 0).then(|| format!("and {hidden} more: run `raygate check` on the manifest to see all"))
}

/// Warnings as kubectl can print them. The API server drops a text with a control character.
fn warnings(findings: &[Finding<'_>]) -> Vec<String> {
    let mut left = ALL_WARNINGS;
    let all: Vec<_> = findings.iter().filter(|finding| finding.level == Level::Warn).collect();
    let mut warnings = Vec::new();
    for finding in &all {
        let line = [finding.rule.code, " ", finding.path().as_str(), ": ", &finding.text()].concat();
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

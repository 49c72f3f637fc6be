//! The review of a policy: one that is broken is refused with all its mistakes, each at its field.
//!
//! What is stored already may be written again, broken or not, so that its labels and its status can change; and nobody
//! who deletes one is asked.

use serde_json::Value;

use super::json::Json;
use super::request::Request;
use super::response::{Line, write_cause, write_message};
use super::{Admitted, Verdict};
use crate::document::{Any, Object, Text};
use crate::finding::Reason;
use crate::policy::{self, Mistakes, Policy, crd};

/// Causes in one refusal.
const MOST_CAUSES: usize = 50;

/// Judges the policy of one request.
pub(super) fn review(request: Request<'_>) -> Admitted<'_> {
    let mistakes = mistakes_of(&request);
    let verdict = match &mistakes {
        None => Verdict::Skipped,
        Some(mistakes) if mistakes.is_empty() => Verdict::Allowed,
        Some(_) => Verdict::Denied,
    };
    let body = write(&request, mistakes.as_ref().filter(|mistakes| !mistakes.is_empty()));
    Admitted { body, record: request.into_record(verdict) }
}

/// What is wrong with the policy; nothing when there is nothing to judge.
fn mistakes_of(request: &Request<'_>) -> Option<Mistakes> {
    let is_policy = request.kind.group == crd::GROUP && request.kind.kind == crd::KIND;
    let is_written = matches!(&*request.operation, "CREATE" | "UPDATE") && !request.object.is_null();
    if !is_policy || !is_written || !request.sub_resource.is_empty() {
        return None;
    }
    let (object, old) = (request.object.root(), request.old_object.root());
    let spec =
        |root: &crate::document::Field<'_, Object>| serde_json::to_value(root.child::<Any>("spec")).ok();
    let is_going = old.child::<Object>("metadata").child::<Text>("deletionTimestamp").non_empty().is_some();
    let new = spec(&object)?;
    if !request.old_object.is_null() && (is_going || spec(&old).as_ref() == Some(&new)) {
        return None;
    }
    let new = if new.is_null() { Value::Object(serde_json::Map::new()) } else { new };
    let compiled = policy::read(&new).and_then(|spec| Policy::compile(&request.name, &spec));
    Some(compiled.err().unwrap_or_default())
}

fn write(request: &Request<'_>, mistakes: Option<&Mistakes>) -> Vec<u8> {
    let mut json = Json::with_capacity(if mistakes.is_some() { 2048 } else { 256 });
    json.raw(r#"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"uid":"#);
    json.text(&request.uid);
    json.raw(if mistakes.is_some() { r#","allowed":false"# } else { r#","allowed":true"# });
    if let Some(mistakes) = mistakes {
        write_status(&mut json, request, mistakes);
    }
    json.raw("}}");
    json.into_bytes()
}

fn write_status(json: &mut Json, request: &Request<'_>, mistakes: &Mistakes) {
    json.raw(r#","status":{"status":"Failure","code":422,"reason":"Invalid","details":{"group":"#);
    json.text(crd::GROUP);
    json.raw(r#","kind":"#);
    json.text(crd::KIND);
    json.raw(r#","name":"#);
    json.text(&request.name);
    json.raw(r#","causes":["#);
    let number = mistakes.iter().len();
    let mut lines: Vec<Line> = Vec::with_capacity(number.min(MOST_CAUSES));
    for mistake in mistakes.iter().take(MOST_CAUSES) {
        if !lines.is_empty() {
            json.raw(",");
        }
        lines.push(write_cause(json, Reason::Invalid, &mistake.field.to_string(), &mistake.message));
    }
    let hidden = number - lines.len();
    if hidden > 0 {
        json.raw(",");
        write_cause(json, Reason::Invalid, "spec", &format!("and {hidden} more"));
    }
    json.raw(r#"]},"message":"#);
    let problems = if number == 1 { "1 mistake".to_owned() } else { format!("{number} mistakes") };
    write_message(json, &format!("{} {} has {problems}:", crd::KIND, request.name), &lines, number);
    json.raw("}");
}

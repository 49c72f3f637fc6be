//! What stands in for the uid of a request: the same manifest gets the same id each time.

use std::fmt::Write as _;

use raygate_core::document::Document;
use raygate_core::mutations::{self, Giving};
use raygate_core::patch::Patch;
use raygate_core::subject::Subject;
use raygate_core::yaml::Node;
use serde_json::Value;

use crate::cryptography::sha256;

/// A hash of the namespace, the name and the completed spec, in hexadecimal digits; the order of keys does not matter.
pub(super) fn uid(job: &Node<'_>, namespace: Option<&str>, name: &str, giving: &Giving<'_>) -> String {
    let spec = completed(job, giving).get("spec").map(Value::to_string).unwrap_or_default();
    let identity = Value::from(vec![namespace.unwrap_or_default(), name, &spec]);
    let hash = sha256(identity.to_string().as_bytes());
    hash.as_ref().iter().fold(String::new(), |mut digits, byte| {
        // Writing into a String cannot fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

/// The job with everything but an id, so that it does not matter what has been written into the file already.
fn completed(job: &Node<'_>, giving: &Giving<'_>) -> Value {
    let document = Document::from(job);
    let subject = Subject::created(&document, "");
    let completion = mutations::complete_under(&subject, giving);
    let patch = completion.ok().and_then(|completion| as_operations(&completion.patch));
    let old = Value::from(&job.value);
    let mut new = old.clone();
    match patch {
        Some(patch) if json_patch::patch(&mut new, &patch).is_ok() => new,
        _ => old,
    }
}

/// The patch in the form that can be applied.
pub(super) fn as_operations(patch: &Patch) -> Option<json_patch::Patch> {
    serde_json::to_value(patch).and_then(serde_json::from_value).ok()
}

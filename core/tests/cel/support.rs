//! One expression over one object.

use std::collections::BTreeMap;

use raygate_core::document::Document;
use raygate_core::policy::expressions::{Budget, Scope};
use raygate_core::policy::{Failure, NamespaceLabels, Policy, Request};
use raygate_core::rayjob::RayJob;
use serde_json::{Value, json};

/// What comes of it; nothing when it is refused before there is a job.
pub(crate) fn answer(expression: &str, object: &Value) -> Option<Result<bool, Failure>> {
    let spec = json!({"validations": [{"expression": expression, "message": "no"}]});
    let spec = serde_json::from_value(spec).expect("the shape of a policy");
    let policy = Policy::compile("p", &spec).ok()?;
    let json = object.to_string();
    let document: Document<'_> = serde_json::from_str(&json).expect("JSON");
    let (job, labels) = (RayJob::of(&document), BTreeMap::new());
    let request = Request {
        namespace: "default",
        namespace_labels: NamespaceLabels::Known(&labels),
        user: "alice",
        groups: &[],
        dry_run: false,
    };
    Some(policy.expressions[0].is_true(&Scope::of(&job, None, &request), &mut Budget::default()))
}

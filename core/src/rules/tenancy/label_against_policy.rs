//! RJ741 `label-against-policy`.

use regex::Regex;

use crate::document::{Field, Map, Text};
use crate::policy::Policy;
use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// A policy asks for a label or annotation that the job lacks, or that has another form.
    ///
    /// ## Why
    /// The administrators of the cluster count, bill or find jobs by it.
    ///
    /// ## Example
    /// ```yaml policy
    /// require: {labels: {cost-center: "[A-Z]{3}-[0-9]+"}}
    /// ```
    /// ```yaml bad
    /// metadata: {name: train}
    /// ```
    /// ```yaml bad
    /// metadata: {labels: {cost-center: unknown}}
    /// ```
    /// ```yaml good
    /// metadata: {labels: {cost-center: RAY-17}}
    /// ```
    "RJ741" "label-against-policy" Deny since "0.1.0" [reads metadata] [of policies] because
        Policy "`require.labels`, `require.annotations`",
}

fn check<'a>(policy: &'a Policy, job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    judge("label", job.metadata.labels, &policy.require.labels, findings);
    judge("annotation", job.metadata.annotations, &policy.require.annotations, findings);
}

fn judge<'a>(
    what: &str,
    map: Field<'a, Map>,
    required: &'a [(String, Regex)],
    findings: &mut Findings<'_, 'a>,
) {
    for (key, pattern) in required {
        let field: Field<'a, Text> = map.get(key);
        let inner = pattern.as_str().trim_start_matches("^(?:").trim_end_matches(")$");
        let help = format!("set the {what} {} to a value of the form {}", Quoted(key), Quoted(inner));
        match field.value() {
            Some(value) if pattern.is_match(value) => {}
            Some(_) => {
                findings
                    .report(field, format!("the {what} {} has not the form that is asked for", Quoted(key)))
                    .help(help);
            }
            None => {
                findings
                    .report(field, format!("the {what} {} is missing", Quoted(key)))
                    .reason(Reason::Required)
                    .help(help);
            }
        }
    }
}

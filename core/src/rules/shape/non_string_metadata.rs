//! RJ008 `non-string-metadata`.

use crate::document::Shape;
use crate::rules::prelude::*;

rule! {
    /// A value in `spec.metadata` is not a string.
    ///
    /// ## Why
    /// Ray keeps a job's metadata as strings. In YAML `yes`, `1` and `1.5` are no strings until they are quoted.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   metadata:
    ///     attempt: 1
    /// ```
    /// ```yaml good
    /// spec:
    ///   metadata:
    ///     attempt: "1"
    /// ```
    "RJ008" "non-string-metadata" Deny since "0.1.0" because
        KubernetesRefuses "the CRD's schema wants strings in spec.metadata",
        Ray "the metadata of a Ray job is a map of strings to strings (Ray 2.60 JobSubmitRequest)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for entry in job.spec.metadata.entries() {
        if let Some(shape) = entry.shape().filter(|shape| *shape != Shape::Text) {
            findings
                .report(entry, format!("the value must be a string, but is {}", shape.as_str()))
                .reason(Reason::TypeInvalid)
                .help("put the value in quotes");
        }
    }
}

//! RJ002 `missing-name`.

use crate::document::{Field, Shape, Text};
use crate::rules::prelude::*;

rule! {
    /// The job has neither a name nor a stem for a generated one.
    ///
    /// ## Why
    /// Kubernetes stores no object without a name.
    ///
    /// ## Example
    /// ```yaml bad
    /// metadata:
    ///   name: null
    /// ```
    /// ```yaml good
    /// metadata:
    ///   name: null
    ///   generateName: train-
    /// ```
    "RJ002" "missing-name" Deny since "0.1.0" because
        KubernetesRefuses "an object needs metadata.name or metadata.generateName",
        RayJobInterface "metadata.name is required",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let metadata = &job.metadata;
    let names = [metadata.name, metadata.generate_name];
    // What is no text is told as such.
    let is_wrong = |name: Field<'_, Text>| name.shape().is_some_and(|shape| shape != Shape::Text);
    if names.iter().all(|name| name.non_empty().is_none()) && !names.into_iter().any(is_wrong) {
        findings
            .report(metadata.name, "the RayJob has no name")
            .because_of(metadata.generate_name)
            .reason(Reason::Required)
            .help("set metadata.name, or metadata.generateName to have one made");
    }
}

//! RJ002 `missing-name`.

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
    if metadata.name.non_empty().is_none() && metadata.generate_name.non_empty().is_none() {
        findings
            .report(metadata.name, "the RayJob has no name")
            .because_of(metadata.generate_name)
            .reason(Reason::Required)
            .help("set metadata.name, or metadata.generateName to have one made");
    }
}

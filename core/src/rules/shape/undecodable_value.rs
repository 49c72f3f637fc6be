//! RJ009 `undecodable-value`.

use crate::document::{Misfit, Problem, Text, Undecodable};
use crate::quantity::QuantityError;
use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// A value passes the schema of the CRD, and the KubeRay operator cannot read it.
    ///
    /// ## Why
    /// The operator reads all RayJobs of the cluster at once. One that it cannot read makes the whole list fail: from then
    /// on it starts, stops and cleans up nothing for anybody, while its health check still says ok, until somebody finds
    /// and deletes that one object. It does not help that another controller manages the job: reading comes first.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   submitterPodTemplate:
    ///     spec:
    ///       restartPolicy: Never
    ///       containers:
    ///       - name: submitter
    ///         image: rayproject/ray:2.52.0
    ///         resources:
    ///           limits:
    ///             memory: 1e1.5
    /// ```
    /// ```yaml bad
    /// spec:
    ///   entrypointNumCpus: 1.0e+39
    /// ```
    /// ```yaml good
    /// spec:
    ///   submitterPodTemplate:
    ///     spec:
    ///       restartPolicy: Never
    ///       containers:
    ///       - name: submitter
    ///         image: rayproject/ray:2.52.0
    ///         resources:
    ///           limits:
    ///             memory: 1.5Gi
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.35 `resource.ParseQuantity`, `intstr.IntOrString`
    "RJ009" "undecodable-value" Deny since "0.1.0" [of misfits] because
        KubeRayStops "`failed to list *v1.RayJob`, in the informer: no RayJob of anybody is reconciled",
}

fn check<'a>(misfit: &Misfit<'a>, findings: &mut Findings<'_, 'a>) {
    let Problem::Undecodable(why) = misfit.problem else { return };
    // Quantities and times are no secrets.
    let value = match misfit.field.cast::<Text>().value() {
        Some(text) => Quoted(text).to_string(),
        None => "the number".to_owned(),
    };
    let (problem, help) = words(why);
    findings
        .report(
            misfit.field,
            format!("{value} {problem}: KubeRay's operator would stop for the whole cluster"),
        )
        .help(help);
}

fn words(why: Undecodable) -> (&'static str, &'static str) {
    match why {
        Undecodable::Int32 => {
            ("does not fit into 32 bits", "write an integer from -2147483648 to 2147483647")
        }
        Undecodable::Int64 => ("does not fit into 64 bits", "write an integer of at most 18 digits"),
        Undecodable::Float32 => ("is too large for a 32-bit number", "write a number below 3e38"),
        Undecodable::Quantity(error) => (
            match error {
                QuantityError::Form => "is no quantity",
                QuantityError::Number => "is a quantity without digits",
                QuantityError::Unit => "has an unknown unit",
                QuantityError::Exponent => "has an exponent that takes minutes to compute with",
            },
            "write a number and a unit without a blank between, such as 500m, 2, 4Gi or 1e3",
        ),
        Undecodable::Time => ("is no time", "write it like 2026-01-31T08:00:00Z"),
    }
}

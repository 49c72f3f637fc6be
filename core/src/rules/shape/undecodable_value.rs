//! RJ009 `undecodable-value`.

use crate::document::{Misfit, Problem, Undecodable};
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
    let field = misfit.field;
    let value = match why {
        // No secret is a quantity or a time.
        Undecodable::Quantity(_) | Undecodable::Time => {
            field.cast::<crate::document::Text>().value().map(|text| Quoted(text).to_string())
        }
        Undecodable::Int32 | Undecodable::Int64 | Undecodable::Float32 => None,
    };
    let value = value.unwrap_or_else(|| "the number".to_owned());
    let (problem, help) = match why {
        Undecodable::Int32 => {
            ("does not fit into 32 bits".into(), "write an integer between -2147483648 and 2147483647")
        }
        Undecodable::Int64 => ("does not fit into 64 bits".into(), "write an integer of at most 18 digits"),
        Undecodable::Float32 => ("is too large for a 32-bit float".into(), "write a number below 3e38"),
        Undecodable::Quantity(error) => {
            (error.to_string(), "write a number and a unit, such as 500m, 2 or 4Gi")
        }
        Undecodable::Time => ("is no time".into(), "write it like 2026-01-31T08:00:00Z"),
    };
    findings
        .report(
            field,
            format!("{value} {problem}, so that KubeRay's operator would stop for all jobs in the cluster"),
        )
        .help(help);
}

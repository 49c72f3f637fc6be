//! RJ011 `missing-required-field`.

use super::wrong_type::name_of;
use crate::document::{Misfit, Problem, Refused};
use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// A field that the schema of the CRD requires is missing.
    ///
    /// ## Why
    /// The API server refuses such an object before it asks Raygate; said here, it is known before anything is applied. A
    /// field that is null is missing as well.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.56.0
    ///             resizePolicy:
    ///             - resourceName: cpu
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.56.0
    ///             resizePolicy:
    ///             - resourceName: cpu
    ///               restartPolicy: NotRequired
    /// ```
    "RJ011" "missing-required-field" Deny since "0.1.0" [of files] because
        KubernetesRefuses "`Required value`, by the schema of the CRD",
}

fn check<'a>(misfit: &Misfit<'a>, findings: &mut Findings<'_, 'a>) {
    let Problem::Refused(Refused::Missing(go_type)) = misfit.problem else { return };
    let key = Quoted(misfit.field.key());
    findings
        .report(misfit.field, format!("{key} is missing, and nothing is stored without it"))
        .reason(Reason::Required)
        .help(format!("add {key}, {}", name_of(go_type)));
}

//! RJ201 `missing-head-group`.

use crate::rules::prelude::*;

rule! {
    /// The cluster has no head group.
    ///
    /// ## Why
    /// Every Ray cluster has one head pod, described by `headGroupSpec`.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec: null
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    /// ```
    "RJ201" "missing-head-group" Deny since "0.1.0" because
        KubernetesRefuses "the CRD's schema requires rayClusterSpec.headGroupSpec",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let head = cluster.spec.head_group_spec;
    if !head.is_present() {
        findings
            .report(head, "the cluster has no head group")
            .reason(Reason::Required)
            .help("describe the head pod in headGroupSpec.template");
    }
}

//! RJ202 `group-without-containers`.

use crate::rules::prelude::*;

rule! {
    /// A head or worker group has no container.
    ///
    /// ## Why
    /// KubeRay starts Ray in the first container of each pod template. It accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers: []
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
    ///
    /// ## References
    /// - KubeRay v1.7 `ValidateRayClusterSpec`
    "RJ202" "group-without-containers" Deny since "0.1.0" because
        KubeRayRefuses [from V1_4] "`headGroupSpec should have at least one container`, `workerGroupSpec should have at least one container`, in reconcile (ValidateRayClusterSpec)",
        KubeRayHangs [until V1_3] "the RayCluster made from the job is refused, and the job waits for it",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    for group in cluster.groups().filter(|group| group.spec.object.is_present()) {
        let containers = group.template.spec.containers;
        if containers.is_absent_or_empty() {
            findings
                .report(containers, format!("{} has no container", group.name_for_people()))
                .reason(Reason::Required)
                .help("list the container that runs Ray first, with its name and image");
        }
    }
}

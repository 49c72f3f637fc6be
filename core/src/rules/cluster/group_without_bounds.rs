//! RJ207 `group-without-bounds`.

use crate::rules::prelude::*;

rule! {
    /// A worker group has no `minReplicas` or no `maxReplicas` while autoscaling is off.
    ///
    /// ## Why
    /// The API server fills them in, with 0 and 2147483647. A job that reaches KubeRay in another way, without the
    /// defaults of the CRD, is refused.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       minReplicas: 1
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    /// ```
    "RJ207" "group-without-bounds" Warn since "0.1.0" because
        KubeRayRefuses [from V1_6] "`must set both minReplicas and maxReplicas when autoscaling is disabled`, in reconcile (ValidateRayClusterSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = &job.cluster else { return };
    if cluster.is_autoscaled() {
        return;
    }
    for group in &cluster.workers {
        let (least, most) = (group.spec.min_replicas, group.spec.max_replicas);
        let missing = match (least.is_present(), most.is_present()) {
            (true, true) => continue,
            (false, true) => least,
            (_, false) => most,
        };
        findings
            .report(missing, format!("{} does not say {}", group.name_for_people(), missing.key()))
            .because_of(least)
            .because_of(most)
            .because_of(cluster.spec.enable_in_tree_autoscaling)
            .reason(Reason::Required)
            .help("write both; without autoscaling, what `replicas` says is a good value for both");
    }
}

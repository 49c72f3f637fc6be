//! RJ214 `implicit-fault-tolerance`.

use crate::rules::prelude::*;

rule! {
    /// The head has `RAY_REDIS_ADDRESS`, and nothing asks for GCS fault tolerance.
    ///
    /// ## Why
    /// With that variable Ray keeps its state in Redis, while KubeRay, which does not know of it, would treat the cluster
    /// as one without fault tolerance: it would restart its head and leave its data behind. KubeRay accepts the job, then
    /// refuses to start it.
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
    ///             image: rayproject/ray:2.52.0
    ///             env:
    ///             - {name: RAY_REDIS_ADDRESS, value: redis:6379}
    /// ```
    /// ```yaml bad
    /// metadata:
    ///   annotations:
    ///     ray.io/ft-enabled: "yes"
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             env:
    ///             - {name: RAY_REDIS_ADDRESS, value: redis:6379}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions: {redisAddress: "redis:6379"}
    /// ```
    /// ```yaml good
    /// metadata:
    ///   annotations:
    ///     ray.io/ft-enabled: "True"
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             env:
    ///             - {name: RAY_REDIS_ADDRESS, value: redis:6379}
    /// ```
    "RJ214" "implicit-fault-tolerance" Deny since "0.1.0" [reads metadata] because
        KubeRayRefuses [from V1_4] "`RAY_REDIS_ADDRESS is set which implicitly enables GCS fault tolerance`, in reconcile (ValidateRayClusterSpec)",
        KubeRayHangs [until V1_3] "the RayCluster made from the job is refused, and the job waits for it",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let Some(head) = cluster.head.template.ray_container() else { return };
    let Some(variable) = head.env_var("RAY_REDIS_ADDRESS") else { return };
    if !job.has_gcs_fault_tolerance() {
        findings
            .report(variable.object, "the head has the variable RAY_REDIS_ADDRESS without gcsFaultToleranceOptions")
            .because_of(head.env)
            .because_of(cluster.spec.gcs_fault_tolerance_options)
            .because_of(job.fault_tolerance_annotation())
            .reason(Reason::Forbidden)
            .help("write the address into gcsFaultToleranceOptions.redisAddress instead, or remove the variable");
    }
}

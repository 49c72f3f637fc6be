//! RJ221 `redis-username-outside-options`.

use crate::rules::prelude::*;

rule! {
    /// The user name for Redis stands in the head's `rayStartParams` or environment.
    ///
    /// ## Why
    /// KubeRay takes it from `gcsFaultToleranceOptions.redisUsername` alone, with fault tolerance or without. KubeRay
    /// accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {redis-username: "$REDIS_USERNAME"}
    /// ```
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
    ///             - {name: REDIS_USERNAME, value: example}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions:
    ///       redisAddress: redis:6379
    ///       redisUsername:
    ///         valueFrom:
    ///           secretKeyRef: {name: redis, key: username}
    /// ```
    "RJ221" "redis-username-outside-options" Deny since "0.1.0" because
        KubeRayRefuses [from V1_4] "`cannot set redis username in rayStartParams or environment variables`, in reconcile (ValidateRayClusterSpec)",
        KubeRayHangs [until V1_3] "the RayCluster made from the job is refused, and the job waits for it",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let Some(head) = cluster.head.template.ray_container() else { return };
    let param = cluster.head.spec.ray_start_params.get("redis-username");
    let variable = head.env_var("REDIS_USERNAME");
    let set = [
        param
            .non_empty()
            .map(|_| (param.any(), param.any(), "`redis-username` in the head's rayStartParams")),
        variable
            .map(|variable| (variable.object.any(), head.env.any(), "the head's variable REDIS_USERNAME")),
    ];
    for (field, read, what) in set.into_iter().flatten() {
        findings
            .report(field, format!("{what} is not where KubeRay takes the user name for Redis from"))
            .because_of(read)
            .reason(Reason::Forbidden)
            .help("remove it and write gcsFaultToleranceOptions.redisUsername instead");
    }
}

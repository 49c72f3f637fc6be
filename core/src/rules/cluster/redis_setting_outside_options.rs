//! RJ215 `redis-setting-outside-options`.

use crate::document::Field;
use crate::rules::prelude::*;

const NAMESPACE: &str = "ray.io/external-storage-namespace";

rule! {
    /// A setting of `gcsFaultToleranceOptions` is made a second time in another place.
    ///
    /// ## Why
    /// KubeRay sets the password, the address and the namespace of Redis from the options. Beside them it takes no
    /// `redis-password` in the head's `rayStartParams`, no `REDIS_PASSWORD` or `RAY_REDIS_ADDRESS` in its first container
    /// and no annotation `ray.io/external-storage-namespace`. KubeRay accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions: {redisAddress: "redis:6379"}
    ///     headGroupSpec:
    ///       rayStartParams: {redis-password: "$REDIS_PASSWORD"}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions: {redisAddress: "redis:6379"}
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             env:
    ///             - {name: REDIS_PASSWORD, value: example}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions: {redisAddress: "redis:6379"}
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
    ///     ray.io/external-storage-namespace: "train"
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions: {redisAddress: "redis:6379"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions:
    ///       redisAddress: redis:6379
    ///       externalStorageNamespace: train
    ///       redisPassword:
    ///         valueFrom:
    ///           secretKeyRef: {name: redis, key: password}
    /// ```
    "RJ215" "redis-setting-outside-options" Deny since "0.1.0" [reads metadata] because
        KubeRayRefuses [from V1_4] "`cannot set … when GcsFaultToleranceOptions is enabled`, in reconcile (ValidateRayClusterSpec)",
        KubeRayHangs [until V1_3] "the RayCluster made from the job is refused, and the job waits for it",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let options = cluster.spec.gcs_fault_tolerance_options;
    let Some(head) = cluster.head.template.ray_container().filter(|_| options.is_present()) else { return };
    let mut report = |setting: Field<'a>, read: Field<'a>, what: &str, instead: &str| {
        findings
            .report(setting, format!("{what} stands beside gcsFaultToleranceOptions"))
            .because_of(read)
            .because_of(options)
            .reason(Reason::Forbidden)
            .help(format!("remove it and write gcsFaultToleranceOptions.{instead} instead"));
    };
    let params = cluster.head.spec.ray_start_params;
    let password = params.get("redis-password");
    if password.non_empty().is_some() {
        report(
            password.any(),
            params.any(),
            "`redis-password` in the head's rayStartParams",
            "redisPassword",
        );
    }
    for (name, instead) in [("REDIS_PASSWORD", "redisPassword"), ("RAY_REDIS_ADDRESS", "redisAddress")] {
        if let Some(variable) = head.env_var(name) {
            report(variable.object.any(), head.env.any(), &format!("the head's variable {name}"), instead);
        }
    }
    let annotation = job.metadata.annotations.get(NAMESPACE);
    if annotation.non_empty().is_some() {
        let what = format!("the annotation `{NAMESPACE}`");
        report(annotation.any(), annotation.any(), &what, "externalStorageNamespace");
    }
}

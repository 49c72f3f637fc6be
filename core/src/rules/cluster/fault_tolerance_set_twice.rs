//! RJ213 `fault-tolerance-set-twice`.

use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// The annotation `ray.io/ft-enabled` stands beside `gcsFaultToleranceOptions`.
    ///
    /// ## Why
    /// Both ask for GCS fault tolerance, and KubeRay takes only one of them, whatever the annotation says: even `"false"`.
    /// KubeRay accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// metadata:
    ///   annotations:
    ///     ray.io/ft-enabled: "true"
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions: {redisAddress: "redis:6379"}
    /// ```
    /// ```yaml bad
    /// metadata:
    ///   annotations:
    ///     ray.io/ft-enabled: "false"
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions: {}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions: {redisAddress: "redis:6379"}
    /// ```
    /// ```yaml good
    /// metadata:
    ///   annotations:
    ///     ray.io/ft-enabled: "true"
    /// ```
    /// ```yaml good
    /// metadata:
    ///   annotations:
    ///     ray.io/ft-enabled: ""
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions: {redisAddress: "redis:6379"}
    /// ```
    "RJ213" "fault-tolerance-set-twice" Deny since "0.1.0" [reads metadata] because
        KubeRayRefuses [from V1_4] "`annotation and GcsFaultToleranceOptions are both set`, in reconcile (ValidateRayClusterSpec)",
        KubeRayHangs [until V1_3] "the RayCluster made from the job is refused, and the job waits for it",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let annotation = job.fault_tolerance_annotation();
    let options = cluster.spec.gcs_fault_tolerance_options;
    if let Some(value) = annotation.non_empty().filter(|_| options.is_present()) {
        findings
            .report(
                annotation,
                format!(
                    "the annotation `ray.io/ft-enabled` says {} beside gcsFaultToleranceOptions",
                    Quoted(value)
                ),
            )
            .because_of(options)
            .reason(Reason::Forbidden)
            .help("remove the annotation: the options alone turn fault tolerance on");
    }
}

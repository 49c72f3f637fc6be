//! RJ216 `embedded-storage-without-gate`.

use crate::rayjob::GcsFaultToleranceOptions;
use crate::rules::prelude::*;

rule! {
    /// `gcsFaultToleranceOptions.backend` is `rocksdb`, which this KubeRay has not turned on.
    ///
    /// ## Why
    /// The backend needs the operator's feature gate `GCSFaultToleranceEmbeddedStorage`, which is off unless an
    /// administrator turns it on. KubeRay accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions:
    ///       backend: rocksdb
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions: {redisAddress: "redis:6379"}
    /// ```
    "RJ216" "embedded-storage-without-gate" Deny since "0.1.0" because
        KubeRayRefuses [from V1_7] [where GCSFaultToleranceEmbeddedStorage is false] "`requires the GCSFaultToleranceEmbeddedStorage feature gate`, in reconcile (validateGcsFaultToleranceBackend)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    if let Some(options) = cluster.gcs_fault_tolerance_options().filter(GcsFaultToleranceOptions::is_embedded)
    {
        findings
            .report(
                options.backend,
                "the backend `rocksdb` needs a feature gate that KubeRay has turned off here",
            )
            .reason(Reason::NotSupported)
            .help(
                "use Redis, or ask the administrator for the feature gate GCSFaultToleranceEmbeddedStorage",
            );
    }
}

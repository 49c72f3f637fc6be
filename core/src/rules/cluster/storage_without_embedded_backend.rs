//! RJ220 `storage-without-embedded-backend`.

use crate::rules::prelude::*;

rule! {
    /// `gcsFaultToleranceOptions.storage` is set, and the backend is not `rocksdb`.
    ///
    /// ## Why
    /// Only `rocksdb` keeps state on a volume; without a `backend` Redis is meant. KubeRay accepts the job, then refuses
    /// to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions:
    ///       redisAddress: redis:6379
    ///       storage: {size: 1Gi}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions:
    ///       backend: redis
    ///       redisAddress: redis:6379
    ///       storage: {}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions:
    ///       backend: redis
    ///       redisAddress: redis:6379
    /// ```
    "RJ220" "storage-without-embedded-backend" Deny since "0.1.0" because
        KubeRayRefuses [from V1_7] "`cannot set GcsFaultToleranceOptions.Storage when backend is 'redis'`, in reconcile (validateGcsFaultToleranceBackend)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let Some(options) = cluster.gcs_fault_tolerance_options() else { return };
    if options.storage.is_present() && !options.is_embedded() {
        findings
            .report(options.storage, "storage is of no use to the backend `redis`")
            .because_of(options.backend)
            .reason(Reason::Forbidden)
            .help("remove storage, or set `backend: rocksdb`");
    }
}

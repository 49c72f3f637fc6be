//! RJ217 `redis-settings-with-embedded-storage`.

use crate::rayjob::GcsFaultToleranceOptions;
use crate::rules::prelude::*;

rule! {
    /// A setting of Redis stands beside the backend `rocksdb`.
    ///
    /// ## Why
    /// With this backend the head keeps its state on a volume, and no Redis is asked. KubeRay accepts the job, then
    /// refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions:
    ///       backend: rocksdb
    ///       redisAddress: redis:6379
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions:
    ///       backend: rocksdb
    ///       redisUsername: {}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions:
    ///       backend: rocksdb
    ///       redisPassword: {}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions:
    ///       backend: rocksdb
    ///       externalStorageNamespace: train
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions:
    ///       backend: rocksdb
    ///       redisAddress: ""
    ///       storage: {size: 1Gi}
    /// ```
    "RJ217" "redis-settings-with-embedded-storage" Deny since "0.1.0" because
        KubeRayRefuses [from V1_7] [where GCSFaultToleranceEmbeddedStorage is true] "`cannot set GcsFaultToleranceOptions.… when backend is 'rocksdb'`, in reconcile (validateGcsFaultToleranceBackend)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let embedded = cluster.gcs_fault_tolerance_options().filter(GcsFaultToleranceOptions::is_embedded);
    let Some(options) = embedded else { return };
    let set = [
        options.redis_address.non_empty().map(|_| options.redis_address.any()),
        options.redis_username.is_present().then(|| options.redis_username.any()),
        options.redis_password.is_present().then(|| options.redis_password.any()),
        options.external_storage_namespace.non_empty().map(|_| options.external_storage_namespace.any()),
    ];
    for field in set.into_iter().flatten() {
        findings
            .report(field, format!("{} is of no use to the backend `rocksdb`", field.key()))
            .because_of(options.backend)
            .reason(Reason::Forbidden)
            .help("remove it, or choose the backend `redis`");
    }
}

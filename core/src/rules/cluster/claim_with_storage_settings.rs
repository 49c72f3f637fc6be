//! RJ218 `claim-with-storage-settings`.

use crate::quoted::Quoted;
use crate::rayjob::GcsFaultToleranceOptions;
use crate::rules::prelude::*;

rule! {
    /// `storage.claimName` names an existing volume claim, and other fields describe a new one.
    ///
    /// ## Why
    /// With `claimName` KubeRay takes the claim as it is and makes none, so `size`, `storageClassName` and `accessModes`
    /// would mean nothing. KubeRay accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions:
    ///       backend: rocksdb
    ///       storage: {claimName: state, size: 1Gi}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions:
    ///       backend: rocksdb
    ///       storage: {claimName: state, storageClassName: ""}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions:
    ///       backend: rocksdb
    ///       storage: {claimName: state, accessModes: [ReadWriteOnce]}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions:
    ///       backend: rocksdb
    ///       storage: {claimName: state, subPath: gcs, accessModes: []}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions:
    ///       backend: rocksdb
    ///       storage: {size: 1Gi, accessModes: [ReadWriteOnce]}
    /// ```
    "RJ218" "claim-with-storage-settings" Deny since "0.1.0" because
        KubeRayRefuses [from V1_7] [where GCSFaultToleranceEmbeddedStorage is true] "`Storage.ClaimName is mutually exclusive with size, storageClassName, and accessModes`, in reconcile (validateGcsFaultToleranceBackend)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let embedded = cluster.gcs_fault_tolerance_options().filter(GcsFaultToleranceOptions::is_embedded);
    let Some((options, storage)) = embedded.and_then(|options| Some((options, options.storage()?))) else {
        return;
    };
    let Some(claim) = storage.claim_name.non_empty() else { return };
    let set = [
        storage.size.is_present().then(|| storage.size.any()),
        storage.storage_class_name.is_present().then(|| storage.storage_class_name.any()),
        (!storage.access_modes.is_absent_or_empty()).then(|| storage.access_modes.any()),
    ];
    for field in set.into_iter().flatten() {
        findings
            .report(field, format!("{} is of no use to the existing claim {}", field.key(), Quoted(claim)))
            .because_of(storage.claim_name)
            .because_of(options.backend)
            .reason(Reason::Forbidden)
            .help("remove it, or remove claimName to have a claim made");
    }
}

//! RJ232 `collector-without-storage-backend`.

use crate::rayjob::Cluster;
use crate::rules::prelude::*;

rule! {
    /// The history server's collector is not told where to store events.
    ///
    /// ## Why
    /// KubeRay wants the environment variable `STORAGE_BACKEND` with a value that stands there, not one taken from Secrets
    /// or ConfigMaps, because it checks what that storage needs. It accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     historyServerOptions:
    ///       collectorOptions: {image: quay.io/kuberay/collector:v1.7.0}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     historyServerOptions:
    ///       collectorOptions:
    ///         image: quay.io/kuberay/collector:v1.7.0
    ///         env: [{name: STORAGE_BACKEND, valueFrom: {configMapKeyRef: {name: storage, key: backend}}}]
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     historyServerOptions:
    ///       collectorOptions:
    ///         image: quay.io/kuberay/collector:v1.7.0
    ///         env: [{name: STORAGE_BACKEND, value: gcs}, {name: GCS_BUCKET, value: history}]
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `validateCollectorOptions`
    "RJ232" "collector-without-storage-backend" Deny since "0.1.0" because
        KubeRayRefuses [from V1_7] [where RayClusterHistoryServer is true] "`STORAGE_BACKEND environment variable must be set with a literal string value`, in reconcile (validateCollectorOptions)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(options) = job.cluster().and_then(Cluster::collector_options) else { return };
    if !options.object.is_present() {
        return;
    }
    let backend = options.env_var("STORAGE_BACKEND");
    if backend.is_some_and(|backend| backend.value.non_empty().is_some()) {
        return;
    }
    let place = backend.map_or(options.env.any(), |backend| backend.value.any());
    findings
        .report(place, "the collector has no STORAGE_BACKEND with a plain value: KubeRay refuses the job")
        .because_of(options.env)
        .reason(Reason::Required)
        .help("set STORAGE_BACKEND in collectorOptions.env, for example to `s3`; valueFrom does not count");
}

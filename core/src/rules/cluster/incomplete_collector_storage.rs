//! RJ233 `incomplete-collector-storage`.

use crate::rayjob::{Cluster, CollectorOptions};
use crate::rules::prelude::*;

rule! {
    /// The history server's collector lacks a variable that its kind of storage needs.
    ///
    /// ## Why
    /// GCS needs `GCS_BUCKET`; S3 `S3_REGION`; `AzureBlob` a connection string or an account URL; `AliyunOSS`
    /// `OSS_BUCKET`, `OSS_ENDPOINT` and `OSS_REGION`. Values from Secrets or ConfigMaps will do. KubeRay accepts the job,
    /// then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     historyServerOptions:
    ///       collectorOptions:
    ///         image: quay.io/kuberay/collector:v1.7.0
    ///         env: [{name: STORAGE_BACKEND, value: s3}]
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     historyServerOptions:
    ///       collectorOptions:
    ///         image: quay.io/kuberay/collector:v1.7.0
    ///         env: [{name: STORAGE_BACKEND, value: AliyunOSS}, {name: OSS_BUCKET, value: history}, {name: OSS_REGION, value: ""}]
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     historyServerOptions:
    ///       collectorOptions:
    ///         image: quay.io/kuberay/collector:v1.7.0
    ///         env:
    ///         - {name: STORAGE_BACKEND, value: azureblob}
    ///         - {name: AZURE_STORAGE_AUTH_MODE, value: workload_identity}
    ///         - {name: AZURE_STORAGE_CONNECTION_STRING, valueFrom: {secretKeyRef: {name: storage, key: connection}}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     historyServerOptions:
    ///       collectorOptions:
    ///         image: quay.io/kuberay/collector:v1.7.0
    ///         env:
    ///         - {name: STORAGE_BACKEND, value: azureblob}
    ///         - {name: AZURE_STORAGE_CONNECTION_STRING, valueFrom: {secretKeyRef: {name: storage, key: connection}}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     historyServerOptions:
    ///       collectorOptions:
    ///         image: quay.io/kuberay/collector:v1.7.0
    ///         env: [{name: STORAGE_BACKEND, value: s3}, {name: S3_REGION, value: eu-central-1}]
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `validateCollectorOptions`
    "RJ233" "incomplete-collector-storage" Deny since "0.1.0" because
        KubeRayRefuses [from V1_7] [where RayClusterHistoryServer is true] "`environment variable must be set when STORAGE_BACKEND is`, in reconcile (validateCollectorOptions)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(options) = job.cluster().and_then(Cluster::collector_options) else { return };
    let Some((backend, needs)) = needs_of(&options) else { return };
    for alternatives in needs {
        if alternatives.iter().any(|name| has_value(&options, name)) {
            continue;
        }
        let names = alternatives.join(" or ");
        findings
            .report(
                options.env,
                format!("the history server's collector stores in {backend} and lacks {names}"),
            )
            .reason(Reason::Required)
            .help(format!("set {names} in historyServerOptions.collectorOptions.env"));
    }
}

/// The kind of storage, and what it needs: at least one variable of each group. KubeRay knows no others' needs.
fn needs_of(options: &CollectorOptions<'_>) -> Option<(&'static str, &'static [&'static [&'static str]])> {
    let backend = options.env_var("STORAGE_BACKEND")?.value.non_empty()?;
    let known: [(_, &[&[_]]); 3] = [
        ("GCS", &[&["GCS_BUCKET"]]),
        ("S3", &[&["S3_REGION"]]),
        ("AliyunOSS", &[&["OSS_BUCKET"], &["OSS_ENDPOINT"], &["OSS_REGION"]]),
    ];
    if backend.eq_ignore_ascii_case("AzureBlob") {
        return Some(("AzureBlob", needs_of_azure(options)));
    }
    known.into_iter().find(|(name, _)| backend.eq_ignore_ascii_case(name))
}

fn needs_of_azure(options: &CollectorOptions<'_>) -> &'static [&'static [&'static str]] {
    let mode = options.env_var("AZURE_STORAGE_AUTH_MODE").and_then(|mode| mode.value.non_empty());
    match mode.map(|mode| mode.trim().to_lowercase()).as_deref() {
        Some("connection_string") => &[&["AZURE_STORAGE_CONNECTION_STRING"]],
        Some("workload_identity" | "default") => &[&["AZURE_STORAGE_ACCOUNT_URL"]],
        _ => &[&["AZURE_STORAGE_CONNECTION_STRING", "AZURE_STORAGE_ACCOUNT_URL"]],
    }
}

fn has_value(options: &CollectorOptions<'_>, name: &str) -> bool {
    let variable = options.env_var(name);
    variable.is_some_and(|variable| variable.value.non_empty().is_some() || variable.value_from.is_present())
}

//! RJ203 `unnamed-cluster-selector`.

use crate::rules::prelude::*;

/// The one key that KubeRay reads (v1.3 to v1.7).
const CLUSTER: &str = "ray.io/cluster";

rule! {
    /// `clusterSelector` does not name a cluster.
    ///
    /// ## Why
    /// KubeRay reads the one key `ray.io/cluster`, whose value is the name of a RayCluster in the same namespace. It looks at
    /// no other label.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   clusterSelector:
    ///     app: shared
    /// ```
    /// ```yaml good
    /// spec:
    ///   clusterSelector:
    ///     ray.io/cluster: shared
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `RayJobClusterSelectorKey`
    "RJ203" "unnamed-cluster-selector" Deny since "0.1.0" because
        KubeRayRefuses [from V1_5] "`cluster name in ClusterSelector should not be empty`, in reconcile (ValidateRayJobSpec)",
        KubeRayHangs [until V1_4] "the operator fails to initialise the job's status, again and again",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let selector = job.spec.cluster_selector;
    if job.selects_cluster() && selector.get(CLUSTER).non_empty().is_none() {
        findings
            .report(selector.get(CLUSTER), "clusterSelector has entries but names no cluster")
            .because_of(selector)
            .reason(Reason::Required)
            .help("write the name of the RayCluster under the key `ray.io/cluster`");
    }
}

//! RJ134 `reserved-submitter-name`.

use crate::rules::prelude::*;

/// The container that KubeRay adds (v1.5 to v1.7).
const SUBMITTER: &str = "ray-job-submitter";

rule! {
    /// A container of the head pod bears the name of the submitter that SidecarMode adds.
    ///
    /// ## Why
    /// In SidecarMode KubeRay adds a container `ray-job-submitter` to the head pod. With two of that name the API server refuses
    /// the RayCluster, and KubeRay tries again for ever.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   submissionMode: SidecarMode
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-head, image: "rayproject/ray:2.52.0"}
    ///           - {name: ray-job-submitter, image: "rayproject/ray:2.52.0"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   submissionMode: SidecarMode
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-head, image: "rayproject/ray:2.52.0"}
    ///           - {name: uploader, image: "rayproject/ray:2.52.0"}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `SubmitterContainerName`
    "RJ134" "reserved-submitter-name" Deny since "0.1.0" because
        KubernetesRefuses [from V1_5] "the RayCluster: its head has two containers of one name, and containers are a map by name",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    if job.submission_mode() != SubmissionMode::SidecarMode {
        return;
    }
    let Some(cluster) = job.cluster() else { return };
    for container in &cluster.head.template.containers {
        if container.name.value() == Some(SUBMITTER) {
            findings
                .report(
                    container.name,
                    "SidecarMode adds a container `ray-job-submitter` to the head pod: the name is taken",
                )
                .because_of(job.spec.submission_mode)
                .because_of(cluster.head.template.spec.containers)
                .help("give the container another name");
        }
    }
}

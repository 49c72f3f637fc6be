//! RJ393 `moving-ray-image`.

use crate::quoted::Quoted;
use crate::ray_image::{Build, RayImage};
use crate::rayjob::Role;
use crate::rules::prelude::*;

rule! {
    /// The image of a cluster with workers is Ray's `latest` or `nightly`, another one after each release or night.
    ///
    /// ## Why
    /// Nodes of Kubernetes keep the image that they have, or fetch the one of the hour: head and workers may come to have different
    /// versions of Ray, which do not work together, and the job of today is not the job of tomorrow.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: rayproject/ray:latest}]}}
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       replicas: 1
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       template: {spec: {containers: [{name: ray-worker, image: "rayproject/ray:latest-gpu"}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: rayproject/ray:2.56.0}]}}
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       replicas: 1
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       template: {spec: {containers: [{name: ray-worker, image: "rayproject/ray:2.56.0-gpu"}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: rayproject/ray:latest}]}}
    /// ```
    "RJ393" "moving-ray-image" Warn since "0.1.0" because
        Ray "`Version mismatch: The cluster was started with`, once two nodes have fetched it at different times (Ray 2.38 to 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    // A head alone agrees with itself.
    let Some(cluster) = job.own_cluster().filter(|cluster| !cluster.workers.is_empty()) else { return };
    for pod in job.made_pods().filter(|pod| !matches!(pod.role, Role::Submitter)) {
        let Some(container) = pod.template.ray_container() else { continue };
        let Some(text) = container.image.value() else { continue };
        let Some(RayImage { build: Build::Moving(tag), is_pinned: false, .. }) = pod.template.ray_image()
        else {
            continue;
        };
        findings
            .report(
                container.image,
                format!(
                    "the image of {} is {}: which Ray is {tag} changes with time",
                    pod.name_for_people(),
                    Quoted(text)
                ),
            )
            .because_of(cluster.spec.worker_group_specs)
            .because_of_all(pod.used_because_of())
            .help("name a release, for example rayproject/ray:2.56.0, the same in all groups");
    }
}

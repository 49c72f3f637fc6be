//! RJ392 `different-ray-in-old-workers`.

use crate::ray_image::{Build, RayImage};
use crate::ray_start::{self, RayNode};
use crate::ray_version::Release;
use crate::rules::prelude::*;

/// The first release whose workers compare themselves with the head before they join.
const WITH_COMPARISON: Release = [2, 55];

rule! {
    /// The image of a worker group has another Ray, or another Python, than the head, and a Ray before 2.55.
    ///
    /// ## Why
    /// All nodes of a cluster must have the same Ray and the same Python. Before Ray 2.55 such a node joins nevertheless; its worker
    /// processes then fail in ways that do not say why.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: rayproject/ray:2.52.0-py310}]}}
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       replicas: 1
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       template: {spec: {containers: [{name: ray-worker, image: "rayproject/ray:2.52.0-py312-gpu"}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: rayproject/ray:2.52.0-py310}]}}
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       replicas: 1
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       template: {spec: {containers: [{name: ray-worker, image: "rayproject/ray:2.52.0-py310-gpu"}]}}
    /// ```
    ///
    /// ## References
    /// - Ray 2.38 to 2.54 `check_version_info`
    "RJ392" "different-ray-in-old-workers" Warn since "0.1.0" [reads metadata] because
        Ray "`Version mismatch: The cluster was started with`, in the worker processes (Ray 2.38 to 2.54)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for_each_difference(job, false, |worker, head, difference| {
        findings
            .report(
                worker.container.image,
                format!("{} has {difference}: its worker processes may fail", worker.name_for_people()),
            )
            .because_of_all(worker.because())
            .because_of_all(head.because())
            .help("use the same Ray and the same Python in the head and in all worker groups");
    });
}

/// Each worker group that differs from the head, with what the difference is; those that compare themselves, or the others.
pub(super) fn for_each_difference<'j, 'a>(
    job: &'j RayJob<'a>,
    compare_themselves: bool,
    mut see: impl FnMut(RayNode<'j, 'a>, RayNode<'j, 'a>, String),
) {
    // Most clusters have no workers, or images of their own.
    if job.own_cluster().is_none_or(|cluster| cluster.workers.is_empty()) {
        return;
    }
    let Some(head) = ray_start::started(job).find(|node| node.is_head) else { return };
    let Some(head_image) = head.tagged_image() else { return };
    for worker in ray_start::started(job).filter(|node| !node.is_head) {
        let Some(image) = worker.tagged_image() else { continue };
        let does_compare = image.release().is_some_and(|release| release >= WITH_COMPARISON);
        if does_compare == compare_themselves
            && let Some(difference) = difference(&image, &head_image)
        {
            see(worker, head, difference);
        }
    }
}

/// What differs for certain.
fn difference(image: &RayImage<'_>, head: &RayImage<'_>) -> Option<String> {
    let (Build::Release { version, .. }, Build::Release { version: of_head, .. }) = (image.build, head.build)
    else {
        return None;
    };
    let is_full = |version: &str| version.split('.').count() == 3;
    if version != of_head && is_full(version) && is_full(of_head) {
        return Some(format!("Ray {version}, and the head has {of_head}"));
    }
    // A tag without a Python has one nevertheless, but which changes with the release.
    let (python, of_head) = (image.python?, head.python?);
    (python != of_head).then(|| format!("Python {}, and the head has {}", number(python), number(of_head)))
}

/// `3.12` of `py312`.
fn number(python: &str) -> String {
    let digits = python.trim_start_matches("py");
    let (major, minor) = digits.split_at_checked(1).unwrap_or((digits, ""));
    format!("{major}.{minor}")
}

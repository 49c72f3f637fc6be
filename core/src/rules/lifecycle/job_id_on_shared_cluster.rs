//! RJ115 `job-id-on-shared-cluster`.

use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// A fixed `jobId` is used on an existing cluster.
    ///
    /// ## Why
    /// A cluster remembers the ids of its jobs. When a second RayJob comes with the same id, KubeRay finds the first one's
    /// job, reports its success, and runs nothing. An id that begins with the RayJob's own name is taken for one of its own.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   jobId: nightly
    ///   clusterSelector:
    ///     ray.io/cluster: shared
    /// ```
    /// ```yaml good
    /// spec:
    ///   clusterSelector:
    ///     ray.io/cluster: shared
    /// ```
    "RJ115" "job-id-on-shared-cluster" Warn since "0.1.0" because
        KubeRayHangs "when the cluster already knows the id, KubeRay reports the earlier job's result and runs nothing (v1.3 to v1.7)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let spec = &job.spec;
    let Some(id) = spec.job_id.non_empty() else { return };
    if !job.selects_cluster() || job.submission_mode() == SubmissionMode::InteractiveMode || job.is_own_id(id)
    {
        return;
    }
    findings
        .report(
            spec.job_id,
            format!(
                "if the cluster already knows a job {}, its old result is reported and nothing runs",
                Quoted(id)
            ),
        )
        .because_of(spec.cluster_selector)
        .because_of(spec.submission_mode)
        .help("remove jobId to get a fresh one each time");
}

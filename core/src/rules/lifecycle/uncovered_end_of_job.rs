//! RJ130 `uncovered-end-of-job`.

use crate::rayjob::Trigger;
use crate::rules::prelude::*;

rule! {
    /// No deletion rule is for one of the ways in which a job can end.
    ///
    /// ## Why
    /// Rules for `jobStatus` match what Ray says about the job. A job that ends by one of its deadlines, or that never gets
    /// submitted, has no `FAILED` from Ray: only a rule for `jobDeploymentStatus: Failed` matches it. Where none matches, the
    /// cluster stays with its GPUs until somebody deletes the RayJob. (No rule can match a job that is stopped by hand.)
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   shutdownAfterJobFinishes: null
    ///   deletionStrategy:
    ///     deletionRules:
    ///     - policy: DeleteCluster
    ///       condition: {jobStatus: SUCCEEDED}
    ///     - policy: DeleteCluster
    ///       condition: {jobStatus: FAILED}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   shutdownAfterJobFinishes: null
    ///   deletionStrategy:
    ///     deletionRules:
    ///     - policy: DeleteCluster
    ///       condition: {jobDeploymentStatus: Failed}
    /// ```
    /// ```yaml good
    /// spec:
    ///   shutdownAfterJobFinishes: null
    ///   deletionStrategy:
    ///     deletionRules:
    ///     - policy: DeleteNone
    ///       condition: {jobStatus: SUCCEEDED}
    ///     - policy: DeleteCluster
    ///       condition: {jobDeploymentStatus: Failed}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `isDeletionRuleMatched`
    "RJ130" "uncovered-end-of-job" Warn since "0.1.0" because
        KubeRayHangs [from V1_5] [where RayJobDeletionPolicy is true] "when no rule matches the end of the job nothing is ever deleted (handleDeletionRules)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(strategy) = job.deletion_strategy() else { return };
    if !strategy.has_rules() || job.selects_cluster() {
        return;
    }
    let triggers: Vec<_> = strategy.rules().filter_map(|rule| rule.condition().trigger()).collect();
    let mut missing = |trigger, message, help| {
        if !triggers.contains(&trigger) {
            findings
                .report(strategy.deletion_rules, message)
                .because_of(job.spec.cluster_selector)
                .help(help);
        }
    };
    missing(
        Trigger::JobStatus("SUCCEEDED"),
        "a job that succeeds keeps its cluster: no deletion rule is for it",
        "add a rule for jobStatus: SUCCEEDED; policy DeleteNone says that it is meant to stay",
    );
    missing(
        Trigger::JobDeploymentStatus("Failed"),
        "a job that ends by a deadline or is never submitted keeps its cluster: no deletion rule is for it",
        "add a rule for jobDeploymentStatus: Failed (KubeRay 1.6 and newer)",
    );
}

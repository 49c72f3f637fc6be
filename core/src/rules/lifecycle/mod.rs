//! Family 1: submission mode, suspend, shutdown, time to live, deadlines, retries, jobId.

use super::Family;

mod cluster_outlives_job;
mod job_id_on_shared_cluster;
mod malformed_job_id;
mod negative_backoff_limit;
mod negative_ttl;
mod non_positive_active_deadline;
mod non_positive_pre_running_deadline;
mod retries_in_interactive_mode;
mod retries_with_cluster_selector;
mod sidecar_with_cluster_selector;
mod suspend_with_cluster_selector;
mod suspend_without_shutdown;
mod ttl_without_shutdown;
mod unknown_submission_mode;
mod unusual_job_id;

/// The family's rules, by code.
pub static FAMILY: Family = Family {
    digit: '1',
    name: "lifecycle",
    about: "submission mode, suspend, shutdown, time to live, deadlines, retries, jobId",
    rules: &[
        &unknown_submission_mode::RULE,
        &ttl_without_shutdown::RULE,
        &suspend_without_shutdown::RULE,
        &negative_ttl::RULE,
        &suspend_with_cluster_selector::RULE,
        &cluster_outlives_job::RULE,
        &non_positive_active_deadline::RULE,
        &non_positive_pre_running_deadline::RULE,
        &negative_backoff_limit::RULE,
        &retries_with_cluster_selector::RULE,
        &retries_in_interactive_mode::RULE,
        &sidecar_with_cluster_selector::RULE,
        &malformed_job_id::RULE,
        &unusual_job_id::RULE,
        &job_id_on_shared_cluster::RULE,
    ],
};

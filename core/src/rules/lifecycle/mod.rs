//! Family 1: submission mode, suspend, shutdown, deletion, deadlines, retries, jobId.

use super::Family;

mod ambiguous_deletion_condition;
mod cluster_outlives_job;
mod contradictory_deletion_policy;
mod deadline_beyond_on_failure;
mod deadline_with_cluster_selector;
mod delete_none_with_shutdown;
mod deletion_of_selected_cluster;
mod deletion_policy_behind_gate;
mod deletion_rules_out_of_order;
mod deletion_rules_with_shutdown;
mod deletion_strategy_behind_gate;
mod deletion_strategy_with_cluster_selector;
mod dropped_deletion_policy;
mod duplicate_deletion_rule;
mod empty_deletion_strategy;
mod job_id_on_shared_cluster;
mod malformed_job_id;
mod mixed_deletion_strategy;
mod negative_backoff_limit;
mod negative_deletion_ttl;
mod negative_ttl;
mod non_positive_active_deadline;
mod non_positive_pre_running_deadline;
mod overwritten_submitter_args;
mod partial_deletion_strategy;
mod reserved_submitter_name;
mod restarting_head_in_sidecar_mode;
mod restarting_submitter;
mod retries_in_interactive_mode;
mod retries_with_cluster_selector;
mod sidecar_mode_on_old_kuberay;
mod sidecar_with_cluster_selector;
mod submitter_in_sidecar_mode;
mod submitter_without_container;
mod suspend_with_cluster_selector;
mod suspend_without_shutdown;
mod ttl_without_shutdown;
mod uncovered_end_of_job;
mod unknown_submission_mode;
mod unusual_job_id;
mod worker_deletion_with_autoscaling;

/// The family's rules, by code.
pub static FAMILY: Family = Family {
    digit: '1',
    name: "lifecycle",
    about: "submission mode, suspend, shutdown, deletion, deadlines, retries, jobId",
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
        &deletion_strategy_behind_gate::RULE,
        &deletion_rules_with_shutdown::RULE,
        &mixed_deletion_strategy::RULE,
        &empty_deletion_strategy::RULE,
        &partial_deletion_strategy::RULE,
        &deletion_of_selected_cluster::RULE,
        &worker_deletion_with_autoscaling::RULE,
        &delete_none_with_shutdown::RULE,
        &ambiguous_deletion_condition::RULE,
        &negative_deletion_ttl::RULE,
        &duplicate_deletion_rule::RULE,
        &deletion_rules_out_of_order::RULE,
        &submitter_in_sidecar_mode::RULE,
        &restarting_head_in_sidecar_mode::RULE,
        &uncovered_end_of_job::RULE,
        &deadline_beyond_on_failure::RULE,
        &submitter_without_container::RULE,
        &restarting_submitter::RULE,
        &reserved_submitter_name::RULE,
        &overwritten_submitter_args::RULE,
        &dropped_deletion_policy::RULE,
        &sidecar_mode_on_old_kuberay::RULE,
        &deadline_with_cluster_selector::RULE,
        &deletion_policy_behind_gate::RULE,
        &contradictory_deletion_policy::RULE,
        &deletion_strategy_with_cluster_selector::RULE,
    ],
};

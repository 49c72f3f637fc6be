//! Family 7: queues, and what policies ask for.

use super::Family;

mod choice_against_policy;
mod clashing_pod_set_names;
mod contradictory_topology;
mod expression_against_policy;
mod image_against_policy;
mod label_against_policy;
mod malformed_pod_set_name;
mod malformed_queue_name;
mod more_groups_than_pod_sets;
mod number_beyond_policy;
mod pod_security_against_policy;
mod pod_setting_required_by_policy;
mod queue_changed_while_running;
mod queued_autoscaling;
mod queued_cluster_selector;
mod queued_deletion_rules;
mod queued_without_shutdown;
mod ray_version_against_policy;
mod resources_beyond_policy;
mod runtime_environment_source_against_policy;
mod setting_required_by_policy;
mod unusable_execution_limit;
mod unusable_policy_expression;
mod workers_beyond_policy;

/// The family's rules, by code.
pub static FAMILY: Family = Family {
    digit: '7',
    name: "tenancy",
    about: "queues, and what policies ask for",
    rules: &[
        &queued_cluster_selector::RULE,
        &queued_without_shutdown::RULE,
        &queued_deletion_rules::RULE,
        &queued_autoscaling::RULE,
        &more_groups_than_pod_sets::RULE,
        &clashing_pod_set_names::RULE,
        &malformed_pod_set_name::RULE,
        &malformed_queue_name::RULE,
        &unusable_execution_limit::RULE,
        &contradictory_topology::RULE,
        &queue_changed_while_running::RULE,
        &label_against_policy::RULE,
        &setting_required_by_policy::RULE,
        &number_beyond_policy::RULE,
        &image_against_policy::RULE,
        &ray_version_against_policy::RULE,
        &choice_against_policy::RULE,
        &resources_beyond_policy::RULE,
        &workers_beyond_policy::RULE,
        &pod_security_against_policy::RULE,
        &pod_setting_required_by_policy::RULE,
        &runtime_environment_source_against_policy::RULE,
        &expression_against_policy::RULE,
        &unusable_policy_expression::RULE,
    ],
};

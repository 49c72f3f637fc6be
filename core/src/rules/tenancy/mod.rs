//! Family 7: queues.

use super::Family;

mod clashing_pod_set_names;
mod contradictory_topology;
mod malformed_pod_set_name;
mod malformed_queue_name;
mod more_groups_than_pod_sets;
mod queue_changed_while_running;
mod queued_autoscaling;
mod queued_cluster_selector;
mod queued_deletion_rules;
mod queued_without_shutdown;
mod unusable_execution_limit;

/// The family's rules, by code.
pub static FAMILY: Family = Family {
    digit: '7',
    name: "tenancy",
    about: "queues",
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
    ],
};

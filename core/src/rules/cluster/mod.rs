//! Family 2: head and worker groups, the selected cluster.

use super::Family;

mod authentication_without_new_ray;
mod autoscaler_variable_without_autoscaling;
mod autoscaler_version_set_twice;
mod claim_with_storage_settings;
mod crossed_bounds;
mod embedded_storage_without_gate;
mod fault_tolerance_set_twice;
mod group_idle_timeout_without_new_autoscaler;
mod group_without_bounds;
mod group_without_containers;
mod implicit_fault_tolerance;
mod kubernetes_token_authentication;
mod labels_in_ray_start_params;
mod malformed_group_label;
mod missing_head_group;
mod negative_bounds;
mod negative_group_idle_timeout;
mod negative_idle_timeout;
mod redis_setting_outside_options;
mod redis_settings_with_embedded_storage;
mod redis_username_outside_options;
mod reserved_autoscaler_variable;
mod reserved_storage_setting;
mod resources_set_twice;
mod restart_policy_with_new_autoscaler;
mod storage_without_embedded_backend;
mod suspended_group_with_autoscaling;
mod suspended_group_without_gate;
mod unnamed_cluster_selector;
mod unsupported_priority;

/// The family's rules, by code.
pub static FAMILY: Family = Family {
    digit: '2',
    name: "cluster",
    about: "head and worker groups, the selected cluster",
    rules: &[
        &missing_head_group::RULE,
        &group_without_containers::RULE,
        &unnamed_cluster_selector::RULE,
        &resources_set_twice::RULE,
        &labels_in_ray_start_params::RULE,
        &malformed_group_label::RULE,
        &group_without_bounds::RULE,
        &negative_bounds::RULE,
        &crossed_bounds::RULE,
        &negative_group_idle_timeout::RULE,
        &group_idle_timeout_without_new_autoscaler::RULE,
        &unsupported_priority::RULE,
        &fault_tolerance_set_twice::RULE,
        &implicit_fault_tolerance::RULE,
        &redis_setting_outside_options::RULE,
        &embedded_storage_without_gate::RULE,
        &redis_settings_with_embedded_storage::RULE,
        &claim_with_storage_settings::RULE,
        &reserved_storage_setting::RULE,
        &storage_without_embedded_backend::RULE,
        &redis_username_outside_options::RULE,
        &suspended_group_without_gate::RULE,
        &autoscaler_variable_without_autoscaling::RULE,
        &suspended_group_with_autoscaling::RULE,
        &autoscaler_version_set_twice::RULE,
        &restart_policy_with_new_autoscaler::RULE,
        &negative_idle_timeout::RULE,
        &reserved_autoscaler_variable::RULE,
        &kubernetes_token_authentication::RULE,
        &authentication_without_new_ray::RULE,
    ],
};

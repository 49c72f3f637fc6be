//! Family 2: head and worker groups, autoscaler, fault tolerance, TLS, network policy, the selected cluster.

use super::Family;

mod auth_without_mode;
mod authentication_without_new_ray;
mod autoscaler_variable_without_autoscaling;
mod autoscaler_version_set_twice;
mod claim_with_storage_settings;
mod cluster_managed_elsewhere;
mod collector_without_storage_backend;
mod crossed_bounds;
mod duplicate_group_name;
mod embedded_storage_without_gate;
mod fault_tolerance_set_twice;
mod group_idle_timeout_without_new_autoscaler;
mod group_name_unfit_for_network_policy;
mod group_without_containers;
mod group_without_hosts;
mod group_without_workers;
mod handmade_tls;
mod head_ports_without_dashboard;
mod history_server_without_collector;
mod history_server_without_gate;
mod implicit_fault_tolerance;
mod incomplete_collector_storage;
mod ineffective_network_policy_rules;
mod kubernetes_token_authentication;
mod labels_in_ray_start_params;
mod malformed_group_label;
mod missing_head_group;
mod negative_bounds;
mod negative_group_idle_timeout;
mod negative_hosts;
mod negative_idle_timeout;
mod network_policy_for_unknown_group;
mod network_policy_without_gate;
mod ray_container_not_first;
mod ray_version_beyond_image;
mod redis_setting_outside_options;
mod redis_settings_with_embedded_storage;
mod redis_username_outside_options;
mod replicas_beyond_maximum;
mod reserved_autoscaler_variable;
mod reserved_collector_name;
mod reserved_collector_variable;
mod reserved_storage_setting;
mod resources_set_twice;
mod restart_policy_with_new_autoscaler;
mod restarting_autoscaled_worker;
mod storage_without_embedded_backend;
mod suspended_cluster;
mod suspended_group_with_autoscaling;
mod suspended_group_without_gate;
mod tls_without_gate;
mod unnamed_cluster_selector;
mod unsupported_priority;
mod upgrade_strategy_in_job;

/// The family's rules, by code.
pub static FAMILY: Family = Family {
    digit: '2',
    name: "cluster",
    about: "head and worker groups, autoscaler, fault tolerance, TLS, network policy, the selected cluster",
    rules: &[
        &missing_head_group::RULE,
        &group_without_containers::RULE,
        &unnamed_cluster_selector::RULE,
        &resources_set_twice::RULE,
        &labels_in_ray_start_params::RULE,
        &malformed_group_label::RULE,
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
        &history_server_without_gate::RULE,
        &history_server_without_collector::RULE,
        &reserved_collector_variable::RULE,
        &collector_without_storage_backend::RULE,
        &incomplete_collector_storage::RULE,
        &reserved_collector_name::RULE,
        &kubernetes_token_authentication::RULE,
        &authentication_without_new_ray::RULE,
        &network_policy_without_gate::RULE,
        &ineffective_network_policy_rules::RULE,
        &group_name_unfit_for_network_policy::RULE,
        &network_policy_for_unknown_group::RULE,
        &tls_without_gate::RULE,
        &handmade_tls::RULE,
        &upgrade_strategy_in_job::RULE,
        &duplicate_group_name::RULE,
        &restarting_autoscaled_worker::RULE,
        &head_ports_without_dashboard::RULE,
        &suspended_cluster::RULE,
        &cluster_managed_elsewhere::RULE,
        &replicas_beyond_maximum::RULE,
        &negative_hosts::RULE,
        &group_without_workers::RULE,
        &ray_container_not_first::RULE,
        &ray_version_beyond_image::RULE,
        &auth_without_mode::RULE,
        &group_without_hosts::RULE,
    ],
};

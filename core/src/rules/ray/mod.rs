//! Family 3: entrypoint, runtime environment, metadata and resources of the submission; how Ray is started.

use super::Family;

mod clashing_ray_ports;
mod head_option_on_worker;
mod head_without_cpus_alone;
mod log_monitor_without_value;
mod malformed_entrypoint_resources;
mod malformed_ray_resources;
mod malformed_ray_start_value;
mod metadata_on_selected_cluster;
mod metadata_with_unfit_ray_version;
mod metadata_without_ray_version;
mod missing_entrypoint;
mod object_store_beyond_memory;
mod operator_in_ray_start_value;
mod ray_start_option_of_kuberay;
mod ray_start_value_broken_by_bash;
mod ray_start_value_out_of_range;
mod tasks_on_head_of_large_cluster;
mod unevenly_read_ray_resources;
mod unfamiliar_ray_start_option;
mod unknown_ray_start_option;
mod unreachable_dashboard;
mod unreadable_runtime_environment;

/// The family's rules, by code.
pub static FAMILY: Family = Family {
    digit: '3',
    name: "ray",
    about: "entrypoint, runtime environment, metadata and resources of the submission; how Ray is started",
    rules: &[
        &missing_entrypoint::RULE,
        &unreadable_runtime_environment::RULE,
        &metadata_with_unfit_ray_version::RULE,
        &malformed_entrypoint_resources::RULE,
        &metadata_without_ray_version::RULE,
        &metadata_on_selected_cluster::RULE,
        &unknown_ray_start_option::RULE,
        &unfamiliar_ray_start_option::RULE,
        &malformed_ray_start_value::RULE,
        &ray_start_value_out_of_range::RULE,
        &head_option_on_worker::RULE,
        &ray_start_value_broken_by_bash::RULE,
        &operator_in_ray_start_value::RULE,
        &malformed_ray_resources::RULE,
        &unevenly_read_ray_resources::RULE,
        &clashing_ray_ports::RULE,
        &ray_start_option_of_kuberay::RULE,
        &unreachable_dashboard::RULE,
        &object_store_beyond_memory::RULE,
        &head_without_cpus_alone::RULE,
        &tasks_on_head_of_large_cluster::RULE,
        &log_monitor_without_value::RULE,
    ],
};

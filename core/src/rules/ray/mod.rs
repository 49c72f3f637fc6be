//! Family 3: entrypoint, runtime environment, metadata and resources of the submission; how Ray is started, and which.

use super::Family;

mod clashing_ray_ports;
mod different_ray_in_old_workers;
mod different_ray_in_workers;
mod gpus_without_cuda_in_image;
mod group_labels_without_new_ray;
mod head_option_on_worker;
mod head_without_cpus_alone;
mod image_of_another_architecture;
mod log_monitor_without_value;
mod malformed_entrypoint_resources;
mod malformed_ray_resources;
mod malformed_ray_start_value;
mod metadata_on_selected_cluster;
mod metadata_with_unfit_ray_version;
mod metadata_without_ray_version;
mod missing_entrypoint;
mod moving_ray_image;
mod object_store_beyond_memory;
mod operator_in_ray_start_value;
mod outdated_ray;
mod ray_start_option_of_kuberay;
mod ray_start_value_broken_by_bash;
mod ray_start_value_out_of_range;
mod ray_version_unlike_image;
mod ray_with_known_vulnerability;
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
    about: "entrypoint, runtime environment, metadata and resources of the submission; how Ray is started, and which",
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
        &ray_version_unlike_image::RULE,
        &different_ray_in_workers::RULE,
        &different_ray_in_old_workers::RULE,
        &moving_ray_image::RULE,
        &gpus_without_cuda_in_image::RULE,
        &image_of_another_architecture::RULE,
        &ray_with_known_vulnerability::RULE,
        &outdated_ray::RULE,
        &group_labels_without_new_ray::RULE,
    ],
};

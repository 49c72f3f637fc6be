//! Family 3: entrypoint, runtime environment, metadata and resources of the submission; how Ray is started.

use super::Family;

mod head_option_on_worker;
mod malformed_entrypoint_resources;
mod malformed_ray_resources;
mod malformed_ray_start_value;
mod metadata_on_selected_cluster;
mod metadata_with_unfit_ray_version;
mod metadata_without_ray_version;
mod missing_entrypoint;
mod operator_in_ray_start_value;
mod ray_start_value_broken_by_bash;
mod unfamiliar_ray_start_option;
mod unknown_ray_start_option;
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
        &head_option_on_worker::RULE,
        &ray_start_value_broken_by_bash::RULE,
        &operator_in_ray_start_value::RULE,
        &malformed_ray_resources::RULE,
    ],
};

//! Family 3: entrypoint, runtime environment, metadata and resources of the submission.

use super::Family;

mod malformed_entrypoint_resources;
mod metadata_on_selected_cluster;
mod metadata_with_unfit_ray_version;
mod metadata_without_ray_version;
mod missing_entrypoint;
mod unreadable_runtime_environment;

/// The family's rules, by code.
pub static FAMILY: Family = Family {
    digit: '3',
    name: "ray",
    about: "entrypoint, runtime environment, metadata and resources of the submission",
    rules: &[
        &missing_entrypoint::RULE,
        &unreadable_runtime_environment::RULE,
        &metadata_with_unfit_ray_version::RULE,
        &malformed_entrypoint_resources::RULE,
        &metadata_without_ray_version::RULE,
        &metadata_on_selected_cluster::RULE,
    ],
};

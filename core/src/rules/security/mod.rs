//! Family 5: what opens a job, its cluster or its nodes to others, and secrets that everybody can read.
//!
//! Nothing here is refused by KubeRay or Kubernetes, so nothing here denies. What is a matter of taste is off. Secrets
//! are looked for wherever the object has them; the other rules judge the pods that KubeRay makes.

use super::Family;

mod container_as_root;
mod dangerous_capability;
mod exposed_dashboard;
mod host_namespace;
mod host_path_volume;
mod image_by_mutable_tag;
mod image_without_registry;
mod needless_service_account_token;
mod privileged_container;
mod redis_password_in_plain_sight;
mod secret_in_command;
mod secret_in_environment;
mod secret_in_metadata;
mod secret_in_runtime_environment;
mod unconfined_seccomp;
mod unmasked_proc;

/// The family's rules, by code.
pub static FAMILY: Family = Family {
    digit: '5',
    name: "security",
    about: "exposure, privilege, secrets in plain sight, image sources",
    rules: &[
        &secret_in_environment::RULE,
        &secret_in_runtime_environment::RULE,
        &secret_in_command::RULE,
        &redis_password_in_plain_sight::RULE,
        &exposed_dashboard::RULE,
        &privileged_container::RULE,
        &host_namespace::RULE,
        &host_path_volume::RULE,
        &dangerous_capability::RULE,
        &unmasked_proc::RULE,
        &container_as_root::RULE,
        &needless_service_account_token::RULE,
        &image_by_mutable_tag::RULE,
        &image_without_registry::RULE,
        &unconfined_seccomp::RULE,
        &secret_in_metadata::RULE,
    ],
};

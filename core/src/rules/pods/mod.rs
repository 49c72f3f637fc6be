//! Family 6: what the API server refuses when KubeRay creates the pods or the submitter's Job.
//!
//! The rules walk `RayJob::made_pods`. They deny what every Kubernetes from v1.27 to v1.35 refuses, and are silent about
//! what one of them takes. Where an admission plugin that ships with Kubernetes may mend the pod, they warn.

use super::Family;

mod ambiguous_environment_value;
mod clashing_host_port;
mod contradictory_security_context;
mod device_request_without_limit;
mod duplicate_container_name;
mod huge_pages_alone;
mod impossible_quantity;
mod incomplete_volume;
mod malformed_container_name;
mod malformed_environment_name;
mod malformed_group_name;
mod malformed_node_selector;
mod malformed_pod_metadata;
mod malformed_pod_reference;
mod mount_without_volume;
mod pod_deadline_out_of_range;
mod probe_of_init_container;
mod request_above_limit;
mod reserved_init_container_name;
mod unequal_device_request;
mod unknown_pod_policy;
mod unknown_resource;
mod unusable_dns_settings;
mod unusable_environment_source;
mod unusable_handler;
mod unusable_image;
mod unusable_label_selector;
mod unusable_mount_path;
mod unusable_mount_propagation;
mod unusable_node_affinity;
mod unusable_pod_affinity;
mod unusable_port;
mod unusable_probe_number;
mod unusable_seccomp_profile;
mod unusable_sub_path;
mod unusable_toleration;
mod unusable_topology_spread;
mod unusable_volume_content;
mod unusable_volume_name;
mod user_out_of_range;
mod volume_of_two_kinds;

/// The family's rules, by code.
pub static FAMILY: Family = Family {
    digit: '6',
    name: "pods",
    about: "pod templates that the API server would refuse",
    rules: &[
        &unusable_image::RULE,
        &malformed_container_name::RULE,
        &duplicate_container_name::RULE,
        &reserved_init_container_name::RULE,
        &unknown_pod_policy::RULE,
        &request_above_limit::RULE,
        &unequal_device_request::RULE,
        &impossible_quantity::RULE,
        &unknown_resource::RULE,
        &huge_pages_alone::RULE,
        &unusable_volume_name::RULE,
        &volume_of_two_kinds::RULE,
        &incomplete_volume::RULE,
        &unusable_volume_content::RULE,
        &mount_without_volume::RULE,
        &unusable_mount_path::RULE,
        &unusable_sub_path::RULE,
        &unusable_mount_propagation::RULE,
        &malformed_environment_name::RULE,
        &ambiguous_environment_value::RULE,
        &unusable_environment_source::RULE,
        &unusable_port::RULE,
        &clashing_host_port::RULE,
        &unusable_handler::RULE,
        &unusable_probe_number::RULE,
        &probe_of_init_container::RULE,
        &malformed_pod_metadata::RULE,
        &malformed_node_selector::RULE,
        &unusable_toleration::RULE,
        &unusable_node_affinity::RULE,
        &unusable_pod_affinity::RULE,
        &unusable_topology_spread::RULE,
        &unusable_label_selector::RULE,
        &user_out_of_range::RULE,
        &contradictory_security_context::RULE,
        &unusable_seccomp_profile::RULE,
        &malformed_pod_reference::RULE,
        &unusable_dns_settings::RULE,
        &pod_deadline_out_of_range::RULE,
        &malformed_group_name::RULE,
        &device_request_without_limit::RULE,
    ],
};

//! Family 4: CPUs, memory and GPUs.

use super::Family;

mod accelerator_hidden_from_autoscaler;
mod autoscaler_without_resources;
mod driver_beyond_any_node;
mod driver_beyond_known_nodes;
mod memory_below_object_store;
mod other_gpus_than_container;
mod tpu_hosts_unlike_topology;
mod tpu_without_topology;
mod unbounded_memory;
mod uncounted_cpus;
mod unusable_driver_request;

/// The family's rules, by code.
pub static FAMILY: Family = Family {
    digit: '4',
    name: "resources",
    about: "CPUs, memory and GPUs",
    rules: &[
        &uncounted_cpus::RULE,
        &driver_beyond_any_node::RULE,
        &driver_beyond_known_nodes::RULE,
        &unusable_driver_request::RULE,
        &other_gpus_than_container::RULE,
        &memory_below_object_store::RULE,
        &accelerator_hidden_from_autoscaler::RULE,
        &tpu_hosts_unlike_topology::RULE,
        &tpu_without_topology::RULE,
        &autoscaler_without_resources::RULE,
        &unbounded_memory::RULE,
    ],
};

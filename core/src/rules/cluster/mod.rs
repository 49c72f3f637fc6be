//! Family 2: head and worker groups, the selected cluster.

use super::Family;

mod group_without_containers;
mod missing_head_group;
mod unnamed_cluster_selector;

/// The family's rules, by code.
pub static FAMILY: Family = Family {
    digit: '2',
    name: "cluster",
    about: "head and worker groups, the selected cluster",
    rules: &[&missing_head_group::RULE, &group_without_containers::RULE, &unnamed_cluster_selector::RULE],
};

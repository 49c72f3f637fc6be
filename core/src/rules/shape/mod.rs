//! Family 0: wrong types, undecodable values and unknown fields, missing or contradictory parts, names.

use super::Family;

mod ineffective_exemption;
mod long_name;
mod malformed_name;
mod malformed_namespace;
mod missing_cluster;
mod missing_name;
mod missing_required_field;
mod repeated_list_entry;
mod two_runtime_environments;
mod undecodable_value;
mod unknown_field;
mod value_outside_schema;
mod wrong_type;

/// The family's rules, by code.
pub static FAMILY: Family = Family {
    digit: '0',
    name: "shape",
    about: "wrong types, undecodable values and unknown fields, missing or contradictory parts, names",
    rules: &[
        &wrong_type::RULE,
        &missing_name::RULE,
        &long_name::RULE,
        &malformed_name::RULE,
        &malformed_namespace::RULE,
        &missing_cluster::RULE,
        &two_runtime_environments::RULE,
        &undecodable_value::RULE,
        &unknown_field::RULE,
        &missing_required_field::RULE,
        &value_outside_schema::RULE,
        &repeated_list_entry::RULE,
        &ineffective_exemption::RULE,
    ],
};

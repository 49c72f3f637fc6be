//! Family 3: entrypoint and runtime environment.

use super::Family;

mod missing_entrypoint;
mod unreadable_runtime_environment;

/// The family's rules, by code.
pub static FAMILY: Family = Family {
    digit: '3',
    name: "ray",
    about: "entrypoint and runtime environment",
    rules: &[&missing_entrypoint::RULE, &unreadable_runtime_environment::RULE],
};

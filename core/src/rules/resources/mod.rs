//! Family 4: CPUs, memory and GPUs.

use super::Family;

mod uncounted_cpus;

/// The family's rules, by code.
pub static FAMILY: Family =
    Family { digit: '4', name: "resources", about: "CPUs, memory and GPUs", rules: &[&uncounted_cpus::RULE] };

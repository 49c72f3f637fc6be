//! What a cluster's administrators decide: which RayJobs must have, must not go beyond, or are given what.
//!
//! ```text
//! PolicySpec (CRD object or file) ─► compile ─► Policy ─┐
//!                                      └► Mistakes      ├─► Policies ─► matching(request) ─► levels, judge, defaults
//!                                 other Policies ───────┘   one set, swapped whole
//! ```
//!
//! Each policy is compiled for itself, so that a broken one holds back no other. `evaluate` asks the set what holds for
//! a request; the rules of the family `policy` put into words what a job does against it.

mod compile;
pub mod crd;
mod defaults;
mod explain;
pub mod expressions;
mod globs;
mod index;
mod int_or_string;
mod levels;
mod limits;
mod mistakes;
mod require;
mod salvage;
mod selector;
mod set;
mod shape;
pub mod spec;
mod unmet;

pub use compile::Policy;
pub use defaults::{Among, Defaults, Given, Scope};
pub use explain::{Answered, Condition, Seen};
pub use expressions::{Expression, Failure};
pub use int_or_string::IntOrString;
pub use limits::{Bounds, Images, Limits, Names, Resources};
pub use mistakes::{Mistake, Mistakes};
pub use require::Require;
pub use salvage::salvage;
pub use selector::{NamespaceLabels, Request};
pub use set::{Matching, Policies, UnknownNamespace};
pub use shape::read;
pub use unmet::Unmet;

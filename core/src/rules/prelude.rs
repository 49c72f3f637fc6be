//! What a rule's file imports.

pub(super) use super::declare::rule;
pub(super) use crate::finding::{Findings, Reason};
pub(super) use crate::rayjob::{RayJob, SubmissionMode};

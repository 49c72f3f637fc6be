//! `admit` from outside: reviews in, reviews out.

mod answers;
mod bounds;
mod completion;
mod demands;
mod edits;
mod exemptions;
mod expressions;
mod guard;
mod limits;
mod never_panics;
mod plain_sight;
mod policies;
mod policy_defaults;
mod policy_reviews;
mod policy_semantics;
mod queued;
mod stages;
mod support;
mod updates;

//! RJ758 `expression-against-policy`.

use crate::policy::Unmet;
use crate::rules::prelude::*;

rule! {
    /// An expression that a policy wants to be true is false for the job.
    ///
    /// ## Why
    /// The administrators of the cluster have rules of their own; the message is theirs, and says what to do.
    ///
    /// ## Example
    /// ```yaml policy
    /// validations:
    /// - expression: "job.activeDeadlineHours <= 24.0"
    ///   message: no job runs longer than a day here, set activeDeadlineSeconds to 86400 or less
    /// ```
    /// ```yaml bad
    /// spec: {activeDeadlineSeconds: 100000}
    /// ```
    /// ```yaml good
    /// spec: {activeDeadlineSeconds: 3600}
    /// ```
    "RJ758" "expression-against-policy" Deny since "0.1.0" [reads metadata] [of expressions] because
        Policy "`validations`",
}

fn check<'a>(unmet: &Unmet<'a>, findings: &mut Findings<'_, 'a>) {
    if unmet.failure.is_none() {
        findings
            .report(unmet.field(), unmet.expression.message.clone())
            .because_of_all(unmet.other_fields())
            .help("change what the message names, or ask whoever runs the cluster");
    }
}

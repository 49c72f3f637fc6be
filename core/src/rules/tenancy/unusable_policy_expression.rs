//! RJ759 `unusable-policy-expression`.

use crate::policy::Unmet;
use crate::rules::prelude::*;

rule! {
    /// An expression of a policy is neither true nor false for the job: it cannot be evaluated.
    ///
    /// ## Why
    /// It selects a field that the job does not have, mixes numbers that do not go together, or takes too long over so
    /// large a job. The policy says with `onError` what then happens to the job: what it does to jobs that it does not
    /// want, unless it says something milder.
    ///
    /// ## Example
    /// ```yaml policy
    /// validations:
    /// - {expression: "object.spec.activeDeadlineSeconds <= 86400", message: at most a day}
    /// ```
    /// ```yaml bad
    /// metadata: {name: train}
    /// ```
    /// ```yaml good
    /// spec: {activeDeadlineSeconds: 3600}
    /// ```
    "RJ759" "unusable-policy-expression" Deny since "0.1.0" [reads metadata] [of expressions] because
        Policy "`validations`, `onError`",
}

fn check<'a>(unmet: &Unmet<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(failure) = &unmet.failure else { return };
    let place = unmet.expression.index;
    findings
        .report(unmet.field(), format!("validations[{place}] of the policy cannot be evaluated: {failure}"))
        .because_of_all(unmet.other_fields())
        .help("this is a mistake of the policy, not of the job: tell whoever runs the cluster");
}

//! RJ013 `repeated-list-entry`.

use crate::document::{Misfit, Problem, Refused};
use crate::rules::prelude::*;

rule! {
    /// Two items of a list stand for the same entry.
    ///
    /// ## Why
    /// Kubernetes finds the items of such a list by a part of them: a variable by its name, a mount by its path. The API server
    /// refuses an object with two of the same before it asks Raygate; said here, it is known before anything is applied.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   submitterPodTemplate:
    ///     spec:
    ///       restartPolicy: Never
    ///       containers:
    ///       - name: submitter
    ///         image: rayproject/ray:2.56.0
    ///         env:
    ///         - {name: STAGE, value: test}
    ///         - {name: STAGE, value: production}
    /// ```
    /// ```yaml good
    /// spec:
    ///   submitterPodTemplate:
    ///     spec:
    ///       restartPolicy: Never
    ///       containers:
    ///       - name: submitter
    ///         image: rayproject/ray:2.56.0
    ///         env:
    ///         - {name: STAGE, value: production}
    /// ```
    "RJ013" "repeated-list-entry" Deny since "0.1.0" [of files] because
        KubernetesRefuses "`Duplicate value`, by the list's keys in the schema of the CRD",
}

fn check<'a>(misfit: &Misfit<'a>, findings: &mut Findings<'_, 'a>) {
    let Problem::Refused(Refused::Repeated(keys)) = misfit.problem else { return };
    let (message, help) = match keys {
        [] => ("an earlier item of the list is the same".to_owned(), "remove one of them".to_owned()),
        keys => {
            let keys = keys.join(" and ");
            (
                format!("an earlier item of the list has the same {keys}"),
                format!("change its {keys}, or remove one of them"),
            )
        }
    };
    findings.report(misfit.field, message).help(help);
}

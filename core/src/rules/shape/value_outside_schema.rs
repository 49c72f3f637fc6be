//! RJ012 `value-outside-schema`.

use crate::document::{Misfit, Number, Problem, Refused, Text};
use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// A value is none that the schema of the CRD allows here.
    ///
    /// ## Why
    /// The API server refuses such an object before it asks Raygate; said here, it is known before anything is applied.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     autoscalerOptions:
    ///       upscalingMode: Fast
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.56.0
    ///             resources:
    ///               limits: {cpu: 0.5, memory: 4Gi}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     autoscalerOptions:
    ///       upscalingMode: Aggressive
    /// ```
    "RJ012" "value-outside-schema" Deny since "0.1.0" [of files] because
        KubernetesRefuses "`Unsupported value`, `Invalid value`, by the schema of the CRD",
}

fn check<'a>(misfit: &Misfit<'a>, findings: &mut Findings<'_, 'a>) {
    let Problem::Refused(why) = misfit.problem else { return };
    let field = misfit.field;
    let text = Quoted(field.cast::<Text>().value().unwrap_or_default());
    let number = field.cast::<Number>().value().unwrap_or_default();
    let (reason, message, help) = match why {
        Refused::NotOneOf(known) => {
            (Reason::NotSupported, format!("there is no {text} here"), format!("write {}", one_of(known)))
        }
        Refused::Below(least) => (
            Reason::Invalid,
            format!("must be at least {least}, but is {number}"),
            format!("write {least} or more"),
        ),
        Refused::Empty => (
            Reason::Invalid,
            "must not be empty".to_owned(),
            "put something into it, or remove the field".to_owned(),
        ),
        Refused::Null => (
            Reason::Invalid,
            "an item of the list is null".to_owned(),
            "remove the item, or give it a value".to_owned(),
        ),
        Refused::Unquoted => (
            Reason::TypeInvalid,
            format!("must be a string, but {number} is a number"),
            format!("put it in quotes: \"{number}\""),
        ),
        Refused::Form => (
            Reason::Invalid,
            format!("{text} is no quantity"),
            "write a number and a unit without any blank, such as 500m, 2 or 4Gi".to_owned(),
        ),
        Refused::Missing(_) | Refused::Repeated(_) => return,
    };
    findings.report(field, message).reason(reason).help(help);
}

/// The values as a sentence has them: `a`, `a or b`, `a, b or c`.
fn one_of(known: &[&str]) -> String {
    match known {
        [all @ .., last] if !all.is_empty() => format!("{} or {last}", all.join(", ")),
        _ => known.concat(),
    }
}

//! RJ001 `wrong-type`.

use crate::document::{Field, Shape};
use crate::rules::prelude::*;

rule! {
    /// A field holds a value of the wrong type.
    ///
    /// ## Why
    /// KubeRay cannot read such a field. The API server refuses the object where its schema knows the field; a manifest that
    /// is checked before it gets there is told here, with all its other problems.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   suspend: "false"
    /// ```
    /// ```yaml bad
    /// spec:
    ///   ttlSecondsAfterFinished: 1h
    /// ```
    /// ```yaml good
    /// spec:
    ///   suspend: false
    /// ```
    "RJ001" "wrong-type" Deny since "0.1.0" because
        KubernetesRefuses "the CRD's schema gives each field one type",
        RayJobInterface "each field of the interface has one type",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    if !job.has_misfit() {
        return;
    }
    let mut judge = |field: Field<'a>, expected: Shape| {
        let Some(shape) = field.shape().filter(|_| !field.fits(expected)) else { return };
        let message = format!("must be {}, but is {}", expected.as_str(), shape.as_str());
        let help = format!("write {}", expected.as_str());
        findings.report(field, message).reason(Reason::TypeInvalid).help(help);
    };
    job.each_field(&mut judge);
}

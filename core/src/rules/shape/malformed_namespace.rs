//! RJ005 `malformed-namespace`.

use crate::kubernetes_names::is_dns1123_label;
use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// The namespace is not a name that a namespace can have.
    ///
    /// ## Why
    /// No such namespace can exist, so the job cannot be stored.
    ///
    /// ## Example
    /// ```yaml bad
    /// metadata:
    ///   namespace: Team_A
    /// ```
    /// ```yaml good
    /// metadata:
    ///   namespace: team-a
    /// ```
    "RJ005" "malformed-namespace" Deny since "0.1.0" because
        KubernetesRefuses "a namespace's name is a DNS-1123 label",
        RayJobInterface "metadata.namespace names a namespace",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let namespace = job.metadata.namespace;
    if let Some(name) = namespace.non_empty()
        && !is_dns1123_label(name)
    {
        findings.report(namespace, format!("{} cannot be the name of a namespace", Quoted(name))).help(
            "use at most 63 lower-case letters, digits and `-`, beginning and ending with a letter or digit",
        );
    }
}

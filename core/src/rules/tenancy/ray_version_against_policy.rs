//! RJ746 `ray-version-against-policy`.

use crate::policy::Policy;
use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// `rayVersion` is none that a policy allows.
    ///
    /// ## Why
    /// Old versions of Ray have known holes, new ones may not have been tried in this cluster.
    ///
    /// ## Example
    /// ```yaml policy
    /// limits: {rayVersion: ">=2.52, <3.0"}
    /// ```
    /// ```yaml bad
    /// spec: {rayClusterSpec: {rayVersion: 2.9.0}}
    /// ```
    /// ```yaml good
    /// spec: {rayClusterSpec: {rayVersion: 2.56.0}}
    /// ```
    "RJ746" "ray-version-against-policy" Deny since "0.1.0" [of policies] because
        Policy "`limits.rayVersion`",
}

fn check<'a>(policy: &'a Policy, job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some((cluster, range)) = job.own_cluster().zip(policy.limits.ray_version.as_ref()) else { return };
    let field = cluster.spec.ray_version;
    let Some(written) = field.non_empty() else { return };
    // What is no version is another rule's business.
    let is_allowed = written.parse().map_or(true, |version| range.contains(&version));
    if !is_allowed {
        findings
            .report(field, format!("Ray {} is not allowed here", Quoted(written)))
            .help(format!("take a version that is {range}, in the images too"));
    }
}

//! RJ316 `several-package-managers`.

use super::refused_by_ray;
use crate::rules::prelude::*;
use crate::yaml::Entry;

rule! {
    /// The runtime environment has more than one of `pip`, `uv` and `conda`.
    ///
    /// ## Why
    /// Ray takes one of them, and refuses the job when the whole cluster is up. An empty list counts, too.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     pip: [pandas]
    ///     conda: {dependencies: [numpy]}
    /// ```
    /// ```yaml good
    /// spec:
    ///   runtimeEnvYAML: |
    ///     pip: null
    ///     conda:
    ///       dependencies:
    ///       - numpy
    ///       - pip
    ///       - pip: [pandas]
    /// ```
    "RJ316" "several-package-managers" Deny since "0.1.0" because
        Ray "`The 'pip' field, 'uv' field, and 'conda' field of runtime_env cannot be specified at the same time`, when the job is submitted (Ray 2.40 to 2.60 RuntimeEnv)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(environment) = job.submitted_environment() else { return };
    // Before Ray 2.40 `uv` may be unknown, and is then passed over.
    let names: &[&str] =
        if environment.is_before([2, 40]) { &["pip", "conda"] } else { &["pip", "uv", "conda"] };
    let mut given: Vec<&Entry<'_>> = names.iter().filter_map(|name| environment.entry(name)).collect();
    given.sort_by_key(|entry| entry.key_position);
    let [first, .., last] = given.as_slice() else { return };
    let names: Vec<_> = given.iter().map(|entry| entry.key.as_ref()).collect();
    findings
        .report(
            environment.field,
            refused_by_ray(format_args!(
                "{} are set together, of which Ray takes only one",
                names.join(" and ")
            )),
        )
        .inside(last.key_position)
        .because_of_all(environment.because())
        .because_of_all(environment.head_ray_fields())
        .reason(Reason::Forbidden)
        .help(if first.key == "conda" || last.key == "conda" {
            "keep conda and move the packages of the other into its dependencies, below `- pip:`"
        } else {
            "move all packages into one of them"
        });
}

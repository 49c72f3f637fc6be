//! RJ007 `two-runtime-environments`.

use crate::rules::prelude::*;

rule! {
    /// Both `runtimeEnv` and `runtimeEnvYAML` are set, and differ.
    ///
    /// ## Why
    /// They are two spellings of one field. KubeRay reads `runtimeEnvYAML` only, so that half of what was written would
    /// silently not be there when the job runs.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   runtimeEnv: "pip: [pandas]"
    ///   runtimeEnvYAML: "pip: [polars]"
    /// ```
    /// ```yaml good
    /// spec:
    ///   runtimeEnvYAML: "pip: [pandas]"
    /// ```
    "RJ007" "two-runtime-environments" Deny since "0.1.0" because
        RayJobInterface "runtimeEnv is the older spelling of runtimeEnvYAML: both describe the one environment of the job",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let (older, newer) = (job.spec.runtime_env, job.spec.runtime_env_yaml);
    if let (Some(one), Some(other)) = (older.non_empty(), newer.non_empty())
        && one != other
    {
        findings
            .report(older, "runtimeEnv and runtimeEnvYAML are both set and differ")
            .because_of(newer)
            .reason(Reason::Forbidden)
            .help("put everything into runtimeEnvYAML and remove runtimeEnv");
    }
}

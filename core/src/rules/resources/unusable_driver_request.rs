//! RJ404 `unusable-driver-request`.

use crate::document::{Field, Number};
use crate::node_resources::Driver;
use crate::rules::prelude::*;

rule! {
    /// The entrypoint asks for a part of a GPU beside whole ones, for next to nothing, or for GPUs as a named resource.
    ///
    /// ## Why
    /// Ray gives out whole GPUs, or a part of one, and counts in ten thousandths. CPUs and GPUs have fields of their own, and are no
    /// names for `entrypointResources`. Ray takes the job and fails it before the entrypoint runs, with the cluster already paid for.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   entrypointNumGpus: 1.5
    /// ```
    /// ```yaml bad
    /// spec:
    ///   entrypointNumCpus: 0.00005
    /// ```
    /// ```yaml bad
    /// spec:
    ///   entrypointNumCpus: -1
    ///   submissionMode: HTTPMode
    /// ```
    /// ```yaml bad
    /// spec:
    ///   entrypointResources: '{"GPU": 1}'
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypointNumCpus: 1.5
    ///   entrypointNumGpus: 0.5
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {num-cpus: "2", num-gpus: "1"}
    /// ```
    ///
    /// ## References
    /// - Ray 2.46 `validate_actor_options`, Ray 2.60 `prepare_resources`
    "RJ404" "unusable-driver-request" Deny since "0.1.0" because
        Ray "`resource quantities >1 must be whole numbers`, `cannot go beyond 0.0001`, `cannot be negative`, `Use the 'num_cpus' and 'num_gpus' keyword instead`",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let (cpus, gpus) = (job.spec.entrypoint_num_cpus, job.spec.entrypoint_num_gpus);
    let mut report = |field: Field<'a>, message, because: &[Field<'a>], help| {
        findings.report(field, message).because_of_all(because.iter().copied()).help(help);
    };
    let is_in_http = job.submission_mode() == SubmissionMode::HTTPMode;
    for (field, name) in [(cpus, "entrypointNumCpus"), (gpus, "entrypointNumGpus")] {
        if is_in_http && field.value().is_some_and(|number| number < 0.0) {
            let message = format!("`{name}` is negative");
            report(
                field.any(),
                message,
                &[job.spec.submission_mode.any()],
                "write a positive number, or remove it",
            );
        }
    }
    let submission = [job.spec.submission_mode.any(), job.spec.submitter_pod_template.any()];
    let driver = Driver::of(job);
    for need in &driver.needs {
        let number: Option<f64> = need.field.cast::<Number>().value();
        let (message, help) = match (need.name(), number) {
            (name @ ("CPU" | "GPU"), None) => (
                format!("`entrypointResources` asks for {name}, which has a field of its own"),
                "write entrypointNumCpus or entrypointNumGpus",
            ),
            ("GPU", Some(number)) if is_in_parts(number) => (
                format!(
                    "the entrypoint asks for {number} GPUs: Ray shares out one GPU in parts, or gives whole ones"
                ),
                "write a whole number, or one below 1",
            ),
            ("CPU" | "GPU", Some(number)) if is_next_to_nothing(number) => (
                format!("the entrypoint asks for {number} of a {}: Ray counts in 0.0001", need.name()),
                "write 0.0001 or more, or remove it",
            ),
            _ => continue,
        };
        report(need.field, message, &submission, help);
    }
}

/// Whether more than one is asked for and not a whole number, however it is rounded on its way: KubeRay keeps 32 bits and
/// writes six digits.
fn is_in_parts(number: f64) -> bool {
    number > 1.0 && (number - number.round()).abs() > 1e-5 + number * 1e-6
}

/// Whether something arrives, and is less than Ray counts.
fn is_next_to_nothing(number: f64) -> bool {
    (2e-6..0.000_09).contains(&number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_makes_no_mistake_of_a_number() {
        for (number, refused) in [
            (0.5, false),
            (1.0, false),
            (2.0, false),
            (2.000_000_1, false),
            (1.5, true),
            (2.001, true),
            (1e9, false),
        ] {
            assert_eq!(is_in_parts(number), refused, "{number}");
        }
        for (number, refused) in
            [(0.0001, false), (0.1, false), (0.000_05, true), (1e-7, false), (0.0, false)]
        {
            assert_eq!(is_next_to_nothing(number), refused, "{number}");
        }
    }
}

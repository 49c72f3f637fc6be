//! RJ345 `overlong-command`.

use crate::rules::prelude::*;
use crate::shell::LONGEST_ARGUMENT;

rule! {
    /// The entrypoint, or what KubeRay makes one command of, is longer than Linux hands to a program.
    ///
    /// ## Why
    /// An argument may have 131,071 bytes. In K8sJobMode and SidecarMode the whole submit command is one argument, the runtime
    /// environment, `metadata` and `entrypointResources` with it; in HTTPMode the entrypoint is one. Beyond that no program
    /// starts, `Argument list too long`.
    ///
    /// ## Example
    /// ```yaml good
    /// spec:
    ///   entrypoint: python train.py
    /// ```
    "RJ345" "overlong-command" Deny since "0.1.0" because
        KubeRayHangs "the submitter's container never starts, `argument list too long`, while the cluster is up (K8sJobMode, SidecarMode; v1.3 to v1.7)",
        Ray "in HTTPMode the job fails, `Argument list too long` (Ray 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let spec = &job.spec;
    let Some(entrypoint) = spec.entrypoint.value() else { return };
    let is_submitted_by_command = job.is_submitted_by_command();
    let (text, resources) = if is_submitted_by_command {
        // What surrounds them, and the runtime environment and metadata as JSON, only make it longer.
        (entrypoint.trim(), spec.entrypoint_resources.value().map_or(0, str::len))
    } else if job.submission_mode() == SubmissionMode::HTTPMode {
        (entrypoint, 0)
    } else {
        return;
    };
    let length = text.len() + resources;
    if length <= LONGEST_ARGUMENT {
        return;
    }
    let mut report = findings
        .report(
            spec.entrypoint,
            format!("the command has {length} bytes at least, and no program starts with an argument longer than {LONGEST_ARGUMENT}"),
        )
        .because_of(spec.submission_mode)
        .because_of(spec.submitter_pod_template)
        .reason(Reason::TooLong);
    if is_submitted_by_command {
        report = report.because_of(spec.entrypoint_resources);
    }
    report.help("put the program into a file of the image or of working_dir, and call it");
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::document::Document;
    use crate::finding::{Findings, Level};
    use crate::rayjob::RayJob;
    use crate::shell::LONGEST_ARGUMENT;

    fn is_found(spec: &Value) -> bool {
        let job = json!({"spec": spec}).to_string();
        let document: Document<'_> = serde_json::from_str(&job).expect("JSON");
        let mut found = Vec::new();
        super::check(&RayJob::of(&document), &mut Findings::of(&super::RULE, Level::Deny, &mut found));
        !found.is_empty()
    }

    #[test]
    fn a_command_longer_than_an_argument_is_found_in_every_mode_that_submits_it() {
        for mode in ["K8sJobMode", "SidecarMode", "HTTPMode"] {
            let of = |length| json!({"submissionMode": mode, "entrypoint": "x".repeat(length)});
            assert!(!is_found(&of(LONGEST_ARGUMENT)), "{mode}");
            assert!(is_found(&of(LONGEST_ARGUMENT + 1)), "{mode}");
        }
        let interactive = json!({"submissionMode": "InteractiveMode", "entrypoint": "x".repeat(200_000)});
        assert!(!is_found(&interactive));
    }

    #[test]
    fn what_kuberay_writes_into_the_same_line_counts_and_what_it_trims_does_not() {
        let resources = |mode| json!({"submissionMode": mode, "entrypoint": "x", "entrypointResources": " ".repeat(LONGEST_ARGUMENT)});
        assert!(is_found(&resources("K8sJobMode")));
        assert!(!is_found(&resources("HTTPMode")));
        assert!(!is_found(&json!({"entrypoint": " ".repeat(LONGEST_ARGUMENT) + "x"})));
    }
}

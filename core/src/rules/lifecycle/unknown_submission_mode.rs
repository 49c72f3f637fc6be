//! RJ101 `unknown-submission-mode`.

use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// `submissionMode` is none of the modes that KubeRay knows.
    ///
    /// ## Why
    /// The CRD takes any text. KubeRay then starts the whole cluster, reports the job as running, and submits nothing: it
    /// holds its nodes until somebody notices. The names are case-sensitive.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   submissionMode: K8SJobMode
    /// ```
    /// ```yaml bad
    /// spec:
    ///   submissionMode: http
    /// ```
    /// ```yaml good
    /// spec:
    ///   submissionMode: HTTPMode
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `JobSubmissionMode`
    "RJ101" "unknown-submission-mode" Deny since "0.1.0" because
        KubeRayHangs "the cluster starts, the job becomes Running, and nobody ever submits it (v1.3 to v1.7 reconcile has no other case)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let SubmissionMode::Unknown(mode) = job.submission_mode() else { return };
    let help = match nearest(mode) {
        Some(known) => format!("write `{known}`"),
        None => format!("write one of {}", SubmissionMode::KNOWN.join(", ")),
    };
    findings
        .report(
            job.spec.submission_mode,
            format!(
                "KubeRay has no submission mode {}: it would start the cluster and never submit the job",
                Quoted(mode)
            ),
        )
        .reason(Reason::NotSupported)
        .help(help);
}

/// The known mode that was most likely meant, if one is near.
fn nearest(mode: &str) -> Option<&'static str> {
    // A mode's name has at most 15 characters; a long text is none that was mistyped.
    let mode = Some(mode).filter(|mode| mode.len() <= 32)?.to_ascii_lowercase();
    let without_suffix =
        mode.trim_end_matches("mode").trim_matches(|character: char| !character.is_ascii_alphanumeric());
    SubmissionMode::KNOWN
        .into_iter()
        .map(|known| {
            (strsim::osa_distance(without_suffix, &known.to_ascii_lowercase().replace("mode", "")), known)
        })
        .filter(|(distance, _)| *distance <= 3)
        .min()
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_mode_is_the_one_that_was_meant() {
        for (typed, meant) in [
            ("K8SJobMode", "K8sJobMode"),
            ("k8sjob", "K8sJobMode"),
            ("K8s", "K8sJobMode"),
            ("HTTP", "HTTPMode"),
            ("HttpMode", "HTTPMode"),
            ("http-mode", "HTTPMode"),
            ("Interactiv", "InteractiveMode"),
            ("sidecar", "SidecarMode"),
        ] {
            assert_eq!(nearest(typed), Some(meant), "{typed}");
        }
        assert_eq!(nearest("something else"), None);
    }
}

//! RJ303 `metadata-with-unfit-ray-version`.

use crate::quoted::Quoted;
use crate::rules::prelude::*;

/// The first release of Ray whose `ray job submit` takes metadata.
const FIRST: (u64, u64) = (2, 6);

rule! {
    /// The job has `metadata`, and KubeRay takes `rayVersion` for no release of Ray that knows metadata.
    ///
    /// ## Why
    /// With metadata KubeRay wants to see Ray 2.6.0 or newer in `rayVersion`, as semantic versioning writes it: `2.52.0` and
    /// `2.52` will do, `nightly` and `2.52.0rc1` will not, and neither will a pre-release such as `2.52.0-rc1` or
    /// `2.52.0-py310`. It finds out when it is to submit the job, and tries again for ever while the cluster is up.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   metadata: {team: vision}
    ///   rayClusterSpec: {rayVersion: nightly}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   metadata: {team: vision}
    ///   rayClusterSpec: {rayVersion: 2.52.0-py310}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   metadata: {team: vision}
    ///   rayClusterSpec: {rayVersion: 2.5.1}
    /// ```
    /// ```yaml good
    /// spec:
    ///   metadata: {team: vision}
    ///   rayClusterSpec: {rayVersion: 2.52.0}
    /// ```
    /// ```yaml good
    /// spec:
    ///   metadata: {team: vision}
    ///   submissionMode: HTTPMode
    ///   rayClusterSpec: {rayVersion: nightly}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.3 to v1.6 `GetMetadataJson`, v1.7 `getMetadataJSONForSubmitCommand`
    "RJ303" "metadata-with-unfit-ray-version" Deny since "0.1.0" because
        KubeRayHangs "`failed to parse Ray version`, `the Ray version must be at least 2.6.0 to use the metadata field`, again and again, while the cluster is up (v1.3 to v1.7)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let version = cluster.spec.ray_version;
    let Some(text) = version.non_empty() else { return };
    if !job.spec.metadata.has_entries() || !job.is_submitted_by_command() {
        return;
    }
    let problem = match Semver::of(text) {
        Semver::Unreadable => "which KubeRay cannot read",
        Semver::PreRelease => "which KubeRay takes for a pre-release",
        Semver::Release(major, minor) if (major, minor) < FIRST => "and metadata needs Ray 2.6.0",
        Semver::Release(..) => return,
    };
    findings
        .report(
            version,
            format!(
                "the job has metadata, and rayVersion is {}, {problem}: it would never be submitted",
                Quoted(text)
            ),
        )
        .because_of(job.spec.metadata)
        .because_of(job.spec.submission_mode)
        .because_of(job.spec.submitter_pod_template)
        .help("write rayVersion as three numbers, for example 2.52.0, or remove spec.metadata");
}

/// What `Masterminds/semver` (v3.2.1 to v3.4.0) makes of a version.
#[derive(Debug, PartialEq)]
enum Semver {
    /// Older than nothing, newer than nothing: an error.
    Unreadable,
    /// Never satisfies a constraint that names no pre-release.
    PreRelease,
    /// Major and minor.
    Release(u64, u64),
}

impl Semver {
    /// Zeros in front pass, though v3.3.1 (KubeRay v1.4 and v1.5) refuses them.
    fn of(text: &str) -> Self {
        let text = text.strip_prefix('v').unwrap_or(text);
        let (version, build) = text.split_once('+').map_or((text, None), |(left, right)| (left, Some(right)));
        let (numbers, pre_release) =
            version.split_once('-').map_or((version, None), |(left, right)| (left, Some(right)));
        let numbers: Option<Vec<u64>> = numbers.split('.').map(number).collect();
        match numbers.as_deref() {
            _ if [build, pre_release].into_iter().flatten().any(|part| !is_dotted(part)) => Self::Unreadable,
            Some([_] | [_, _] | [_, _, _]) if pre_release.is_some() => Self::PreRelease,
            Some([major]) => Self::Release(*major, 0),
            Some([major, minor] | [major, minor, _]) => Self::Release(*major, *minor),
            _ => Self::Unreadable,
        }
    }
}

fn number(text: &str) -> Option<u64> {
    // Rust would also read a sign.
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// Identifiers with dots between.
fn is_dotted(text: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    text.split('.').all(|part| !part.is_empty() && part.bytes().all(known))
}

#[cfg(test)]
mod tests {
    use super::Semver;

    /// What the Go library answered, v3.2.1, v3.3.1 and v3.4.0 alike.
    #[test]
    #[rustfmt::skip]
    fn versions_are_read_as_the_go_library_reads_them() {
        use Semver::{PreRelease, Release, Unreadable};
        for (text, expected) in [
            ("2.52", Release(2, 52)), ("2", Release(2, 0)), ("v2.52.0", Release(2, 52)), ("0", Release(0, 0)),
            ("2.52.0+abc", Release(2, 52)), ("2.52.0+a.b", Release(2, 52)), ("2+x", Release(2, 0)), ("2.5.9", Release(2, 5)),
            ("18446744073709551615.1.1", Release(u64::MAX, 1)), ("2.52.0-rc1", PreRelease), ("2.52.0-py310", PreRelease),
            ("2.52-rc1", PreRelease), ("2-rc1", PreRelease), ("2.52.0-0", PreRelease), ("2.52.0-0a", PreRelease),
            ("2.52.0-18446744073709551616", PreRelease), ("2.6.0-rc1", PreRelease),
            ("", Unreadable), ("V2.52", Unreadable), ("vv2.1", Unreadable), ("2.52.0rc1", Unreadable),
            ("2.52.0+abc+d", Unreadable), ("nightly", Unreadable), ("2.52.0.", Unreadable), ("2.52.0.0", Unreadable),
            ("2.52.", Unreadable), (" 2.52.0", Unreadable), ("2.52.0 ", Unreadable), ("2.52.0-a..b", Unreadable),
            ("3.0.0.dev0", Unreadable), ("99999999999999999999.1.1", Unreadable), ("2.52.0-", Unreadable),
            ("2.52.0+", Unreadable), (".2.3", Unreadable), ("-2.3.4", Unreadable), ("2.-3.4", Unreadable),
            ("2.x", Unreadable), ("2.52.0-a_b", Unreadable), ("2.52.0+a_b", Unreadable), ("2.52.0-+a", Unreadable),
            ("2.52.0-a.+b", Unreadable), ("\u{ff12}.1.0", Unreadable), ("2.52.0-\u{e9}", Unreadable), ("+2.52.0", Unreadable),
        ] {
            assert_eq!(Semver::of(text), expected, "{text:?}");
        }
    }
}

//! RJ375 `log-monitor-without-value`.

use crate::ray_start;
use crate::rules::prelude::*;

rule! {
    /// `include-log-monitor` in `rayStartParams` is `true` or `false`, of which KubeRay leaves nothing.
    ///
    /// ## Why
    /// Until version 1.6 KubeRay makes a switch of every such value. This option is none: with `true` `ray start` takes the next
    /// option for its value, and ends at once; `false` is left out.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {include-log-monitor: "true"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {include-log-monitor: "yes"}
    /// ```
    "RJ375" "log-monitor-without-value" Warn since "0.1.0" [reads metadata] because
        Ray [until V1_6] "`Invalid value for '--include-log-monitor'`, or nothing of it arrives (KubeRay v1.3 to v1.6 convertParamMap)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for node in ray_start::nodes(job) {
        let param = node.params().get("include-log-monitor");
        let is_lost = |value: &str| value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false");
        if param.value().is_some_and(is_lost) {
            findings
                .report(
                    param,
                    format!(
                        "KubeRay hands no value of `include-log-monitor` of {} on",
                        node.name_for_people()
                    ),
                )
                .because_of_all(node.because())
                .help("write \"yes\" or \"no\", which Ray reads as well");
        }
    }
}

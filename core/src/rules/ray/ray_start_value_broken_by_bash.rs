//! RJ365 `ray-start-value-broken-by-bash`.

use crate::ray_start::{self, Breakage, is_bare};
use crate::rules::prelude::*;

rule! {
    /// A value in `rayStartParams` has a blank, quote, `&` or parenthesis with which Bash takes the command line apart.
    ///
    /// ## Why
    /// KubeRay writes the values as they are into a line that Bash reads. A blank ends the value, and `ray start` takes no further
    /// argument; an open quote or a parenthesis makes the whole line invalid; behind `&` Ray goes on in the background, and the
    /// container ends. The pod is restarted for ever, and the job stays in `Initializing`.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {num-cpus: " 4"}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {proxy-server-url: "http://history:8080/?a=1&b=2"}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {temp-dir: "'/tmp/ray"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {proxy-server-url: "'http://history:8080/?a=1&b=2'"}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `convertParamMap`, `BuildPod`
    "RJ365" "ray-start-value-broken-by-bash" Deny since "0.1.0" [reads metadata] because
        Ray "`Got unexpected extra argument`, and `ray start` exits with 2; or Bash refuses the line, or leaves Ray in the background (KubeRay v1.3 to v1.7)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for node in ray_start::nodes(job) {
        let Some((param, breakage)) = node.line().breakage() else { continue };
        // The value may be a password.
        let (what, consequence) = match breakage {
            Breakage::Background => {
                ("an `&`", "behind which Ray goes on in the background and the container ends")
            }
            Breakage::ExtraWord => {
                ("a blank", "and `ray start` takes what follows for an argument and refuses it")
            }
            Breakage::OpenQuote => ("a quote without its counterpart", "and Bash refuses the command line"),
            Breakage::Parenthesis => ("a parenthesis", "and Bash refuses the command line"),
            Breakage::Operator | Breakage::Unclear => continue,
        };
        // A rule about `resources` says more.
        if param.key() == "resources" && param.value().is_some_and(is_bare) {
            continue;
        }
        findings
            .report(
                param,
                format!(
                    "the value of `{}` of {} has {what}, {consequence}",
                    param.key(),
                    node.name_for_people()
                ),
            )
            .because_of_all(node.because())
            .help(
                "wrap the value in single quotes inside the YAML string, \"'...'\", or remove that character",
            );
    }
}

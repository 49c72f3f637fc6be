//! RJ366 `operator-in-ray-start-value`.

use crate::ray_start::{self, Breakage};
use crate::rules::prelude::*;

rule! {
    /// A value in `rayStartParams` has a `;`, `|`, `<`, `>`, `#` or line break that Bash does not take for a part of it.
    ///
    /// ## Why
    /// KubeRay writes the values as they are into a line that Bash reads. There the value ends, and what follows is another
    /// command, a file or a comment. All options behind it are lost to `ray start`.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {num-cpus: "4; nvidia-smi"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {node-name: "'head; the first'"}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `convertParamMap`, `BuildPod`
    "RJ366" "operator-in-ray-start-value" Warn since "0.1.0" [reads metadata] because
        Ray "what stands behind the operator never reaches `ray start` (KubeRay v1.3 to v1.7 convertParamMap)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for node in ray_start::nodes(job) {
        let Some((param, Breakage::Operator)) = node.line().breakage() else { continue };
        findings
            .report(
                param,
                format!(
                    "Bash ends the value of `{}` of {} at an operator, and with it the options of `ray start`",
                    param.key(),
                    node.name_for_people()
                ),
            )
            .because_of_all(node.because())
            .help("wrap the value in single quotes inside the YAML string, \"'...'\", or remove what follows");
    }
}

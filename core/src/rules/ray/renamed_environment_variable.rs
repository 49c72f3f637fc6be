//! RJ312 `renamed-environment-variable`.

use crate::quoted::{Quoted, QuotedName};
use crate::rules::prelude::*;
use crate::runtime_env::written::Written;

rule! {
    /// A variable of the runtime environment arrives under another name than it is written with.
    ///
    /// ## Why
    /// KubeRay reads YAML 1.1, where a name without quotes can be something else: `N`, `Y`, `ON` and `NO` become `false` and
    /// `true`, `007` becomes `7`. The job runs, and its variable is not there.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     env_vars:
    ///       N: "100"
    /// ```
    /// ```yaml good
    /// spec:
    ///   runtimeEnvYAML: |
    ///     env_vars:
    ///       "N": "100"
    ///       NR: "3"
    /// ```
    "RJ312" "renamed-environment-variable" Warn since "0.1.0" because
        Ray "the process gets a variable named `true`, `false` or a number instead (sigs.k8s.io/yaml, as KubeRay v1.3 to v1.7 uses it)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(environment) = job.submitted_environment() else { return };
    let Some(entries) = environment.value("env_vars").and_then(|node| node.value.as_mapping()) else {
        return;
    };
    let became_another = |key: &str| matches!(key, "true" | "false") || key.parse::<f64>().is_ok();
    let mut text = None;
    for entry in entries.iter().filter(|entry| became_another(&entry.key)) {
        let text = text.get_or_insert_with(|| Written::of(environment.text));
        let written = text.plain_scalar(entry.key_position);
        let Some(written) = written.filter(|written| *written != entry.key) else { continue };
        findings
            .report(
                environment.field,
                format!(
                    "the variable {} of env_vars is named {} when it arrives: YAML does not take its name for text",
                    QuotedName(written),
                    Quoted(&entry.key)
                ),
            )
            .inside(entry.key_position)
            .because_of_all(environment.because())
            .help("put the name in quotes");
    }
}

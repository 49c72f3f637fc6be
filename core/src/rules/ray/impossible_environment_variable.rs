//! RJ311 `impossible-environment-variable`.

use crate::quoted::QuotedName;
use crate::rules::prelude::*;
use crate::yaml::Value;

rule! {
    /// The runtime environment sets a variable that no process can have: no name, a `=` in the name, or a null character.
    ///
    /// ## Why
    /// Ray accepts it, and then no worker can be started with it. The job stays pending for fifteen minutes and fails.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     env_vars:
    ///       "STAGE=production": ""
    /// ```
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     env_vars: {"": production}
    /// ```
    /// ```yaml good
    /// spec:
    ///   runtimeEnvYAML: |
    ///     env_vars:
    ///       my-app.stage: production
    /// ```
    "RJ311" "impossible-environment-variable" Deny since "0.1.0" because
        Ray "the operating system refuses such a variable, so that no worker starts: `JOB_SUPERVISOR_ACTOR_START_TIMEOUT` (seen with Ray 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(environment) = job.submitted_environment() else { return };
    let Some(entries) = environment.value("env_vars").and_then(|node| node.value.as_mapping()) else {
        return;
    };
    for entry in entries {
        let Value::String(value) = &entry.value.value else { continue };
        let name = QuotedName(&entry.key);
        let problem = if entry.key.is_empty() {
            "env_vars has a variable without a name".to_owned()
        } else if environment.arrives(&entry.key) && entry.key.contains('=') {
            format!("env_vars has a variable whose name is {name}")
        } else if entry.key.contains('\0') {
            format!("the name {name} in env_vars has a null character")
        } else if value.contains('\0') {
            format!("the value of {name} in env_vars has a null character")
        } else {
            continue;
        };
        findings
            .report(environment.field, format!("{problem}: no process can start with such a variable"))
            .inside(entry.key_position)
            .because_of_all(environment.because())
            .help("write `NAME: \"value\"`, with a name of letters, digits and underscores");
    }
}

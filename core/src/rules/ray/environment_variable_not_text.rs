//! RJ310 `environment-variable-not-text`.

use super::refused_by_ray;
use crate::quoted::Quoted;
use crate::rayjob::Reader;
use crate::rules::prelude::*;
use crate::runtime_env::written::Written;
use crate::yaml::Value;

rule! {
    /// A value of `env_vars` in the runtime environment is not text.
    ///
    /// ## Why
    /// Ray takes text only, and fails the job when the whole cluster is up. KubeRay reads YAML 1.1, where much without
    /// quotes is no text: `8080` and `1e3` are numbers, `0123` is the octal number 83, `yes`, `on` and `n` are true and
    /// false, and nothing is null. Dates stay text.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     env_vars:
    ///       OMP_NUM_THREADS: 4
    /// ```
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     env_vars:
    ///       DEBUG: yes
    /// ```
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     env_vars:
    ///     - name: STAGE
    ///       value: production
    /// ```
    /// ```yaml good
    /// spec:
    ///   runtimeEnvYAML: |
    ///     env_vars:
    ///       OMP_NUM_THREADS: "4"
    ///       DEBUG: "yes"
    ///       SINCE: 2025-01-31
    /// ```
    "RJ310" "environment-variable-not-text" Deny since "0.1.0" because
        Ray "`runtime_env['env_vars'] must be of type Dict[str, str]`, when the job is submitted (Ray 2.40 to 2.60 parse_and_validate_env_vars)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(environment) = job.submitted_environment() else { return };
    let Some(variables) = environment.value("env_vars") else { return };
    let Some(entries) = variables.value.as_mapping() else {
        // `ray job submit` passes over what is empty.
        let is_empty = match &variables.value {
            Value::String(text) => text.is_empty(),
            Value::Sequence(items) => items.is_empty(),
            _ => false,
        };
        if !(is_empty && environment.reader == Reader::Submitter) {
            let kind = variables.value.kind();
            findings
                .report(
                    environment.field,
                    refused_by_ray(format_args!("env_vars must be a map of names to text, but is {kind}")),
                )
                .inside(variables.position)
                .because_of_all(environment.because())
                .reason(Reason::TypeInvalid)
                .help("write each variable as `NAME: \"value\"` below env_vars, without dashes");
        }
        return;
    };
    let mut written = None;
    for entry in entries {
        if matches!(entry.value.value, Value::String(_)) {
            continue;
        }
        let form = written.get_or_insert_with(|| Written::of(environment.text)).form_of(&entry.value);
        findings
            .report(
                environment.field,
                match entry.key.split_once('=') {
                    Some((name, _)) => format!(
                        "env_vars has a variable whose name is {} with a `=` and more, and whose value is {form}; Ray takes only text and would refuse the job once the cluster is up",
                        Quoted(name)
                    ),
                    None => format!("env_vars.{} is {form}; Ray takes only text and would refuse the job once the cluster is up", Name(&entry.key)),
                },
            )
            .inside(entry.value.position)
            .because_of_all(environment.because())
            .reason(Reason::TypeInvalid)
            .help(if entry.key.contains('=') {
                "write `NAME: \"value\"`, with a colon and a blank"
            } else {
                "put the value in quotes"
            });
    }
}

/// The name of a variable, bare where nothing in it could be misread.
struct Name<'t>(&'t str);

impl std::fmt::Display for Name<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        if self.0.len() <= 64 && !self.0.is_empty() && self.0.bytes().all(is_plain) {
            formatter.write_str(self.0)
        } else {
            Quoted(self.0).fmt(formatter)
        }
    }
}

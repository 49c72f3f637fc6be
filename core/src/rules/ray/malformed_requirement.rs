//! RJ324 `malformed-requirement`.

use crate::rayjob::Manager;
use crate::rules::prelude::*;
use crate::runtime_env::requirement::{Line, Problem};

rule! {
    /// An item of `pip` or `uv` in the runtime environment is no line of a requirements file.
    ///
    /// ## Why
    /// Ray writes the items into a requirements file, one on a line, and pip or uv refuses the whole file. That is after the
    /// cluster is up and the job was submitted. `numpy=1.26` is the spelling of conda; pip wants `==`.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: "pip: [numpy=1.26.4]"
    /// ```
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: "uv: [\"numpy>=1.26 <2\"]"
    /// ```
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: "pip: [pip install numpy]"
    /// ```
    /// ```yaml good
    /// spec:
    ///   runtimeEnvYAML: |
    ///     pip:
    ///     - numpy==1.26.4
    ///     - pandas>=2,<3
    ///     - torch; python_version < "3.12"
    ///     - tool @ https://example.com/tool-1.0-py3-none-any.whl
    ///     - -r /home/ray/requirements.txt
    /// ```
    "RJ324" "malformed-requirement" Deny since "0.1.0" because
        Ray "`Invalid requirement`, `Couldn't parse requirement`, when the environment is set up: `RUNTIME_ENV_SETUP_FAILURE` (seen with pip 23.2 and 25.2, uv 0.13)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(environment) = job.submitted_environment() else { return };
    for package in environment.listed_packages() {
        // Before Ray 2.40 `uv` may be unknown, and is then passed over.
        if package.manager == Manager::Uv && environment.is_before([2, 40]) {
            continue;
        }
        let Line::Malformed(problem) = Line::of(package.line) else { continue };
        let field = package.manager.field();
        let of_ray = (package.manager == Manager::Uv).then(|| environment.head_ray_fields());
        findings
            .report(
                environment.field,
                format!(
                    "an item of {field} {}: {field} would refuse it once the cluster is up",
                    problem.as_str()
                ),
            )
            .inside(package.position)
            .because_of_all(environment.because())
            .because_of_all(of_ray.into_iter().flatten())
            .help(help_for(problem, package.manager));
    }
}

fn help_for(problem: Problem, manager: Manager) -> String {
    match problem {
        Problem::SingleEqualsSign => "write ==, for example numpy==1.26.4".to_owned(),
        Problem::UnknownOperator => "write one of ==, >=, <=, ~=, != before the version".to_owned(),
        Problem::MissingComma => "write a comma between them, for example numpy>=1.26,<2".to_owned(),
        Problem::Blank => "write one package for each item, and == before its version".to_owned(),
        Problem::OptionOfCommand => {
            let field = manager.field();
            format!(
                "remove it, or write it into {field}.{} beside {field}.packages",
                manager.install_options()
            )
        }
    }
}

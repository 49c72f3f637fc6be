//! RJ325 `unread-requirement-option`.

use crate::quoted::Quoted;
use crate::rayjob::Manager;
use crate::rules::prelude::*;
use crate::runtime_env::options::is_option_of_files;
use crate::runtime_env::requirement::Line;

rule! {
    /// An item of `pip` or `uv` in the runtime environment has an option in a place where it is not read.
    ///
    /// ## Why
    /// The items become lines of a requirements file. Behind a package pip silently passes over an option such as
    /// `--index-url`, so that another package may be installed than was meant; uv refuses the line. An option on a line of
    /// its own counts for all packages, and only some are known there.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     pip: ["torch --index-url https://download.pytorch.org/whl/cpu"]
    /// ```
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     pip: ["--timeout 60", torch]
    /// ```
    /// ```yaml good
    /// spec:
    ///   runtimeEnvYAML: |
    ///     pip: ["--extra-index-url https://download.pytorch.org/whl/cpu", torch]
    /// ```
    "RJ325" "unread-requirement-option" Warn since "0.1.0" because
        Ray "pip reads only `--hash` and a few others behind a package, and refuses options that it does not know in a file (pip 23.2, 25.2; uv 0.13)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(environment) = job.submitted_environment() else { return };
    for package in environment.listed_packages() {
        let field = package.manager.field();
        let (problem, help) = match Line::of(package.line) {
            Line::Package(requirement) => match requirement.unread_option {
                Some(option) => (
                    format!("{} behind a package of {field} is not read", Quoted(option)),
                    "write the option as an item of its own, before the package".to_owned(),
                ),
                None => continue,
            },
            Line::Option(name) if package.manager == Manager::Pip && !is_option_of_files(name) => (
                format!("{} in {field} is no option of a requirements file", Quoted(name)),
                format!("remove it, or write it into {field}.{}", package.manager.install_options()),
            ),
            Line::Option(_) | Line::Malformed(_) | Line::Other => continue,
        };
        findings
            .report(environment.field, problem)
            .inside(package.position)
            .because_of_all(environment.because())
            .help(help);
    }
}

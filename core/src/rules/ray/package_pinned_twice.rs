//! RJ326 `package-pinned-twice`.

use std::collections::BTreeMap;

use crate::quoted::Quoted;
use crate::rayjob::Manager;
use crate::rules::prelude::*;
use crate::runtime_env::requirement::{Line, Requirement};

rule! {
    /// `pip` in the runtime environment asks for two different versions of one package.
    ///
    /// ## Why
    /// pip cannot install both and gives up. That is after the cluster is up and the job was submitted.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     pip: [numpy==1.26.4, pandas, NumPy==2.0.0]
    /// ```
    /// ```yaml good
    /// spec:
    ///   runtimeEnvYAML: |
    ///     pip:
    ///     - numpy==1.26.4; python_version < "3.12"
    ///     - numpy==2.0.0; python_version >= "3.12"
    ///     - pandas==2.2
    ///     - pandas==2.2.0
    /// ```
    "RJ326" "package-pinned-twice" Deny since "0.1.0" because
        Ray "`Cannot install numpy==1.26.4 and numpy==2.0.0 because these package versions have conflicting dependencies`, when the environment is set up: `RUNTIME_ENV_SETUP_FAILURE` (seen with pip 23.2 and 25.2)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(environment) = job.submitted_environment() else { return };
    let mut pins: BTreeMap<String, (Requirement<'_>, Vec<u64>)> = BTreeMap::new();
    let of_pip = |manager| manager == Manager::Pip;
    for package in environment.listed_packages().filter(|package| of_pip(package.manager)) {
        let Line::Package(requirement) = Line::of(package.line) else { continue };
        let Some(version) = requirement.exact_version().filter(|_| !requirement.has_marker) else { continue };
        if package.has_install_options {
            return;
        }
        let (earlier, first) =
            pins.entry(requirement.package()).or_insert_with(|| (requirement, version.clone()));
        if *first != version {
            let (one, other) = (earlier.pin.unwrap_or_default(), requirement.pin.unwrap_or_default());
            findings
                .report(
                    environment.field,
                    format!(
                        "pip is to install {} in the versions {} and {}, and would refuse both once the cluster is up",
                        Quoted(requirement.name),
                        Quoted(one),
                        Quoted(other)
                    ),
                )
                .inside(package.position)
                .because_of_all(environment.because())
                .help("keep one of them");
        }
    }
}

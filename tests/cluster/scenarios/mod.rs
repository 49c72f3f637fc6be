//! All scenarios. A new file needs a `mod` line, a line in `FILES`, and its own `SCENARIOS`.

mod admission;
mod audit;
mod chart;
mod client_certificates;
mod completion;
mod control_plane;
mod detected_version;
mod kuberay_operator;
mod kuberay_samples;
mod messages;
mod older_interface;
mod operator_beside_raygate;
mod pods;
mod policies;
mod policy_definition;
mod policy_status;
mod refusals;
mod self_managed;
mod service_reference;

use std::sync::Arc;

use anyhow::Result;
use libtest_mimic::Trial;

use crate::clusters::Clusters;

const FILES: [&[Scenario]; 19] = [
    control_plane::SCENARIOS,
    kuberay_samples::SCENARIOS,
    service_reference::SCENARIOS,
    kuberay_operator::SCENARIOS,
    admission::SCENARIOS,
    client_certificates::SCENARIOS,
    completion::SCENARIOS,
    refusals::SCENARIOS,
    self_managed::SCENARIOS,
    older_interface::SCENARIOS,
    operator_beside_raygate::SCENARIOS,
    pods::SCENARIOS,
    detected_version::SCENARIOS,
    policy_definition::SCENARIOS,
    policies::SCENARIOS,
    policy_status::SCENARIOS,
    chart::SCENARIOS,
    audit::SCENARIOS,
    messages::SCENARIOS,
];

/// A test under the name of its function.
#[derive(Clone, Copy)]
pub(crate) struct Scenario {
    module: &'static str,
    name: &'static str,
    run: fn(&Clusters) -> Result<()>,
}

impl Scenario {
    /// The scenario as a test; it borrows the clusters while it runs.
    pub(crate) fn trial(self, clusters: Arc<Clusters>) -> Trial {
        let file = self.module.rsplit("::").next().unwrap_or(self.module);
        Trial::test(format!("{file}::{}", self.name), move || {
            (self.run)(&clusters).map_err(|error| format!("{error:#}").into())
        })
    }
}

/// Lists functions of a file as its scenarios.
macro_rules! scenarios {
    ($($function:ident),+ $(,)?) => {
        pub(crate) const SCENARIOS: &[$crate::scenarios::Scenario] = &[$($crate::scenarios::Scenario {
            module: module_path!(),
            name: stringify!($function),
            run: $function,
        }),+];
    };
}
use scenarios;

/// All scenarios of all files.
pub(crate) fn all() -> impl Iterator<Item = Scenario> {
    FILES.into_iter().flatten().copied()
}

//! Raygate against a real Kubernetes control plane: `cargo test --test cluster`. README.md shows what runs where.
//! The scenarios share the clusters of `clusters`, which start when the first scenario asks for them.

mod clusters;
mod manifests;
mod raygate;
mod scenarios;

use std::process::ExitCode;
use std::sync::Arc;

use clusters::Clusters;
use libtest_mimic::Arguments;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let clusters = Arc::new(Clusters::default());
    let trials = scenarios::all().map(|scenario| scenario.trial(Arc::clone(&clusters))).collect();
    // The trials are gone when this returns, so that the end of `main` drops the clusters and ends their processes.
    libtest_mimic::run(&arguments, trials).exit_code()
}

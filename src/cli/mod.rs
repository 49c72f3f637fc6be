//! Every flag and its environment variable, as types: what was typed, nothing resolved. One file for each command;
//! `commands` takes it from here.

mod certs;
mod check;
mod mutate;
mod rules;
mod serve;

use clap::{Parser, Subcommand};

pub use certs::CertsArguments;
pub use check::{CheckArguments, CheckFormat, Colour, FailOn, Output, TargetArguments};
pub use mutate::MutateArguments;
pub use rules::{ExplainArguments, RulesArguments, RulesFormat};
pub use serve::{Enforcement, LimitArguments, LogArguments, LogFormat, LogLevel, ServeArguments};

/// Refuses, at `kubectl apply`, the RayJobs that KubeRay or Ray would only refuse later, and completes the others.
#[derive(Debug, Parser)]
#[command(name = "raygate", version, max_term_width = 120)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Answer the Kubernetes API server over HTTPS
    Serve(Box<ServeArguments>),
    /// Judge manifests before they reach a cluster
    Check(Box<CheckArguments>),
    /// Complete manifests as the cluster would
    Mutate(Box<MutateArguments>),
    /// Make a CA and a serving certificate for `serve`
    Certs(CertsArguments),
    /// List the rules
    Rules(RulesArguments),
    /// Tell all about one rule: what it finds, why, and what to write instead
    Explain(ExplainArguments),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_flag_of_serve_has_its_environment_variable() {
        let cli = Cli::command();
        let serve = cli.find_subcommand("serve").expect("serve");
        let flags = serve.get_arguments().filter_map(|flag| Some((flag.get_long()?, flag)));
        for (long, flag) in flags.filter(|(long, _)| !["help", "version"].contains(long)) {
            let expected = format!("RAYGATE_{}", long.replace('-', "_").to_uppercase());
            assert_eq!(flag.get_env().and_then(|name| name.to_str()), Some(expected.as_str()), "--{long}");
        }
    }
}

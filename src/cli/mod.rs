//! Every flag and its environment variable, as types: what was typed, nothing resolved. One file for each command;
//! `commands` takes it from here.

mod audit;
mod certs;
mod check;
mod documents;
mod mutate;
mod policy;
mod program;
mod rules;
mod serve;
mod tls;

use std::ffi::OsString;

use clap::{FromArgMatches, Parser, Subcommand};

pub use audit::{AuditArguments, AuditFormat};
pub use certs::CertsArguments;
pub use check::{CheckArguments, CheckFormat, Colour, FailOn, Output, TargetArguments};
pub use documents::{Completer, CompletionsArguments, CrdArguments, ManArguments};
pub use mutate::MutateArguments;
pub use policy::{
    PolicyArguments, PolicyCheckArguments, PolicyCommand, PolicyExplainArguments, PolicyFormat,
    PolicyTestArguments,
};
pub use program::Program;
pub use rules::{ExplainArguments, RulesArguments, RulesFormat};
pub use serve::{Enforcement, LimitArguments, LogArguments, LogFormat, LogLevel, ServeArguments};
pub use tls::{ClientArguments, SecretPath, SelfManagedArguments};

const EXAMPLES: &str = "\
Examples:
  Judge manifests, before they reach a cluster:
    raygate check job.yaml manifests/

  What a rule means, and what to write instead:
    raygate explain RJ102

  An admission webhook on this machine, to try; docs/install.md installs it in a cluster:
    raygate serve

`raygate COMMAND --help` shows each command with its own examples.";

/// Refuses, at `kubectl apply`, the RayJobs that KubeRay or Ray would only refuse later, and completes the others.
#[derive(Debug, Parser)]
#[command(name = "raygate", version, max_term_width = 120, after_help = EXAMPLES, after_long_help = EXAMPLES)]
pub struct Cli {
    /// How the program was called.
    #[arg(skip)]
    pub program: Program,

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
    /// Judge the RayJobs that are in a cluster already, and find what stops KubeRay's operator
    Audit(Box<AuditArguments>),
    /// Complete manifests as the cluster would
    Mutate(Box<MutateArguments>),
    /// Check, explain and test policies
    Policy(PolicyArguments),
    /// Make a CA and a serving certificate for `serve`
    Certs(CertsArguments),
    /// List the rules
    Rules(RulesArguments),
    /// Tell all about one rule: what it finds, why, and what to write instead
    Explain(ExplainArguments),
    /// Write the definition of `RayJobPolicy` for the API server
    Crd(CrdArguments),
    /// Write what a shell or kubectl needs to complete commands and flags
    Completions(CompletionsArguments),
    /// Write manual pages
    Man(ManArguments),
}

impl Cli {
    /// Reads what was typed.
    ///
    /// # Errors
    ///
    /// Says what is wrong with it; help and version are such errors too.
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let arguments: Vec<_> = arguments.into_iter().collect();
        let program = Program::called(arguments.first().map(OsString::as_os_str));
        let mut command = program.command();
        let matches = command.try_get_matches_from_mut(arguments)?;
        let cli = Self::from_arg_matches(&matches).map_err(|error| error.format(&mut command))?;
        Ok(Self { program, ..cli })
    }
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

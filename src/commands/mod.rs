//! The commands: what was typed comes in from `cli`, and the folders that do it are joined here and nowhere else.

use std::process::ExitCode;

use raygate_core::yaml::SourceError;

use crate::cli::{Cli, Command};
use crate::manifests::{self, Chunk, Failure};

mod audit;
mod certs;
pub mod check;
mod completions;
mod crd;
mod man;
mod mutate;
mod policies;
mod policy;
mod progress;
mod reference;
mod rules;
mod serve;
mod settings;
mod stdout;
mod typed;

/// Why a chunk is no manifest; `piped_into` is the command that takes what Helm renders.
fn unreadable(chunk: &Chunk<'_>, error: &SourceError, piped_into: Option<&str>) -> Failure {
    let hint = manifests::template_hint(chunk.text, piped_into);
    chunk.failure(error.position, hint.unwrap_or_else(|| error.to_string()))
}

/// Runs one command.
///
/// # Errors
///
/// Says what could not be done and what to do about it.
pub fn run(Cli { program, command }: Cli) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(arguments) => serve::run(*arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Audit(arguments) => audit::run(&arguments),
        Command::Mutate(arguments) => mutate::run(&arguments),
        Command::Policy(arguments) => policy::run(&arguments),
        Command::Certs(arguments) => certs::run(&arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Explain(arguments) => rules::explain(&arguments),
        Command::Crd(_) => crd::run(),
        Command::Completions(arguments) => completions::run(&arguments, program),
        Command::Man(arguments) => man::run(&arguments),
    }
}

//! The commands: what was typed comes in from `cli`, and the folders that do it are joined here and nowhere else.

use std::process::ExitCode;

use crate::cli::Command;

mod certs;
pub mod check;
mod kuberay;
mod observe;
mod progress;
mod rules;
mod serve;
mod settings;
mod stdout;
mod trial;

/// Runs one command.
///
/// # Errors
///
/// Says what could not be done and what to do about it.
pub fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(arguments) => serve::run(*arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Certs(arguments) => certs::run(&arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Explain(arguments) => rules::explain(&arguments),
    }
}

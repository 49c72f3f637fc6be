//! The program as a library: the command line goes in, an exit code comes out.
//!
//! `cli` says what was typed, `commands` joins the folders to do it. `server` holds HTTP and TLS, `cluster` the
//! Kubernetes API, `telemetry` logs and counts, `certificates` makes certificates, `manifests` reads files, `report` writes
//! what was found in them; of the six none knows another. All of them may ask `cryptography`.

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

pub mod certificates;
pub mod cli;
pub mod cluster;
pub mod commands;
pub mod cryptography;
pub mod manifests;
pub mod report;
pub mod server;
pub mod telemetry;

/// Reads the command line, runs its command, and says on stderr what went wrong.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match cli::Cli::read(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are "errors" too: they go to stdout and exit with 0.
            let code = u8::try_from(error.exit_code()).unwrap_or(2);
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    commands::run(cli).unwrap_or_else(|error| {
        let _ = writeln!(std::io::stderr(), "raygate: {error:#}");
        ExitCode::from(2)
    })
}

//! What the commands that read manifests share: where they were typed, whether colours are wanted, and how a failure reads.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use crate::cli::Colour;
use crate::manifests::{Failure, Input, Surroundings};

/// Where the command was typed, what standard input is called, and the command that manifests can be piped into.
pub(super) fn surroundings(stdin_filename: Option<&Path>, piped_into: Option<&'static str>) -> Surroundings {
    let stdin_name = stdin_filename.map_or("<stdin>".into(), Path::to_string_lossy);
    Surroundings {
        folder: std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
        stdin_name: stdin_name.into(),
        stdin_is_terminal: io::stdin().is_terminal(),
        piped_into,
        skips_others: false,
    }
}

/// The folder whose settings hold for an input.
pub(super) fn folder_of<'p>(input: &'p Input, stdin_filename: Option<&'p Path>) -> &'p Path {
    let file = input.path().or(stdin_filename);
    file.and_then(Path::parent).unwrap_or(Path::new(""))
}

/// Whether standard output gets colours.
pub(super) fn is_coloured(colour: Colour) -> bool {
    match colour {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => {
            io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        }
    }
}

/// A failure in one line, as compilers write it.
pub(super) fn line(failure: &Failure) -> String {
    let Failure { file, position, message } = failure;
    match position {
        Some(position) => format!("{file}:{}:{}: {message}", position.line, position.column),
        None => format!("{file}: {message}"),
    }
}

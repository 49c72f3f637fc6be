//! Writing to standard output, which a reader such as `head` may close early.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use anyhow::Context;

/// Writes to standard output. That nobody reads on is no error.
pub(super) fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<ExitCode> {
    let mut out = BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).context("cannot write to standard output")
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}

//! `raygate mutate`: paths → inputs → completed, several at a time → printed, compared or written, and the exit code.
//!
//! `complete` does one input, `job_id` makes ids that stay the same; `stream`, `diff` and `write` are where it goes.

mod complete;
mod diff;
mod job_id;
mod stream;
mod write;

use std::io::{self, Write as _};
use std::process::ExitCode;

use anyhow::bail;
use rayon::prelude::*;

use self::complete::{Completed, complete};
use super::progress::Progress;
use super::settings::Finder;
use super::stdout::print;
use super::typed::{folder_of, is_coloured, line, surroundings};
use crate::cli::MutateArguments;
use crate::manifests::{self, Failure, Found, Input, Surroundings};

/// All is done, or nothing was to do.
const DONE: u8 = 0;
/// Something is missing.
const MISSING: u8 = 1;
/// Something could not be read, completed or written.
const FAILED: u8 = 2;

/// How manifests are piped in, for hints.
const PIPED: &str = "raygate mutate -";

/// Completes what was named, and answers with the exit code.
pub(super) fn run(arguments: &MutateArguments) -> anyhow::Result<ExitCode> {
    let surroundings = Surroundings {
        skips_others: arguments.skip_others,
        ..surroundings(arguments.stdin_filename.as_deref(), Some(PIPED))
    };
    let Found { inputs, failures, .. } = manifests::find(&arguments.paths, &surroundings);
    if arguments.write && inputs.iter().any(|input| input.path().is_none()) {
        bail!(
            "--write: standard input cannot be written; name files, or print to a file: `raygate mutate - > FILE`"
        );
    }
    let (completed, mut failures) = complete_all(arguments, &inputs, failures)?;
    let changed: Vec<_> = completed.iter().filter(|one| one.is_changed()).collect();
    if arguments.diff {
        let colour = is_coloured(arguments.color);
        print(|out| changed.iter().try_for_each(|one| diff::write(one, colour, out)))?;
    }
    if arguments.write {
        let written = |one: &&&Completed| match write::replace(one) {
            Ok(()) => true,
            Err(failure) => {
                failures.push(failure);
                false
            }
        };
        let written: Vec<_> = changed.iter().filter(written).collect();
        if !arguments.diff {
            print(|out| written.iter().try_for_each(|one| writeln!(out, "{}", one.name)))?;
        }
    } else if arguments.check && !arguments.diff {
        print(|out| changed.iter().try_for_each(|one| writeln!(out, "{}", one.name)))?;
    } else if !arguments.diff {
        let stream = stream::join(&completed)?;
        print(|out| stream.iter().try_for_each(|part| out.write_all(part.as_bytes())))?;
    }
    tell(&failures);
    Ok(ExitCode::from(match (failures.is_empty(), arguments.check && !changed.is_empty()) {
        (false, _) => FAILED,
        (true, true) => MISSING,
        (true, false) => DONE,
    }))
}

/// Completes all inputs, in order, and gathers what went wrong.
fn complete_all(
    arguments: &MutateArguments,
    inputs: &[Input],
    mut failures: Vec<Failure>,
) -> anyhow::Result<(Vec<Completed>, Vec<Failure>)> {
    let mut settings = Finder::new(&arguments.target, None);
    let work = inputs
        .iter()
        .map(|input| Ok((input, settings.of(folder_of(input, arguments.stdin_filename.as_deref()))?)));
    let work = work.collect::<anyhow::Result<Vec<_>>>()?;
    let progress = Progress::over(work.len(), "completed");
    let done: Vec<_> = work
        .par_iter()
        .map(|(input, settings)| {
            let done = complete(input, settings, arguments.job_id);
            progress.step();
            done
        })
        .collect();
    progress.end();
    let mut completed = Vec::new();
    for one in done {
        match one {
            Ok((one, refused)) => {
                completed.push(one);
                failures.extend(refused);
            }
            Err(failure) => failures.push(failure),
        }
    }
    Ok((completed, failures))
}

/// Says on stderr what went wrong, and where.
fn tell(failures: &[Failure]) {
    let mut out = io::stderr().lock();
    for failure in failures {
        // Whoever closed stderr does not want to know.
        let _ = writeln!(out, "{}", line(failure));
    }
}

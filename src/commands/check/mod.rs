//! `raygate check`: paths → inputs → judged, several at a time → one report → its formats, and the exit code.
//!
//! `judge` does one input, `locate` puts findings in their places, `secrets` knows what is
//! not shown there, `stored` is what `--old` names.

mod judge;
mod locate;
mod secrets;
mod stored;
mod template;
mod unserved;

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};
use raygate_core::finding::Level;
use rayon::prelude::*;

pub(super) use self::judge::{Judged, Named, Stage, judge};
pub(super) use self::stored::Stored;
use super::progress::Progress;
use super::settings::{Finder, Settings};
use super::stdout::print;
use super::typed::{folder_of, is_coloured, surroundings};
use crate::cli::{CheckArguments, CheckFormat, Colour, Output};
use crate::manifests::{self, Found, Input, PassedOver, Surroundings};
use crate::report::{self, Failure, Format, Report, Style};

/// Nothing was found at the level that counts.
const CLEAN: u8 = 0;
/// Something was found.
const FOUND: u8 = 1;
/// Something could not be checked.
const UNCHECKED: u8 = 2;

/// How manifests are piped in, for hints.
const PIPED: &str = "raygate check -";

/// Judges what was named, says what was found, and answers with the exit code.
pub(super) fn run(arguments: &CheckArguments) -> anyhow::Result<ExitCode> {
    let stored = arguments.old.as_deref().map(Stored::read).transpose()?.unwrap_or_default();
    let surroundings = Surroundings {
        skips_others: arguments.skip_others,
        ..surroundings(arguments.stdin_filename.as_deref(), Some(PIPED))
    };
    let Found { inputs, failures, passed_over } = manifests::find(&arguments.paths, &surroundings);
    let mut settings = Finder::new(&arguments.target, arguments.fail_on);
    let work = inputs
        .iter()
        .map(|input| Ok((input, settings.of(folder_of(input, arguments.stdin_filename.as_deref()))?)));
    let work = work.collect::<anyhow::Result<Vec<_>>>()?;
    let progress = Progress::over(work.len(), "checked");
    let done: Vec<_> = work
        .par_iter()
        .map(|(input, settings)| {
            let done = Done::of(input, settings, &stored);
            progress.step();
            done
        })
        .collect();
    progress.end();

    let mut outcome = Outcome::default();
    outcome.report.failures.extend(failures.into_iter().map(told));
    for done in done {
        outcome.take(done);
    }
    outcome.pass_over(passed_over);
    outcome.count();
    deliver(&outcome, &arguments.output, arguments.quiet, format(arguments.format), arguments.color)
}

/// Writes and prints what was found, and answers with the exit code.
pub(super) fn deliver(
    outcome: &Outcome,
    outputs: &[Output],
    quiet: bool,
    format: Format,
    colour: Colour,
) -> anyhow::Result<ExitCode> {
    // What cannot be written must hide nothing: everything else is written and printed all the same.
    let unwritten: Vec<_> =
        outputs.iter().filter_map(|output| write_file(output, &outcome.report).err()).collect();
    if !(quiet && outcome.is_quiet()) {
        print(|out| report::write(&outcome.report, format, style(colour), out))?;
    }
    if !unwritten.is_empty() {
        let lines: Vec<_> = unwritten.iter().map(|error| format!("{error:#}")).collect();
        bail!(lines.join("\n"));
    }
    Ok(ExitCode::from(outcome.code()))
}

/// What `raygate check` says of one text with the newest KubeRay; it reads no file and ends for every text.
pub fn report_on(text: &str) -> Report {
    let settings = Settings::default();
    let input = Named { name: "<stdin>".into(), must_be_manifest: true, stage: Stage::Written };
    let judged = judge(&input, &text.into(), &settings, &Stored::default());
    let mut outcome = Outcome::default();
    outcome.take(Done { judged, was_read: true, fail_on: settings.fail_on.level() });
    outcome.count();
    outcome.report
}

/// One input, read and judged.
pub(super) struct Done {
    pub(super) judged: Judged,
    pub(super) was_read: bool,
    pub(super) fail_on: Level,
}

impl Done {
    fn of(input: &Input, settings: &Arc<Settings>, stored: &Stored) -> Self {
        let fail_on = settings.fail_on.level();
        match input.read() {
            Ok(text) => {
                let (name, must_be_manifest) = (Arc::clone(&input.name), input.named);
                let named = Named { name, must_be_manifest, stage: Stage::Written };
                Self { judged: judge(&named, &text, settings, stored), was_read: true, fail_on }
            }
            Err(failure) => {
                let judged = Judged { failures: vec![failure], ..Judged::default() };
                Self { judged, was_read: false, fail_on }
            }
        }
    }
}

/// All that came of a check.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) report: Report,
    /// Whether a finding reached the level that counts in its folder.
    fails: bool,
}

impl Outcome {
    pub(super) fn take(&mut self, Done { judged, was_read, fail_on }: Done) {
        let Judged { documents, skipped, objects, diagnostics, failures } = judged;
        let summary = &mut self.report.summary;
        summary.files += usize::from(was_read);
        summary.documents += documents;
        summary.skipped += skipped;
        summary.ray_jobs += objects.len();
        self.fails |= diagnostics.iter().any(|found| !found.suppressed && found.level >= fail_on);
        self.report.objects.extend(objects);
        self.report.diagnostics.extend(diagnostics);
        self.report.failures.extend(failures.into_iter().map(told));
    }

    fn pass_over(&mut self, PassedOver { patches, templates }: PassedOver) {
        let summary = &mut self.report.summary;
        (summary.patches, summary.templates) = (patches, templates);
    }

    pub(super) fn count(&mut self) {
        let found = &self.report.diagnostics;
        let count = |level| found.iter().filter(|found| !found.suppressed && found.level == level).count();
        let (denied, warned) = (count(Level::Deny), count(Level::Warn));
        let suppressed = found.iter().filter(|found| found.suppressed).count();
        let summary = &mut self.report.summary;
        (summary.denied, summary.warned, summary.suppressed) = (denied, warned, suppressed);
        summary.errors = self.report.failures.len();
    }

    /// Whether there is nothing that somebody who asked for silence wants to see.
    pub(super) fn is_quiet(&self) -> bool {
        self.report.failures.is_empty() && self.report.diagnostics.iter().all(|found| found.suppressed)
    }

    pub(super) fn code(&self) -> u8 {
        match (self.report.failures.is_empty(), self.fails) {
            (false, _) => UNCHECKED,
            (true, true) => FOUND,
            (true, false) => CLEAN,
        }
    }
}

fn told(failure: manifests::Failure) -> Failure {
    let manifests::Failure { file, position, message } = failure;
    Failure { file, position, message }
}

fn write_file(output: &Output, report: &Report) -> anyhow::Result<()> {
    let file = File::create(&output.file).map(BufWriter::new);
    file.and_then(|mut file| {
        report::write(report, format(output.format), Style::default(), &mut file)?;
        file.flush()
    })
    .with_context(|| format!("--output: cannot write {}", output.file.display()))
}

const fn format(format: CheckFormat) -> Format {
    match format {
        CheckFormat::Text => Format::Text,
        CheckFormat::Json => Format::Json,
        CheckFormat::Sarif => Format::Sarif,
        CheckFormat::Junit => Format::Junit,
        CheckFormat::Github => Format::Github,
    }
}

/// How standard output looks.
pub(super) fn style(colour: Colour) -> Style {
    let is_terminal = io::stdout().is_terminal();
    let width = is_terminal.then(|| usize::from(console::Term::stdout().size().1));
    Style { colour: is_coloured(colour), width }
}

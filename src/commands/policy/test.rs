//! `raygate policy test`: files of tests → each case tried as the webhooks would answer it → what is as expected, and what not.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};
use raygate_core::document::Document;
use raygate_core::kuberay::{FeatureGates, KubeRay, KubeRayVersion};
use raygate_core::policy::{self, NamespaceLabels, Policies, UnknownNamespace};
use raygate_core::rayjob::RayJob;
use raygate_core::rules::Selection;
use serde::Serialize;
use serde_json::Value;

use super::cases::{self, Case, Operation, Situation, TestFile, Written};
use super::expected::differences;
use super::explain::namespace_of;
use super::trial::Trial;
use super::{CLEAN, FOUND, UNREAD, job_in};
use crate::cli::{PolicyFormat, PolicyTestArguments};
use crate::commands::policies;
use crate::commands::stdout::print;
use crate::commands::typed::{line, surroundings};
use crate::manifests::{self, Failure, Found, Input};

/// How the names of files of tests end in folders.
const ENDING: &str = ".test.yaml";

pub(super) fn run(arguments: &PolicyTestArguments) -> anyhow::Result<ExitCode> {
    let Found { inputs, failures, .. } = manifests::find(&arguments.paths, &surroundings(None, None));
    let mut outcome = Outcome { version: 1, ..Outcome::default() };
    outcome.errors.extend(failures.iter().map(line));
    let is_wanted = |input: &&Input| input.named || input.name.ends_with(ENDING);
    for input in inputs.iter().filter(is_wanted) {
        match cases::read(input) {
            Ok(written) => outcome.file(input, &written),
            Err(failure) => outcome.errors.push(line(&failure)),
        }
    }
    if outcome.cases.is_empty() && outcome.errors.is_empty() {
        outcome
            .errors
            .push(format!("there is no case in any file whose name ends in `{ENDING}`: nothing was tried"));
    }
    outcome.failed = outcome.cases.iter().filter(|case| !case.differences.is_empty()).count();
    match arguments.format {
        PolicyFormat::Text => print(|out| outcome.text(out))?,
        PolicyFormat::Json => print(|out| {
            serde_json::to_writer_pretty(&mut *out, &outcome)?;
            writeln!(out)
        })?,
    };
    Ok(ExitCode::from(match (outcome.errors.is_empty(), outcome.failed) {
        (false, _) => UNREAD,
        (true, 0) => CLEAN,
        (true, _) => FOUND,
    }))
}

/// What came of all tests.
#[derive(Default, Serialize)]
struct Outcome {
    version: u8,
    failed: usize,
    cases: Vec<Done>,
    errors: Vec<String>,
}

/// A case that was tried.
#[derive(Serialize)]
struct Done {
    file: String,
    line: u32,
    name: String,
    differences: Vec<String>,
}

/// What holds for the cases of one file.
struct Here<'w> {
    written: &'w Written,
    policies: Policies,
    rules: Selection,
}

impl Outcome {
    fn file(&mut self, input: &Input, written: &Written) {
        let here = match Here::of(written) {
            Ok(here) => here,
            Err(error) => return self.errors.push(format!("{}: {error:#}", input.name)),
        };
        for (case, place) in written.file.cases.iter().zip(&written.places) {
            match here.case(case) {
                Ok((name, differences)) => {
                    self.cases.push(Done {
                        file: input.name.to_string(),
                        line: place.line,
                        name,
                        differences,
                    });
                }
                Err(error) => {
                    let (file, position) = (Arc::clone(&input.name), Some(*place));
                    self.errors.push(line(&Failure { file, position, message: format!("{error:#}") }));
                }
            }
        }
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut file = None;
        for case in &self.cases {
            if file != Some(&case.file) {
                writeln!(out, "{}", case.file)?;
                file = Some(&case.file);
            }
            let mark = if case.differences.is_empty() { "ok  " } else { "FAIL" };
            writeln!(out, "  {mark} {}", case.name)?;
            for difference in &case.differences {
                writeln!(out, "       line {}: {difference}", case.line)?;
            }
        }
        for error in &self.errors {
            writeln!(out, "error: {error}")?;
        }
        let passed = self.cases.len() - self.failed;
        writeln!(out, "{passed} of {} cases are as expected.", self.cases.len())
    }
}

impl<'w> Here<'w> {
    fn of(written: &'w Written) -> anyhow::Result<Self> {
        let TestFile { policies: paths, kuberay_version, .. } = &written.file;
        let paths: Vec<_> = paths.iter().map(|path| written.folder.join(path)).collect();
        let read = policies::read(&paths);
        let problems = read.problems();
        if !problems.is_empty() {
            let lines: Vec<_> = problems.iter().map(line).collect();
            bail!("policies cannot be used:\n{}", lines.join("\n"));
        }
        let version = kuberay_version.as_deref().map(str::parse::<KubeRayVersion>).transpose();
        let version = version.context("kuberayVersion")?.unwrap_or(KubeRayVersion::NEWEST);
        let kuberay = KubeRay::with_known_gates(version, FeatureGates::default())?;
        Ok(Self { written, policies: read.in_force(), rules: Selection::of(&kuberay) })
    }

    /// The name of a case, and where it is not as expected.
    fn case(&self, case: &Value) -> anyhow::Result<(String, Vec<String>)> {
        let Case { name, change, expect, situation } = serde_json::from_value(case.clone())?;
        let situation = situation.or(&self.written.file.common);
        let Situation { job, old, operation, namespace, namespace_labels, user, groups } = situation;
        let job = job.context("there is no `job`: name a file, or write the job")?;
        let mut job = self.job(job).context("job")?;
        let mut old = old.map(|old| self.job(old)).transpose().context("old")?;
        if operation == Some(Operation::Update) && old.is_none() {
            bail!("an UPDATE needs the `old` job");
        }
        old = old.filter(|_| operation != Some(Operation::Create));
        if let Some(change) = change {
            json_patch::merge(&mut job, &change);
        }
        let namespace = namespace_of(&mut job, namespace.as_deref());
        if let Some(old) = &mut old {
            namespace_of(old, Some(&namespace));
        }
        let groups: Vec<_> = groups.unwrap_or_default().into_iter().map(Cow::Owned).collect();
        let user = user.unwrap_or_default();
        let known = namespace_labels.as_ref();
        let request = policy::Request {
            namespace: &namespace,
            namespace_labels: known.map_or(NamespaceLabels::Unknown, NamespaceLabels::Known),
            user: &user,
            groups: &groups,
            dry_run: false,
        };
        let (policies, rules) = (&self.policies, &self.rules);
        let trial = Trial { job: &job, old: old.as_ref(), policies, request, rules };
        let outcome = trial.run().map_err(|error| {
            if error.is::<UnknownNamespace>() { error.context("write `namespaceLabels` here") } else { error }
        })?;
        let texts = [Some(outcome.completed.to_string()), old.as_ref().map(Value::to_string)];
        let documents =
            texts.each_ref().map(|text| text.as_deref().map(serde_json::from_str::<Document<'_>>));
        let [stored, replaced] = documents;
        let stored = stored.transpose()?.unwrap_or_default();
        let replaced = replaced.transpose()?;
        let replaced = replaced.as_ref().map(RayJob::of);
        let matching = trial.matching(&RayJob::of(&stored), replaced.as_ref())?;
        let names: Vec<_> = matching.iter().map(|policy| policy.name.to_string()).collect();
        Ok((name, differences(&expect, &outcome, &names)))
    }

    /// A job that is written there, or in the file that is named there.
    fn job(&self, written: Value) -> anyhow::Result<Value> {
        match written {
            Value::String(file) => {
                let file = self.written.folder.join(Path::new(&file));
                job_in(&Input::file(&file))
            }
            Value::Object(mut job) => {
                job.entry("apiVersion").or_insert_with(|| "ray.io/v1".into());
                job.entry("kind").or_insert_with(|| "RayJob".into());
                Ok(Value::Object(job))
            }
            _ => bail!("name a file, or write the job"),
        }
    }
}

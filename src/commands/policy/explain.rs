//! `raygate policy explain`: which policies are about a job and why, which levels they give to rules, what each asks and
//! sees, what it gives, and what comes of it all.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use raygate_core::document::Document;
use raygate_core::finding::Level;
use raygate_core::policy::spec::Enforcement;
use raygate_core::policy::{Answered, Condition, Matching, Policy, Seen, UnknownNamespace};
use raygate_core::rayjob::RayJob;
use raygate_core::rules;
use serde::Serialize;
use serde_json::Value;

use super::trial::{Outcome, Told, Trial};
use super::{CLEAN, FOUND, job_in};
use crate::cli::{PolicyExplainArguments, PolicyFormat};
use crate::commands::settings::{Finder, UNKNOWN_NAMESPACE};
use crate::commands::stdout::print;
use crate::commands::typed::surroundings;
use crate::manifests::{self, Input};

pub(super) fn run(arguments: &PolicyExplainArguments) -> anyhow::Result<ExitCode> {
    let found = manifests::find(std::slice::from_ref(&arguments.file), &surroundings(None, None));
    if let Some(failure) = found.failures.first() {
        anyhow::bail!(crate::commands::typed::line(failure));
    }
    let input = found.inputs.into_iter().next().unwrap_or_else(|| Input::file(&arguments.file));
    let mut job = job_in(&input)?;
    let old = arguments.old.as_deref().map(|old| job_in(&Input::file(old))).transpose()?;
    let folder = input.path().and_then(Path::parent).unwrap_or(Path::new(""));
    let settings = Finder::new(&arguments.target, None).of(folder)?;
    let namespace = namespace_of(&mut job, settings.namespace.as_deref());
    let trial = Trial {
        job: &job,
        old: old.as_ref(),
        policies: &settings.policies,
        request: settings.asked(&namespace),
        rules: &settings.rules,
    };
    let explained = explain(&trial, &namespace).map_err(|error| {
        if error.is::<UnknownNamespace>() { error.context(UNKNOWN_NAMESPACE) } else { error }
    })?;
    match arguments.format {
        PolicyFormat::Text => print(|out| explained.text(out))?,
        PolicyFormat::Json => print(|out| {
            serde_json::to_writer_pretty(&mut *out, &explained)?;
            writeln!(out)
        })?,
    };
    Ok(ExitCode::from(if explained.verdict == "denied" { FOUND } else { CLEAN }))
}

/// The job's namespace, or the one that was given, which becomes the job's.
pub(super) fn namespace_of(job: &mut Value, given: Option<&str>) -> String {
    let own = job["metadata"]["namespace"].as_str().filter(|namespace| !namespace.is_empty());
    let namespace = own.or(given).unwrap_or_default().to_owned();
    if let (false, Some(metadata)) = (namespace.is_empty(), job["metadata"].as_object_mut()) {
        metadata.insert("namespace".to_owned(), namespace.as_str().into());
    }
    namespace
}

/// All that is told about a job.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Explained {
    version: u8,
    name: String,
    namespace: String,
    user: String,
    verdict: &'static str,
    policies: Vec<Asked>,
    levels: Vec<Decided>,
    defaults: Vec<Given>,
    findings: Vec<Told>,
    would_deny: Vec<Told>,
}

/// A policy, and whether it is about the job.
#[derive(Serialize)]
struct Asked {
    name: String,
    priority: i32,
    enforcement: Enforcement,
    matches: bool,
    conditions: Vec<Met>,
    demands: Vec<Beside>,
    expressions: Vec<Answer>,
}

#[derive(Serialize)]
struct Met {
    field: String,
    asks: String,
    sees: String,
    holds: Option<bool>,
}

#[derive(Serialize)]
struct Beside {
    field: String,
    asks: String,
    sees: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    field: String,
    expression: String,
    is_true: Option<bool>,
    /// Why there is no answer.
    error: Option<String>,
}

impl Answer {
    fn of(answered: Answered) -> Self {
        let Answered { field, expression, answer } = answered;
        let (is_true, error) = match answer {
            Ok(is_true) => (Some(is_true), None),
            Err(failure) => (None, Some(failure.to_string())),
        };
        Self { field, expression, is_true, error }
    }
}

/// A level that a policy gives to a rule.
#[derive(Serialize)]
struct Decided {
    code: &'static str,
    slug: &'static str,
    level: &'static str,
    policy: String,
    otherwise: &'static str,
}

/// A default, given or not.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Given {
    policy: String,
    field: String,
    not_given_because: Option<String>,
}

fn explain(trial: &Trial<'_>, namespace: &str) -> anyhow::Result<Explained> {
    let Outcome { verdict, findings, recorded, completed, completion, mut answers } = trial.run()?;
    let text = completed.to_string();
    let document: Document<'_> = serde_json::from_str(&text)?;
    let job = RayJob::of(&document);
    let old_text = trial.old.map(Value::to_string);
    let old = old_text.as_deref().map(serde_json::from_str::<Document<'_>>).transpose()?;
    let old = old.as_ref().map(RayJob::of);
    let matching = trial.matching(&job, old.as_ref())?;
    let mut asked = |policy: &Policy| {
        let matches = matching.iter().any(|other| std::ptr::eq(other, policy));
        let conditions = policy.conditions(&trial.request, &job).into_iter();
        let demands = if matches { policy.demands(&job) } else { Vec::new() };
        let answers = answers.remove(&*policy.name).unwrap_or_default();
        Asked {
            name: policy.name.to_string(),
            priority: policy.spec.priority,
            enforcement: policy.enforcement,
            matches,
            conditions: conditions
                .map(|Condition { field, asks, sees, holds }| Met { field, asks, sees, holds })
                .collect(),
            demands: demands
                .into_iter()
                .map(|Seen { field, asks, sees }| Beside { field, asks, sees })
                .collect(),
            expressions: answers.into_iter().map(Answer::of).collect(),
        }
    };
    let given = completion.gifts.iter().map(|gift| (gift, None));
    let refused = completion.refused.iter().map(|refused| (&refused.gift, Some(refused.because.to_string())));
    let defaults = given.chain(refused).map(|(gift, not_given_because)| Given {
        policy: gift.policy.to_string(),
        field: gift.field.to_string(),
        not_given_because,
    });
    Ok(Explained {
        version: 1,
        name: completed["metadata"]["name"].as_str().unwrap_or("without a name").to_owned(),
        namespace: namespace.to_owned(),
        user: trial.request.user.to_owned(),
        verdict,
        policies: trial.policies.iter().map(|policy| asked(policy)).collect(),
        levels: levels(&matching),
        defaults: defaults.collect(),
        findings,
        would_deny: recorded,
    })
}

fn levels(matching: &Matching<'_>) -> Vec<Decided> {
    let decided = rules::all().enumerate().filter_map(|(place, rule)| {
        let (level, policy) = matching.decided(place)?;
        let policy = policy.name.to_string();
        let word = Level::as_str;
        Some(Decided {
            code: rule.code,
            slug: rule.slug,
            level: word(level),
            policy,
            otherwise: word(rule.level),
        })
    });
    decided.collect()
}

impl Explained {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let name = if self.namespace.is_empty() {
            self.name.clone()
        } else {
            format!("{}/{}", self.namespace, self.name)
        };
        writeln!(out, "RayJob {name} is {}.", self.verdict)?;
        if self.policies.is_empty() {
            writeln!(out, "\nThere are no policies: only the rules' own levels count.")?;
        }
        for policy in &self.policies {
            policy.text(out)?;
        }
        if !self.levels.is_empty() {
            writeln!(out, "\nRules whose level a policy decides:")?;
            for Decided { code, slug, level, policy, otherwise } in &self.levels {
                writeln!(out, "  {code} {slug}: {level} (policy {policy}; else {otherwise})")?;
            }
        }
        if !self.defaults.is_empty() {
            writeln!(out, "\nDefaults:")?;
            for Given { policy, field, not_given_because } in &self.defaults {
                match not_given_because {
                    None => writeln!(out, "  {field}: given by {policy}")?,
                    Some(reason) => writeln!(out, "  {field}: not given by {policy}, because of {reason}")?,
                }
            }
        }
        write_findings("Findings:", &self.findings, out)?;
        write_findings("What policies that only record would deny:", &self.would_deny, out)
    }
}

impl Asked {
    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let Self { name, priority, enforcement, matches, conditions, demands, expressions } = self;
        let about = if *matches { "is about the job" } else { "is not about the job" };
        writeln!(out, "\nPolicy {name} (priority {priority}, {enforcement:?}) {about}:")?;
        if conditions.is_empty() {
            writeln!(out, "  it has no conditions")?;
        }
        for Met { field, asks, sees, holds } in conditions {
            let holds = match holds {
                Some(true) => "holds",
                Some(false) => "does not hold",
                None => "is unknown",
            };
            writeln!(out, "  {field}: {asks} {holds} for {sees}")?;
        }
        for Beside { field, asks, sees } in demands {
            writeln!(out, "  {field}: {asks}; the job: {sees}")?;
        }
        for Answer { field, expression, is_true, error } in expressions {
            write!(out, "  {field}: {expression}; of the job it ")?;
            match (is_true, error) {
                (Some(is_true), _) => writeln!(out, "is {is_true}")?,
                (None, error) => writeln!(out, "has no answer: {}", error.as_deref().unwrap_or_default())?,
            }
        }
        Ok(())
    }
}

fn write_findings(heading: &str, findings: &[Told], out: &mut dyn Write) -> io::Result<()> {
    if findings.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{heading}")?;
    for Told { level, code, slug, field, policy, message, help } in findings {
        let policy = policy.as_ref().map(|policy| format!(" (policy {policy})")).unwrap_or_default();
        writeln!(out, "  {level} {code} {slug} at {field}: {message}{policy}; {help}")?;
    }
    Ok(())
}

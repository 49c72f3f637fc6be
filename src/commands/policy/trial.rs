//! What the webhooks would do with one job: it is completed under the policies, then judged by the rules and by them.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use raygate_core::document::{Document, as_read, as_stored};
use raygate_core::evaluate::{Evaluation, evaluate_under};
use raygate_core::finding::{Finding, Level};
use raygate_core::go_types::{ApiVersion, Schema};
use raygate_core::mutations::{Completion, Giving, complete_under};
use raygate_core::policy::{self, Answered, Matching, Policies};
use raygate_core::rayjob::RayJob;
use raygate_core::rules::Selection;
use raygate_core::subject::Subject;
use serde::Serialize;
use serde_json::Value;

/// A job, whoever asks, and what holds there.
pub(super) struct Trial<'t> {
    pub(super) job: &'t Value,
    /// The job that is stored now, when this is an update.
    pub(super) old: Option<&'t Value>,
    pub(super) policies: &'t Policies,
    pub(super) request: policy::Request<'t>,
    pub(super) rules: &'t Selection,
}

/// What came of it.
pub(super) struct Outcome {
    pub(super) verdict: &'static str,
    /// What counts.
    pub(super) findings: Vec<Told>,
    /// What policies that only record would have denied.
    pub(super) recorded: Vec<Told>,
    /// The job as it would be stored.
    pub(super) completed: Value,
    pub(super) completion: Completion,
    /// What the expressions of the policies about the job say of it, by the policy's name.
    pub(super) answers: BTreeMap<String, Vec<Answered>>,
}

/// A finding as it is told.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Told {
    pub(super) level: &'static str,
    pub(super) code: &'static str,
    pub(super) slug: &'static str,
    pub(super) field: String,
    pub(super) policy: Option<String>,
    pub(super) message: String,
    pub(super) help: String,
}

impl Told {
    fn of(finding: &Finding<'_>) -> Self {
        Self {
            level: finding.level.as_str(),
            code: finding.rule.code,
            slug: finding.rule.slug,
            field: finding.path().into(),
            policy: finding.policy.map(|policy| policy.name.to_string()),
            message: finding.message.to_string(),
            help: finding.help.to_string(),
        }
    }
}

impl Trial<'_> {
    pub(super) fn run(&self) -> anyhow::Result<Outcome> {
        let text = self.job.to_string();
        let document: Document<'_> = serde_json::from_str(&text).context("the job cannot be read")?;
        let old_text = self.old.map(Value::to_string);
        let schema = self.schema()?;
        let old = old_text.as_deref().map(serde_json::from_str::<Document<'_>>).transpose()?;
        let old = old.as_ref().map(|old| as_read(old, schema));
        let subject = match &old {
            Some(old) => Subject::updated(&document, old, ""),
            None => Subject::created(&document, ""),
        };
        let giving = Giving { policies: self.policies, request: self.request, rules: self.rules };
        let completion = complete_under(&subject, &giving)?;
        let mut completed = self.job.clone();
        let patch: json_patch::Patch = serde_json::from_value(serde_json::to_value(&completion.patch)?)?;
        json_patch::patch(&mut completed, &patch).context("the job cannot be completed")?;

        let text = completed.to_string();
        let written: Document<'_> = serde_json::from_str(&text)?;
        let stored = as_stored(&written, schema);
        let mut subject = Subject::written(&stored, schema, "");
        if let Some(old) = &old {
            let foreseen = std::mem::take(&mut subject.foreseen);
            subject = Subject { foreseen, ..Subject::updated(&stored.document, old, "") };
        }
        let matching = self.matching(&subject.job, subject.old.as_ref())?;
        let Evaluation { findings, recorded, .. } = evaluate_under(&subject, self.rules, &matching);
        let answers = matching.iter().map(|policy| {
            let answers = policy.answers(&self.request, &subject.job, subject.old.as_ref());
            (policy.name.to_string(), answers)
        });
        let answers = answers.collect();
        let verdict = match findings.iter().map(|finding| finding.level).max() {
            Some(Level::Deny) => "denied",
            Some(Level::Warn) => "warned",
            _ => "allowed",
        };
        let told = |findings: &[Finding<'_>]| findings.iter().map(Told::of).collect();
        let (findings, recorded) = (told(&findings), told(&recorded));
        Ok(Outcome { verdict, findings, recorded, completed, completion, answers })
    }

    /// The policies that are about the job.
    pub(super) fn matching(
        &self,
        job: &RayJob<'_>,
        old: Option<&RayJob<'_>>,
    ) -> anyhow::Result<Matching<'_>> {
        Ok(self.policies.matching(&self.request, job, old)?)
    }

    fn schema(&self) -> anyhow::Result<Schema> {
        let version = self.job["apiVersion"].as_str().unwrap_or_default();
        let schema = ApiVersion::of(version).and_then(|api| Schema::of("RayJob", api, self.rules.version()));
        match schema {
            Some(schema) => Ok(schema),
            None => bail!("`{version}` is no apiVersion of a RayJob: write ray.io/v1"),
        }
    }
}

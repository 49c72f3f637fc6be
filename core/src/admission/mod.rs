//! An AdmissionReview goes in as bytes, an AdmissionReview comes out as bytes: [`admit`] is the list of the steps.
//!
//! ```text
//! bytes ─► request ─► kinds ─► Subject ─► evaluate, mutations ─► Verdict ─► response ─► bytes
//!                                                                      └─► Record ─► logs, metrics
//! ```

mod json;
mod kinds;
mod policy_review;
mod request;
mod response;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::evaluate::{Evaluation, evaluate_guarded, evaluate_under};
use crate::finding::{Finding, Level};
use crate::kuberay::KubeRay;
use crate::mutations::{Completion, Giving, complete, complete_under};
use crate::policy::spec::Enforcement;
use crate::policy::{self, Matching, NamespaceLabels, Policies, UnknownNamespace};
use crate::rayjob::Phase;
pub use crate::record::Record;
use crate::rules::Selection;
use crate::subject::{Guarded, Subject};
pub use crate::verdict::Verdict;
use kinds::Matter;
use request::Request;

/// Which of the webhooks is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Endpoint {
    /// `/mutate`: completes, never denies.
    Mutate,
    /// `/validate`: judges, never patches.
    Validate,
    /// `/validate-policy`: judges policies themselves.
    ValidatePolicy,
}

/// What the admin decided: everything that [`admit`] needs to know besides the request.
#[derive(Clone, Debug)]
pub struct Configuration {
    controller_users: Vec<String>,
    rules: Selection,
    policies: Policies,
    namespaces: Arc<Namespaces>,
    enforcement: Enforcement,
}

/// The labels of the namespaces that have been seen, by name.
pub type Namespaces = HashMap<String, BTreeMap<String, String>>;

impl Default for Configuration {
    fn default() -> Self {
        Self::new(&KubeRay::default(), Vec::new())
    }
}

impl Configuration {
    /// Judges jobs for that KubeRay. `controller_users` are exact user names: the updates of the controllers of `RayJobs`
    /// are neither denied nor patched, unless one would stop KubeRay's operator.
    pub fn new(kuberay: &KubeRay, controller_users: Vec<String>) -> Self {
        Self {
            controller_users,
            rules: Selection::of(kuberay),
            policies: Policies::default(),
            namespaces: Arc::default(),
            enforcement: Enforcement::Deny,
        }
    }

    /// The same, for another KubeRay.
    #[must_use]
    pub fn for_kuberay(self, kuberay: &KubeRay) -> Self {
        Self { rules: Selection::of(kuberay), ..self }
    }

    /// The same, under these policies.
    #[must_use]
    pub fn under(self, policies: Policies) -> Self {
        Self { policies, ..self }
    }

    /// The same, with the labels of these namespaces known.
    #[must_use]
    pub fn knowing(self, namespaces: Arc<Namespaces>) -> Self {
        Self { namespaces, ..self }
    }

    /// The same, but what is found against a job is only warned of, or only recorded; the guard denies all the same.
    #[must_use]
    pub fn enforcing(self, enforcement: Enforcement) -> Self {
        Self { enforcement, ..self }
    }

    /// The policies that are about a job.
    fn matching<'a>(
        &'a self,
        request: &'a Request<'_>,
        subject: &Subject<'_>,
    ) -> Result<Matching<'a>, UnknownNamespace> {
        if self.policies.is_empty() {
            return Ok(Matching::default());
        }
        self.policies.matching(&self.asked(request), &subject.job, subject.old.as_ref())
    }

    /// What policies may ask about a request.
    fn asked<'r>(&'r self, request: &'r Request<'_>) -> policy::Request<'r> {
        let known = self.namespaces.get(&*request.namespace);
        policy::Request {
            namespace: &request.namespace,
            namespace_labels: known.map_or(NamespaceLabels::Unknown, NamespaceLabels::Known),
            user: &request.user_info.username,
            groups: &request.user_info.groups,
            dry_run: request.dry_run == Some(true),
        }
    }

    /// What is added to a job. Policies that deny nothing, because nothing is enforced, give nothing either.
    fn complete(&self, request: &Request<'_>, subject: &Subject<'_>) -> Result<Completion, UnknownNamespace> {
        if self.enforcement != Enforcement::Deny {
            return Ok(complete(subject));
        }
        let giving = Giving { policies: &self.policies, request: self.asked(request), rules: &self.rules };
        complete_under(subject, &giving)
    }

    fn is_controller(&self, user: &str) -> bool {
        self.controller_users.iter().any(|controller| controller == user)
    }
}

/// The answer to one review, and what to log and count about it.
#[derive(Debug)]
pub struct Admitted<'a> {
    /// The AdmissionReview to send back with HTTP 200.
    pub body: Vec<u8>,
    /// What happened.
    pub record: Record<'a>,
}

/// Why a body is no AdmissionReview that can be answered: HTTP 400 with this one line.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// The body is not UTF-8.
    #[error("the body is not UTF-8: byte {position} is wrong")]
    Encoding {
        /// The position of the first wrong byte, from 0.
        position: usize,
    },
    /// The body is no JSON, or a part of the envelope has the wrong type.
    #[error("the body is not a readable AdmissionReview: {}", place_of(.0))]
    Json(serde_json::Error),
    /// The body is JSON, but no AdmissionReview of the one version that Raygate speaks.
    #[error(
        "the body is not an AdmissionReview of admission.k8s.io/v1: register the webhook with admissionReviewVersions: [v1]"
    )]
    Version,
    /// There is nothing to judge.
    #[error("the AdmissionReview has no request")]
    NoRequest,
    /// Without a uid there is no answer that the API server would accept.
    #[error("the AdmissionReview's request has no uid")]
    NoUid,
    /// The review is sound, but cannot be answered yet: HTTP 503, and whoever asks asks again.
    #[error(
        "a policy asks for the labels of the namespace, and these are not known yet: ask again in a second"
    )]
    UnknownNamespace(#[from] UnknownNamespace),
}

/// Says where the JSON is wrong, but not what stands there: it may be a secret.
fn place_of(error: &serde_json::Error) -> String {
    let what = match error.classify() {
        serde_json::error::Category::Eof => "it ends too early",
        serde_json::error::Category::Syntax => "it is no JSON, or nested too deeply",
        _ => "a field has the wrong type or stands there twice",
    };
    format!("{what} (line {}, column {})", error.line(), error.column())
}

/// Judges or completes the object of one AdmissionReview.
///
/// # Errors
///
/// When the body is no AdmissionReview of `admission.k8s.io/v1` with a uid, there is nobody to answer; when policies ask
/// for the labels of a namespace that is not known yet, whoever asks is to ask again.
pub fn admit<'a>(
    endpoint: Endpoint,
    body: &'a [u8],
    configuration: &Configuration,
) -> Result<Admitted<'a>, Unreadable> {
    let request = Request::read(body)?;
    if endpoint == Endpoint::ValidatePolicy {
        return Ok(policy_review::review(request));
    }
    let user = Asking::of(&request, configuration);
    let decision = match (Matter::of(&request), endpoint) {
        (None, _) | (_, Endpoint::ValidatePolicy) | (Some(Matter::Guarded(_)), Endpoint::Mutate) => {
            Decision::skipped()
        }
        (Some(Matter::Job(subject)), Endpoint::Mutate) => {
            Decision::complete(&request, &subject, configuration, user)?
        }
        (Some(Matter::Job(subject)), Endpoint::Validate) => {
            let matching = configuration.matching(&request, &subject)?;
            Decision::judge(&subject, &matching, configuration, user)
        }
        (Some(Matter::Guarded(subject)), Endpoint::Validate) => {
            Decision::guard(&subject, configuration, user)
        }
    };
    let body = response::write(&request, &decision);
    let Decision { verdict, findings, suppressed, recorded, completion, .. } = decision;
    let (denied, warned) =
        (codes(&findings, |level| level == Level::Deny), codes(&findings, |level| level == Level::Warn));
    let mutations = completion.applied;
    let would_deny = codes(&recorded, |_| true);
    drop((findings, suppressed, recorded));
    let record = Record { denied, warned, would_deny, mutations, ..request.into_record(verdict) };
    Ok(Admitted { body, record })
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asking {
    Anybody,
    /// One of the controllers, whose updates nobody could mend.
    Controller,
}

impl Asking {
    fn of(request: &Request<'_>, configuration: &Configuration) -> Self {
        if configuration.is_controller(&request.user_info.username) {
            Self::Controller
        } else {
            Self::Anybody
        }
    }
}

/// What is decided about one request, and why.
struct Decision<'a> {
    verdict: Verdict,
    findings: Vec<Finding<'a>>,
    /// Warnings that the job asks not to be shown.
    suppressed: Vec<Finding<'a>>,
    /// What would be denied, were it enforced.
    recorded: Vec<Finding<'a>>,
    completion: Completion,
    /// Whether a cluster or a job may be running that `kubectl apply --force` would delete on `Invalid`.
    is_alive: bool,
    /// Whether one of the controllers updates a job: then nobody is there to read a warning.
    is_unattended: bool,
}

impl<'a> Decision<'a> {
    fn skipped() -> Self {
        Self {
            verdict: Verdict::Skipped,
            findings: Vec::new(),
            suppressed: Vec::new(),
            recorded: Vec::new(),
            completion: Completion::default(),
            is_alive: false,
            is_unattended: false,
        }
    }

    fn complete(
        request: &Request<'_>,
        subject: &Subject<'_>,
        configuration: &Configuration,
        user: Asking,
    ) -> Result<Self, UnknownNamespace> {
        let is_unattended = subject.old.is_some() && user == Asking::Controller;
        let completion =
            if is_unattended { Completion::default() } else { configuration.complete(request, subject)? };
        Ok(Self { verdict: Verdict::Allowed, completion, ..Self::skipped() })
    }

    fn judge(
        subject: &Subject<'a>,
        matching: &Matching<'a>,
        configuration: &Configuration,
        user: Asking,
    ) -> Self {
        let mut evaluation = evaluate_under(subject, &configuration.rules, matching);
        evaluation.soften(configuration.enforcement);
        let is_unattended = subject.old.is_some() && user == Asking::Controller;
        let phase = subject.old.as_ref().map(|old| old.status.phase());
        let is_alive = matches!(phase, Some(Phase::Open | Phase::Started));
        Self { is_alive, ..Self::on(evaluation, is_unattended) }
    }

    fn guard(subject: &Guarded<'a>, configuration: &Configuration, user: Asking) -> Self {
        let evaluation = evaluate_guarded(subject, configuration.rules.version());
        let is_update = subject.old.is_some();
        // Whatever is stored of these kinds may have a cluster that runs.
        Self { is_alive: is_update, ..Self::on(evaluation, is_update && user == Asking::Controller) }
    }

    fn on(evaluation: Evaluation<'a>, is_unattended: bool) -> Self {
        let Evaluation { findings, suppressed, recorded, brings_poison } = evaluation;
        let verdict = match Verdict::on(&findings) {
            Verdict::Denied if is_unattended && !brings_poison => Verdict::Excused,
            verdict => verdict,
        };
        Self { verdict, findings, suppressed, recorded, is_unattended, ..Self::skipped() }
    }
}

/// Codes of the rules that found something at such a level, each once, in the order of the registry.
fn codes(findings: &[Finding<'_>], is_wanted: impl Fn(Level) -> bool) -> Vec<&'static str> {
    let wanted = findings.iter().filter(|finding| is_wanted(finding.level));
    let mut codes: Vec<_> = wanted.map(|finding| finding.rule.code).collect();
    codes.dedup();
    codes
}

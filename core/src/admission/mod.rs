//! An AdmissionReview goes in as bytes, an AdmissionReview comes out as bytes: [`admit`] is the list of the steps.
//!
//! ```text
//! bytes ─► request ─► Subject ─► evaluate, mutations ─► Verdict ─► response ─► bytes
//!                                                             └─► Record ─► logs, metrics
//! ```

mod request;
mod response;

use crate::evaluate::evaluate;
use crate::finding::{Finding, Level};
use crate::kuberay::KubeRay;
use crate::mutations::{Completion, complete};
use crate::rayjob::Phase;
pub use crate::record::Record;
use crate::rules::{self, Rule};
use crate::subject::Subject;
pub use crate::verdict::Verdict;
use request::Request;

/// Which of the two webhooks is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Endpoint {
    /// `/mutate`: completes, never denies.
    Mutate,
    /// `/validate`: judges, never patches.
    Validate,
}

/// What the admin decided: everything that [`admit`] needs to know besides the request.
#[derive(Clone, Debug)]
pub struct Configuration {
    controller_users: Vec<String>,
    rules: Vec<&'static Rule>,
}

impl Default for Configuration {
    fn default() -> Self {
        Self::new(&KubeRay::default(), Vec::new())
    }
}

impl Configuration {
    /// Judges jobs for that KubeRay. `controller_users` are exact user names: the updates of the controllers of `RayJobs`
    /// are never denied nor patched.
    pub fn new(kuberay: &KubeRay, controller_users: Vec<String>) -> Self {
        Self { controller_users, rules: rules::all().filter(|rule| rule.applies_to(kuberay)).collect() }
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
/// When the body is no AdmissionReview of `admission.k8s.io/v1` with a uid, there is nobody to answer.
pub fn admit<'a>(
    endpoint: Endpoint,
    body: &'a [u8],
    configuration: &Configuration,
) -> Result<Admitted<'a>, Unreadable> {
    let request = Request::read(body)?;
    let decision = match (subject_of(&request), endpoint) {
        (None, _) => Decision::skipped(),
        (Some(subject), Endpoint::Mutate) => {
            Decision::complete(&subject, configuration.is_controller(&request.user_info.username))
        }
        (Some(subject), Endpoint::Validate) => {
            Decision::judge(&subject, configuration, &request.user_info.username)
        }
    };
    let body = response::write(&request, &decision);
    let Decision { verdict, findings, completion, .. } = decision;
    let (denied, warned) =
        (codes(&findings, |level| level == Level::Deny), codes(&findings, |level| level == Level::Warn));
    let mutations = completion.applied;
    drop((findings, completion.patch));
    let Request { uid, operation, kind, namespace, name, user_info, dry_run, .. } = request;
    let record = Record {
        uid,
        operation,
        kind: kind.kind,
        namespace,
        name,
        user: user_info.username,
        dry_run: dry_run == Some(true),
        verdict,
        denied,
        warned,
        mutations,
    };
    Ok(Admitted { body, record })
}

/// The RayJob to judge; none for what Raygate lets through without a look.
fn subject_of<'r>(request: &'r Request<'_>) -> Option<Subject<'r>> {
    let is_rayjob =
        request.kind.group == "ray.io" && request.kind.kind == "RayJob" && request.sub_resource.is_empty();
    if !is_rayjob || request.object.is_null() {
        return None;
    }
    match &*request.operation {
        "CREATE" => Some(Subject::created(&request.object, &request.uid)),
        "UPDATE" => Some(Subject::updated(&request.object, &request.old_object, &request.uid)),
        _ => None,
    }
    .filter(|subject| subject.change != crate::subject::Change::Nothing)
}

/// What is decided about one request, and why.
struct Decision<'a> {
    verdict: Verdict,
    findings: Vec<Finding<'a>>,
    completion: Completion<'a>,
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
            completion: Completion::default(),
            is_alive: false,
            is_unattended: false,
        }
    }

    fn complete(subject: &Subject<'a>, by_controller: bool) -> Self {
        let completion =
            if by_controller && subject.old.is_some() { Completion::default() } else { complete(subject) };
        Self { verdict: Verdict::Allowed, completion, ..Self::skipped() }
    }

    fn judge(subject: &Subject<'a>, configuration: &Configuration, user: &str) -> Self {
        let findings = evaluate(subject, &configuration.rules);
        let is_unattended = subject.old.is_some() && configuration.is_controller(user);
        let verdict = match Verdict::on(&findings) {
            Verdict::Denied if is_unattended => Verdict::Excused,
            verdict => verdict,
        };
        let phase = subject.old.as_ref().map(|old| old.status.phase());
        let is_alive = matches!(phase, Some(Phase::Open | Phase::Started));
        Self { verdict, findings, completion: Completion::default(), is_alive, is_unattended }
    }
}

/// Codes of the rules that found something at such a level, each once, in the order of the registry.
fn codes(findings: &[Finding<'_>], is_wanted: impl Fn(Level) -> bool) -> Vec<&'static str> {
    let wanted = findings.iter().filter(|finding| is_wanted(finding.level));
    let mut codes: Vec<_> = wanted.map(|finding| finding.rule.code).collect();
    codes.dedup();
    codes
}

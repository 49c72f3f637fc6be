//! What the rules say beside what KubeRay says: an oracle's answer goes in, the differences come out.

use std::collections::BTreeSet;

use raygate_core::document::Document;
use raygate_core::evaluate::evaluate;
use raygate_core::finding::{Finding, Level};
use raygate_core::kuberay::{KubeRay, KubeRayVersion};
use raygate_core::rules::{self, Rule, Selection, Truth};
use raygate_core::subject::Subject;
use serde_json::Value;

use crate::oracle::Answer;
use crate::texts::{Known, codes, meanings};

/// How the rules differ from KubeRay.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Difference {
    /// KubeRay refuses what this rule is about, and Raygate denies nothing.
    Missed(&'static str),
    /// Raygate denies, but this rule, which says what KubeRay says, finds nothing.
    Unnamed(&'static str),
    /// KubeRay accepts, and this rule says that it refuses.
    False(&'static str),
    /// KubeRay refuses with a text that the table lacks.
    Unknown(String),
    /// The operator cannot read the job, and Raygate denies nothing.
    Undecodable,
}

/// What became of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    RefusedByCrd,
    Undecodable,
    ManagedElsewhere,
    Refused,
    Accepted,
}

/// One job, judged by both.
#[derive(Debug)]
pub(crate) struct Judged {
    pub(crate) outcome: Outcome,
    pub(crate) differences: Vec<Difference>,
    /// The texts of KubeRay that this job has brought about.
    pub(crate) occurred: Vec<Known>,
    /// The rules by which Raygate denies what KubeRay accepts, for other reasons than KubeRay's validation.
    pub(crate) stricter: BTreeSet<&'static str>,
    /// What Raygate says, a line for each finding.
    pub(crate) lines: Vec<String>,
}

impl Judged {
    fn refused_by_crd() -> Self {
        Self {
            outcome: Outcome::RefusedByCrd,
            differences: Vec::new(),
            occurred: Vec::new(),
            stricter: BTreeSet::new(),
            lines: Vec::new(),
        }
    }
}

/// The rules that are asked about one KubeRay.
#[derive(Debug)]
pub(crate) struct Judge {
    kuberay: KubeRay,
    rules: Selection,
}

impl Judge {
    pub(crate) fn new(version: KubeRayVersion, gates: &[(&str, bool)]) -> Self {
        let gates: Vec<_> = gates.iter().map(|(gate, on)| format!("{gate}={on}")).collect();
        let kuberay = KubeRay::new(version, gates.join(",").parse().expect("known gates"));
        Self { rules: Selection::of(&kuberay), kuberay }
    }

    /// What the rules find in a job that is created.
    pub(crate) fn findings<'a>(&self, job: &'a Document<'a>) -> Vec<Finding<'a>> {
        evaluate(&Subject::created(job, "uid"), &self.rules).findings
    }

    /// Judges a job that is created.
    pub(crate) fn judge(&self, answer: &Answer<'_>) -> Judged {
        let document = document(answer.job.get());
        let subject = Subject::created(&document, "uid");
        let mut judged = self.judge_with(answer, &subject);
        // Whatever a rule says of the cluster's own validation, it says of the job that such a cluster is made of.
        if !subject.job.selects_cluster() {
            self.compare_cluster(&answer.cluster, &mut judged, &subject);
        }
        judged
    }

    /// Judges a job that replaces another; its status is the API server's.
    pub(crate) fn judge_update(&self, answer: &Answer<'_>, old: &Value) -> Judged {
        let (document_now, old) = (document(answer.job.get()), old.to_string());
        let old = document(&old);
        self.judge_with(answer, &Subject::updated(&document_now, &old, "uid"))
    }

    fn judge_with(&self, answer: &Answer<'_>, subject: &Subject<'_>) -> Judged {
        let mut judged = Judged::refused_by_crd();
        if !answer.crd.is_empty() {
            return judged;
        }
        let findings = evaluate(subject, &self.rules).findings;
        judged.lines =
            findings.iter().map(|finding| format!("{}: {}", finding.path(), finding.line())).collect();
        let denied: BTreeSet<_> = codes_of(&findings, Level::Deny);
        let error =
            [&answer.metadata, &answer.spec, &answer.status].into_iter().find(|text| !text.is_empty());
        judged.outcome = if !answer.decode.is_empty() {
            if denied.is_empty() {
                judged.differences.push(Difference::Undecodable);
            }
            Outcome::Undecodable
        } else if subject.job.is_managed_elsewhere() {
            let about_kuberay = codes_of(&findings, Level::Warn)
                .into_iter()
                .filter(|code| rules::find(code).is_some_and(Rule::is_about_kuberay_only));
            judged.differences.extend(about_kuberay.map(Difference::False));
            Outcome::ManagedElsewhere
        } else if let Some(error) = error {
            compare_refused(self.kuberay.version(), error, &denied, &mut judged);
            Outcome::Refused
        } else {
            self.compare_accepted(&findings, &mut judged);
            judged.stricter = denied;
            Outcome::Accepted
        };
        judged
    }

    /// KubeRay accepts: no rule may say otherwise.
    fn compare_accepted(&self, findings: &[Finding<'_>], judged: &mut Judged) {
        let is_about_refusal = |rule: &Rule| {
            let mut truths = rule.because.iter().filter(|because| because.holds_for(&self.kuberay));
            truths.any(|because| because.truth == Truth::KubeRayRefuses)
        };
        let wrong = findings.iter().map(|finding| finding.rule).filter(|rule| is_about_refusal(rule));
        let wrong: BTreeSet<_> = wrong.map(|rule| rule.code).collect();
        judged.differences.extend(wrong.into_iter().map(Difference::False));
    }

    /// KubeRay accepts the job and refuses the cluster that it makes of it: the rule about it is asked if it applies.
    fn compare_cluster(&self, error: &str, judged: &mut Judged, subject: &Subject<'_>) {
        if error.is_empty() || judged.outcome != Outcome::Accepted {
            return;
        }
        let found = codes_of(&evaluate(subject, &self.rules).findings, Level::Warn);
        let known = meanings(self.kuberay.version(), error);
        if known.is_empty() {
            judged.differences.push(Difference::Unknown(error.to_owned()));
        }
        for known in known {
            judged.occurred.push(known);
            let applies = rules::find(known.code).is_some_and(|rule| rule.applies_to(&self.kuberay));
            if applies && !found.contains(known.code) {
                judged.differences.push(Difference::Unnamed(known.code));
            }
        }
    }
}

/// KubeRay refuses: the rule that says the same must deny.
fn compare_refused(version: KubeRayVersion, error: &str, denied: &BTreeSet<&str>, judged: &mut Judged) {
    let known = meanings(version, error);
    if known.is_empty() {
        judged.differences.push(Difference::Unknown(error.to_owned()));
    }
    for known in known {
        judged.occurred.push(known);
        if denied.contains(known.code) {
            continue;
        }
        let missing = if denied.is_empty() { Difference::Missed } else { Difference::Unnamed };
        judged.differences.push(missing(known.code));
    }
}

fn codes_of(findings: &[Finding<'_>], at_least: Level) -> BTreeSet<&'static str> {
    findings.iter().filter(|finding| finding.level >= at_least).map(|finding| finding.rule.code).collect()
}

fn document(json: &str) -> Document<'_> {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

#[test]
fn every_text_of_kuberay_has_a_rule() {
    let without: Vec<_> = codes().into_iter().filter(|code| rules::find(code).is_none()).collect();
    assert!(without.is_empty(), "texts::table names rules that do not exist: {without:?}");
}

mod tests {
    use raygate_core::kuberay::KubeRayVersion::{V1_3, V1_7};
    use serde_json::json;

    use super::Difference::{False, Missed, Unknown, Unnamed};
    use super::*;
    use crate::jobs::SMALL;

    const REFUSED: &str =
        "The RayJob spec is invalid: TTLSecondsAfterFinished must be a non-negative integer";

    /// The differences when KubeRay says this of the small job with this spec merged over its own.
    fn differences(version: KubeRayVersion, spec: &Value, says: &str) -> Vec<Difference> {
        let mut job = serde_json::from_str(SMALL).expect("JSON");
        json_patch::merge(&mut job, &json!({ "spec": spec }));
        let answer = json!({"job": job, "spec": says}).to_string();
        let answer = serde_json::from_str(&answer).expect("an answer");
        Judge::new(version, &[]).judge(&answer).differences
    }

    #[test]
    fn what_both_say_is_no_difference() {
        assert_eq!(differences(V1_7, &json!({}), ""), []);
        assert_eq!(differences(V1_7, &json!({"ttlSecondsAfterFinished": -1}), REFUSED), []);
        assert_eq!(differences(V1_3, &json!({"ttlSecondsAfterFinished": -1}), ""), []);
    }

    #[test]
    fn each_kind_of_difference_is_seen() {
        assert_eq!(differences(V1_7, &json!({}), REFUSED), [Missed("RJ104")]);
        assert_eq!(differences(V1_7, &json!({"activeDeadlineSeconds": 0}), REFUSED), [Unnamed("RJ104")]);
        assert_eq!(differences(V1_7, &json!({"ttlSecondsAfterFinished": -1}), ""), [False("RJ104")]);
        assert_eq!(differences(V1_7, &json!({}), "newer"), [Unknown("newer".to_owned())]);
    }
}

//! All rules over one subject: their findings, less those that an update did not bring and those that the job asks to hide.
//!
//! ```text
//! Subject ─► judge ─► hide ─► settle, forgive ─┬► Evaluation: findings, suppressed, recorded
//!              └ levels: the rules' own, or those that `policies` that deny give them
//!                     policies that warn or record ─┘
//! ```

mod policies;

use std::cell::LazyCell;

use crate::document::{Misfit, misfits};
use crate::exemptions::{Effect, Exemptions};
use crate::finding::{Finding, Findings, Level};
use crate::go_types::RAY_JOB;
use crate::guard;
use crate::kuberay::KubeRayVersion;
use crate::policy::Matching;
use crate::policy::spec::Enforcement;
use crate::rayjob::RayJob;
use crate::rules::{self, Check, Question, Questions, Rule, Selection};
use crate::subject::{Change, Guarded, Subject};
use policies::Levels;

/// What was found.
#[derive(Debug, Default)]
pub struct Evaluation<'a> {
    /// The findings that count, each at the level at which it counts.
    pub findings: Vec<Finding<'a>>,
    /// Warnings that an annotation of the job hides.
    pub suppressed: Vec<Finding<'a>>,
    /// What policies that only record have against the job.
    pub recorded: Vec<Finding<'a>>,
    /// Whether there is a value that would stop KubeRay's operator and was not there before.
    pub brings_poison: bool,
}

impl Evaluation<'_> {
    /// Takes the edge off what was found: denials become warnings, or all is only recorded. The guard keeps its edge.
    pub(crate) fn soften(&mut self, enforcement: Enforcement) {
        match enforcement {
            Enforcement::Deny => {}
            Enforcement::Warn => {
                for finding in self.findings.iter_mut().filter(|finding| !finding.rule.is_guard()) {
                    finding.level = Level::Warn;
                }
            }
            Enforcement::Audit => {
                let softened = self.findings.extract_if(.., |finding| !finding.rule.is_guard());
                self.recorded.extend(softened.filter(|finding| finding.level == Level::Deny));
            }
        }
    }
}

/// What the rules find, in their order; nothing when the update changes nothing that they read.
pub fn evaluate<'a>(subject: &Subject<'a>, rules: &Selection) -> Evaluation<'a> {
    evaluate_under(subject, rules, &Matching::default())
}

/// The same, under the policies that are about the job.
pub fn evaluate_under<'a>(
    subject: &Subject<'a>,
    rules: &Selection,
    matching: &Matching<'a>,
) -> Evaluation<'a> {
    let questions = match subject.change {
        Change::Nothing => return Evaluation::default(),
        Change::Metadata => rules.of_metadata(),
        Change::Spec => rules.of_spec(),
    };
    let court = Court { questions, version: rules.version() };
    let mut evaluation = court.judge(subject, &Levels::decided_by(matching));
    for policy in matching.that_only_tell() {
        let shadow = court.judge(subject, &Levels::as_if_denied_by(matching, policy));
        policies::tell(policy, shadow, &mut evaluation);
    }
    evaluation
}

/// What is asked about a change.
struct Court<'q> {
    questions: &'q Questions,
    version: KubeRayVersion,
}

impl Court<'_> {
    fn judge<'a>(&self, subject: &Subject<'a>, levels: &Levels<'_, 'a>) -> Evaluation<'a> {
        let Questions { jobs, updates, files, policies, expressions, exemptions: of_exemptions } =
            self.questions;
        let judge = |job, jobs: &[Question], policies: &[Question], foreseen| {
            let mut found = judge(job, jobs, levels, self.version, foreseen);
            policies::judge(job, policies, levels, &mut found);
            found
        };
        let mut findings = judge(&subject.job, jobs, policies, &subject.foreseen);
        let replaced = subject.old.as_ref();
        let mut recorded =
            policies::judge_expressions(&subject.job, replaced, expressions, levels, &mut findings);
        foresee(&subject.foreseen, files.iter().map(|file| (file.rule, levels.of(file))), &mut findings);
        let (mut exemptions, mut suppressed) = (Exemptions::of(&subject.job), Vec::new());
        exemptions.hide(&mut findings, &mut suppressed);
        let mut brings_poison = false;
        if !(findings.is_empty() && recorded.is_empty()) {
            // Only what these rules find in the old job can forgive.
            let asked = |questions: &[Question]| -> Vec<_> {
                let found = |question: &&Question| {
                    let mut all = findings.iter().chain(&recorded);
                    all.any(|finding| std::ptr::eq(finding.rule, question.rule))
                };
                questions.iter().filter(found).copied().collect()
            };
            let judge_old = |old| {
                let mut found = judge(old, &asked(jobs), &asked(policies), &[]);
                // As if it were created now: what an expression says of the change is not said of it.
                let recorded =
                    policies::judge_expressions(old, None, &asked(expressions), levels, &mut found);
                found.extend(recorded);
                found
            };
            let before = replaced.map(judge_old).unwrap_or_default();
            brings_poison = guard::settle(&mut findings, &before, RAY_JOB);
            forgive(&mut findings, &before);
            forgive(&mut recorded, &before);
            // What is forgiven would not be denied.
            recorded.retain(|finding| finding.level == Level::Deny);
        }
        if let Some(old) = &subject.old {
            let mut brought = compare(old, &subject.job, updates, levels);
            exemptions.hide(&mut brought, &mut suppressed);
            findings.append(&mut brought);
        }
        // Of labels and annotations alone nobody can say what else would be found.
        exemptions.retain(|effect| subject.change == Change::Spec || !matches!(effect, Effect::Unused(_)));
        judge_exemptions(&exemptions, of_exemptions, levels, &mut findings);
        Evaluation { findings, suppressed, recorded, brings_poison }
    }
}

/// What the guard finds in an object of a kind that has no other rules.
pub fn evaluate_guarded<'a>(subject: &Guarded<'a>, version: KubeRayVersion) -> Evaluation<'a> {
    let judge = |object| guard::judge(&misfits(object, subject.root, version));
    let mut findings = if subject.change == Change::Spec { judge(subject.object) } else { Vec::new() };
    let others = rules::all().filter(|rule| !rule.is_guard()).map(|rule| (rule, rule.level));
    foresee(&subject.foreseen, others, &mut findings);
    if findings.is_empty() {
        return Evaluation::default();
    }
    let before = subject.old.map(judge).unwrap_or_default();
    let brings_poison = guard::settle(&mut findings, &before, subject.root);
    Evaluation { findings, brings_poison, ..Evaluation::default() }
}

/// What the rules find in one job. None that tells only of KubeRay's operator is asked when another controller manages it.
fn judge<'a>(
    job: &RayJob<'a>,
    questions: &[Question],
    levels: &Levels<'_, 'a>,
    version: KubeRayVersion,
    foreseen: &[Misfit<'a>],
) -> Vec<Finding<'a>> {
    let mut found = Vec::new();
    let elsewhere = job.is_managed_elsewhere();
    let misfits = LazyCell::new(|| {
        let mut misfits = misfits(job.object, RAY_JOB, version);
        misfits.extend_from_slice(foreseen);
        misfits
    });
    for question in questions {
        let level = levels.of(question);
        if level == Level::Off || elsewhere && question.rule.is_about_kuberay_only() {
            continue;
        }
        let findings = &mut Findings::of(question.rule, level, &mut found);
        match question.check {
            Check::Job(check) => check(job, findings),
            Check::Misfit(check) => misfits.iter().for_each(|misfit| check(misfit, findings)),
            Check::Update(_)
            | Check::File(_)
            | Check::Policy(_)
            | Check::Expression(_)
            | Check::Exemption(_) => {}
        }
    }
    found
}

/// What the API server says before any webhook is asked, unless another rule refuses the same place already.
fn foresee<'a>(
    foreseen: &[Misfit<'a>],
    rules: impl Iterator<Item = (&'static Rule, Level)>,
    found: &mut Vec<Finding<'a>>,
) {
    if foreseen.is_empty() {
        return;
    }
    let denied: Vec<_> = found
        .iter()
        .filter(|finding| finding.level == Level::Deny)
        .map(|finding| finding.path().to_string())
        .collect();
    let mut brought = Vec::new();
    for (rule, level) in rules {
        if let Check::File(check) | Check::Misfit(check) = rule.check {
            let findings = &mut Findings::of(rule, level, &mut brought);
            for misfit in foreseen {
                check(misfit, findings);
            }
        }
    }
    brought.retain(|finding| {
        let path = finding.path();
        !denied.iter().any(|denied| {
            denied
                .strip_prefix(path.as_str())
                .is_some_and(|below| below.is_empty() || below.starts_with(['.', '[']))
        })
    });
    found.append(&mut brought);
}

/// What the rules find in an update: these are about the change itself, so there is nothing to forgive.
fn compare<'a>(
    old: &RayJob<'a>,
    job: &RayJob<'a>,
    questions: &[Question],
    levels: &Levels<'_, 'a>,
) -> Vec<Finding<'a>> {
    let mut found = Vec::new();
    let elsewhere = old.is_managed_elsewhere() && job.is_managed_elsewhere();
    for question in questions {
        let level = levels.of(question);
        if level == Level::Off || elsewhere && question.rule.is_about_kuberay_only() {
            continue;
        }
        if let Check::Update(check) = question.check {
            check(old, job, &mut Findings::of(question.rule, level, &mut found));
        }
    }
    found
}

fn judge_exemptions<'a>(
    exemptions: &Exemptions<'a>,
    questions: &[Question],
    levels: &Levels<'_, 'a>,
    found: &mut Vec<Finding<'a>>,
) {
    for question in questions {
        let level = levels.of(question);
        if let Check::Exemption(check) = question.check
            && level > Level::Off
        {
            let findings = &mut Findings::of(question.rule, level, found);
            exemptions.iter().for_each(|exemption| check(exemption, findings));
        }
    }
}

/// What was there before and has not been touched is no reason to refuse an update: a denial becomes a warning, and
/// a warning is not repeated. The guard forgives by its own measure.
fn forgive<'a>(findings: &mut Vec<Finding<'a>>, before: &[Finding<'a>]) {
    findings.retain_mut(|finding| {
        let stays = finding.rule.is_guard() || policies::forgives_nothing(finding);
        if stays || !before.iter().any(|old| finding.stood_before(old, RAY_JOB)) {
            return true;
        }
        let was_denied = finding.level == Level::Deny;
        finding.level = Level::Warn;
        was_denied
    });
}

//! All rules over one subject: their findings, less those that an update did not bring and those that the job asks to hide.

use std::cell::LazyCell;

use crate::document::{Misfit, misfits};
use crate::exemptions::{Effect, Exemptions};
use crate::finding::{Finding, Findings, Level};
use crate::go_types::RAY_JOB;
use crate::guard;
use crate::kuberay::KubeRayVersion;
use crate::rayjob::RayJob;
use crate::rules::{self, Check, Question, Questions, Rule, Selection};
use crate::subject::{Change, Guarded, Subject};

/// What was found.
#[derive(Debug, Default)]
pub struct Evaluation<'a> {
    /// The findings that count, each at the level at which it counts.
    pub findings: Vec<Finding<'a>>,
    /// Warnings that an annotation of the job hides.
    pub suppressed: Vec<Finding<'a>>,
    /// Whether there is a value that would stop KubeRay's operator and was not there before.
    pub brings_poison: bool,
}

/// What the rules find, in their order; nothing when the update changes nothing that they read.
pub fn evaluate<'a>(subject: &Subject<'a>, rules: &Selection) -> Evaluation<'a> {
    let Questions { jobs, updates, files, exemptions: of_exemptions } = match subject.change {
        Change::Nothing => return Evaluation::default(),
        Change::Metadata => rules.of_metadata(),
        Change::Spec => rules.of_spec(),
    };
    let mut findings = judge(&subject.job, jobs, rules.version(), &subject.foreseen);
    foresee(&subject.foreseen, files.iter().map(|question| (question.rule, question.level)), &mut findings);
    let (mut exemptions, mut suppressed) = (Exemptions::of(&subject.job), Vec::new());
    exemptions.hide(&mut findings, &mut suppressed);
    let mut brings_poison = false;
    if !findings.is_empty() {
        let before =
            subject.old.as_ref().map(|old| judge(old, jobs, rules.version(), &[])).unwrap_or_default();
        brings_poison = guard::settle(&mut findings, &before, RAY_JOB);
        forgive(&mut findings, &before);
    }
    if let Some(old) = &subject.old {
        let mut brought = compare(old, &subject.job, updates);
        exemptions.hide(&mut brought, &mut suppressed);
        findings.append(&mut brought);
    }
    // Of labels and annotations alone nobody can say what else would be found.
    exemptions.retain(|effect| subject.change == Change::Spec || !matches!(effect, Effect::Unused(_)));
    judge_exemptions(&exemptions, of_exemptions, &mut findings);
    Evaluation { findings, suppressed, brings_poison }
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
    Evaluation { findings, suppressed: Vec::new(), brings_poison }
}

/// What the rules find in one job. None that tells only of KubeRay's operator is asked when another controller manages it.
fn judge<'a>(
    job: &RayJob<'a>,
    questions: &[Question],
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
    for Question { rule, level, check } in questions {
        if elsewhere && rule.is_about_kuberay_only() {
            continue;
        }
        let findings = &mut Findings::of(rule, *level, &mut found);
        match check {
            Check::Job(check) => check(job, findings),
            Check::Misfit(check) => misfits.iter().for_each(|misfit| check(misfit, findings)),
            Check::Update(_) | Check::File(_) | Check::Exemption(_) => {}
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
        if let Check::File(check) = rule.check {
            foreseen.iter().for_each(|misfit| check(misfit, &mut Findings::of(rule, level, &mut brought)));
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
fn compare<'a>(old: &RayJob<'a>, job: &RayJob<'a>, questions: &[Question]) -> Vec<Finding<'a>> {
    let mut found = Vec::new();
    let elsewhere = old.is_managed_elsewhere() && job.is_managed_elsewhere();
    for Question { rule, level, check } in questions {
        if let Check::Update(check) = check
            && !(elsewhere && rule.is_about_kuberay_only())
        {
            check(old, job, &mut Findings::of(rule, *level, &mut found));
        }
    }
    found
}

fn judge_exemptions<'a>(exemptions: &Exemptions<'a>, questions: &[Question], found: &mut Vec<Finding<'a>>) {
    for Question { rule, level, check } in questions {
        if let Check::Exemption(check) = check {
            exemptions.iter().for_each(|exemption| check(exemption, &mut Findings::of(rule, *level, found)));
        }
    }
}

/// What was there before and has not been touched is no reason to refuse an update: a denial becomes a warning, and
/// a warning is not repeated. The guard forgives by its own measure.
fn forgive<'a>(findings: &mut Vec<Finding<'a>>, before: &[Finding<'a>]) {
    findings.retain_mut(|finding| {
        if finding.rule.is_guard() || !before.iter().any(|old| finding.stood_before(old, RAY_JOB)) {
            return true;
        }
        let was_denied = finding.level == Level::Deny;
        finding.level = Level::Warn;
        was_denied
    });
}

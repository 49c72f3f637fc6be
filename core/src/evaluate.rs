//! All rules over one subject: their findings, less those that an update did not bring.

use std::borrow::Cow;
use std::cell::LazyCell;

use crate::document::misfits;
use crate::finding::{Finding, Findings, Level};
use crate::go_types::RAY_JOB;
use crate::guard;
use crate::kuberay::KubeRayVersion;
use crate::rayjob::RayJob;
use crate::rules::{Check, Rule};
use crate::subject::{Change, Guarded, Subject};

/// What was found.
#[derive(Debug, Default)]
pub struct Evaluation<'a> {
    /// The findings that count, each at the level at which it counts.
    pub findings: Vec<Finding<'a>>,
    /// Whether there is a value that would stop KubeRay's operator and was not there before.
    pub brings_poison: bool,
}

/// What the rules find, in their order; nothing when the update changes nothing that they read.
pub fn evaluate<'a>(
    subject: &Subject<'a>,
    rules: &[&'static Rule],
    version: KubeRayVersion,
) -> Evaluation<'a> {
    let rules = match subject.change {
        Change::Nothing => return Evaluation::default(),
        Change::Metadata => Cow::Owned(rules.iter().copied().filter(|rule| rule.reads_metadata).collect()),
        Change::Spec => Cow::Borrowed(rules),
    };
    let mut findings = judge(&subject.job, &rules, version);
    let mut brings_poison = false;
    if !findings.is_empty() {
        let before = subject.old.as_ref().map(|old| judge(old, &rules, version)).unwrap_or_default();
        brings_poison = guard::settle(&mut findings, &before, RAY_JOB);
        forgive(&mut findings, &before);
    }
    if let Some(old) = &subject.old {
        compare(old, &subject.job, &rules, &mut findings);
    }
    Evaluation { findings, brings_poison }
}

/// What the guard finds in an object of a kind that has no other rules.
pub fn evaluate_guarded<'a>(subject: &Guarded<'a>, version: KubeRayVersion) -> Evaluation<'a> {
    let judge = |object| guard::judge(&misfits(object, subject.root, version));
    let mut findings = if subject.change == Change::Spec { judge(subject.object) } else { Vec::new() };
    if findings.is_empty() {
        return Evaluation::default();
    }
    let before = subject.old.map(judge).unwrap_or_default();
    let brings_poison = guard::settle(&mut findings, &before, subject.root);
    Evaluation { findings, brings_poison }
}

/// What the rules find in one job.
fn judge<'a>(job: &RayJob<'a>, rules: &[&'static Rule], version: KubeRayVersion) -> Vec<Finding<'a>> {
    let mut found = Vec::new();
    let elsewhere = job.is_managed_elsewhere();
    let misfits = LazyCell::new(|| misfits(job.object, RAY_JOB, version));
    for rule in rules.iter().filter(|rule| rule.is_asked(elsewhere)) {
        let findings = &mut Findings::of(rule, rule.level, &mut found);
        match rule.check {
            Check::Job(check) => check(job, findings),
            Check::Misfit(check) => misfits.iter().for_each(|misfit| check(misfit, findings)),
            Check::Update(_) => {}
        }
    }
    found
}

/// What the rules find in an update: these are about the change itself, so there is nothing to forgive.
fn compare<'a>(old: &RayJob<'a>, job: &RayJob<'a>, rules: &[&'static Rule], found: &mut Vec<Finding<'a>>) {
    let elsewhere = old.is_managed_elsewhere() && job.is_managed_elsewhere();
    for rule in rules {
        if let Check::Update(check) = rule.check
            && rule.is_asked(elsewhere)
        {
            check(old, job, &mut Findings::of(rule, rule.level, found));
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

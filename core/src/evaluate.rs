//! All rules over one subject: their findings, less those that an update did not bring.

use std::borrow::Cow;

use crate::document::same_fields;
use crate::finding::{Finding, Findings, Level};
use crate::go_types::RAY_JOB;
use crate::rayjob::RayJob;
use crate::rules::{Check, Rule};
use crate::subject::{Change, Subject};

/// What the rules find, in their order; nothing when the update changes nothing that they read.
pub fn evaluate<'a>(subject: &Subject<'a>, rules: &[&'static Rule]) -> Vec<Finding<'a>> {
    let rules = match subject.change {
        Change::Nothing => return Vec::new(),
        Change::Metadata => Cow::Owned(rules.iter().copied().filter(|rule| rule.reads_metadata).collect()),
        Change::Spec => Cow::Borrowed(rules),
    };
    let mut findings = judge(&subject.job, &rules);
    if let Some(old) = &subject.old {
        if !findings.is_empty() {
            forgive(&mut findings, &judge(old, &rules));
        }
        compare(old, &subject.job, &rules, &mut findings);
    }
    findings
}

/// What the rules find in one job.
fn judge<'a>(job: &RayJob<'a>, rules: &[&'static Rule]) -> Vec<Finding<'a>> {
    let mut found = Vec::new();
    let elsewhere = job.is_managed_elsewhere();
    for rule in rules {
        if let Check::Job(check) = rule.check
            && rule.is_asked(elsewhere)
        {
            check(job, &mut Findings::of(rule, rule.level, &mut found));
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
/// a warning is not repeated.
fn forgive<'a>(findings: &mut Vec<Finding<'a>>, before: &[Finding<'a>]) {
    findings.retain_mut(|finding| {
        if !before.iter().any(|old| is_the_same(old, finding)) {
            return true;
        }
        let was_denied = finding.level == Level::Deny;
        finding.level = Level::Warn;
        was_denied
    });
}

/// Whether the stored job has this finding already, at least as hard, from exactly the same values.
fn is_the_same(old: &Finding<'_>, new: &Finding<'_>) -> bool {
    std::ptr::eq(old.rule, new.rule)
        && old.level >= new.level
        && old.fields().count() == new.fields().count()
        && old
            .fields()
            .zip(new.fields())
            .all(|(old, new)| old.path_by_names() == new.path_by_names() && same_fields(old, new, RAY_JOB))
}

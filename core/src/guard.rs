//! The guard before KubeRay's operator, which stands still for everybody once an object is stored that it cannot read.
//!
//! `evaluate` asks it about RayJobs and about the kinds that have no other rules. Its findings are those of the rules
//! that say so (`Rule::is_guard`): nothing lowers their level, and only a repair passes with some of them left.

use crate::document::Misfit;
use crate::finding::{Finding, Findings, Level};
use crate::go_types::Struct;
use crate::rules::{self, Check};

/// What the rules that guard say: the only rules for a kind of which Raygate knows nothing else.
pub(crate) fn judge<'a>(misfits: &[Misfit<'a>]) -> Vec<Finding<'a>> {
    let mut found = Vec::new();
    if misfits.is_empty() {
        return found;
    }
    for rule in rules::all().filter(|rule| rule.is_guard()) {
        if let Check::Misfit(check) = rule.check {
            let findings = &mut Findings::of(rule, rule.level, &mut found);
            for misfit in misfits {
                check(misfit, findings);
            }
        }
    }
    found
}

/// Lets a repair through: an update that leaves fewer poisonous values than were stored is only warned of the rest.
///
/// Otherwise says whether it brings a value that was not there: not even a controller may.
pub(crate) fn settle(findings: &mut [Finding<'_>], before: &[Finding<'_>], root: &'static Struct) -> bool {
    let is_poison = |finding: &&Finding<'_>| finding.rule.is_guard();
    if findings.iter().filter(is_poison).count() < before.iter().filter(is_poison).count() {
        for finding in findings.iter_mut().filter(|finding| finding.rule.is_guard()) {
            finding.level = Level::Warn;
        }
        return false;
    }
    let mut poison = findings.iter().filter(is_poison);
    poison.any(|finding| !before.iter().any(|old| finding.stood_before(old, root)))
}

//! RJ020 `ineffective-exemption`.

use crate::exemptions::{Effect, Exemption};
use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// The annotation `raygate.dev/ignore` names a rule for which it hides nothing.
    ///
    /// ## Why
    /// The annotation hides warnings of the rules that it names, by code or slug and separated by commas. It does not hide a
    /// denial, what security or a policy has to say, or what would stop KubeRay's operator. A name that hides nothing is a
    /// slip, or was needed once: it would hide what it should not as soon as the job changes.
    ///
    /// ## Example
    /// ```yaml bad
    /// metadata:
    ///   annotations: {raygate.dev/ignore: cluster-outlives-jobs}
    /// ```
    /// ```yaml bad
    /// metadata:
    ///   annotations: {raygate.dev/ignore: RJ106}
    /// ```
    /// ```yaml good
    /// metadata:
    ///   annotations: {raygate.dev/ignore: RJ106}
    /// spec: {shutdownAfterJobFinishes: false}
    /// ```
    "RJ020" "ineffective-exemption" Warn since "0.1.0" [reads metadata] [of exemptions] because
        Policy "an exemption is for a warning that is there",
}

fn check<'a>(exemption: &Exemption<'a>, findings: &mut Findings<'_, 'a>) {
    let name = Quoted(exemption.name);
    let (problem, help) = match exemption.effect {
        Effect::Hides(_) => return,
        Effect::UnknownRule => {
            let help = match crate::rules::nearest(exemption.name) {
                Some(rule) => format!("write `{}`, if that is meant, or remove the name", rule.slug),
                None => "remove the name; `raygate rules` lists all rules".to_owned(),
            };
            (format!("{name} is named, and there is no such rule"), help)
        }
        Effect::Unused(_) => (
            format!("{name} is named, which does not warn of anything in this job"),
            "remove the name, or it hides what comes later".to_owned(),
        ),
        Effect::Denied(_) => (
            format!("{name} is named, which denies this job: only warnings can be hidden"),
            "mend what the rule denies, and remove the name".to_owned(),
        ),
        Effect::Protected(_) => {
            (format!("{name} is named, whose findings are never hidden"), "remove the name".to_owned())
        }
    };
    findings.report(exemption.field, problem).help(help);
}

//! RJ361 `unfamiliar-ray-start-option`.

use crate::quoted::Quoted;
use crate::ray_start::{self, Arrival, Known, known_releases};
use crate::rules::prelude::*;

rule! {
    /// `rayStartParams` has an option that only some versions of `ray start` know, or none that Raygate knows.
    ///
    /// ## Why
    /// Which Ray is in the image cannot be told from its tag or from `rayVersion`, or it is one that Raygate does not know. If
    /// that Ray has no such option, `ray start` ends at once, and the job stays in `Initializing`.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {proxy-server-url: "http://history:8080"}
    ///       template: {spec: {containers: [{name: ray-head, image: registry.example/team/train:7}]}}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {dashboard-hosts: 0.0.0.0}
    ///       template: {spec: {containers: [{name: ray-head, image: rayproject/ray:2.99.0}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     rayVersion: 2.56.0
    ///     headGroupSpec:
    ///       rayStartParams: {proxy-server-url: "http://history:8080"}
    ///       template: {spec: {containers: [{name: ray-head, image: registry.example/team/train:7}]}}
    /// ```
    "RJ361" "unfamiliar-ray-start-option" Warn since "0.1.0" [reads metadata] because
        Ray "`No such option`, if its Ray has none (Ray 2.38 to 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for node in ray_start::nodes(job) {
        for (param, arrival) in node.line().params() {
            if *arrival == Arrival::Nothing || ray_start::find(param.key(), node.ray) != Known::Unsure {
                continue;
            }
            let [[first_major, first_minor], [last_major, last_minor]] = known_releases();
            let help = match ray_start::nearest(param.key()) {
                Some(near) if near != param.key() => format!("write `{near}`, if that is meant"),
                _ => "look for it in `ray start --help` of that image, or write the image's version into rayVersion"
                    .to_owned(),
            };
            findings
                .report(
                    param,
                    format!(
                        "it is not certain that the `ray start` of {} knows {}: not every Ray from {first_major}.{first_minor} to {last_major}.{last_minor} does",
                        node.name_for_people(),
                        Quoted(param.key())
                    ),
                )
                .because_of_all(node.because())
                .reason(Reason::NotSupported)
                .help(help);
        }
    }
}

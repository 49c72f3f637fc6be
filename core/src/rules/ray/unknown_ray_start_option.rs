//! RJ360 `unknown-ray-start-option`.

use crate::quoted::Quoted;
use crate::ray_start::{self, Arrival, Known, RayNode, StartOption, known_releases};
use crate::rules::prelude::*;

rule! {
    /// `rayStartParams` has an option that the group's `ray start` does not know.
    ///
    /// ## Why
    /// KubeRay hands every entry on as `--name=value` without a look at it. `ray start` ends with `No such option`, the
    /// container is restarted for ever, and the job stays in `Initializing` while its other pods, with their GPUs, wait.
    /// Names are written with dashes: `dashboard-host`, neither `dashboardHost` nor `dashboard_host`.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {dashboardHost: 0.0.0.0}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {storage: /data}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {dashboard-host: 0.0.0.0}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {storage: /data}
    ///       template: {spec: {containers: [{name: ray-head, image: rayproject/ray:2.46.0}]}}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `convertParamMap`
    /// - Ray 2.38 to 2.60 `ray start --help`
    "RJ360" "unknown-ray-start-option" Deny since "0.1.0" [reads metadata] because
        Ray "`No such option`, and `ray start` exits with 2 (Ray 2.38 to 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for node in ray_start::nodes(job) {
        for (param, arrival) in node.line().params() {
            let other = match ray_start::find(param.key(), node.ray) {
                // KubeRay drops what is false.
                _ if *arrival == Arrival::Nothing => continue,
                Known::Never => None,
                Known::OfAnotherRelease(option) => Some(option),
                Known::Has(_) | Known::Unsure => continue,
            };
            let name = Quoted(param.key());
            let group = node.name_for_people();
            findings
                .report(
                    param,
                    format!("`ray start` has no option {name}{}: {group} never starts", of_that_ray(&node)),
                )
                .because_of_all(node.because())
                .reason(Reason::NotSupported)
                .help(help(param.key(), other));
        }
    }
}

fn of_that_ray(node: &RayNode<'_, '_>) -> String {
    let release = node.ray.release();
    release.map_or_else(String::new, |[major, minor]| format!(" in Ray {major}.{minor}"))
}

fn help(name: &str, other: Option<&StartOption>) -> String {
    let [[first_major, first_minor], [last_major, last_minor]] =
        other.map_or_else(known_releases, StartOption::releases);
    let has_later = other.is_some_and(|option| option.releases()[1] == known_releases()[1]);
    match (other, ray_start::nearest(name)) {
        (Some(_), _) if has_later => {
            format!("remove it, or use an image with Ray {first_major}.{first_minor} or newer")
        }
        (Some(_), _) => format!("remove it: Ray had it until {last_major}.{last_minor}"),
        (None, Some(near)) => format!("write `{near}`, if that is meant, or remove it"),
        (None, None) => "remove it, or look for its name in `ray start --help`".to_owned(),
    }
}

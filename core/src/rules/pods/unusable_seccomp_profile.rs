//! RJ636 `unusable-seccomp-profile`.

use crate::document::{Object, Text};
use crate::rules::prelude::*;

rule! {
    /// A seccomp profile has an unknown type, or a file where there is none or none where there is one.
    ///
    /// ## Why
    /// `Localhost` needs the path of a profile in `localhostProfile`; the other types have none. The pod is refused each
    /// time KubeRay creates it, and the job waits for it while the rest of its cluster holds its nodes.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           securityContext: {seccompProfile: {type: runtimeDefault}}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             securityContext: {seccompProfile: {type: Localhost}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           securityContext: {seccompProfile: {type: RuntimeDefault}}
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `validateSeccompProfileField`
    "RJ636" "unusable-seccomp-profile" Deny since "0.1.0" because
        KubernetesRefuses "`Unsupported value`, `must be set when seccomp type is Localhost`, `can only be set when seccomp type is Localhost`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods() {
        let of_pod = pod.template.spec.security_context.present_object();
        let of_containers =
            pod.containers().filter_map(|container| container.spec.security_context.present_object());
        let profiles =
            of_pod.into_iter().chain(of_containers).map(|context| context.child::<Object>("seccompProfile"));
        for profile in profiles.filter(|profile| profile.present_object().is_some()) {
            let (kind, file) = (profile.child::<Text>("type"), profile.child::<Text>("localhostProfile"));
            let (message, help) = match kind.value().unwrap_or_default() {
                "Localhost" if file.value().is_some_and(leaves_the_folder) => (
                    "the profile's file lies outside the kubelet's folder",
                    "write a relative path without `..`",
                ),
                // An empty path is a path to Kubernetes.
                "Localhost" if file.is_present() => continue,
                "Localhost" => ("a profile of type Localhost names its file", "write localhostProfile"),
                "RuntimeDefault" | "Unconfined" if !file.is_present() => continue,
                "RuntimeDefault" | "Unconfined" => {
                    ("only a profile of type Localhost has a file", "remove localhostProfile")
                }
                _ => (
                    "Kubernetes knows no such type of profile",
                    "write RuntimeDefault, Localhost or Unconfined",
                ),
            };
            findings.report(profile, message).because_of_all(pod.used_because_of()).help(help);
        }
    }
}

fn leaves_the_folder(path: &str) -> bool {
    path.starts_with('/') || path.split('/').any(|step| step == "..")
}

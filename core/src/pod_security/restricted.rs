//! The controls of the restricted standard beyond the baseline: what is known to be good practice.

use super::baseline::{Profiles, added_capabilities, profiles, unmasked_proc};
use super::pod::Pod;
use super::{Check, Control, Violations};
use crate::document::{Any, Bool, Field, Integer, List, Object, Text};

/// All of them, some in the place of a weaker one of the baseline.
pub(super) const ALL: [Check; 7] =
    [volume_types, proc_mount, privilege_escalation, run_as_non_root, run_as_user, seccomp, capabilities];

/// The kinds of volumes that hold nothing of the node.
const VOLUMES: [&str; 9] = [
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

fn volume_types<'a>(pod: &Pod<'a>, violations: &mut Violations<'a>) {
    for volume in pod.field::<List>("volumes").into_iter().flat_map(Field::objects) {
        let is_source = |field: &Field<'a>| field.key() != "name" && field.present_object().is_some();
        let mut sources = volume.children().filter(is_source);
        let Some(first) = sources.next() else { continue };
        // Without a source it becomes an empty directory before anybody judges it.
        if !std::iter::once(first).chain(sources).any(|source| VOLUMES.contains(&source.key())) {
            let problem = format!("a volume of {} is of the kind {}", pod.name, first.key());
            let help = "take another kind of volume, such as emptyDir, persistentVolumeClaim or csi";
            violations.add(Control::RestrictedVolumes, first, problem, help);
        }
    }
}

fn proc_mount<'a>(pod: &Pod<'a>, violations: &mut Violations<'a>) {
    unmasked_proc(pod, Control::ProcMountRestricted, violations);
}

fn privilege_escalation<'a>(pod: &Pod<'a>, violations: &mut Violations<'a>) {
    if pod.is_of_windows() {
        return;
    }
    let control = Control::AllowPrivilegeEscalation;
    for (name, security) in pod.contexts() {
        let field: Field<'a, Bool> = security.child("allowPrivilegeEscalation");
        if field.value() != Some(false) {
            let problem = format!("{name} of {} does not forbid its programs to gain rights", pod.name);
            violations.add(control, field, problem, "write securityContext.allowPrivilegeEscalation: false");
            because_of_os(pod, violations);
        }
    }
    cannot(pod, control, "forbid its programs to gain rights", violations);
}

fn capabilities<'a>(pod: &Pod<'a>, violations: &mut Violations<'a>) {
    if pod.is_of_windows() {
        return;
    }
    let control = Control::CapabilitiesRestricted;
    for (name, security) in pod.contexts() {
        let dropped: Field<'a, List> = security.child::<Object>("capabilities").child("drop");
        if !dropped.each().any(|capability| capability.cast::<Text>().value() == Some("ALL")) {
            let problem = format!("{name} of {} does not drop all capabilities", pod.name);
            violations.add(control, dropped, problem, "write securityContext.capabilities.drop: [ALL]");
            because_of_os(pod, violations);
        }
    }
    let help = "remove it: only NET_BIND_SERVICE may be added";
    added_capabilities(pod, control, &["NET_BIND_SERVICE"], help, violations);
    cannot(pod, control, "drop all capabilities", violations);
}

fn run_as_non_root<'a>(pod: &Pod<'a>, violations: &mut Violations<'a>) {
    if pod.has_own_users() {
        return;
    }
    let control = Control::RunAsNonRoot;
    for (name, field) in pod.secured::<Bool>("runAsNonRoot") {
        if field.value() == Some(false) {
            let problem = format!("{name} may run as root");
            violations.add(control, field, problem, "write runAsNonRoot: true");
            because_of_users(pod, violations);
        }
    }
    let of_pod = pod.security().map(|security| security.child::<Bool>("runAsNonRoot"));
    if of_pod.is_some_and(|of_pod| of_pod.value().is_some()) {
        return;
    }
    let problem = "keeps its containers from running as root";
    let help = "write securityContext.runAsNonRoot: true for the pod, and runAsUser: 1000 for Ray's images";
    let open = unset(pod, "runAsNonRoot");
    implied(pod, Implied { control, of_pod, open, problem, help }, violations);
}

fn run_as_user<'a>(pod: &Pod<'a>, violations: &mut Violations<'a>) {
    if pod.has_own_users() {
        return;
    }
    for (name, field) in pod.secured::<Integer>("runAsUser") {
        if field.value() == Some(0) {
            let problem = format!("{name} runs as root, the user 0");
            violations.add(
                Control::RunAsUser,
                field,
                problem,
                "write the number of another user: Ray's images have 1000",
            );
            because_of_users(pod, violations);
        }
    }
}

fn seccomp<'a>(pod: &Pod<'a>, violations: &mut Violations<'a>) {
    if pod.is_of_windows() {
        return;
    }
    let control = Control::SeccompProfileRestricted;
    let of_seccomp =
        Profiles { key: "seccompProfile", control, what: "seccomp", help: "write RuntimeDefault" };
    profiles(pod, &of_seccomp, violations);
    let of_pod = pod.security().map(|security| security.child::<Object>("seccompProfile"));
    if of_pod.is_some_and(Field::is_present) {
        return;
    }
    let problem = "limits the system calls of its containers";
    let help = "write securityContext.seccompProfile: {type: RuntimeDefault} for the pod";
    let open = unset(pod, "seccompProfile");
    implied(pod, Implied { control, of_pod, open, problem, help }, violations);
}

/// What a pod can say for all its containers, and does not.
struct Implied<'a, T> {
    control: Control,
    of_pod: Option<Field<'a, T>>,
    /// The places where containers could say it, and do not.
    open: Vec<Field<'a>>,
    /// `nothing …`
    problem: &'static str,
    help: &'static str,
}

/// One finding for all containers that do not say it themselves: one line in the pod mends them all.
fn implied<'a, T>(pod: &Pod<'a>, implied: Implied<'a, T>, violations: &mut Violations<'a>) {
    let Implied { control, of_pod, open, problem, help } = implied;
    let never: Vec<_> = pod.without_context().map(|(_, because, _)| because).collect();
    match of_pod {
        Some(field) if !open.is_empty() || !never.is_empty() => {
            violations.add(control, field, format!("nothing {problem} in {}", pod.name), help);
            open.into_iter().chain(never).for_each(|field| violations.because_of(field));
            because_of_users(pod, violations);
            because_of_os(pod, violations);
        }
        Some(_) => {}
        None => {
            for (_, because, help) in pod.without_context() {
                violations.add(control, because, format!("nothing {problem} in {}", pod.name), help);
            }
        }
    }
}

/// A container that KubeRay adds without a security context cannot say it.
fn cannot<'a>(pod: &Pod<'a>, control: Control, what: &str, violations: &mut Violations<'a>) {
    for (name, because, help) in pod.without_context() {
        violations.add(
            control,
            because,
            format!("{name} of {} cannot {what}: KubeRay gives it no securityContext", pod.name),
            help,
        );
        because_of_os(pod, violations);
    }
}

/// The places of that key in the containers' security contexts where nothing stands.
fn unset<'a>(pod: &Pod<'a>, key: &'a str) -> Vec<Field<'a>> {
    let fields = pod.contexts().map(|(_, security)| security.child::<Any>(key));
    fields.filter(|field| !field.is_present()).collect()
}

fn because_of_os<'a>(pod: &Pod<'a>, violations: &mut Violations<'a>) {
    if let Some(os) = pod.os() {
        violations.because_of(os);
    }
}

fn because_of_users<'a>(pod: &Pod<'a>, violations: &mut Violations<'a>) {
    if let Some(users) = pod.field::<Bool>("hostUsers") {
        violations.because_of(users);
    }
}

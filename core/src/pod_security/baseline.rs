//! The controls of the baseline: nothing that is known to give power over the node.

use super::pod::Pod;
use super::{Check, Control, Violations};
use crate::document::{Bool, Field, Integer, List, Map, Object, Text};
use crate::quoted::Quoted;

/// Those that the restricted standard has as well.
pub(super) const ALWAYS: [Check; 8] = [
    host_namespaces,
    privileged,
    host_ports,
    host_probes,
    app_armor,
    se_linux,
    sysctls,
    windows_host_process,
];

/// Those in whose place it has others.
pub(super) const ONLY: [Check; 4] = [capabilities, host_path, proc_mount, seccomp];

const CAPABILITIES: [&str; 13] = [
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

const SYSCTLS: [&str; 12] = [
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.ping_group_range",
    "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.tcp_wmem",
];

const SE_LINUX_TYPES: [&str; 5] =
    ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

const APP_ARMOR_ANNOTATION: &str = "container.apparmor.security.beta.kubernetes.io/";

fn host_namespaces<'a>(pod: &Pod<'a>, violations: &mut Violations<'a>) {
    for (key, what) in [("hostNetwork", "network"), ("hostPID", "processes"), ("hostIPC", "shared memory")] {
        let Some(field) = pod.field::<Bool>(key).filter(|field| field.is_true()) else { continue };
        let problem = format!("{key} gives the node's {what} to {}", pod.name);
        violations.add(Control::HostNamespaces, field, problem, format!("remove {key}"));
    }
}

fn privileged<'a>(pod: &Pod<'a>, violations: &mut Violations<'a>) {
    for (name, security) in pod.contexts() {
        let field: Field<'a, Bool> = security.child("privileged");
        if field.is_true() {
            let problem = format!("{name} of {} is privileged", pod.name);
            violations.add(Control::Privileged, field, problem, "remove privileged");
        }
    }
}

fn capabilities<'a>(pod: &Pod<'a>, violations: &mut Violations<'a>) {
    let help = "remove it, or ask whoever runs the cluster";
    added_capabilities(pod, Control::CapabilitiesBaseline, &CAPABILITIES, help, violations);
}

/// What is added and none of these, which must be written exactly so.
pub(super) fn added_capabilities<'a>(
    pod: &Pod<'a>,
    control: Control,
    allowed: &[&str],
    help: &'static str,
    violations: &mut Violations<'a>,
) {
    for (name, security) in pod.contexts() {
        let capabilities: Field<'a, Object> = security.child("capabilities");
        for added in capabilities.child::<List>("add").each().map(Field::cast::<Text>) {
            if let Some(capability) = added.value().filter(|capability| !allowed.contains(capability)) {
                let problem = format!("{name} of {} adds the capability {}", pod.name, Quoted(capability));
                violations.add(control, added, problem, help);
            }
        }
    }
}

fn host_path<'a>(pod: &Pod<'a>, violations: &mut Violations<'a>) {
    for volume in pod.field::<List>("volumes").into_iter().flat_map(Field::objects) {
        let source: Field<'a, Object> = volume.child("hostPath");
        if source.is_present() {
            let problem = format!("a volume of {} is a folder of the node", pod.name);
            let help = "take another kind of volume, such as emptyDir or persistentVolumeClaim";
            violations.add(Control::HostPathVolumes, source, problem, help);
        }
    }
}

fn host_ports<'a>(pod: &Pod<'a>, violations: &mut Violations<'a>) {
    for (name, container) in pod.described() {
        for port in container.child::<List>("ports").objects() {
            let field: Field<'a, Integer> = port.child("hostPort");
            if let Some(number) = field.value().filter(|number| *number != 0) {
                let problem = format!("{name} of {} takes port {number} of the node", pod.name);
                violations.add(
                    Control::HostPorts,
                    field,
                    problem,
                    "remove hostPort: services reach the pod without",
                );
            }
        }
    }
}

fn host_probes<'a>(pod: &Pod<'a>, violations: &mut Violations<'a>) {
    for (name, container) in pod.described() {
        let lifecycle: Field<'a, Object> = container.child("lifecycle");
        let probes =
            ["livenessProbe", "readinessProbe", "startupProbe"].map(|key| container.child::<Object>(key));
        let hooks = ["postStart", "preStop"].map(|key| lifecycle.child::<Object>(key));
        for handler in probes.into_iter().chain(hooks) {
            for action in ["httpGet", "tcpSocket"].map(|key| handler.child::<Object>(key)) {
                let host: Field<'a, Text> = action.child("host");
                if host.non_empty().is_some() {
                    let key = handler.key();
                    let problem = format!("{key} of {name} of {} asks another host than the pod", pod.name);
                    let help = "remove host: then the pod itself is asked";
                    violations.add(Control::HostProbesAndHostLifecycle, host, problem, help);
                }
            }
        }
    }
}

fn app_armor<'a>(pod: &Pod<'a>, violations: &mut Violations<'a>) {
    let of_app_armor = Profiles {
        key: "appArmorProfile",
        control: Control::AppArmorProfile,
        what: "AppArmor",
        help: "write RuntimeDefault, or remove it",
    };
    profiles(pod, &of_app_armor, violations);
    for entry in pod.annotations.into_iter().flat_map(Field::<Map>::each) {
        let value = entry.cast::<Text>().value().filter(|_| entry.key().starts_with(APP_ARMOR_ANNOTATION));
        let is_allowed =
            |value: &str| value.is_empty() || value == "runtime/default" || value.starts_with("localhost/");
        if value.is_some_and(|value| !is_allowed(value)) {
            let problem =
                format!("an annotation of {} sets another AppArmor profile than the runtime's own", pod.name);
            violations.add(
                Control::AppArmorProfile,
                entry,
                problem,
                "write runtime/default, or remove the annotation",
            );
        }
    }
}

fn seccomp<'a>(pod: &Pod<'a>, violations: &mut Violations<'a>) {
    let of_seccomp = Profiles {
        key: "seccompProfile",
        control: Control::SeccompProfileBaseline,
        what: "seccomp",
        help: "write RuntimeDefault, or remove it",
    };
    profiles(pod, &of_seccomp, violations);
}

/// A field for profiles, and how it is told of.
pub(super) struct Profiles {
    pub(super) key: &'static str,
    pub(super) control: Control,
    pub(super) what: &'static str,
    pub(super) help: &'static str,
}

/// Profiles of pod and containers that are neither the runtime's own nor files of the node.
pub(super) fn profiles<'a>(pod: &Pod<'a>, profiles: &Profiles, violations: &mut Violations<'a>) {
    let Profiles { key, control, what, help } = *profiles;
    for (name, profile) in pod.secured::<Object>(key) {
        let kind: Field<'a, Text> = profile.child("type");
        let Some(written) = profile.present_object().and_then(|_| text_or_empty(kind)) else { continue };
        if !matches!(written, "RuntimeDefault" | "Localhost") {
            let problem = format!("the {what} profile of {} is {}", of_pod(name, pod), Quoted(written));
            violations.add(control, kind, problem, help);
        }
    }
}

fn se_linux<'a>(pod: &Pod<'a>, violations: &mut Violations<'a>) {
    for (name, options) in pod.secured::<Object>("seLinuxOptions") {
        let whose = of_pod(name, pod);
        let kind: Field<'a, Text> = options.child("type");
        if let Some(written) = kind.value().filter(|written| !SE_LINUX_TYPES.contains(written)) {
            let problem = format!("the SELinux type of {whose} is {}", Quoted(written));
            violations.add(
                Control::SeLinuxOptions,
                kind,
                problem,
                "remove it, or take one of the container types",
            );
        }
        for key in ["user", "role"] {
            let field: Field<'a, Text> = options.child(key);
            if field.non_empty().is_some() {
                let problem = format!("the SELinux {key} of {whose} is set");
                violations.add(Control::SeLinuxOptions, field, problem, format!("remove {key}"));
            }
        }
    }
}

fn proc_mount<'a>(pod: &Pod<'a>, violations: &mut Violations<'a>) {
    if !pod.has_own_users() {
        unmasked_proc(pod, Control::ProcMountBaseline, violations);
    }
}

pub(super) fn unmasked_proc<'a>(pod: &Pod<'a>, control: Control, violations: &mut Violations<'a>) {
    for (name, security) in pod.contexts() {
        let field: Field<'a, Text> = security.child("procMount");
        if let Some(written) = field.value().filter(|written| *written != "Default") {
            let problem = format!("procMount of {name} of {} is {}", pod.name, Quoted(written));
            violations.add(control, field, problem, "remove procMount");
            if let (Control::ProcMountBaseline, Some(users)) = (control, pod.field::<Bool>("hostUsers")) {
                violations.because_of(users);
            }
        }
    }
}

fn sysctls<'a>(pod: &Pod<'a>, violations: &mut Violations<'a>) {
    let Some(security) = pod.security() else { return };
    for sysctl in security.child::<List>("sysctls").objects() {
        let field: Field<'a, Text> = sysctl.child("name");
        if let Some(name) = text_or_empty(field).filter(|name| !SYSCTLS.contains(name)) {
            let problem = format!("{} sets the sysctl {}", pod.name, Quoted(name));
            violations.add(Control::Sysctls, field, problem, "remove it, or ask whoever runs the cluster");
        }
    }
}

fn windows_host_process<'a>(pod: &Pod<'a>, violations: &mut Violations<'a>) {
    for (name, options) in pod.secured::<Object>("windowsOptions") {
        let field: Field<'a, Bool> = options.child("hostProcess");
        if field.is_true() {
            let problem = format!("hostProcess gives the node to {}", of_pod(name, pod));
            violations.add(Control::WindowsHostProcess, field, problem, "remove hostProcess");
        }
    }
}

/// What Go reads of a text that is no pointer; nothing where it cannot be read.
fn text_or_empty(field: Field<'_, Text>) -> Option<&str> {
    if field.is_present() { field.value() } else { Some("") }
}

/// A container is named with its pod.
fn of_pod(name: &str, pod: &Pod<'_>) -> String {
    if name == pod.name { name.to_owned() } else { format!("{name} of {}", pod.name) }
}

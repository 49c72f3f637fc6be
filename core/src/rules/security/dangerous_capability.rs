//! RJ509 `dangerous-capability`.

use crate::document::{Field, List, Object, Text};
use crate::quoted::Quoted;
use crate::rules::prelude::*;

/// Capabilities with which a program can leave its container, or change what is its node's.
const DANGEROUS: [(&str, &str); 12] = [
    ("ALL", "all that root may do on a node"),
    ("BPF", "reading what other pods and the kernel do"),
    ("DAC_READ_SEARCH", "reading every file of the node"),
    ("MAC_ADMIN", "changing the node's access rules"),
    ("MAC_OVERRIDE", "passing the node's access rules by"),
    ("NET_ADMIN", "changing the pod's network, and that of the node with hostNetwork"),
    ("SYS_ADMIN", "mounting file systems, and with that nearly all that root may do"),
    ("SYS_BOOT", "restarting the node"),
    ("SYS_MODULE", "loading modules into the node's kernel"),
    ("SYS_RAWIO", "reading and writing the node's memory and devices"),
    ("SYS_TIME", "setting the node's clock"),
    ("SYSLOG", "reading the node's kernel log"),
];

rule! {
    /// A container gets a capability with which it can leave its walls.
    ///
    /// ## Why
    /// `SYS_ADMIN` or `ALL` make a container nearly as powerful as a privileged one: whoever runs a program in it, and Ray
    /// runs what a job's author writes, can take over the node. Most programs that ask for one of these work without, or
    /// with a smaller one. `SYS_PTRACE`, which `py-spy` needs for the dashboard's profiles, is told of only together with
    /// `hostPID`; `IPC_LOCK` for RDMA and `SYS_NICE` are no danger.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             securityContext: {capabilities: {add: [SYS_ADMIN]}}
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
    ///             securityContext: {capabilities: {drop: [NET_RAW], add: [all]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             securityContext: {capabilities: {drop: [ALL], add: [SYS_PTRACE, IPC_LOCK]}}
    /// ```
    ///
    /// ## References
    /// - [capabilities(7)](https://man7.org/linux/man-pages/man7/capabilities.7.html)
    "RJ509" "dangerous-capability" Warn since "0.1.0" because
        Security "the capability reaches beyond the container",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for (pod, container) in job.made_containers() {
        let capabilities = container.spec.security_context.child::<Object>("capabilities");
        for added in capabilities.child::<List>("add").each().map(Field::cast::<Text>) {
            let Some(name) = added.value() else { continue };
            let sees_all_processes = is(name, "SYS_PTRACE") && pod.template.spec.host_pid.is_true();
            let of_list = DANGEROUS.iter().find(|(known, _)| is(name, known)).map(|(_, allows)| *allows);
            let of_processes = sees_all_processes.then_some("reading and changing all processes of the node");
            let Some(allows) = of_list.or(of_processes) else { continue };
            findings
                .report(
                    added,
                    format!(
                        "the capability {} of a container of {} allows {allows}",
                        Quoted(name),
                        pod.name_for_people()
                    ),
                )
                .because_of_all(of_processes.map(|_| pod.template.spec.host_pid.any()))
                .because_of_all(pod.used_because_of())
                .help("remove it, or add only the smaller capability that is needed");
        }
    }
}

/// Container runtimes read capabilities in any case, and some with their prefix.
fn is(written: &str, name: &str) -> bool {
    let prefix = written.get(..4).filter(|prefix| prefix.eq_ignore_ascii_case("CAP_"));
    let bare = written.get(prefix.map_or(0, str::len)..).unwrap_or_default();
    bare.eq_ignore_ascii_case(name)
}

//! RJ624 `unusable-handler`.

use crate::document::{Field, Integer, List, Object, Text};
use crate::kubernetes_names::is_port_name;
use crate::rules::prelude::*;

rule! {
    /// A probe or lifecycle hook says nothing to do, two things, or something impossible.
    ///
    /// ## Why
    /// A handler is one of `exec`, `httpGet`, `tcpSocket` and, for probes, `grpc`. The pod is refused each time KubeRay
    /// creates it, and the job waits for it while the rest of its cluster holds its nodes.
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
    ///             livenessProbe: {periodSeconds: 5}
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
    ///             readinessProbe: {exec: {command: [ls]}, tcpSocket: {port: 80}}
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
    ///             livenessProbe: {tcpSocket: {port: "80"}}
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
    ///             lifecycle: {preStop: {exec: {command: []}}}
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
    ///             livenessProbe: {exec: {command: [ray, health-check]}}
    ///             lifecycle: {preStop: {exec: {command: [ray, stop]}}}
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `validateHandler`
    "RJ624" "unusable-handler" Deny since "0.1.0" because
        KubernetesRefuses "`must specify a handler type`, `may not specify more than 1 handler type`, `spec.containers[0].livenessProbe.exec.command: Required value`, when the pod is created",
}

const PROBES: [&str; 4] = ["exec", "grpc", "httpGet", "tcpSocket"];
/// Kubernetes from v1.29 on knows `sleep`, too.
const HOOKS: [&str; 4] = ["exec", "httpGet", "sleep", "tcpSocket"];

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for (pod, container) in job.made_containers() {
        if !container.may_have_probes() {
            continue;
        }
        let mut report = |field: Field<'a>, message: &'static str, help: &'static str| {
            findings.report(field, message).because_of_all(pod.used_because_of()).help(help);
        };
        let probes = container.probes().map(|probe| (probe, &PROBES));
        let hooks = container.spec.lifecycle.present_object().into_iter().flat_map(Field::children);
        let hooks = hooks.filter(|hook| matches!(hook.key(), "postStart" | "preStop"));
        let hooks = hooks.filter_map(Field::present_object).map(|hook| (hook, &HOOKS));
        for (object, known) in probes.chain(hooks) {
            let handlers = object.children().filter(|child| known.contains(&child.key()));
            let handlers: Vec<_> = handlers.filter_map(Field::present_object).collect();
            match handlers.as_slice() {
                [] => report(object.any(), "there is nothing to do", "write exec, httpGet or tcpSocket"),
                [handler] => judge(*handler, &mut report),
                // A Kubernetes that does not know `sleep` sees one handler less.
                several if several.iter().any(|handler| handler.key() == "sleep") => {}
                _ => report(
                    object.any(),
                    "there are several things to do",
                    "keep one of exec, httpGet and tcpSocket",
                ),
            }
        }
    }
}

fn judge<'a>(handler: Field<'a, Object>, report: &mut impl FnMut(Field<'a>, &'static str, &'static str)) {
    let port = handler.child::<Text>("port");
    match handler.key() {
        "exec" => {
            let command = handler.child::<List>("command");
            if command.is_absent_or_empty() {
                report(command.any(), "there is no command to run", "list the command and its arguments");
            }
        }
        "httpGet" => {
            let scheme = handler.child::<Text>("scheme");
            if scheme.non_empty().is_some_and(|scheme| !matches!(scheme, "HTTP" | "HTTPS")) {
                report(scheme.any(), "Kubernetes knows no such scheme", "write HTTP or HTTPS");
            }
            for name in
                handler.child::<List>("httpHeaders").objects().map(|header| header.child::<Text>("name"))
            {
                let text = name.value().unwrap_or_default();
                if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
                    report(name.any(), "no header can have this name", "use letters, digits and hyphens");
                }
            }
            judge_port(port, report);
        }
        "tcpSocket" | "grpc" => judge_port(port, report),
        _ => {}
    }
}

/// A number, or the name of a port.
fn judge_port<'a>(port: Field<'a, Text>, report: &mut impl FnMut(Field<'a>, &'static str, &'static str)) {
    let number = port.cast::<Integer>().value();
    let is_unusable = match (port.value(), number) {
        (Some(name), _) => !is_port_name(name),
        (None, Some(number)) => !(1..=65535).contains(&number),
        (None, None) => !port.is_present(),
    };
    if is_unusable {
        let message = "the port is neither a number between 1 and 65535 nor the name of a port";
        report(port.any(), message, "write the number without quotes, or the name of a port");
    }
}

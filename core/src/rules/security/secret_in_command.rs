//! RJ503 `secret-in-command`.

use crate::document::{Field, List, Object, Text};
use crate::rayjob::{Cluster, Container};
use crate::rules::prelude::*;
use crate::secrets::{secret_in, secret_in_command, secret_of};

rule! {
    /// The entrypoint, a container's command, or a header that its probes send, holds a password, key or token as text.
    ///
    /// ## Why
    /// Whoever may read RayJobs or pods reads it. Ray's dashboard shows the entrypoint of each job, `ps` shows the command
    /// to everybody on the node, and both stand in logs. The shell that runs the entrypoint sees the variables of its
    /// container, so that a command can name one instead.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   entrypoint: python load.py --password hunter2
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           initContainers:
    ///           - name: fetch
    ///             image: alpine/git:2.47.2
    ///             args: [clone, "https://me:hunter2@git.example/code.git", /code]
    ///           containers: [{name: ray-head, image: rayproject/ray:2.52.0}]
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
    ///             livenessProbe: {httpGet: {port: 8080, httpHeaders: [{name: X-Api-Key, value: 7Yk2pQ9vLm4XsWd8}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypoint: python load.py --password-file /etc/db/password
    /// ```
    "RJ503" "secret-in-command" Warn since "0.1.0" because
        Security "a command is in the RayJob, in the pod, in Ray's dashboard and in the list of processes",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let entrypoint = job.spec.entrypoint;
    if let Some((place, what)) = secret_in_command(entrypoint.value().map(|text| (entrypoint, text))) {
        report(place, "the entrypoint", what, findings);
    }
    let cluster = job.cluster();
    for group in cluster.into_iter().flat_map(Cluster::groups) {
        for parameter in
            group.spec.ray_start_params.each().filter(|parameter| parameter.key() != "redis-password")
        {
            let parameter: Field<'a, Text> = parameter.cast();
            if let Some(what) = parameter.value().and_then(secret_in) {
                report(parameter, "a parameter of `ray start`", what, findings);
            }
        }
    }
    let templates = cluster.into_iter().flat_map(|cluster| cluster.groups().map(|group| &group.template));
    for template in templates.chain(job.submitter()) {
        let containers = template.containers.iter().chain(&template.init_containers);
        containers.for_each(|container| check_container(container, findings));
    }
    cluster.and_then(|cluster| cluster.autoscaler.as_ref()).into_iter().for_each(|container| {
        check_container(container, findings);
    });
}

fn check_container<'a>(container: &Container<'a>, findings: &mut Findings<'_, 'a>) {
    // The arguments go on where the command ends.
    let parts = container.command.each().chain(container.args.each());
    check_parts(parts, "the command of a container", findings);
    let hook = |name| container.lifecycle.child::<Object>(name);
    let probes = [container.liveness_probe, container.readiness_probe, container.startup_probe];
    for handler in [hook("postStart"), hook("preStop")].into_iter().chain(probes) {
        let command: Field<'a, List> = handler.child::<Object>("exec").child("command");
        check_parts(command.each(), "the command of a hook or probe", findings);
        let headers: Field<'a, List> = handler.child::<Object>("httpGet").child("httpHeaders");
        headers.objects().for_each(|header| check_header(header, findings));
    }
}

fn check_header<'a>(header: Field<'a, Object>, findings: &mut Findings<'_, 'a>) {
    let (name, value) = (header.child::<Text>("name"), header.child::<Text>("value"));
    let Some(text) = value.value() else { return };
    let of_name = secret_of(name.value().unwrap_or_default(), text);
    let of_word = || secret_in_command([((), text)]).map(|((), what)| what);
    if let Some(what) = of_name.or_else(of_word) {
        findings
            .report(value, format!("a header of a hook or probe holds {what} that everybody can read who may read the job"))
            .because_of(name)
            .help("let the probe ask a path that needs no secret, or run a command that reads it from a variable");
    }
}

fn check_parts<'a>(parts: impl Iterator<Item = Field<'a>>, subject: &str, findings: &mut Findings<'_, 'a>) {
    let parts = parts.map(Field::cast::<Text>).filter_map(|part| Some((part, part.value()?)));
    if let Some((place, what)) = secret_in_command(parts) {
        report(place, subject, what, findings);
    }
}

fn report<'a>(place: Field<'a, Text>, subject: &str, what: &str, findings: &mut Findings<'_, 'a>) {
    findings
        .report(place, format!("{subject} holds {what} that everybody can read who may read the job"))
        .help("put it into a Secret, give it to the container as a variable or a file, and name that here");
}

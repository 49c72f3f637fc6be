//! RJ501 `secret-in-environment`.

use crate::quoted::QuotedName;
use crate::rayjob::{EnvVar, PodTemplate, env_vars};
use crate::rules::prelude::*;
use crate::secrets::secret_of;

rule! {
    /// A container's environment variable holds a password, key or token as text.
    ///
    /// ## Why
    /// Whoever may read RayJobs, RayClusters, pods or their events reads it: `kubectl get rayjob -o yaml`, the annotation
    /// of the last `kubectl apply`, backups of the cluster, the repository that the file came from. It is known by its
    /// shape (tokens of GitHub, Hugging Face, AWS and others, passwords in addresses), or by a name such as `DB_PASSWORD`.
    /// A secret that was once there is best replaced by a new one.
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
    ///             env: [{name: DB_PASSWORD, value: hunter2}]
    /// ```
    /// ```yaml bad
    /// spec:
    ///   submitterPodTemplate:
    ///     spec:
    ///       restartPolicy: Never
    ///       containers:
    ///       - name: submitter
    ///         image: rayproject/ray:2.52.0
    ///         env: [{name: DATABASE, value: "postgresql://app:hunter2@db.example/app"}]
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
    ///             env:
    ///             - name: DB_PASSWORD
    ///               valueFrom: {secretKeyRef: {name: db, key: password}}
    ///             - {name: DATABASE, value: "postgresql://app:$(DB_PASSWORD)@db.example/app"}
    /// ```
    ///
    /// ## References
    /// - [Kubernetes: good practices for Secrets](https://kubernetes.io/docs/concepts/security/secrets-good-practices/)
    "RJ501" "secret-in-environment" Warn since "0.1.0" because
        Security "a variable's text is in the RayJob, the RayCluster and each pod, for all who may read one of them",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let cluster = job.cluster();
    let templates = cluster.into_iter().flat_map(|cluster| cluster.groups().map(|group| &group.template));
    templates.chain(job.submitter()).for_each(|template| check_template(template, findings));
    let Some(cluster) = cluster else { return };
    cluster.autoscaler.iter().for_each(|container| check_all(env_vars(container.env), findings));
    if let Some(collector) = cluster.collector_options() {
        check_all(env_vars(collector.env), findings);
    }
}

fn check_template<'a>(template: &PodTemplate<'a>, findings: &mut Findings<'_, 'a>) {
    for container in template.containers.iter().chain(&template.init_containers) {
        check_all(env_vars(container.env), findings);
    }
}

fn check_all<'a>(variables: impl Iterator<Item = EnvVar<'a>>, findings: &mut Findings<'_, 'a>) {
    for variable in variables {
        let Some(value) = variable.value.non_empty() else { continue };
        let name = variable.name.value().unwrap_or_default();
        if let Some(what) = secret_of(name, value) {
            findings
                .report(
                    variable.value,
                    format!(
                        "the variable {} holds {what} that everybody can read who may read the job",
                        QuotedName(name)
                    ),
                )
                .because_of(variable.name)
                .help("put it into a Secret and write valueFrom.secretKeyRef instead of value");
        }
    }
}

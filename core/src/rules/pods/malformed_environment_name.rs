//! RJ619 `malformed-environment-name`.

use crate::document::Text;
use crate::kubernetes_names::is_relaxed_env_var_name;
use crate::rules::prelude::*;

rule! {
    /// An environment variable has no name, or one that no Kubernetes takes.
    ///
    /// ## Why
    /// A name is of printable ASCII characters and has no =. Kubernetes before 1.32 takes only letters, digits, _, - and .
    /// in it. The pod is refused each time KubeRay creates it, and the job waits for it while the rest of its cluster
    /// holds its nodes.
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
    ///             env: [{name: A=B, value: c}]
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
    ///             env: [{name: Größe, value: c}]
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
    ///             env: [{name: OMP_NUM_THREADS, value: "4"}]
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `ValidateEnv`, `ValidateEnvFrom`
    "RJ619" "malformed-environment-name" Deny since "0.1.0" because
        KubernetesRefuses "`a valid environment variable name must consist only of printable ASCII characters other than '='`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for (pod, container) in job.made_containers() {
        let prefixes = container.spec.env_from.objects().map(|source| source.child::<Text>("prefix"));
        // Without a prefix, the names are those of the keys.
        let prefixes = prefixes.filter(|prefix| prefix.non_empty().is_some());
        for name in container.env().map(|variable| variable.name).chain(prefixes) {
            let text = name.value().unwrap_or_default();
            if is_relaxed_env_var_name(text) {
                continue;
            }
            let (message, reason) = match text {
                "" => ("an environment variable has no name", Reason::Required),
                _ => (
                    "the name holds a character that no environment variable can have in its name",
                    Reason::Invalid,
                ),
            };
            findings
                .report(name, message)
                .reason(reason)
                .because_of_all(pod.used_because_of())
                .help("write letters, digits and underscores, with no digit first");
        }
    }
}

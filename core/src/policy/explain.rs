//! What a policy asks and what it sees, in words: `raygate policy explain` prints it.

use serde_json::Value;

use super::Policy;
use super::expressions::{Failure, one_line};
use super::selector::{Answer, NamespaceLabels, Request, Selector};
use crate::document::{Field, Text};
use crate::rayjob::{RayJob, SubmissionMode};

/// One condition of a policy on a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Where it stands in the policy, for example `match.namespaces`.
    pub field: String,
    /// What is asked, as it was written.
    pub asks: String,
    /// What is there.
    pub sees: String,
    /// Whether it holds; nothing when it depends on the labels of a namespace that nobody knows.
    pub holds: Option<bool>,
}

/// Something that a policy requires or limits, beside what the job has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Where it stands in the policy, for example `limits.activeDeadlineSeconds`.
    pub field: String,
    /// What is asked, as it was written.
    pub asks: String,
    /// What the job has.
    pub sees: String,
}

/// An expression of a policy, and what it says of the job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Where it stands in the policy, for example `validations[0]`.
    pub field: String,
    /// The expression, on one line.
    pub expression: String,
    /// Whether it is true, or why nobody can tell.
    pub answer: Result<bool, Failure>,
}

impl Policy {
    /// Its conditions on a request, in the order of their fields.
    pub fn conditions(&self, request: &Request<'_>, job: &RayJob<'_>) -> Vec<Condition> {
        let (matches, exclude) = (written(&self.spec.matches), written(&self.spec.exclude));
        let mut conditions = Vec::new();
        for (part, selector, written) in
            [("match", &self.matches, &matches), ("exclude", &self.exclude, &exclude)]
        {
            conditions.extend(of(selector, request, job).into_iter().map(|(key, answer)| Condition {
                field: format!("{part}.{key}"),
                asks: in_words(&written[key]),
                sees: seen_by_condition(key, request, job),
                holds: match answer {
                    Answer::Yes => Some(true),
                    Answer::No => Some(false),
                    Answer::Unknown => None,
                },
            }));
        }
        conditions
    }

    /// What it requires and limits, beside what the job has, in the order of the fields' names.
    pub fn demands(&self, job: &RayJob<'_>) -> Vec<Seen> {
        let mut seen = Vec::new();
        for (part, written) in
            [("require", written(&self.spec.require)), ("limits", written(&self.spec.limits))]
        {
            for (key, asked) in written.as_object().into_iter().flatten() {
                match (key.as_str(), asked) {
                    ("labels" | "annotations", Value::Object(patterns)) => {
                        seen.extend(patterns.iter().map(|(name, pattern)| Seen {
                            field: format!("{part}.{key}[{name}]"),
                            asks: in_words(pattern),
                            sees: label(job, key, name),
                        }));
                    }
                    _ => seen.extend(seen_by_demand(key, job).map(|sees| Seen {
                        field: format!("{part}.{key}"),
                        asks: in_words(asked),
                        sees,
                    })),
                }
            }
        }
        seen
    }

    /// What its expressions say of the job as it is to be stored, in their order.
    pub fn answers<'j>(
        &self,
        request: &Request<'_>,
        job: &RayJob<'j>,
        old: Option<&RayJob<'j>>,
    ) -> Vec<Answered> {
        let mut answers = Vec::new();
        self.judge_each(request, job, old, |expression, answer| {
            let written = self.spec.validations.get(expression.index);
            answers.push(Answered {
                field: format!("validations[{}]", expression.index),
                expression: one_line(written.map_or("", |written| &written.expression)),
                answer,
            });
        });
        answers
    }
}

/// A label or an annotation of the job.
fn label(job: &RayJob<'_>, map: &str, key: &str) -> String {
    let metadata = &job.metadata;
    let map = if map == "labels" { metadata.labels } else { metadata.annotations };
    let entry = map.entries().find(|entry| entry.key() == key);
    entry.map_or_else(|| "not set".to_owned(), |entry| text_or(entry, "not set"))
}

fn of(selector: &Selector, request: &Request<'_>, job: &RayJob<'_>) -> Vec<(&'static str, Answer)> {
    let conditions = selector.conditions(request, job).into_iter();
    conditions.filter_map(|(key, answer)| Some((key, answer?))).collect()
}

/// A part of a policy as it was written; what says nothing is left out.
fn written(part: &impl serde::Serialize) -> Value {
    serde_json::to_value(part).unwrap_or_default()
}

/// A value as people write it on one line.
fn in_words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(in_words).collect::<Vec<_>>().join(", "),
        Value::Object(entries) => {
            let entry = |(key, value): (&String, &Value)| format!("{key}: {}", in_words(value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

fn seen_by_condition(key: &str, request: &Request<'_>, job: &RayJob<'_>) -> String {
    match key {
        "namespaces" => or_none(request.namespace),
        "names" => {
            let name = job.metadata.name.non_empty().or_else(|| job.metadata.generate_name.non_empty());
            or_none(name.unwrap_or_default())
        }
        "objectSelector" => {
            let labels = job.metadata.labels.entries();
            let label = |label: Field<'_>| {
                format!("{}={}", label.key(), label.cast::<Text>().value().unwrap_or_default())
            };
            or_none(&labels.map(label).collect::<Vec<_>>().join(", "))
        }
        "namespaceSelector" => match request.namespace_labels {
            NamespaceLabels::Known(labels) => {
                let labels = labels.iter().map(|(key, value)| format!("{key}={value}"));
                or_none(&labels.collect::<Vec<_>>().join(", "))
            }
            NamespaceLabels::Unknown => "unknown".to_owned(),
        },
        _ => {
            let groups = request.groups.iter().map(|group| format!(", group {group}"));
            format!("user {}{}", or_none(request.user), groups.collect::<String>())
        }
    }
}

fn or_none(text: &str) -> String {
    if text.is_empty() { "none".to_owned() } else { text.to_owned() }
}

/// What a job has of that which a demand is about; nothing for what only the rules count.
fn seen_by_demand(key: &str, job: &RayJob<'_>) -> Option<String> {
    let (spec, cluster) = (&job.spec, job.cluster());
    Some(match key {
        "ttlSecondsAfterFinished"
        | "activeDeadlineSeconds"
        | "preRunningDeadlineSeconds"
        | "backoffLimit"
        | "shutdownAfterJobFinishes" => {
            match spec.object.children().find(|child| child.key() == key && child.is_present()) {
                Some(field) => serde_json::to_string(&field).unwrap_or_default(),
                None => "not set".to_owned(),
            }
        }
        "submissionModes" => match job.submission_mode() {
            SubmissionMode::Unknown(mode) => mode.to_owned(),
            known => format!("{known:?}"),
        },
        "queueName" => text_or(job.metadata.labels.get("kueue.x-k8s.io/queue-name").any(), "not set"),
        "rayVersion" => text_or(cluster?.spec.ray_version.any(), "not set"),
        "clusterSelector" => in_use(job.selects_cluster()),
        "autoscaling" => in_use(cluster?.spec.enable_in_tree_autoscaling.is_true()),
        "ingress" => in_use(cluster?.head.spec.enable_ingress.is_true()),
        "serviceTypes" => text_or(cluster?.head.spec.service_type.any(), "ClusterIP"),
        "images" => listed(job.made_containers().map(|(_, container)| container.spec.image), "none"),
        "serviceAccounts" => {
            listed(job.made_pods().map(|pod| pod.template.spec.service_account_name), "default")
        }
        "priorityClasses" => listed(job.made_pods().map(|pod| pod.template.spec.priority_class_name), "none"),
        _ => return None,
    })
}

fn in_use(is_used: bool) -> String {
    if is_used { "used" } else { "not used" }.to_owned()
}

fn text_or(field: Field<'_>, absent: &str) -> String {
    match field.shape() {
        None => absent.to_owned(),
        Some(_) => field.cast::<Text>().value().map_or_else(|| "no text".to_owned(), ToOwned::to_owned),
    }
}

/// Several texts, each once.
fn listed<'a>(fields: impl Iterator<Item = Field<'a, Text>>, absent: &str) -> String {
    let mut texts: Vec<_> = fields.map(|field| text_or(field.any(), absent)).collect();
    texts.sort();
    texts.dedup();
    or_none(&texts.join(", "))
}

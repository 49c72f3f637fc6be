//! Jobs that are not written as such: the template in a RayCronJob, and a job without the namespace it will be in.

use std::borrow::Cow;

use raygate_core::exemptions;
use raygate_core::yaml::{Entry, Node, Position, Value};

/// Where a RayCronJob's spec has the spec of its jobs (KubeRay v1.6 and v1.7).
pub(super) const KEY: &str = "jobTemplate";

/// A job as KubeRay makes it of a RayCronJob: its name is that of the RayCronJob and five characters (KubeRay v1.6
/// `constructRayJob`). Nothing when there is no template.
pub(super) fn job_of<'a>(cron: &Node<'a>) -> Option<Node<'a>> {
    let spec = cron.value.get("spec")?.value.get(KEY)?.clone();
    let metadata = cron.value.get("metadata");
    let mut made = Vec::new();
    if let Some(metadata) = metadata {
        if let Some(name) = metadata.value.get("name").and_then(text) {
            let stem = Value::String(Cow::Owned(format!("{name}-")));
            made.push(entry("generateName", Node { value: stem, position: metadata.position }));
        }
        made.extend(metadata.value.get("namespace").map(|namespace| entry("namespace", namespace.clone())));
        // The annotations of a RayCronJob are not its jobs', but this one is for whoever checks it.
        let ignore = metadata
            .value
            .get("annotations")
            .and_then(|annotations| annotations.value.get(exemptions::ANNOTATION));
        made.extend(ignore.map(|names| {
            let annotations = Value::Mapping(vec![entry(exemptions::ANNOTATION, names.clone())]);
            entry("annotations", Node { value: annotations, position: names.position })
        }));
    }
    let position = metadata.map_or(cron.position, |metadata| metadata.position);
    let entries =
        vec![entry("metadata", Node { value: Value::Mapping(made), position }), entry("spec", spec)];
    Some(Node { value: Value::Mapping(entries), position: cron.position })
}

/// The object in that namespace, if it names none itself.
pub(super) fn in_namespace<'n, 'a>(node: &'n Node<'a>, namespace: Option<&'a str>) -> Cow<'n, Node<'a>> {
    let Some(namespace) = namespace else { return Cow::Borrowed(node) };
    let names_one = node.value.get("metadata").and_then(|metadata| metadata.value.get("namespace"));
    if names_one.and_then(text).is_some_and(|name| !name.is_empty()) {
        return Cow::Borrowed(node);
    }
    let mut node = node.clone();
    if let Value::Mapping(entries) = &mut node.value
        && let Some(metadata) = entries.iter_mut().find(|entry| entry.key == "metadata")
    {
        let position = metadata.value.position;
        if let Value::Mapping(metadata) = &mut metadata.value.value {
            metadata.retain(|entry| entry.key != "namespace");
            metadata.push(entry("namespace", Node { value: Value::String(namespace.into()), position }));
        }
    }
    Cow::Owned(node)
}

fn text<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    match &node.value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

fn entry<'a>(key: &'a str, value: Node<'a>) -> Entry<'a> {
    Entry { key: Cow::Borrowed(key), key_position: Position::START, value }
}

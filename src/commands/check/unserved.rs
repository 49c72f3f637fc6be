//! A RayJob or RayCronJob that no cluster with this KubeRay would take as one: `judge` passes over other kinds, but never over
//! what is meant as a job.

use raygate_core::go_types::ApiVersion;
use raygate_core::kuberay::KubeRayVersion;
use raygate_core::yaml::Position;

use crate::manifests::Object;

/// The kinds that have rules, as they are spelt.
const JUDGED: [&str; 2] = ["RayJob", "RayCronJob"];

/// Where to look and what to write instead, for an object that KubeRay of this version brings no schema for.
pub(super) fn reason(object: &Object<'_>, version: KubeRayVersion) -> Option<(Position, String)> {
    let kind = JUDGED.into_iter().find(|kind| kind.eq_ignore_ascii_case(object.kind))?;
    // Without a slash there is no group: `v1` is Kubernetes' own, and has no such kinds.
    let group = object.api_version.split_once('/').map(|(group, _)| group);
    if group.is_some_and(|group| group != "ray.io") {
        return None;
    }
    let newest = ApiVersion::V1.as_str();
    let (field, message) = if kind != object.kind {
        (
            "kind",
            format!(
                "the cluster knows no such kind: letters count as they are written; write `kind: {kind}`"
            ),
        )
    } else if object.api_version == newest {
        ("kind", format!("KubeRay {version} has no {kind}, so this cannot be judged; a newer one has"))
    } else {
        (
            "apiVersion",
            format!(
                "KubeRay {version} has no {kind} of this version, so this cannot be judged; write `apiVersion: {newest}`"
            ),
        )
    };
    // An item of a list may have both from the list.
    let written = object.node.value.get(field).unwrap_or(object.node);
    Some((written.position, message))
}

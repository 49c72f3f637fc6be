//! The policies that are stored in the cluster, as they are written: whoever compiles them gets all after each change.

use kube::api::{ApiResource, DynamicObject, GroupVersionKind};
use kube::runtime::watcher;
use kube::{Api, ResourceExt};
use serde_json::Value;

use super::Cluster;
use super::watch::{Collection, Seen, drive};

/// A `RayJobPolicy` of the cluster.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoredPolicy {
    /// What tells it from another of the same name that came later.
    pub uid: String,
    /// Counts the changes of its spec.
    pub generation: i64,
    /// Its spec, which may be anything: another version of Raygate may have let it in.
    pub spec: Value,
    /// What its status says.
    pub status: Value,
}

impl StoredPolicy {
    fn of(mut object: DynamicObject) -> Self {
        Self {
            uid: object.uid().unwrap_or_default(),
            generation: object.metadata.generation.unwrap_or_default(),
            spec: object.data["spec"].take(),
            status: object.data["status"].take(),
        }
    }

    /// The spec that was accepted last, and its generation.
    pub fn last_accepted(&self) -> Option<(i64, &Value)> {
        let accepted = self.status.get("lastAccepted")?;
        Some((accepted["generation"].as_i64()?, accepted.get("spec")?))
    }
}

/// The kind of policies.
pub(super) fn resource() -> ApiResource {
    let kind = GroupVersionKind::gvk("raygate.dev", "v1alpha1", "RayJobPolicy");
    ApiResource::from_gvk_with_plural(&kind, "rayjobpolicies")
}

impl Cluster {
    /// Tells all policies after each change, for ever.
    pub async fn watch_policies(self, mut tell: impl FnMut(Seen<'_, StoredPolicy>)) {
        let policies = Api::<DynamicObject>::all_with(self.client, &resource());
        let mut collection = Collection::new();
        let events = watcher(policies, watcher::Config::default());
        drive(events, |event| collection.take(event, StoredPolicy::of, &mut tell)).await;
    }
}

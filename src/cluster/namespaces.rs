//! The labels of all namespaces, which policies may select by: of each only its metadata is asked for.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::Namespace;
use kube::Api;
use kube::core::PartialObjectMeta;
use kube::runtime::watcher;

use super::Cluster;
use super::watch::{Collection, Seen, drive};

impl Cluster {
    /// Tells the labels of all namespaces after each change, for ever.
    pub async fn watch_namespaces(self, mut tell: impl FnMut(Seen<'_, BTreeMap<String, String>>)) {
        let namespaces = Api::<PartialObjectMeta<Namespace>>::all(self.client);
        let mut collection = Collection::new();
        let labels = |namespace: PartialObjectMeta<Namespace>| namespace.metadata.labels.unwrap_or_default();
        let events = watcher(namespaces, watcher::Config::default());
        drive(events, |event| collection.take(event, labels, &mut tell)).await;
    }
}

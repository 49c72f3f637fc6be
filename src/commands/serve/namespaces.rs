//! The labels of namespaces: `cluster` sees them, policies select by them, and no review waits for an answer about them.

use std::sync::Arc;

use arc_swap::ArcSwap;
use raygate_core::admission::{Configuration, Namespaces};

use crate::cluster::{Cluster, Seen};
use crate::server::Preparation;
use crate::telemetry::Telemetry;

/// Keeps the configuration up with the namespaces of the cluster, for ever.
pub(super) async fn follow(
    cluster: Cluster,
    configuration: Arc<ArcSwap<Configuration>>,
    preparation: Preparation,
    telemetry: Arc<Telemetry>,
) {
    let metrics = &telemetry.metrics.policies;
    let watching = cluster.watch_namespaces(|seen| {
        metrics.set_failing("namespaces", matches!(seen, Seen::Failed(_)));
        match seen {
            Seen::All(labels) => {
                metrics.namespaces.set(i64::try_from(labels.len()).unwrap_or(i64::MAX));
                let known: Namespaces = labels.clone().into_iter().collect();
                let known = Arc::new(known);
                configuration.rcu(|current| Configuration::clone(current).knowing(Arc::clone(&known)));
                preparation.finish();
            }
            Seen::Failed(failure) => {
                let error = failure.to_string();
                tracing::error!(
                    error,
                    "the namespaces cannot be followed: what was seen of their labels stays"
                );
            }
        }
    });
    watching.await;
}

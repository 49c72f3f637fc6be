//! What each replica says about itself, in a Lease of its own, and which replicas there are: the ready endpoints of their
//! Service.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use k8s_openapi::api::coordination::v1::Lease;
use k8s_openapi::api::discovery::v1::{Endpoint, EndpointSlice};
use k8s_openapi::jiff::Timestamp;
use kube::api::{DeleteParams, ListParams, Patch, PatchParams};
use kube::{Api, ResourceExt};
use serde_json::json;
use tokio::time::timeout;

use super::failure::Failure;
use super::{Cluster, policies};

/// Longer than this no answer is waited for.
const PATIENCE: Duration = Duration::from_secs(5);
/// Tells these Leases from others; its value is the Service.
const LABEL: &str = "raygate.dev/reports-for";
/// What a replica says.
const ANNOTATION: &str = "raygate.dev/policies";
/// Who writes the status of policies.
const WRITER: &str = "raygate-status";

/// The replicas behind one Service.
#[derive(Clone, Debug)]
pub struct Replicas {
    /// Their namespace.
    pub namespace: String,
    /// The name of the Service.
    pub service: String,
}

/// What a replica has said last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Its words.
    pub text: String,
    /// When it said so, by its own clock: another report has another time.
    pub time: String,
}

impl Cluster {
    /// Says something for a replica, so that others can read it.
    ///
    /// # Errors
    ///
    /// When the API server does not take it.
    pub async fn report(
        &self,
        replicas: &Replicas,
        replica: &str,
        text: &str,
        every: Duration,
    ) -> Result<(), Failure> {
        let name = lease_name(replica);
        // Microseconds, as the API server wants them.
        let time = format!("{:.6}", Timestamp::now());
        let lease = json!({
            "apiVersion": "coordination.k8s.io/v1",
            "kind": "Lease",
            "metadata": {
                "name": name,
                "labels": {(LABEL): replicas.service},
                "annotations": {(ANNOTATION): text},
            },
            "spec": {
                "holderIdentity": replica,
                "renewTime": time,
                "leaseDurationSeconds": every.as_secs().max(1),
            },
        });
        let leases = Api::<Lease>::namespaced(self.client.clone(), &replicas.namespace);
        let parameters = PatchParams::apply(replica).force();
        within(leases.patch(&name, &parameters, &Patch::Apply(lease))).await.map(drop)
    }

    /// Takes back what was said for a replica that ends.
    ///
    /// # Errors
    ///
    /// When the API server does not do it.
    pub async fn withdraw_report(&self, replicas: &Replicas, replica: &str) -> Result<(), Failure> {
        let leases = Api::<Lease>::namespaced(self.client.clone(), &replicas.namespace);
        within(leases.delete(&lease_name(replica), &DeleteParams::default())).await.map(drop)
    }

    /// What the replicas have said, by the names of the replicas; some of them may be gone.
    ///
    /// # Errors
    ///
    /// When the API server does not tell.
    pub async fn reports(&self, replicas: &Replicas) -> Result<BTreeMap<String, Report>, Failure> {
        let leases = Api::<Lease>::namespaced(self.client.clone(), &replicas.namespace);
        let of_service = ListParams::default().labels(&format!("{LABEL}={}", replicas.service));
        let leases = within(leases.list(&of_service)).await?;
        let report = |lease: Lease| {
            let text = lease.annotations().get(ANNOTATION)?.clone();
            let spec = lease.spec?;
            Some((spec.holder_identity?, Report { text, time: spec.renew_time?.0.to_string() }))
        };
        Ok(leases.into_iter().filter_map(report).collect())
    }

    /// The names of the replicas to which the Service leads.
    ///
    /// # Errors
    ///
    /// When the API server does not tell.
    pub async fn ready_replicas(&self, replicas: &Replicas) -> Result<BTreeSet<String>, Failure> {
        let slices = Api::<EndpointSlice>::namespaced(self.client.clone(), &replicas.namespace);
        let of_service =
            ListParams::default().labels(&format!("kubernetes.io/service-name={}", replicas.service));
        let slices = within(slices.list(&of_service)).await?;
        Ok(slices
            .into_iter()
            .flat_map(|slice| slice.endpoints)
            .filter_map(|endpoint| ready(&endpoint))
            .collect())
    }

    /// Writes the status of a policy.
    ///
    /// # Errors
    ///
    /// When the API server does not take it.
    pub async fn write_policy_status(&self, name: &str, status: &serde_json::Value) -> Result<(), Failure> {
        let api = Api::<kube::api::DynamicObject>::all_with(self.client.clone(), &policies::resource());
        let resource = policies::resource();
        let object = json!({
            "apiVersion": resource.api_version,
            "kind": resource.kind,
            "metadata": {"name": name},
            "status": status,
        });
        let parameters = PatchParams::apply(WRITER).force();
        within(api.patch_status(name, &parameters, &Patch::Apply(object))).await.map(drop)
    }
}

fn lease_name(replica: &str) -> String {
    format!("{replica}-policies")
}

/// The replica behind an endpoint that requests are sent to. One without a name is one all the same, of which nobody knows
/// what it serves.
fn ready(endpoint: &Endpoint) -> Option<String> {
    let is_ready = endpoint.conditions.as_ref().and_then(|conditions| conditions.ready).unwrap_or(true);
    let name = endpoint.target_ref.as_ref().and_then(|target| target.name.clone());
    is_ready.then(|| name.or_else(|| endpoint.addresses.first().cloned()).unwrap_or_default())
}

async fn within<T>(asking: impl Future<Output = Result<T, kube::Error>>) -> Result<T, Failure> {
    match timeout(PATIENCE, asking).await {
        Ok(answer) => answer.map_err(|error| Failure::of(&error)),
        Err(_) => Err(Failure::silence(PATIENCE)),
    }
}

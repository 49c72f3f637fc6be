//! What one pod takes, with what KubeRay adds to it, as Kubernetes counts it.

use super::{Amount, Resources};
use crate::document::{Field, Map, Object};
use crate::rayjob::{MadeContainer, MadePod, Place, ResourceRequirements, Role};

/// The limits of a container that KubeRay adds: CPU and memory.
struct Added(&'static str, &'static str);

/// Unless `autoscalerOptions.resources` is there (KubeRay v1.3 to v1.7 `BuildAutoscalerContainer`).
const AUTOSCALER: Added = Added("500m", "512Mi");
/// Unless `collectorOptions.resources` is there (KubeRay v1.7 `BuildCollectorContainer`).
const COLLECTOR: Added = Added("200m", "256Mi");
/// Without a template of the job's own (KubeRay v1.3 to v1.7 `GetDefaultSubmitterTemplate`).
const SUBMITTER: Added = Added("1", "1Gi");
/// The init container of workers, `wait-gcs-ready` (KubeRay v1.3 to v1.7 `DefaultWorkerPodTemplate`).
const WAIT_FOR_HEAD: Added = Added("200m", "256Mi");
/// The init container of a cluster with TLS, `wait-for-tls-ip-san` (KubeRay v1.7 `configureTLS`).
const WAIT_FOR_CERTIFICATE: Added = Added("50m", "64Mi");

impl Added {
    fn resources<'a>(&self) -> Resources<'a> {
        let mut resources = Resources::default();
        for (name, quantity) in [("cpu", self.0), ("memory", self.1)] {
            resources.set(name, Amount::of(quantity.parse().ok()));
        }
        resources
    }
}

/// What the submitter takes that KubeRay writes itself.
pub(super) fn submitter<'a>() -> Resources<'a> {
    SUBMITTER.resources()
}

/// What one pod takes. The submitter may be a sidecar of the head.
pub(super) fn resources<'a>(made: MadePod<'_, 'a>, has_submitter_sidecar: bool) -> Resources<'a> {
    // Like Kubernetes (v1.35 `AggregateContainerLimits`): what runs at the same time is added up, and an init container runs
    // beside those sidecars alone that stand before it.
    let mut running = Resources::default();
    let mut at_start = Resources::default();
    let mut sidecars = Resources::default();
    for container in made.containers() {
        let own = of_container(&container);
        match container.place {
            Place::InitContainer if container.restart_policy().value() == Some("Always") => {
                sidecars.add(&own);
                at_start.raise(&sidecars);
            }
            Place::InitContainer => {
                let mut with_sidecars = own;
                with_sidecars.add(&sidecars);
                at_start.raise(&with_sidecars);
            }
            Place::Container | Place::Autoscaler => running.add(&own),
        }
    }
    for added in containers_of_kuberay(made, has_submitter_sidecar) {
        running.add(&added);
    }
    for mut added in init_containers_of_kuberay(made) {
        added.add(&sidecars);
        at_start.raise(&added);
    }
    running.add(&sidecars);
    running.raise(&at_start);
    set_for_whole_pod(made, &mut running);
    running
}

/// The limit of each resource, or else its request.
fn of_container<'a>(container: &MadeContainer<'_, 'a>) -> Resources<'a> {
    match container.resources() {
        Some(requirements) => of_requirements(requirements),
        // KubeRay takes its own.
        None if container.place == Place::Autoscaler => AUTOSCALER.resources(),
        None => Resources::default(),
    }
}

fn of_requirements<'a>(requirements: &ResourceRequirements<'a>) -> Resources<'a> {
    let mut resources = Resources::default();
    for map in [requirements.requests, requirements.limits] {
        add_map(&mut resources, map);
    }
    resources
}

fn add_map<'a>(resources: &mut Resources<'a>, map: Field<'a, Map>) {
    for entry in map.each().filter(|entry| entry.is_present()) {
        resources.set(entry.key(), Amount::of(entry.quantity()));
    }
}

fn containers_of_kuberay<'a>(made: MadePod<'_, 'a>, has_submitter_sidecar: bool) -> Vec<Resources<'a>> {
    let mut added = Vec::new();
    let Some(cluster) = made.cluster() else { return added };
    if made.has_autoscaler() && cluster.autoscaler.is_none() {
        added.push(AUTOSCALER.resources());
    }
    if matches!(made.role, Role::Head(_)) && has_submitter_sidecar {
        added.push(SUBMITTER.resources());
    }
    let has_collector = cluster.spec.history_server_options.child::<Object>("collectorOptions").is_present();
    if let Some(collector) = cluster.collector_options().filter(|_| has_collector) {
        let own = collector.resources.present_object().map(ResourceRequirements::of);
        added.push(own.map_or_else(|| COLLECTOR.resources(), |own| of_requirements(&own)));
    }
    added
}

fn init_containers_of_kuberay<'a>(made: MadePod<'_, 'a>) -> Vec<Resources<'a>> {
    let Some(cluster) = made.cluster() else { return Vec::new() };
    let is_worker = matches!(made.role, Role::Worker(_));
    let wait_for_head = is_worker.then(|| WAIT_FOR_HEAD.resources());
    let wait_for_certificate = cluster.tls_enabled().is_true().then(|| WAIT_FOR_CERTIFICATE.resources());
    wait_for_head.into_iter().chain(wait_for_certificate).collect()
}

/// The pod's own resources stand in the place of those of its containers (Kubernetes v1.34 on).
fn set_for_whole_pod<'a>(made: MadePod<'_, 'a>, resources: &mut Resources<'a>) {
    let of_pod: Field<'a, Object> = made.template.spec.object.child("resources");
    if let Some(requirements) = of_pod.present_object().map(ResourceRequirements::of) {
        for map in [requirements.requests, requirements.limits] {
            add_map(resources, map);
        }
    }
}

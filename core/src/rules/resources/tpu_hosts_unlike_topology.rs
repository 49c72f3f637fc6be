//! RJ408 `tpu-hosts-unlike-topology`.

use crate::document::Field;
use crate::kubernetes_resources;
use crate::quantity::Quantity;
use crate::rayjob::{GroupSpec, ResourceRequirements};
use crate::rules::prelude::*;

/// The node selector of Google Kubernetes Engine with the shape of a slice.
const TOPOLOGY: &str = "cloud.google.com/gke-tpu-topology";

rule! {
    /// `numOfHosts` times the TPU chips of a worker are not the chips of the slice.
    ///
    /// ## Why
    /// The hosts of a TPU slice work together: a replica is a slice, `numOfHosts` its hosts, and `google.com/tpu` the chips of one.
    /// The node selector `cloud.google.com/gke-tpu-topology` says how many chips the slice has: 16 for `4x4`. With fewer hosts, those
    /// that start wait for the others; with more, there is no room for them.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: tpu
    ///       replicas: 1
    ///       minReplicas: 0
    ///       maxReplicas: 1
    ///       numOfHosts: 1
    ///       template:
    ///         spec:
    ///           nodeSelector:
    ///             cloud.google.com/gke-tpu-accelerator: tpu-v6e-slice
    ///             cloud.google.com/gke-tpu-topology: 4x4
    ///           containers:
    ///           - name: ray-worker
    ///             image: rayproject/ray:2.56.0
    ///             resources: {limits: {cpu: 24, memory: 200Gi, google.com/tpu: 4}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: tpu
    ///       replicas: 1
    ///       minReplicas: 0
    ///       maxReplicas: 1
    ///       numOfHosts: 4
    ///       template:
    ///         spec:
    ///           nodeSelector:
    ///             cloud.google.com/gke-tpu-accelerator: tpu-v6e-slice
    ///             cloud.google.com/gke-tpu-topology: 4x4
    ///           containers:
    ///           - name: ray-worker
    ///             image: rayproject/ray:2.56.0
    ///             resources: {limits: {cpu: 24, memory: 200Gi, google.com/tpu: 4}}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `GetWorkerGroupDesiredReplicas`, samples `ray-job.tpu-v6e-*.yaml`
    /// - Ray 2.60 `_get_ray_resources_from_group_spec`: one `TPU-…-head` for each replica
    "RJ408" "tpu-hosts-unlike-topology" Warn since "0.1.0" because
        Ray "a replica is one slice for the autoscaler and for tasks that take a slice at once (Ray 2.40 to 2.60, KubeRay v1.3 to v1.7)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.own_cluster() else { return };
    for group in &cluster.workers {
        let topology = group.template.spec.node_selector.get(TOPOLOGY);
        let Some(chips) = topology.value().and_then(chips_of) else { continue };
        let Some(container) = group.template.ray_container() else { continue };
        let limit = ResourceRequirements::of(container.resources).limits.get("google.com/tpu").any();
        let hosts = hosts_of(&group.spec);
        // A part of a host is a slice of its own.
        if hosts == 1 && chips <= most_on_one_host(topology.value().unwrap_or_default()) {
            continue;
        }
        let Some(on_host) = whole(limit).filter(|chips| *chips > 0) else { continue };
        if hosts.saturating_mul(on_host) == chips {
            continue;
        }
        let name = group.name_for_people();
        findings
            .report(
                group.spec.num_of_hosts,
                format!("numOfHosts of {name} is {hosts} with {on_host} TPU chips on each, and its topology has {chips} chips: only a whole slice works"),
            )
            .because_of(topology)
            .because_of(limit)
            .because_of(job.spec.cluster_selector)
            .help(help(chips, on_host));
    }
}

fn help(chips: u64, on_host: u64) -> String {
    match (chips.checked_div(on_host), chips.checked_rem(on_host)) {
        (Some(hosts), Some(0)) => {
            format!("write numOfHosts: {hosts}, or another topology or number of chips")
        }
        _ => "write the topology, the chips of a host, and the hosts so that they fit".to_owned(),
    }
}

/// As many chips as a host has at most: 4 where slices have three dimensions (v4, v5p, v7), otherwise 8.
fn most_on_one_host(topology: &str) -> u64 {
    if topology.matches('x').count() > 1 { 4 } else { 8 }
}

/// The chips of a slice: `4x4` has 16.
fn chips_of(topology: &str) -> Option<u64> {
    let mut sides = topology.split('x').map(|side| side.parse::<u64>().ok());
    let chips = sides.try_fold(1_u64, |chips, side| chips.checked_mul(side?))?;
    (chips > 0 && topology.contains('x')).then_some(chips)
}

fn hosts_of(group: &GroupSpec<'_>) -> u64 {
    group.num_of_hosts.value().map_or(1, |hosts| u64::try_from(hosts).unwrap_or(0))
}

fn whole(limit: Field<'_>) -> Option<u64> {
    let quantity: Quantity = limit.quantity()?;
    kubernetes_resources::whole(&quantity).and_then(|number| u64::try_from(number).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topology_is_a_product() {
        for (topology, chips) in [
            ("4x4", Some(16)),
            ("2x2x4", Some(16)),
            ("16x16", Some(256)),
            ("4", None),
            ("4x", None),
            ("4X4", None),
            ("0x4", None),
            ("", None),
            ("99999999999x99999999999", None),
        ] {
            assert_eq!(chips_of(topology), chips, "{topology}");
        }
    }
}

//! RJ505 `exposed-dashboard`.

use crate::document::{Field, List, Map, Object, Text};
use crate::rayjob::{Cluster, Group};
use crate::rules::prelude::*;

rule! {
    /// The head's dashboard is made reachable from outside of the cluster, and nobody has to show a token.
    ///
    /// ## Why
    /// Whoever reaches the dashboard's port may submit jobs, and so run any program in the cluster with all that it has: data,
    /// secrets, GPUs. Ray does so by design (CVE-2023-48022, also called `ShadowRay`), and such clusters are searched for and taken over.
    /// `serviceType: LoadBalancer` or `NodePort` on the head and `enableIngress` open the port. Token authentication
    /// closes it (Ray 2.52 and KubeRay 1.5.1 or newer); `kubectl port-forward` needs none of them.
    ///
    /// The rule is silent where something else narrows the way: `loadBalancerSourceRanges`, a network policy for the head,
    /// an annotation that makes the load balancer internal or lets the ingress ask who it is.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec: {serviceType: LoadBalancer}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec: {enableIngress: true}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec: {headService: {spec: {type: NodePort}}}
    /// ```
    /// ```yaml bad
    /// metadata:
    ///   annotations: {example.com/author: somebody}
    /// spec:
    ///   rayClusterSpec:
    ///     headServiceAnnotations: {service.beta.kubernetes.io/aws-load-balancer-internal: "false"}
    ///     headGroupSpec: {serviceType: LoadBalancer, enableIngress: true}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     rayVersion: "2.56.0"
    ///     authOptions: {mode: token}
    ///     headGroupSpec: {serviceType: LoadBalancer, enableIngress: true}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       headService: {spec: {type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8]}}
    /// ```
    /// ```yaml good
    /// metadata:
    ///   annotations: {nginx.ingress.kubernetes.io/auth-url: "https://login.example/auth"}
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec: {enableIngress: true}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headServiceAnnotations: {networking.gke.io/load-balancer-type: Internal}
    ///     headGroupSpec: {serviceType: LoadBalancer}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec: {serviceType: ClusterIP, rayStartParams: {dashboard-host: 0.0.0.0}}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `BuildServiceForHeadPod`, `BuildIngressForHeadService`, `IsAuthEnabled`
    /// - [CVE-2023-48022](https://nvd.nist.gov/vuln/detail/CVE-2023-48022)
    "RJ505" "exposed-dashboard" Warn since "0.1.0"
        [reads metadata]
        because
        Security "whoever reaches the dashboard runs programs in the cluster (CVE-2023-48022; Ray asks for a token from 2.52 on, when told so)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.own_cluster() else { return };
    let (head, spec) = (&cluster.head, &cluster.head.spec);
    let service: Field<'a, Object> = spec.head_service.child("spec");
    let own_type: Field<'a, Text> = service.child("type");
    // The type of a service that the user brings along wins.
    let kind = if own_type.non_empty().is_some() { own_type } else { spec.service_type };
    let opens = |kind: &str| matches!(kind, "LoadBalancer" | "NodePort");
    let service = kind.non_empty().filter(|kind| opens(kind) && !is_narrowed(cluster, kind));
    let ingress = spec.enable_ingress.is_true() && !asks_at_the_door(job.metadata.annotations);
    if service.is_none() && !ingress || asks_for_a_token(cluster) || is_walled(cluster) {
        return;
    }
    let decides = [
        job.spec.cluster_selector.any(),
        cluster.spec.auth_options.any(),
        cluster.spec.network_policy.any(),
        head.template.spec.containers.any(),
    ];
    let help = "write authOptions.mode: token (Ray 2.52 or newer), or remove it and reach the dashboard with `kubectl port-forward`";
    if let Some(name) = service {
        findings
            .report(kind, format!("a {name} service lets everybody who reaches it run programs in the cluster, as Ray asks nobody who they are"))
            .because_of_all(decides)
            .because_of_all([spec.head_service.any(), cluster.spec.head_service_annotations.any()])
            .help(help);
    }
    if ingress {
        findings
            .report(spec.enable_ingress, "an ingress lets everybody who reaches it run programs in the cluster, as Ray asks nobody who they are")
            .because_of_all(decides)
            .because_of(job.metadata.annotations)
            .help(help);
    }
}

fn asks_for_a_token(cluster: &Cluster<'_>) -> bool {
    let by_option = cluster.auth_options().is_some_and(|options| options.mode.value() == Some("token"));
    by_option || sets_mode_itself(&cluster.head)
}

/// Whether the head's container has the variable by which Ray itself is told to ask, in whatever way.
fn sets_mode_itself(head: &Group<'_>) -> bool {
    let variable = head.template.ray_container().and_then(|container| container.env_var("RAY_AUTH_MODE"));
    variable.is_some_and(|variable| variable.value.value() != Some("disabled"))
}

/// Whether a network policy keeps callers from the head, but for those that it names.
fn is_walled(cluster: &Cluster<'_>) -> bool {
    cluster.network_policy().is_some_and(|policy| policy.mode.value() != Some("DenyAllEgress"))
}

/// Whether not everybody reaches the load balancer; a port of the nodes has no such settings.
fn is_narrowed(cluster: &Cluster<'_>, kind: &str) -> bool {
    let service = cluster.head.spec.head_service;
    let ranges: Field<'_, List> = service.child::<Object>("spec").child("loadBalancerSourceRanges");
    let own: Field<'_, Map> = service.child::<Object>("metadata").child("annotations");
    let is_inside = |annotations: Field<'_, Map>| {
        annotations.entries().any(|entry| {
            let value = entry.cast::<Text>().value().unwrap_or_default();
            let says = |word: &str| entry.key().contains(word) || value.eq_ignore_ascii_case(word);
            says("internal") && value != "false" || entry.key().contains("source-ranges")
        })
    };
    kind == "LoadBalancer"
        && (!ranges.is_absent_or_empty()
            || is_inside(own)
            || is_inside(cluster.spec.head_service_annotations))
}

/// Whether an annotation, all of which KubeRay gives to the ingress, makes its controller ask who or where somebody is.
fn asks_at_the_door(annotations: Field<'_, Map>) -> bool {
    annotations.entries().any(|entry| {
        let value = entry.cast::<Text>().value().unwrap_or_default();
        let Some((domain, name)) = entry.key().split_once('/') else { return false };
        let is_for_ingress =
            ["ingress", "traefik", "haproxy", "nginx", "konghq"].iter().any(|part| domain.contains(part));
        let asks = ["auth", "source-range", "middlewares", "plugins", "scheme"]
            .iter()
            .any(|part| name.contains(part));
        is_for_ingress && asks && !matches!(value, "" | "none" | "internet-facing")
    })
}

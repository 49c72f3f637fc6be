//! What stands around the Deployment: who may reach the pods, where they run, and how many there are.

use serde_json::json;

use crate::release::{certified, certified_and, notes, refusal, render, with};

#[test]
fn only_the_two_ports_are_open_and_the_api_server_may_come_from_anywhere() {
    let objects = render(&certified());
    let policy = &objects.get("NetworkPolicy").expect("a NetworkPolicy")["spec"];
    assert_eq!(policy["policyTypes"], json!(["Ingress", "Egress"]));
    let port = |name| json!({"ports": [{"protocol": "TCP", "port": name}]});
    assert_eq!(policy["ingress"], json!([port("webhook"), port("admin")]));
    assert_eq!(policy["egress"], json!([{"ports": [{"protocol": "TCP"}]}]));
}

#[test]
fn who_asks_the_api_server_nothing_is_let_out_nowhere() {
    let values = with(certified_and("kuberay.version", json!("1.6.0")), "watchPolicies", json!(false));
    let objects = render(&values);
    assert!(objects.get("NetworkPolicy").expect("a NetworkPolicy")["spec"].get("egress").is_none());
}

#[test]
fn on_the_nodes_network_there_is_no_policy_that_would_mean_nothing() {
    let values = with(certified_and("hostNetwork", json!(true)), "webhook", json!({"port": 9443}));
    assert!(render(&values).get("NetworkPolicy").is_none());
}

#[test]
fn pods_keep_apart_unless_told_otherwise() {
    let affinity = |value: &str| {
        let objects = render(&certified_and("podAntiAffinity", json!(value)));
        objects.pod()["affinity"]["podAntiAffinity"].clone()
    };
    let selector = &render(&certified()).deployment()["spec"]["selector"].clone();
    let apart = json!({"topologyKey": "kubernetes.io/hostname", "labelSelector": selector});
    let preferred = json!([{"weight": 100, "podAffinityTerm": apart}]);
    assert_eq!(affinity("preferred"), json!({"preferredDuringSchedulingIgnoredDuringExecution": preferred}));
    assert_eq!(affinity("required"), json!({"requiredDuringSchedulingIgnoredDuringExecution": [apart]}));
    assert!(affinity("none").is_null());
}

#[test]
fn an_affinity_of_ones_own_is_kept_and_only_completed() {
    let own = json!({"nodeAffinity": {"a": "b"}});
    let objects = render(&certified_and("affinity", own));
    let affinity = &objects.pod()["affinity"];
    assert_eq!(affinity["nodeAffinity"], json!({"a": "b"}));
    assert!(affinity["podAntiAffinity"].is_object());
    let own = json!({"podAntiAffinity": {"a": "b"}});
    assert_eq!(render(&certified_and("affinity", own.clone())).pod()["affinity"], own);
}

#[test]
fn an_autoscaler_alone_says_how_many_pods_there_are() {
    let values = with(certified_and("autoscaling.enabled", json!(true)), "replicas", json!(1));
    let objects = render(&values);
    assert!(objects.deployment()["spec"].get("replicas").is_none());
    let target = &objects.get("HorizontalPodAutoscaler").expect("an autoscaler")["spec"]["scaleTargetRef"];
    assert_eq!(target["name"], objects.deployment()["metadata"]["name"]);
    assert!(objects.get("PodDisruptionBudget").is_some());
    assert!(!notes(&values).contains("WARNING"));
    let single = with(values, "autoscaling.minReplicas", json!(1));
    assert!(render(&single).get("PodDisruptionBudget").is_none());
    assert!(notes(&single).contains("autoscaling.minReplicas=1"));
    let message = refusal(&with(single, "autoscaling.maxReplicas", json!(0)));
    assert!(message.contains("/autoscaling/maxReplicas"), "{message}");
    let more = with(certified_and("autoscaling.enabled", json!(true)), "autoscaling.minReplicas", json!(9));
    assert!(refusal(&more).contains("autoscaling.minReplicas (9) is more than autoscaling.maxReplicas (5)"));
}

#[test]
fn the_quota_speaks_of_the_critical_class_alone() {
    let objects = render(&certified());
    assert_eq!(objects.pod()["priorityClassName"], "system-cluster-critical");
    let scope = &objects.get("ResourceQuota").expect("a quota")["spec"]["scopeSelector"];
    assert_eq!(
        scope["matchExpressions"],
        json!([{"scopeName": "PriorityClass", "operator": "In", "values": ["system-cluster-critical"]}])
    );
    assert!(render(&certified_and("priorityClassName", json!("ours"))).get("ResourceQuota").is_none());
}

#[test]
fn the_metrics_have_a_port_of_the_service_that_leads_to_the_admin_port() {
    let objects = render(&certified());
    let service = objects.get("Service").expect("a Service");
    assert_eq!(service["spec"]["ports"][1]["targetPort"], "admin");
    let message = refusal(&certified_and("metrics.port", json!(443)));
    assert!(message.contains("service.port and metrics.port are both 443"), "{message}");
}

#[test]
fn more_objects_may_be_maps_or_templates() {
    let template = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: '{{ .Release.Name }}-text'}";
    let map =
        json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "{{ .Release.Name }}-map"}});
    let objects = render(&certified_and("extraObjects", json!([template, map])));
    objects.named("ConfigMap", "raygate-text");
    objects.named("ConfigMap", "raygate-map");
}

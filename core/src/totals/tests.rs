//! Jobs and what they take.

use super::*;
use crate::document::Document;

/// A head with 1 CPU and 2Gi, and no submitter.
const HEAD: &str = r#""headGroupSpec":{"template":{"spec":{"containers":[
    {"name":"ray-head","resources":{"limits":{"cpu":1,"memory":"2Gi"}}}]}}}"#;
/// The container of a worker with 4 CPUs and 2 GPUs.
const WORKER: &str = r#""template":{"spec":{"containers":[
    {"name":"ray-worker","resources":{"limits":{"cpu":"4","nvidia.com/gpu":2}}}]}}"#;

fn see<T>(spec: &str, see: impl FnOnce(&Totals<'_, '_>) -> T) -> T {
    let json = format!(r#"{{"spec":{spec}}}"#);
    let document: Document<'_> =
        serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
    let job = RayJob::of(&document);
    see(&Totals::of(&job))
}

fn amount(text: &str) -> Amount {
    match text {
        "unbounded" => Amount::Unbounded,
        "unknown" => Amount::Unknown,
        _ => Amount::Known(text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))),
    }
}

/// Asserts what a job of that spec takes of these resources.
#[track_caller]
fn takes(spec: &str, expected: &[(&str, &str)]) {
    for (name, text) in expected {
        assert_eq!(see(spec, |totals| totals.together().get(name)), amount(text), "{name}: {spec}");
    }
}

fn cluster(fields: &str) -> String {
    format!(r#"{{"submissionMode":"HTTPMode","rayClusterSpec":{{{fields}}}}}"#)
}

fn with_workers(cluster_fields: &str, group_fields: &str) -> String {
    cluster(&format!(r#"{HEAD},{cluster_fields}"workerGroupSpecs":[{{{group_fields}{WORKER}}}]"#))
}

#[test]
fn workers_count_as_often_as_there_may_be_some() {
    // KubeRay's init container makes 256Mi of each worker without memory.
    for (group, cpus, memory, gpus, workers) in [
        ("", "1", "2Gi", "0", 0),
        (r#""replicas":3,"#, "13", "2816Mi", "6", 3),
        (r#""replicas":3,"numOfHosts":2,"#, "25", "3584Mi", "12", 6),
        (r#""replicas":3,"maxReplicas":2,"#, "9", "2560Mi", "4", 2),
        (r#""replicas":0,"minReplicas":2,"maxReplicas":9,"#, "9", "2560Mi", "4", 2),
        (r#""replicas":3,"suspend":true,"#, "1", "2Gi", "0", 0),
        (r#""replicas":3,"numOfHosts":0,"#, "1", "2Gi", "0", 0),
        (r#""replicas":2,"maxReplicas":2147483647,"#, "9", "2560Mi", "4", 2),
    ] {
        let spec = with_workers("", group);
        takes(&spec, &[("cpu", cpus), ("memory", memory), ("nvidia.com/gpu", gpus)]);
        see(&spec, |totals| assert_eq!(totals.workers(), Count::Known(workers), "{group}"));
    }
}

#[test]
fn the_autoscaler_may_go_up_to_the_maximum() {
    let autoscaled = r#""enableInTreeAutoscaling":true,"#;
    for (group, cpus, gpus) in [
        (r#""replicas":1,"minReplicas":0,"maxReplicas":5,"#, "21.5", "10"),
        (r#""replicas":1,"maxReplicas":5,"numOfHosts":4,"#, "81.5", "40"),
        (r#""maxReplicas":0,"#, "1.5", "0"),
        (r#""replicas":1,"#, "unbounded", "unbounded"),
        (r#""replicas":1,"maxReplicas":2147483647,"#, "unbounded", "unbounded"),
        (r#""maxReplicas":5,"suspend":true,"#, "1.5", "0"),
    ] {
        takes(
            &with_workers(autoscaled, group),
            &[("cpu", cpus), ("nvidia.com/gpu", gpus), ("amd.com/gpu", "0")],
        );
    }
    see(&with_workers(autoscaled, ""), |totals| assert_eq!(totals.workers(), Count::Unbounded));
}

#[test]
fn what_kuberay_adds_counts_too() {
    let autoscaled = |options: &str| cluster(&format!(r#"{HEAD},"enableInTreeAutoscaling":true{options}"#));
    takes(&autoscaled(""), &[("cpu", "1500m"), ("memory", "2560Mi")]);
    takes(&autoscaled(r#","autoscalerOptions":{"version":"v2"}"#), &[("cpu", "1500m"), ("memory", "2560Mi")]);
    let with_resources =
        r#","autoscalerOptions":{"resources":{"limits":{"cpu":1},"requests":{"memory":"1Gi"}}}"#;
    takes(&autoscaled(with_resources), &[("cpu", "2"), ("memory", "3Gi")]);
    takes(&autoscaled(r#","autoscalerOptions":{"resources":{}}"#), &[("cpu", "1"), ("memory", "2Gi")]);
    let collected = cluster(&format!(r#"{HEAD},"historyServerOptions":{{"collectorOptions":{{}}}}"#));
    takes(&collected, &[("cpu", "1200m"), ("memory", "2304Mi")]);
    let in_mode = |mode: &str, more: &str| {
        format!(r#"{{"submissionMode":"{mode}","rayClusterSpec":{{{HEAD}}}{more}}}"#)
    };
    for mode in ["K8sJobMode", "SidecarMode"] {
        takes(&in_mode(mode, ""), &[("cpu", "2"), ("memory", "3Gi")]);
    }
    takes(&in_mode("InteractiveMode", ""), &[("cpu", "1"), ("memory", "2Gi")]);
    let template = r#","submitterPodTemplate":{"spec":{"containers":[{"resources":{"limits":{"cpu":3}}}]}}"#;
    takes(&in_mode("K8sJobMode", template), &[("cpu", "4"), ("memory", "2Gi")]);
    takes(&in_mode("HTTPMode", template), &[("cpu", "1"), ("memory", "2Gi")]);
}

#[test]
fn a_selected_cluster_counts_nothing() {
    let selected = format!(
        r#"{{"clusterSelector":{{"ray.io/cluster":"there"}},"submissionMode":"HTTPMode","rayClusterSpec":{{{HEAD}}}}}"#
    );
    takes(&selected, &[("cpu", "0"), ("memory", "0")]);
    takes(r#"{"clusterSelector":{"ray.io/cluster":"there"}}"#, &[("cpu", "1"), ("memory", "1Gi")]);
}

#[test]
fn containers_of_a_pod_are_counted_as_kubernetes_counts_them() {
    let head = |spec: &str| cluster(&format!(r#""headGroupSpec":{{"template":{{"spec":{spec}}}}}"#));
    let cpu = |list: &[&str]| {
        let containers = list.iter().map(|cpu| format!(r#"{{"resources":{{"limits":{{"cpu":"{cpu}"}}}}}}"#));
        containers.collect::<Vec<_>>().join(",")
    };
    let sidecar = r#"{"restartPolicy":"Always","resources":{"requests":{"cpu":2}}}"#;
    for (init, containers, expected) in [
        (String::new(), cpu(&["1", "500m"]), "1500m"),
        (cpu(&["3", "2"]), cpu(&["1", "1"]), "3"),
        (cpu(&["1"]), cpu(&["1", "1"]), "2"),
        (sidecar.to_owned(), cpu(&["1"]), "3"),
        (format!("{sidecar},{}", cpu(&["4"])), cpu(&["1"]), "6"),
        (format!("{},{sidecar}", cpu(&["4"])), cpu(&["1"]), "4"),
    ] {
        let spec = head(&format!(r#"{{"initContainers":[{init}],"containers":[{containers}]}}"#));
        takes(&spec, &[("cpu", expected)]);
    }
    let limit_and_request =
        r#"{"containers":[{"resources":{"limits":{"cpu":2},"requests":{"cpu":1,"memory":"1Gi"}}}]}"#;
    takes(&head(limit_and_request), &[("cpu", "2"), ("memory", "1Gi")]);
    let of_pod = r#"{"containers":[{"resources":{"limits":{"cpu":2,"memory":"1Gi"}}}],"resources":{"limits":{"cpu":8}}}"#;
    takes(&head(of_pod), &[("cpu", "8"), ("memory", "1Gi")]);
}

#[test]
fn what_cannot_be_added_up_says_so() {
    let head = |cpu: &str| {
        cluster(&format!(
            r#""headGroupSpec":{{"template":{{"spec":{{"containers":[{{"resources":{{"limits":{{"cpu":{cpu},"memory":"1Gi"}}}}}}]}}}}}}"#
        ))
    };
    for (cpu, expected) in [
        (r#""1e28""#, "1e28"),
        (r#""much""#, "unknown"),
        ("-1", "unknown"),
        ("true", "unknown"),
        ("null", "0"),
        (r#""1e40""#, "unbounded"),
    ] {
        takes(&head(cpu), &[("cpu", expected), ("memory", "1Gi")]);
    }
    let huge = with_workers("", r#""replicas":2,"#).replace(r#""cpu":"4""#, r#""cpu":"9e28""#);
    takes(&huge, &[("cpu", "unbounded"), ("nvidia.com/gpu", "4")]);
}

#[test]
fn pods_and_groups_have_their_own_amounts() {
    see(&with_workers("", r#""replicas":3,"numOfHosts":2,"#), |totals| {
        let [head, workers] = totals.pods() else { panic!("{totals:?}") };
        assert_eq!((head.count, head.is_workers()), (Count::ONE, false));
        assert_eq!((workers.count, workers.is_workers()), (Count::Known(6), true));
        assert_eq!(workers.each.get("cpu"), amount("4"));
        assert_eq!(workers.together.get("nvidia.com/gpu"), amount("12"));
        let names: Vec<_> = workers.each.iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["cpu", "memory", "nvidia.com/gpu"]);
    });
}

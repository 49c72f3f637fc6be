//! What the nodes of a job offer to Ray, against the options of `ray start` that KubeRay's own code writes for them.

use std::collections::BTreeMap;

use raygate_core::document::Document;
use raygate_core::kuberay::KubeRayVersion;
use raygate_core::node_resources::{Kind, NodeResources, Offer};
use raygate_core::quantity::Quantity;
use raygate_core::rayjob::RayJob;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::oracle::{self, Oracle, question};
use crate::random::{Random, Seed};

/// Jobs for each version, each with a head and two worker groups.
const JOBS: usize = 1500;

const AMOUNTS: [&str; 8] = ["1", "2", "0", "500m", "1.5", "4Gi", "2500000000n", "1e3"];
const COUNTS: [&str; 4] = ["1", "2", "8", "0"];
const DEVICES: [&str; 9] = [
    "amd.com/gpu",
    "aws.amazon.com/neuroncore",
    "example.com/shared-gpu",
    "google.com/tpu",
    "gpu.intel.com/i915",
    "habana.ai/gaudi",
    "nvidia.com/gpu",
    "nvidia.com/mig-1g.5gb",
    "nvidia.com/gpu.shared",
];
const NUMBERS: [&str; 8] = ["4", "0", "'2'", "\"3\"", "false", "true", "$COUNT", "1.5"];
/// Named resources as they are written, and what Bash leaves of them if that is JSON.
const NAMED: [(&str, Option<&str>); 9] = [
    (r#"'{"a": 1}'"#, Some(r#"{"a": 1}"#)),
    (r#""{\"a\": 2}""#, Some(r#"{"a": 2}"#)),
    (r#"'{"TPU": 4, "b": 2}'"#, Some(r#"{"TPU": 4, "b": 2}"#)),
    (r#"'{"neuron_cores": 1}'"#, Some(r#"{"neuron_cores": 1}"#)),
    ("'{}'", Some("{}")),
    (r#"{"a": 1}"#, None),
    (r#"'{"a": "x"}'"#, None),
    ("'[]'", None),
    ("$RESOURCES", None),
];
/// A group's own resources, which KubeRay knows from 1.5 on.
const GROUP: [&str; 8] = [
    r#"{"CPU": "4", "GPU": "1"}"#,
    r#"{"cpu": "1500m", "memory": "4Gi"}"#,
    r#"{"Disk": "3", "nvidia.com/gpu": "2"}"#,
    r#"{"TPU": "4"}"#,
    r#"{"Disk": "much", "CPU": "2"}"#,
    r#"{"it's": "1"}"#,
    r#"{"CPU": "2", "cpu": "2"}"#,
    "{}",
];

/// How KubeRay starts one group; see `node` in `oracle/nodes.go`.
#[derive(Debug, Deserialize)]
struct Started {
    params: Option<BTreeMap<String, String>>,
    #[serde(default)]
    panic: String,
}

#[test]
fn nodes_offer_what_kuberay_tells_ray() {
    let seed = Seed::choose("RAYGATE_KUBERAY_SEED");
    for oracle in oracle::all() {
        let mut random = Random::from_seed(seed);
        let jobs: Vec<_> = (0..JOBS).map(|_| job(&mut random, oracle.version)).collect();
        let mut tally = Tally::default();
        let questions: String = jobs.iter().map(|job| question(job, &[])).collect();
        let answers = oracle.nodes(&questions);
        assert_eq!(answers.lines().count(), jobs.len());
        for (job, answer) in jobs.iter().zip(answers.lines()) {
            let started: Vec<Started> = serde_json::from_str(answer).expect(answer);
            compare(oracle, job, &started, &mut tally);
        }
        eprintln!("KubeRay {}: {tally:?}", oracle.version);
        let least = tally.told.min(tally.detected).min(tally.unclear);
        assert!(tally.nodes >= 2000 && least > tally.nodes / 10 && tally.unclear < tally.told, "{tally:?}");
    }
}

#[derive(Debug, Default)]
struct Tally {
    nodes: usize,
    told: usize,
    detected: usize,
    unclear: usize,
}

fn job(random: &mut Random, version: KubeRayVersion) -> Value {
    let mut workers = [group(random, version), group(random, version)];
    for (group, name) in workers.iter_mut().zip(["one", "two"]) {
        for (key, value) in [("groupName", json!(name)), ("replicas", json!(1)), ("numOfHosts", json!(1))] {
            group[key] = value;
        }
    }
    json!({
        "metadata": {"name": "train"},
        "spec": {"entrypoint": "python train.py", "rayClusterSpec": {
            "enableInTreeAutoscaling": random.percent(20),
            "headGroupSpec": group(random, version),
            "workerGroupSpecs": workers,
        }},
    })
}

fn group(random: &mut Random, version: KubeRayVersion) -> Value {
    let mut params = Map::new();
    for name in ["num-cpus", "num-gpus", "memory"] {
        if random.percent(20) {
            params.insert(name.to_owned(), random.pick(&NUMBERS).into());
        }
    }
    if random.percent(30) {
        params.insert("resources".to_owned(), random.pick(&NAMED).0.into());
    }
    let requests = amounts(random);
    let mut limits = amounts(random);
    for device in DEVICES {
        if random.percent(12) {
            limits.insert(device.to_owned(), random.pick(&COUNTS).into());
        }
    }
    let mut container = json!({
        "name": "ray", "image": "rayproject/ray:2.56.0", "resources": {"limits": limits, "requests": requests},
    });
    if random.percent(3) {
        container["env"] = json!([{"name": "RAY_OVERRIDE_RESOURCES", "value": "{}"}]);
    }
    let mut group = json!({"rayStartParams": params, "template": {"spec": {"containers": [container]}}});
    if version >= KubeRayVersion::V1_5 && random.percent(25) {
        group["resources"] = serde_json::from_str(random.pick(&GROUP)).expect("JSON");
    }
    group
}

fn amounts(random: &mut Random) -> Map<String, Value> {
    let mut amounts = Map::new();
    for name in ["cpu", "memory"] {
        if random.percent(50) {
            amounts.insert(name.to_owned(), random.pick(&AMOUNTS).into());
        }
    }
    amounts
}

fn compare(oracle: &Oracle, job: &Value, started: &[Started], tally: &mut Tally) {
    let text = job.to_string();
    let document: Document<'_> = serde_json::from_str(&text).expect("JSON");
    let job = RayJob::of(&document);
    let nodes = job.nodes();
    assert_eq!((nodes.started.len(), nodes.has_others), (started.len(), false), "{text}");
    for (node, started) in nodes.started.iter().zip(started) {
        assert_eq!(started.panic, "", "KubeRay {}: {text}", oracle.version);
        let params = started.params.as_ref().expect("params");
        let case = || format!("KubeRay {}, {}: {params:?}\n{text}", oracle.version, node.name);
        tally.nodes += 1;
        for (kind, name) in [(Kind::Cpus, "num-cpus"), (Kind::Gpus, "num-gpus"), (Kind::Memory, "memory")] {
            let offer = node.offer(kind);
            let expected = number(params.get(name).map(String::as_str));
            assert!(offer == Offer::Unclear || offer == expected, "{kind:?}: {offer:?}\n{}", case());
            *match offer {
                Offer::Told(_) => &mut tally.told,
                Offer::Detected => &mut tally.detected,
                Offer::Unclear => &mut tally.unclear,
            } += 1;
        }
        assert!(is_named_rightly(node, params.get("resources")), "{node:?}\n{}", case());
    }
}

/// What Ray reads of an option with a number.
fn number(written: Option<&str>) -> Offer {
    match written {
        None | Some("false") => Offer::Detected,
        Some(text) => {
            text.trim_matches(['\'', '"']).parse::<i64>().map_or(Offer::Unclear, |n| Offer::Told(n.into()))
        }
    }
}

fn is_named_rightly(node: &NodeResources<'_>, written: Option<&String>) -> bool {
    let Some(named) = node.named() else { return true };
    let told: BTreeMap<_, _> = named.map(|(name, quantity)| (name.to_owned(), quantity.clone())).collect();
    let expected = match written.map(String::as_str) {
        None => Some("{}"),
        Some(text) => match NAMED.iter().find(|(known, _)| *known == text) {
            Some((_, arrives)) => *arrives,
            None => text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')),
        },
    };
    let expected = expected.and_then(|text| serde_json::from_str::<BTreeMap<String, f64>>(text).ok());
    expected.is_some_and(|expected| {
        let quantity = |number: f64| Quantity::from_json_number(number).expect("finite");
        told == expected.into_iter().map(|(name, number)| (name, quantity(number))).collect()
    })
}

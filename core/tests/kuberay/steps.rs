//! One field is changed at a time, towards both sides of every line that KubeRay draws.
//!
//! A place is a JSON pointer whose first letter stands for a longer one; `*` is one of the items there, `+` a new one.

use serde_json::{Map, Value};

use crate::random::Random;

/// What the first part of a place stands for.
const SHORT: &[(&str, &str)] = &[
    ("M", "metadata"),
    ("S", "spec"),
    ("C", "spec/rayClusterSpec"),
    ("H", "spec/rayClusterSpec/headGroupSpec"),
    ("H0", "spec/rayClusterSpec/headGroupSpec/template/spec/containers/0"),
    ("W", "spec/rayClusterSpec/workerGroupSpecs/*"),
    ("W0", "spec/rayClusterSpec/workerGroupSpecs/*/template/spec/containers/0"),
    ("HS", "spec/rayClusterSpec/historyServerOptions/collectorOptions"),
];

/// The places, and the values that are tried there; `null` removes what is there.
#[rustfmt::skip]
const PLACES: &[(&str, &str)] = &[
    ("M/name", r#"["a", "train-2", "1train", "my.job", "train-", "t.1", "sixteen-letters-sixteen-letters-sixteen-lettersx",
        "sixteen-letters-sixteen-letters-sixteen-letters", "sixteen-letters-sixteen-letters-sixteen-letters-and-many-more-letters"]"#),
    ("M/annotations/ray.io~1ft-enabled", r#"["true", "false", "True", "", null]"#),
    ("M/annotations/ray.io~1external-storage-namespace", r#"["train", "", null]"#),
    ("M/labels/kueue.x-k8s.io~1queue-name", r#"["team", null]"#),
    ("S/suspend", "[true, false, null]"),
    ("S/shutdownAfterJobFinishes", "[true, false, null]"),
    ("S/ttlSecondsAfterFinished", "[-2147483648, -1, 0, 1, 600, null]"),
    ("S/activeDeadlineSeconds", "[-1, 0, 1, 3600, null]"),
    ("S/preRunningDeadlineSeconds", "[-1, 0, 1, null]"),
    ("S/backoffLimit", "[-1, 0, 1, 3, null]"),
    ("S/submissionMode", r#"["K8sJobMode", "HTTPMode", "InteractiveMode", "SidecarMode", "", null]"#),
    ("S/clusterSelector", r#"[null, {}, {"ray.io/cluster": "shared"}, {"ray.io/cluster": ""}, {"team": "a"},
        {"ray.io/cluster": "shared", "team": "a"}]"#),
    ("S/rayClusterSpec", "[null]"),
    ("S/managedBy", r#"["ray.io/kuberay-operator", "kueue.x-k8s.io/multikueue"]"#),
    ("S/entrypoint", r#"["python a.py", null]"#),
    ("S/jobId", r#"["a", null]"#),
    ("S/submitterConfig", r#"[null, {}, {"backoffLimit": 0}]"#),
    ("S/submitterPodTemplate", r#"[null, {}, {"spec": {"restartPolicy": "Never", "containers": [{"name": "ray-job-submitter", "image": "i"}]}}]"#),
    ("S/runtimeEnvYAML", r#"["", "  \n", "pip: [a]", "{}", "null", "a: b: c", "- a", "text", "{a: 1", "\ta: 1", "a: *b", "a: 1\na: 2",
        "a: 1\n---\nb", "\"text\"", "pip:\n- a\n  b: c\nd", "{\"a\": 1}", null]"#),
    // What the CRD accepts, and Go cannot always read.
    ("S/entrypointNumCpus", "[1, 0.5, 1e39, null]"),
    ("H0/resources/limits/cpu", r#"["1", 2, "1e1.5", null]"#),
    ("W0/livenessProbe/httpGet/port", r#"[8000, "http", 99999999999, null]"#),
    // Deletion.
    ("S/deletionPolicy", r#"["DeleteCluster", "DeleteWorkers", "DeleteSelf", "DeleteNone", null]"#),
    ("S/deletionStrategy", r#"[null, {}, {"deletionRules": []}, {"onSuccess": {"policy": "DeleteSelf"}}, {"onSuccess": {}, "onFailure": {}},
        {"onSuccess": {"policy": "DeleteSelf"}, "onFailure": {"policy": "DeleteSelf"}}]"#),
    ("S/deletionStrategy/onSuccess/policy", r#"["DeleteCluster", "DeleteWorkers", "DeleteSelf", "DeleteNone", null]"#),
    ("S/deletionStrategy/onFailure/policy", r#"["DeleteCluster", "DeleteWorkers", "DeleteSelf", "DeleteNone", null]"#),
    ("S/deletionStrategy/deletionRules", r#"[null, [{"policy": "DeleteCluster", "condition": {"jobStatus": "SUCCEEDED"}}]]"#),
    ("S/deletionStrategy/deletionRules/+", r#"[
        {"policy": "DeleteSelf", "condition": {"jobStatus": "FAILED", "ttlSeconds": 60}}, {"policy": "DeleteNone", "condition": {"jobStatus": "FAILED"}},
        {"policy": "DeleteWorkers", "condition": {"jobStatus": "FAILED", "ttlSeconds": 61}}, {"policy": "DeleteWorkers", "condition": {"jobStatus": "SUCCEEDED"}},
        {"policy": "DeleteCluster", "condition": {"jobDeploymentStatus": "Failed", "ttlSeconds": 9}},
        {"policy": "DeleteWorkers", "condition": {"jobDeploymentStatus": "Failed", "ttlSeconds": 11}}]"#),
    ("S/deletionStrategy/deletionRules/*/policy", r#"["DeleteCluster", "DeleteWorkers", "DeleteSelf", "DeleteNone"]"#),
    ("S/deletionStrategy/deletionRules/*/condition/ttlSeconds", "[-1, 0, 9, 10, 11, 60, null]"),
    ("S/deletionStrategy/deletionRules/*/condition/jobStatus", r#"["SUCCEEDED", "FAILED", null]"#),
    ("S/deletionStrategy/deletionRules/*/condition/jobDeploymentStatus", r#"["Failed", null]"#),
    // The cluster and its groups.
    ("C/rayVersion", r#"["", "2.51.9", "2.52.0", "2.52", "2.55.99", "2.56", "v2.56.0", "2.56.0rc1", "2.9.0", "3", "nightly", "2.056.0", "2.56.", " 2.56.0 ",
        "2,56", "02.56.0", "99999999999999999999.1", null]"#),
    ("C/suspend", "[true, false, null]"),
    ("C/managedBy", r#"["ray.io/kuberay-operator", null]"#),
    ("C/upgradeStrategy", r#"[{}, {"type": "Recreate"}, {"type": "None"}, null]"#),
    ("C/workerGroupSpecs", "[null, []]"),
    ("C/workerGroupSpecs/+", r#"[{"groupName": "more", "template": {"spec": {"containers": [{"name": "a", "image": "i"}]}}, "rayStartParams": {}},
        {"groupName": "workers", "minReplicas": 0, "maxReplicas": 0, "template": {"spec": {"containers": [{"name": "a", "image": "i"}]}}, "rayStartParams": {}}]"#),
    ("H/template/spec/containers", "[[]]"),
    ("H/template/spec/restartPolicy", r#"["Never", "Always", "OnFailure", "", null]"#),
    ("H/template/spec/volumes/+", r#"[{"name": "gcs-storage", "emptyDir": {}}, {"name": "data", "emptyDir": {}}]"#),
    ("H/template/spec/containers/+", r#"[{"name": "ray-history-collector", "image": "i"}, {"name": "side", "image": "i"}]"#),
    ("H/rayStartParams", r#"[{}, {"num-cpus": "1"}, {"num-cpus": ""}, {"num-gpus": "0"}, {"memory": "1"}, {"resources": "{}"},
        {"object-store-memory": "1"}, {"labels": ""}, {"labels": "a=b"}, {"redis-password": "p"}, {"redis-password": ""},
        {"redis-username": "u"}, {"redis-username": ""}, null]"#),
    ("H/resources", r#"[{}, {"CPU": "1"}, {"GPU": "x"}, null]"#),
    ("H/labels", r#"[{}, {"a": "b"}, {"a/b": "c.d"}, {"a": ""}, {"a b": "c"}, {"": "c"}, {"a": "b c"}, {"a": "-"}, {"-a": "-b"}, {"a/b/c": "d"}, {"A/b": "c"},
        {"a": "sixteen-letters-sixteen-letters-sixteen-letters-sixteen-letters-"}, {"a": "sixteen-letters-sixteen-letters-sixteen-letters-sixteen-letter1"}, null]"#),
    ("H0/name", r#"["ray-head", "ray-history-collector"]"#),
    ("H0/env/+", r#"[{"name": "RAY_REDIS_ADDRESS", "value": "redis:6379"}, {"name": "REDIS_PASSWORD", "value": "p"}, {"name": "REDIS_USERNAME", "value": ""},
        {"name": "RAY_enable_autoscaler_v2", "value": "1"}, {"name": "RAY_enable_autoscaler_v2", "value": "true"}, {"name": "RAY_enable_autoscaler_v2", "value": "True"},
        {"name": "RAY_enable_autoscaler_v2", "value": "0"}, {"name": "RAY_enable_autoscaler_v2"}, {"name": "RAY_gcs_storage", "value": "a"}, {"name": "RAY_gcs_storage_path", "value": "a"},
        {"name": "RAY_USE_TLS", "value": "1"}, {"name": "RAY_TLS_SERVER_CERT"}, {"name": "RAY_TLS_SERVER_KEY"}, {"name": "RAY_TLS_CA_CERT"}, {"name": "KEY", "value": "v"}]"#),
    ("H0/env", "[null, []]"),
    ("H0/volumeMounts/+", r#"[{"name": "gcs-storage", "mountPath": "/a"}, {"name": "a", "mountPath": "/data/gcs"}, {"name": "ray-tls", "mountPath": "/b"},
        {"name": "b", "mountPath": "/etc/ray/tls"}, {"name": "c", "mountPath": "/c"}, {"name": "d", "mountPath": "/data/gcs/"}]"#),
    ("W/groupName", r#"["workers", "GPU_Group", "gpu.group", "gpu-group", "Workers", "", "-"]"#),
    ("W/replicas", "[-1, 0, 1, 3, null]"),
    ("W/minReplicas", "[-1, 0, 1, 2, 3, null]"),
    ("W/maxReplicas", "[-1, 0, 1, 2, 2147483647, null]"),
    ("W/numOfHosts", "[0, 1, 4, null]"),
    ("W/suspend", "[true, false, null]"),
    ("W/idleTimeoutSeconds", "[-1, 0, 60, null]"),
    ("W/priority", "[-1, 0, 1, 10, null]"),
    ("W/template/spec/containers", "[[]]"),
    ("W/template/spec/restartPolicy", r#"["Never", "Always", "OnFailure", "", null]"#),
    ("W/template/spec/containers/+", r#"[{"name": "ray-history-collector", "image": "i"}, {"name": "side", "image": "i"}]"#),
    ("W/rayStartParams", r#"[{}, {"num-cpus": "1"}, {"num-gpus": ""}, {"num-gpus": "0"}, {"memory": "1"}, {"resources": "{}"},
        {"object-store-memory": "1"}, {"labels": ""}, {"redis-password": "p"}, {"redis-username": "u"}, null]"#),
    ("W/resources", r#"[{}, {"CPU": "1"}, {"memory": "1Gi"}, null]"#),
    ("W/labels", r#"[{}, {"a": "b"}, {"a b": "c"}, {"a": "b c"}, {"a": ""}, null]"#),
    ("W0/env/+", r#"[{"name": "RAY_REDIS_ADDRESS", "value": "redis:6379"}, {"name": "RAY_USE_TLS", "value": "1"}, {"name": "RAY_TLS_SERVER_CERT"},
        {"name": "RAY_enable_autoscaler_v2", "value": "1"}, {"name": "REDIS_USERNAME", "value": "u"}]"#),
    ("W0/volumeMounts/+", r#"[{"name": "ray-tls", "mountPath": "/b"}, {"name": "b", "mountPath": "/etc/ray/tls"}, {"name": "gcs-storage", "mountPath": "/data/gcs"}]"#),
    // The autoscaler.
    ("C/enableInTreeAutoscaling", "[true, false, null]"),
    ("C/autoscalerOptions", "[{}, null]"),
    ("C/autoscalerOptions/version", r#"["v1", "v2", null]"#),
    ("C/autoscalerOptions/idleTimeoutSeconds", "[-1, 0, 60, null]"),
    ("C/autoscalerOptions/env/+", r#"[{"name": "KUBERAY_GEN_AUTOSCALER_START_CMD", "value": "a"}, {"name": "RAY_USE_TLS", "value": "1"}, {"name": "RAY_TLS_CA_CERT"},
        {"name": "RAY_enable_autoscaler_v2", "value": "1"}, {"name": "KEY", "value": "v"}]"#),
    ("C/autoscalerOptions/volumeMounts/+", r#"[{"name": "ray-tls", "mountPath": "/b"}, {"name": "b", "mountPath": "/etc/ray/tls"}, {"name": "c", "mountPath": "/c"}]"#),
    // Fault tolerance.
    ("C/gcsFaultToleranceOptions", r#"[{"redisAddress": "redis:6379"}, {"redisAddress": ""}, {"backend": "rocksdb"}, {}, null]"#),
    ("C/gcsFaultToleranceOptions/backend", r#"["redis", "rocksdb", null]"#),
    ("C/gcsFaultToleranceOptions/redisAddress", r#"["redis:6379", "", null]"#),
    ("C/gcsFaultToleranceOptions/redisUsername", r#"[{"value": "u"}, {}, null]"#),
    ("C/gcsFaultToleranceOptions/redisPassword", r#"[{"value": "p"}, {}, null]"#),
    ("C/gcsFaultToleranceOptions/externalStorageNamespace", r#"["a", "", null]"#),
    ("C/gcsFaultToleranceOptions/storage", r#"[{}, {"size": "1Gi"}, {"claimName": "a"}, {"claimName": ""}, null]"#),
    ("C/gcsFaultToleranceOptions/storage/claimName", r#"["a", "", null]"#),
    ("C/gcsFaultToleranceOptions/storage/size", r#"["1Gi", null]"#),
    ("C/gcsFaultToleranceOptions/storage/storageClassName", r#"["fast", "", null]"#),
    ("C/gcsFaultToleranceOptions/storage/accessModes", r#"[["ReadWriteOnce"], [], null]"#),
    // Security.
    ("C/authOptions", r#"[{}, {"mode": "token"}, {"mode": "disabled"}, null]"#),
    ("C/authOptions/enableK8sTokenAuth", "[true, false, null]"),
    ("C/authOptions/secretName", r#"["a", null]"#),
    ("C/tlsOptions", r#"[{}, {"enabled": true}, {"enabled": false}, null]"#),
    ("C/networkPolicy", r#"[{}, {"mode": "DenyAllEgress"}, null]"#),
    ("C/networkPolicy/mode", r#"["DenyAll", "DenyAllIngress", "DenyAllEgress", null]"#),
    ("C/networkPolicy/head", r#"[{}, {"ingressRules": [{}]}, {"egressRules": [{}]}, {"ingressRules": [], "egressRules": []}, null]"#),
    ("C/networkPolicy/worker", r#"[{}, {"ingressRules": [{}]}, {"egressRules": [{}]}, null]"#),
    ("C/networkPolicy/workerGroups", r#"[[], [{"groupName": "workers", "ingressRules": [{}]}], [{"groupName": "workers", "egressRules": [{}]}],
        [{"groupName": "unknown"}], [{"groupName": "Workers"}], [{"groupName": "workers"}, {"groupName": "more"}], null]"#),
    // The history server's collector.
    ("C/historyServerOptions", "[{}, null]"),
    ("HS/image", r#"["collector:1", "", null]"#),
    ("HS/env", "[[], null]"),
    ("HS/env/+", r#"[{"name": "POD_IP", "value": "a"}, {"name": "FQ_RAY_IP"}, {"name": "RAY_CLUSTER_NAME"}, {"name": "RAY_CLUSTER_NAMESPACE"}, {"name": "RAY_ROLE"},
        {"name": "OWNER_KIND"}, {"name": "OWNER_NAME"}, {"name": "EVENTS_PORT"}, {"name": "KEY"}, {"name": "STORAGE_BACKEND", "value": "GCS"}, {"name": "STORAGE_BACKEND", "value": ""},
        {"name": "STORAGE_BACKEND", "value": "S3"}, {"name": "STORAGE_BACKEND", "value": "azureblob"}, {"name": "STORAGE_BACKEND", "value": "AliyunOSS"},
        {"name": "STORAGE_BACKEND", "value": "disk"}, {"name": "GCS_BUCKET"}, {"name": "S3_REGION", "value": ""}, {"name": "OSS_REGION", "value": "r"}, {"name": "OSS_BUCKET"},
        {"name": "STORAGE_BACKEND", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
        {"name": "GCS_BUCKET", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}, {"name": "AZURE_STORAGE_AUTH_MODE", "value": "workload_identity"},
        {"name": "AZURE_STORAGE_AUTH_MODE", "value": "connection_string"}, {"name": "AZURE_STORAGE_AUTH_MODE", "value": "other"}, {"name": "AZURE_STORAGE_AUTH_MODE", "value": ""}]"#),
    ("HS/env/*/value", r#"["", "GCS", "a", null]"#),
    ("HS/env/*", "[null]"),
];

/// The table of places, read.
#[derive(Debug)]
pub(crate) struct Steps {
    places: Vec<(Vec<String>, Vec<Value>)>,
    /// Where to find each single step: place, item and value.
    all: Vec<(usize, usize, usize)>,
}

/// One change of one field.
#[derive(Clone, Debug)]
pub(crate) struct Step<'s> {
    place: &'s [String],
    /// Which of the items, where the place says `*`.
    item: usize,
    value: &'s Value,
    /// Whether a value that is removed is written as `null` instead.
    as_null: bool,
}

impl Steps {
    pub(crate) fn read() -> Self {
        let read = |&(place, values): &(&str, &str)| {
            let values = serde_json::from_str(values).unwrap_or_else(|error| panic!("{place}: {error}"));
            (parts(place), values)
        };
        let places: Vec<(Vec<String>, Vec<Value>)> = PLACES.iter().map(read).collect();
        let mut all = Vec::new();
        for (at, (place, values)) in places.iter().enumerate() {
            // The first two items, where there are several.
            let items = if place.iter().any(|part| part == "*") { 2 } else { 1 };
            all.extend((0..items).flat_map(|item| (0..values.len()).map(move |value| (at, item, value))));
        }
        Self { places, all }
    }

    /// How many steps there are.
    pub(crate) fn count(&self) -> usize {
        self.all.len()
    }

    /// One of them by number.
    pub(crate) fn get(&self, number: usize) -> Step<'_> {
        let (place, item, value) = self.all[number];
        let (place, values) = &self.places[place];
        Step { place, item, value: &values[value], as_null: false }
    }

    /// A random one: every place is as likely as another.
    pub(crate) fn choose(&self, random: &mut Random) -> Step<'_> {
        let (place, values) = &self.places[random.below(self.places.len())];
        let value = &values[random.below(values.len())];
        Step { place, item: random.below(4), value, as_null: random.percent(10) }
    }
}

fn parts(place: &str) -> Vec<String> {
    let (first, rest) = place.split_once('/').expect("a place begins with a letter");
    let long = SHORT.iter().find(|(short, _)| *short == first).expect("a known letter").1;
    long.split('/').chain(rest.split('/')).map(|part| part.replace("~1", "/")).collect()
}

impl Step<'_> {
    /// Changes the job; nothing where a part of the place is missing that cannot be made up.
    pub(crate) fn apply(&self, job: &mut Value) {
        self.change(job, self.place);
    }

    fn change(&self, at: &mut Value, place: &[String]) {
        let Some((part, rest)) = place.split_first() else { return };
        let is_last = rest.is_empty();
        if part == "+" && at.is_null() {
            *at = Value::Array(Vec::new());
        }
        match at {
            Value::Array(items) if part == "+" => items.push(self.value.clone()),
            Value::Array(items) if !items.is_empty() => {
                let index = part.parse().unwrap_or(self.item) % items.len();
                if !is_last {
                    self.change(&mut items[index], rest);
                } else if self.value.is_null() {
                    items.remove(index);
                } else {
                    items[index] = self.value.clone();
                }
            }
            Value::Object(fields) if is_last && self.value.is_null() && !self.as_null => {
                fields.remove(part);
            }
            Value::Object(fields) if is_last => {
                fields.insert(part.clone(), self.value.clone());
            }
            Value::Object(fields) => {
                let next_is_item = rest[0] == "*" || rest[0] == "+" || rest[0] == "0";
                // An empty list has no item to change.
                if rest[0] == "+" || fields.contains_key(part) || (!next_is_item && !self.value.is_null()) {
                    let empty = if next_is_item { Value::Null } else { Value::Object(Map::new()) };
                    self.change(fields.entry(part.clone()).or_insert(empty), rest);
                }
            }
            _ => {}
        }
    }
}

//! RayJobs whose templates hold something odd: values of `fields.json` written into good templates.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::random::Random;

/// Where the templates of a generated job are.
pub(super) const TEMPLATES: [&str; 3] = [
    "/spec/rayClusterSpec/headGroupSpec/template",
    "/spec/rayClusterSpec/workerGroupSpecs/0/template",
    "/spec/submitterPodTemplate",
];
const GROUP: &str = "/spec/rayClusterSpec/workerGroupSpecs/0";
const AUTOSCALER: &str = "/spec/rayClusterSpec/autoscalerOptions";

/// `fields.json`: places below a part of a template, and the values to write there; null removes.
pub(super) struct Fields(Value);

impl Fields {
    pub(super) fn read() -> Result<Self> {
        serde_json::from_str(include_str!("fields.json")).map(Self).context("fields.json is no JSON")
    }

    /// A good job with one to three of the values.
    pub(super) fn job(&self, random: &mut Random) -> Result<Value> {
        let mut job = good_job(*random.of(&[false, false, true]));
        let (mut part, mut below_which) = place(random);
        for _ in 0..*random.of(&[1, 1, 1, 2, 3, 4]) {
            // Often the same place again: values can contradict each other.
            if *random.of(&[true, false]) {
                (part, below_which) = place(random);
            }
            let fields = self.0[part].as_array().context("a list of fields")?;
            let field = random.of(fields);
            let below = field[0].as_str().context("a place")?;
            let value = random.of(field[1].as_array().context("values")?);
            write(&mut job, &[&below_which, below].concat(), value)?;
        }
        if *random.of(&[true, false, false, false]) {
            let place: &str = random.of::<&str>(&TEMPLATES);
            let template = job.pointer_mut(place).context("a template")?;
            let before = template.clone();
            empty_something(template, random);
            // KubeRay needs a container to add to.
            if !template.pointer("/spec/containers/0").is_some_and(Value::is_object) {
                *template = before;
            }
        }
        Ok(job)
    }
}

/// A part of `fields.json` and a place in the job for it.
fn place(random: &mut Random) -> (&'static str, String) {
    let template = *random.of(&TEMPLATES);
    match *random.of(&[0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4]) {
        0 => {
            let container = random.of(&["containers/0", "containers/0", "containers/1", "initContainers/0"]);
            ("container", format!("{template}/spec/{container}"))
        }
        1 => ("spec", format!("{template}/spec")),
        2 => ("metadata", format!("{template}/metadata")),
        3 => ("autoscaler", AUTOSCALER.to_owned()),
        _ => ("group", GROUP.to_owned()),
    }
}

/// Empties one value, or makes null of it: Go tells apart what is absent, null and empty only sometimes.
fn empty_something(template: &mut Value, random: &mut Random) {
    let mut count = 0;
    for_each_value(template, &mut |_| count += 1);
    let chosen = random.below(count);
    let is_null = *random.of(&[true, false]);
    for_each_value(template, &mut |value| {
        if count == chosen + 1 {
            *value = match value {
                _ if is_null => Value::Null,
                Value::String(_) => "".into(),
                Value::Number(_) => 0.into(),
                Value::Array(_) => json!([]),
                Value::Object(_) => json!({}),
                Value::Null | Value::Bool(_) => Value::Null,
            };
        }
        count -= 1;
    });
}

fn for_each_value(value: &mut Value, see: &mut impl FnMut(&mut Value)) {
    match value {
        Value::Array(items) => {
            for item in items {
                for_each_value(item, see);
                // The CRD takes no null for an item.
                if item.is_null() {
                    *item = json!({});
                }
            }
        }
        Value::Object(entries) => {
            for (key, entry) in entries {
                for_each_value(entry, see);
                // Nor for an amount, of which Go would make 0.
                if entry.is_null() && matches!(key.as_str(), "cpu" | "memory") {
                    *entry = "0".into();
                }
            }
        }
        _ => {}
    }
    see(value);
}

/// Writes a value at a JSON pointer; what is missing on the way is made, null removes.
fn write(job: &mut Value, pointer: &str, value: &Value) -> Result<()> {
    let mut at = job;
    let mut keys = pointer.split('/').skip(1).peekable();
    while let Some(key) = keys.next() {
        let key = key.replace("~1", "/");
        if keys.peek().is_none() && value.is_null() {
            // What has no keys, because another value stands there, has this one removed already.
            if let Some(object) = at.as_object_mut() {
                object.remove(&key);
            }
            return Ok(());
        }
        at = if let Ok(index) = key.parse::<usize>() {
            if !at.is_array() {
                *at = json!([]);
            }
            let items = at.as_array_mut().context("a list")?;
            items.resize_with(items.len().max(index + 1), || json!({}));
            &mut items[index]
        } else {
            if !at.is_object() {
                *at = json!({});
            }
            at.as_object_mut().context("an object")?.entry(key).or_insert(Value::Null)
        };
    }
    *at = value.clone();
    Ok(())
}

fn good_job(is_autoscaled: bool) -> Value {
    let mut group = json!({"groupName": "gpu", "replicas": 1, "minReplicas": 1, "maxReplicas": 2});
    group["template"] = good_template("ray-worker");
    let mut submitter = good_template("submitter");
    submitter["spec"]["restartPolicy"] = "Never".into();
    json!({
        "apiVersion": "ray.io/v1", "kind": "RayJob", "metadata": {"name": "generated", "namespace": "default"},
        "spec": {
            "entrypoint": "python train.py",
            "submitterPodTemplate": submitter,
            "rayClusterSpec": {
                "enableInTreeAutoscaling": is_autoscaled,
                "headGroupSpec": {"template": good_template("ray-head")},
                "workerGroupSpecs": [group],
            },
        },
    })
}

fn good_template(name: &str) -> Value {
    let probe = json!({"tcpSocket": {"port": 6379}});
    json!({"metadata": {}, "spec": {
        "containers": [
            {
                "name": name, "image": "rayproject/ray:2.56.0",
                "resources": {"limits": {"cpu": "2", "memory": "8Gi"}, "requests": {"cpu": "1", "memory": "8Gi"}},
                "volumeMounts": [{"name": "data", "mountPath": "/data"}],
                "env": [{"name": "A", "value": "b"}, {"name": "B"}],
                "ports": [{"containerPort": 6379, "name": "gcs"}],
                "livenessProbe": probe, "readinessProbe": probe, "startupProbe": probe,
            },
            {"name": "main", "image": "busybox:1.37", "env": [{"name": "A"}, {"name": "B"}]},
        ],
        "initContainers": [{"name": "fetch", "image": "busybox:1.37", "env": [{"name": "A"}, {"name": "B"}]}],
        "volumes": [{"name": "data", "emptyDir": {}}, {"name": "settings", "configMap": {"name": "settings"}}],
    }})
}

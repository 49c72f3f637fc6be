//! The pods that KubeRay would create of a job's templates, with those of its additions that can clash with what the job says
//! (KubeRay v1.6 `DefaultHeadPodTemplate`, `DefaultWorkerPodTemplate`, `BuildPod`).

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::generate::TEMPLATES;
use super::text;

/// The job's pods, in the order of [`TEMPLATES`].
pub(super) fn pods(job: &Value) -> Result<[Value; 3]> {
    let cluster = &job["spec"]["rayClusterSpec"];
    let [mut head, mut worker, submitter] =
        TEMPLATES.map(|place| pod(&job.pointer(place).cloned().unwrap_or_default()));
    for pod in [&mut head, &mut worker] {
        add_what_ray_needs(pod)?;
    }
    add_wait(&mut worker)?;
    let group = text(&cluster["workerGroupSpecs"][0]["groupName"]);
    worker["metadata"]["labels"]["ray.io/group"] = group.into();
    worker["metadata"]["generateName"] = format!("generated-abcde-{}-worker-", group.to_lowercase()).into();
    if cluster["enableInTreeAutoscaling"] == true {
        add_autoscaler(&mut head, &cluster["autoscalerOptions"])?;
    }
    Ok([head, worker, submitter])
}

fn pod(template: &Value) -> Value {
    let mut metadata = json!({"generateName": "generated-abcde-head-"});
    for key in ["labels", "annotations"] {
        metadata[key] = template["metadata"][key].clone();
    }
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": template["spec"]})
}

fn add_what_ray_needs(pod: &mut Value) -> Result<()> {
    let labels = &mut pod["metadata"]["labels"];
    for (key, value) in
        [("ray.io/cluster", "generated-abcde"), ("ray.io/group", "headgroup"), ("ray.io/node-type", "worker")]
    {
        labels[key] = value.into();
    }
    let ray = &mut pod["spec"]["containers"][0];
    let names_metrics = list(&mut ray["ports"])?.iter().any(|port| port["name"] == "metrics");
    if !names_metrics {
        list(&mut ray["ports"])?.push(json!({"name": "metrics", "containerPort": 8080}));
    }
    list(&mut ray["env"])?.push(json!({"name": "RAY_PORT", "value": "6379"}));
    add_empty_dir(pod, 0, "shared-mem", "/dev/shm")
}

fn add_empty_dir(pod: &mut Value, container: usize, name: &str, path: &str) -> Result<()> {
    let mounts = list(&mut pod["spec"]["containers"][container]["volumeMounts"])?;
    if mounts.iter().any(|mount| mount["mountPath"] == path) {
        return Ok(());
    }
    mounts.push(json!({"name": name, "mountPath": path}));
    let volumes = list(&mut pod["spec"]["volumes"])?;
    if volumes.iter().all(|volume| volume["name"] != name) {
        volumes.push(json!({"name": name, "emptyDir": {}}));
    }
    Ok(())
}

/// What KubeRay copies into this container from the one that runs Ray is judged there.
fn add_wait(worker: &mut Value) -> Result<()> {
    let wait = json!({"name": "wait-gcs-ready", "image": "rayproject/ray:2.56.0"});
    list(&mut worker["spec"]["initContainers"])?.push(wait);
    Ok(())
}

fn add_autoscaler(head: &mut Value, options: &Value) -> Result<()> {
    let name =
        head["spec"]["serviceAccountName"].as_str().filter(|name| !name.is_empty()).unwrap_or("generated");
    let name = match name.strip_prefix(|first: char| first.is_ascii_digit() || first.is_ascii_punctuation()) {
        Some(rest) => format!("r{rest}"),
        None => name.to_owned(),
    };
    head["spec"]["serviceAccountName"] = name.into();
    let mut autoscaler = json!({"name": "autoscaler", "image": head["spec"]["containers"][0]["image"]});
    for (key, value) in options.as_object().into_iter().flatten() {
        autoscaler[key] = value.clone();
    }
    let containers = list(&mut head["spec"]["containers"])?;
    // The first container of that name, as KubeRay looks for it.
    containers.push(autoscaler);
    let named = containers.iter().position(|container| container["name"] == "autoscaler");
    for container in [0, named.context("an autoscaler")?] {
        add_empty_dir(head, container, "ray-logs", "/tmp/ray")?;
    }
    Ok(())
}

/// The list that is there, or a new one.
fn list(value: &mut Value) -> Result<&mut Vec<Value>> {
    if value.is_null() {
        *value = json!([]);
    }
    value.as_array_mut().context("a list")
}

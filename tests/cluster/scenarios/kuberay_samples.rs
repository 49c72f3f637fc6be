//! KubeRay's own RayJob samples, admitted by its own CRD: the corpus that Raygate must not refuse either.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Result;
use raygate_control_plane::Identity;
use serde_json::Value;

use super::scenarios;
use crate::clusters::Clusters;

scenarios![the_crd_admits_every_sample, raygate_admits_every_sample];

fn the_crd_admits_every_sample(clusters: &Clusters) -> Result<()> {
    let control_plane = clusters.bare()?;
    let alice = control_plane.user(Identity::Alice)?;
    let samples = samples(&control_plane.kuberay_samples()?)?;
    assert!(samples.len() >= 20, "KubeRay 1.6 has more RayJob samples than {}", samples.len());
    // `create`, because some samples have a `generateName`, with which `apply` does nothing.
    let create = ["create", "--dry-run=server", "-n", "default", "-f", "-"];
    let output = alice.kubectl(create).stdin(samples.join("\n---\n")).run()?.expect_success()?;
    let admitted = output.stdout.matches("created (server dry run)").count();
    assert_eq!(admitted, samples.len(), "{output}");
    Ok(())
}

fn raygate_admits_every_sample(clusters: &Clusters) -> Result<()> {
    let control_plane = &clusters.guarded()?.control_plane;
    let (alice, namespace) = (control_plane.user(Identity::Alice)?, control_plane.namespace("samples")?);
    let samples = samples(&control_plane.kuberay_samples()?)?;
    // Some share a name: the later ones are updates.
    let mut names = BTreeSet::new();
    for sample in &samples {
        // `apply` cannot take a job whose name is still to be generated.
        let verb = if sample.contains("generateName:") { "create" } else { "apply" };
        for dry_run in ["server", "none"] {
            let write = [verb, &format!("--dry-run={dry_run}"), "-n", &namespace, "-o", "json", "-f", "-"];
            let stored = alice.kubectl(write).stdin(sample.as_str()).json()?;
            expect_completed(&stored);
            if dry_run == "none" {
                names.insert(stored["metadata"]["name"].as_str().map(ToOwned::to_owned));
            }
        }
    }
    let stored = alice.kubectl(["get", "rayjobs", "-n", &namespace, "-o", "json"]).json()?;
    assert_eq!(stored["items"].as_array().map(Vec::len), Some(names.len()), "dry runs store nothing");
    Ok(())
}

/// A sample has an id unless it is interactive, and its dashboard can be reached.
fn expect_completed(job: &Value) {
    let spec = &job["spec"];
    let has_id = spec["jobId"].as_str().is_some_and(|id| !id.is_empty());
    assert_eq!(has_id, spec["submissionMode"] != "InteractiveMode", "{spec}");
    if let Some(head) = spec["rayClusterSpec"]["headGroupSpec"].as_object() {
        assert_eq!(head["rayStartParams"]["dashboard-host"], "0.0.0.0", "{spec}");
    }
}

/// All RayJobs; what else a file holds (ConfigMaps, Kueue's objects) is left out.
fn samples(folder: &Path) -> Result<Vec<String>> {
    let mut samples = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            samples.extend(self::samples(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            let text = fs::read_to_string(&path)?;
            let jobs =
                text.split("\n---").filter(|document| document.lines().any(|line| line == "kind: RayJob"));
            samples.extend(jobs.map(ToOwned::to_owned));
        }
    }
    Ok(samples)
}

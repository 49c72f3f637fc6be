//! KubeRay's own RayJob samples, admitted by its own CRD: the corpus that Raygate must not refuse either.

use std::fs;
use std::path::Path;

use anyhow::Result;
use raygate_control_plane::Identity;

use super::scenarios;
use crate::clusters::Clusters;

scenarios![the_crd_admits_every_sample];

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

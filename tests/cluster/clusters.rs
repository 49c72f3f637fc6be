//! The clusters that scenarios share. Each starts when it is first asked for, so that `--list` and a filter that leaves
//! its scenarios out start nothing.

use std::sync::{Arc, OnceLock};

use anyhow::{Result, anyhow};
use raygate_control_plane::ControlPlane;

/// What scenarios run in.
#[derive(Default)]
pub(crate) struct Clusters {
    bare: Shared<ControlPlane>,
}

impl Clusters {
    /// A control plane with KubeRay's CRDs, and nothing that judges RayJobs.
    pub(crate) fn bare(&self) -> Result<&ControlPlane> {
        self.bare.get(with_kuberay)
    }
}

fn with_kuberay() -> Result<ControlPlane> {
    let control_plane = ControlPlane::start()?;
    control_plane.install_kuberay_crds()?;
    Ok(control_plane)
}

/// Started once; if that fails, it fails for everybody in the same way.
struct Shared<T>(OnceLock<Result<T, Arc<anyhow::Error>>>);

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

impl<T> Shared<T> {
    fn get(&self, start: impl FnOnce() -> Result<T>) -> Result<&T> {
        self.0.get_or_init(|| start().map_err(Arc::new)).as_ref().map_err(|error| anyhow!("{error:#}"))
    }
}

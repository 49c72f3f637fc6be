//! The clusters that scenarios share. Each starts when it is first asked for, so that `--list` and a filter that leaves
//! its scenarios out start nothing.

use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::{Result, anyhow};
use raygate_control_plane::{Chart, ControlPlane, Installation, eventually};

use crate::manifests::rayjob;
use crate::raygate;

const ACTIVE_WITHIN: Duration = Duration::from_secs(30);

/// What scenarios run in.
#[derive(Default)]
pub(crate) struct Clusters {
    bare: Shared<ControlPlane>,
    guarded: Shared<Guarded>,
}

/// A control plane with KubeRay's CRDs and Raygate.
pub(crate) struct Guarded {
    // Dropped before the control plane that it talks to.
    pub(crate) raygate: Installation,
    pub(crate) control_plane: ControlPlane,
}

impl Clusters {
    /// A control plane with KubeRay's CRDs, and nothing that judges RayJobs.
    pub(crate) fn bare(&self) -> Result<&ControlPlane> {
        self.bare.get(with_kuberay)
    }

    /// A control plane with KubeRay's CRDs and Raygate as its chart installs it.
    pub(crate) fn guarded(&self) -> Result<&Guarded> {
        self.guarded.get(|| Guarded::start(&raygate::chart()?))
    }
}

impl Guarded {
    /// Starts a control plane for one scenario alone, with Raygate as this chart installs it.
    pub(crate) fn start(chart: &Chart) -> Result<Self> {
        Self::install(with_kuberay()?, chart)
    }

    /// Installs Raygate into a control plane that has a RayJob CRD.
    pub(crate) fn install(control_plane: ControlPlane, chart: &Chart) -> Result<Self> {
        let program = Path::new(env!("CARGO_BIN_EXE_raygate"));
        let raygate = Installation::install(&control_plane, chart, program)?;
        let guarded = Self { raygate, control_plane };
        guarded.become_active()?;
        Ok(guarded)
    }

    /// The API server learns of webhook configurations by a watch, a moment after it has stored them.
    fn become_active(&self) -> Result<()> {
        let probe = rayjob("probe").to_string();
        let create = ["create", "--dry-run=server", "-n", "default", "-f", "-"];
        let admin = self.control_plane.admin()?;
        eventually("the API server calls Raygate", ACTIVE_WITHIN, || {
            admin.kubectl(create).stdin(probe.as_str()).run()?.expect_success()?;
            Ok(self.raygate.log()?.contains("\"probe\"").then_some(()))
        })
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

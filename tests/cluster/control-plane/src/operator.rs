//! The real KubeRay operator: it turns RayJobs into RayClusters and pods, which stay Pending without nodes.

use anyhow::Result;

use crate::control_plane::free_ports;
use crate::process::Process;
use crate::user::Identity;
use crate::{ControlPlane, parts};

/// A running operator; dropping it stops it.
#[derive(Debug)]
pub struct Operator {
    process: Process,
}

impl Operator {
    /// Starts the operator as [`Identity::KubeRayOperator`]; KubeRay's CRDs must be installed. It cares for all namespaces,
    /// or for one.
    ///
    /// # Errors
    ///
    /// When it cannot be built or started.
    pub fn start(control_plane: &ControlPlane, namespace: Option<&str>) -> Result<Self> {
        let program = parts::kuberay_operator()?.join("ray-operator");
        let user = control_plane.user(Identity::KubeRayOperator)?;
        let [metrics_port, health_port] = free_ports()?;
        let mut operator = Process::command(&program);
        operator.arg("-kubeconfig").arg(user.kubeconfig());
        operator.arg("-enable-leader-election=false");
        operator.arg(format!("-metrics-addr=127.0.0.1:{metrics_port}"));
        operator.arg(format!("-health-probe-bind-address=127.0.0.1:{health_port}"));
        if let Some(namespace) = namespace {
            operator.arg("-watch-namespace").arg(namespace);
        }
        let folder = control_plane.folder().subfolder(&format!("operator-{}", namespace.unwrap_or("all")))?;
        Ok(Self { process: Process::spawn("ray-operator", operator, &folder)? })
    }

    /// Everything that the operator has logged.
    ///
    /// # Errors
    ///
    /// When it has ended, or its log cannot be read.
    pub fn log(&mut self) -> Result<String> {
        self.process.expect_running()?;
        self.process.log()
    }
}

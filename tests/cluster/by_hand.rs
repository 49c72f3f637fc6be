//! `cargo run --example cluster [-- --operator]`: the cluster of the tests, to try Raygate by hand until Ctrl-C.

mod raygate;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use raygate_control_plane::{ControlPlane, Installation, Operator};

fn main() -> Result<()> {
    let with_operator = match std::env::args().skip(1).collect::<Vec<_>>().as_slice() {
        [] => false,
        [flag] if flag == "--operator" => true,
        other => bail!("unknown arguments {other:?}: usage: cargo run --example cluster [-- --operator]"),
    };
    let program = build_program()?;
    let control_plane = ControlPlane::start()?;
    control_plane.install_kuberay_crds()?;
    let _raygate = Installation::install(&control_plane, &raygate::chart()?, &program)?;
    let _operator = with_operator.then(|| Operator::start(&control_plane, None)).transpose()?;
    tell(&control_plane)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(tokio::signal::ctrl_c())?;
    writeln!(io::stderr(), "\nstopping")?;
    Ok(())
}

/// Cargo builds the program for tests, but not for examples.
fn build_program() -> Result<PathBuf> {
    let build = Command::new(env!("CARGO")).args(["build", "--bin", "raygate"]).status()?;
    ensure!(build.success(), "`cargo build --bin raygate` failed");
    let example = std::env::current_exe()?;
    let profile = example.ancestors().nth(2).context("an example lies in target/PROFILE/examples")?;
    Ok(profile.join("raygate"))
}

fn tell(control_plane: &ControlPlane) -> Result<()> {
    let admin = control_plane.admin()?;
    let sample = control_plane.kuberay_samples()?.join("ray-job.sample.yaml");
    let path = |path: &Path| path.display().to_string();
    writeln!(
        io::stdout(),
        "\nA Kubernetes control plane with KubeRay's CRDs and Raygate is running. In another terminal:\n\n    \
         export KUBECONFIG={} PATH={}:$PATH\n    \
         kubectl apply -f {}\n\nCtrl-C stops it.",
        path(admin.kubeconfig()),
        path(admin.clients()),
        path(&sample),
    )?;
    Ok(())
}

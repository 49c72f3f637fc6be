//! Pods against the Pod Security Standards: Kubernetes' own admission code, asked about the pods that KubeRay's own code
//! makes of a job, finds what Raygate finds, control by control.
//!
//! `generate` writes jobs at random, from harmless ones to bad ones → `oracle` makes their pods and judges them →
//! compared here with what the core says. `RAYGATE_POD_SECURITY_SEED` repeats a run, `RAYGATE_POD_SECURITY_JOBS` sets
//! how many jobs are judged.

#![expect(clippy::print_stderr, reason = "a run says its seed")]

#[cfg(test)]
mod cases;
#[cfg(test)]
mod generate;
#[cfg(test)]
#[path = "../go_command/mod.rs"]
mod go_command;
#[cfg(test)]
mod oracle;
#[cfg(test)]
#[path = "../random/mod.rs"]
mod random;
#[cfg(test)]
mod run;

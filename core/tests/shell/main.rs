//! The rules about entrypoints against real shells: no entrypoint that bash runs is refused, and what a warning says happens.
//!
//! `cases` and `generate` bring entrypoints → `kuberay` makes the submitter's command of them, as KubeRay does in Go → `run`
//! gives it to bash, or the entrypoint to bash and dash, with nothing but stubs on `PATH` → `judge` compares what ran, and
//! with which arguments, with what the rules say. `RAYGATE_SHELL_SEED` makes other entrypoints, `RAYGATE_SHELL_CASES`
//! sets how many are made, and `RAYGATE_KUBERAY_SOURCE` names the folder `ray-operator` of a KubeRay 1.7 to compare with too.

#![expect(clippy::print_stderr, reason = "a run says its seed and what it compared")]

#[cfg(test)]
mod cases;
#[cfg(test)]
mod compare;
#[cfg(test)]
mod generate;
#[cfg(test)]
#[path = "../go_command/mod.rs"]
mod go_command;
#[cfg(test)]
mod judge;
#[cfg(test)]
mod kuberay;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod oracle;
#[cfg(test)]
#[path = "../random/mod.rs"]
mod random;
#[cfg(test)]
mod run;
#[cfg(test)]
mod submitted_text;
#[cfg(test)]
mod truths;

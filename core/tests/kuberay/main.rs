//! The rules against KubeRay's own validation in Go: no job that KubeRay refuses is let through, none that it accepts is
//! called refused, and each of its error texts has a rule.
//!
//! For each version of KubeRay, `generate` writes jobs → `oracle` asks an API server's code with that version's CRD, then
//! KubeRay's → `judge` compares with the rules → `reduce` shrinks what differs. `RAYGATE_KUBERAY_SEED` repeats a run,
//! `RAYGATE_KUBERAY_JOBS` sets how many jobs are judged for each version, and `RAYGATE_KUBERAY_SOURCE` names the folder
//! `ray-operator` of a KubeRay 1.7 to compare with as well: no module proxy serves it.

#![expect(clippy::print_stderr, reason = "a run says its seed and what it judged")]

#[cfg(test)]
mod examples;
#[cfg(test)]
mod generate;
#[cfg(test)]
#[path = "../go_command/mod.rs"]
mod go_command;
#[cfg(test)]
mod jobs;
#[cfg(test)]
mod judge;
#[cfg(test)]
mod nodes;
#[cfg(test)]
mod oracle;
#[cfg(test)]
#[path = "../random/mod.rs"]
mod random;
#[cfg(test)]
mod reduce;
#[cfg(test)]
mod run;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod steps;
#[cfg(test)]
mod texts;

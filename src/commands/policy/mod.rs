//! `raygate policy`: `check` looks for mistakes in policies, `explain` tells what they make of a job, `test` holds them to
//! what they are meant to do.
//!
//! All three read policies as `serve` does; `trial` is what the webhooks would do with one job.

mod cases;
mod check;
mod expected;
mod explain;
mod test;
mod trial;

use std::process::ExitCode;

use anyhow::bail;
use raygate_core::yaml::Source;
use serde_json::Value;

use super::unreadable;
use crate::cli::{PolicyArguments, PolicyCommand};
use crate::manifests::{self, Failure, Input};

/// All is as it should be.
const CLEAN: u8 = 0;
/// Something is not.
const FOUND: u8 = 1;
/// Something could not be read.
const UNREAD: u8 = 2;

pub(super) fn run(arguments: &PolicyArguments) -> anyhow::Result<ExitCode> {
    match &arguments.command {
        PolicyCommand::Check(arguments) => check::run(arguments),
        PolicyCommand::Explain(arguments) => explain::run(arguments),
        PolicyCommand::Test(arguments) => test::run(arguments),
    }
}

/// The RayJobs in a file.
fn jobs_in(input: &Input) -> anyhow::Result<Vec<Value>> {
    let told = |failure: Failure| anyhow::anyhow!(super::typed::line(&failure));
    let text = input.read().map_err(told)?;
    let mut jobs = Vec::new();
    for chunk in manifests::chunks(&input.name, &text) {
        let chunk = chunk.map_err(told)?;
        let complete = chunk.complete();
        let source =
            Source::read(&complete, chunk.syntax).map_err(|error| told(unreadable(&chunk, &error, None)))?;
        for object in manifests::objects(&source) {
            let object = object.map_err(|error| told(chunk.failure(error.position, error.to_string())))?;
            if object.kind == "RayJob" {
                jobs.push(Value::from(&object.node.value));
            }
        }
    }
    Ok(jobs)
}

/// The one RayJob in a file.
fn job_in(input: &Input) -> anyhow::Result<Value> {
    let mut jobs = jobs_in(input)?;
    match (jobs.len(), jobs.pop()) {
        (1, Some(job)) => Ok(job),
        (0, _) => bail!("{}: there is no RayJob in it", input.name),
        (number, _) => bail!("{}: there are {number} RayJobs in it, and one at a time is tried", input.name),
    }
}

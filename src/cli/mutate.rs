//! Flags of `raygate mutate`.

use std::path::PathBuf;

use clap::Args;

use super::{Colour, TargetArguments};

const EXAMPLES: &str = "\
Examples:
  See a manifest as the webhook would complete it, or only what would be added:
    raygate mutate job.yaml
    raygate mutate job.yaml --diff

  Write it into the files; comments, order and quotes stay as they are:
    raygate mutate --write manifests/

  In a pipeline: fail, and name the files, where something is missing:
    raygate mutate --check manifests/

  Between what renders and what applies:
    helm template my-release ./chart | raygate mutate - | kubectl apply -f -

The webhook also gives each new job an id. A manifest does without one, so that the cluster gives a new id each time it
is applied: Ray takes a second job with the id of a finished one for the same job. See --job-id.

Exit codes: 0 done or nothing to do, 1 something is missing (with --check), 2 something could not be read or completed.";

/// Flags of `raygate mutate`.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct MutateArguments {
    /// Files, folders, patterns, or `-` for standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Print what would be added, as a unified diff, instead of the manifests
    #[arg(long)]
    pub diff: bool,

    /// Write the files instead of printing them, and name those that changed
    #[arg(long, conflicts_with = "check")]
    pub write: bool,

    /// Print only the names of files in which something is missing; the exit code is then 1
    #[arg(long)]
    pub check: bool,

    /// Give a job without `jobId` one, made of its name and a hash of its namespace, name and spec: the same manifest gets
    /// the same id each time. Left to the cluster by default
    #[arg(long)]
    pub job_id: bool,

    /// Pass over YAML and JSON that is no Kubernetes manifest although its file is named, as is done in folders: for hooks
    /// that name every file of a change
    #[arg(long)]
    pub skip_others: bool,

    /// The name that standard input has in what is printed; its folder is where raygate.toml is looked for
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<PathBuf>,

    /// When to use colours in a diff; `auto` does in a terminal, unless `NO_COLOR` is set
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Colour::Auto)]
    pub color: Colour,

    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment here would replace the help of the command")]
    pub target: TargetArguments,
}

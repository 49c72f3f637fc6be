//! Flags of `raygate audit`.

use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use raygate_core::kuberay::{FeatureGates, KubeRayVersion};

use super::{Colour, FailOn, Output};

const EXAMPLES: &str = "\
Examples:
  What is in the namespace of the current context, and what is in all:
    raygate audit
    raygate audit --all-namespaces

  What would a stricter policy refuse? Asked before it is applied:
    raygate audit --all-namespaces --policy stricter.yaml

  Is there an object that stops KubeRay's operator? The report gives the command that repairs it:
    raygate audit --all-namespaces --poison

  For a program:
    raygate audit --all-namespaces --format json

Exit codes: 0 nothing found at the level of --fail-on or above, 1 something found, 2 something could not be judged.";

/// Flags of `raygate audit`.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = EXAMPLES)]
pub struct AuditArguments {
    /// The namespace to look at [default: the one of the kubeconfig's context]
    #[arg(long, short, value_name = "NAMESPACE", conflicts_with = "all_namespaces")]
    pub namespace: Option<String>,

    /// Look at all namespaces
    #[arg(long, short = 'A')]
    pub all_namespaces: bool,

    /// Look only for what stops KubeRay's operator
    #[arg(long, conflicts_with_all = ["policy", "user", "group"])]
    pub poison: bool,

    /// How to write what was found
    #[arg(long, value_enum, default_value_t = AuditFormat::Table)]
    pub format: AuditFormat,

    /// Write it to a file as well, in a format of its own; repeatable
    #[arg(long, value_name = "FORMAT=FILE")]
    pub output: Vec<Output>,

    /// The lowest level that makes the exit code 1
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = FailOn::Deny)]
    pub fail_on: FailOn,

    /// Print nothing unless something is found or cannot be judged
    #[arg(long, short)]
    pub quiet: bool,

    /// When to use colours; `auto` does in a terminal, unless `NO_COLOR` is set
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Colour::Auto)]
    pub color: Colour,

    /// Policies to judge by: files or folders; repeatable
    #[arg(long, env = "RAYGATE_POLICY", value_name = "PATH", value_delimiter = ',')]
    pub policy: Vec<PathBuf>,

    /// Who shall have submitted the jobs, for policies that ask: the cluster does not remember
    #[arg(long, value_name = "NAME", default_value = "")]
    pub user: String,

    /// A group of that user; repeatable
    #[arg(long, value_name = "NAME")]
    pub group: Vec<String>,

    /// The KubeRay that runs in the cluster, for example 1.6 [default: the one whose RayJob CRD is installed]
    #[arg(long, env = "RAYGATE_KUBERAY_VERSION", value_name = "VERSION")]
    pub kuberay_version: Option<KubeRayVersion>,

    /// Feature gates set on the KubeRay operator, for example `RayCronJob=true`; others have the version's defaults
    #[arg(long, env = "RAYGATE_KUBERAY_FEATURE_GATES", value_name = "GATES")]
    pub kuberay_feature_gates: Option<FeatureGates>,

    /// The kubeconfig to use [default: those of `KUBECONFIG`, or ~/.kube/config, or the pod's own account]
    #[arg(long, value_name = "FILE")]
    pub kubeconfig: Option<PathBuf>,

    /// The context of the kubeconfig to use [default: its current one]
    #[arg(long, value_name = "NAME")]
    pub context: Option<String>,

    /// How many objects to ask the API server for at once
    #[arg(long, value_name = "NUMBER", default_value = "100")]
    pub chunk_size: NonZeroU32,
}

/// How to write what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AuditFormat {
    /// One line for each finding, and below them the commands that repair.
    Table,
    /// The lines of each object with what is wrong in them.
    Text,
    /// One JSON document; docs/check.schema.json describes it.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// `JUnit` XML, for CI systems.
    Junit,
    /// Workflow commands, which GitHub shows beside a run.
    Github,
}

//! Flags of `raygate check`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueEnum};
use raygate_core::finding::Level;
use raygate_core::kuberay::{FeatureGates, KubeRayVersion};

const EXAMPLES: &str = "\
Examples:
  One manifest, a folder, or a pattern:
    raygate check job.yaml
    raygate check manifests/ 'teams/*/jobs.yaml'

  What Helm or kustomize make:
    helm template my-release ./chart | raygate check -
    kustomize build overlays/production | raygate check -

  In a pipeline: annotations for GitHub, a file for code scanning, and warnings count:
    raygate check . --format github --output sarif=raygate.sarif --fail-on warn

  As an update of what is deployed now:
    kubectl get rayjob train -o yaml > now.yaml; raygate check job.yaml --old now.yaml

A warning that is meant to be there is hidden by an annotation of the job:
    metadata: {annotations: {raygate.dev/ignore: cluster-outlives-job}}

Defaults for flags stand in a `raygate.toml` in the folder of a manifest or above it; see docs/check.md.

Exit codes: 0 nothing found at the level of --fail-on or above, 1 something found, 2 something could not be checked.";

/// Flags of `raygate check`.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = EXAMPLES)]
pub struct CheckArguments {
    /// Files, folders, patterns, or `-` for standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// How to write what was found
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,

    /// Write it to a file as well, in a format of its own; repeatable
    #[arg(long, value_name = "FORMAT=FILE")]
    pub output: Vec<Output>,

    /// The lowest level that makes the exit code 1 [default: deny]
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub fail_on: Option<FailOn>,

    /// Print nothing unless something is found or cannot be checked
    #[arg(long, short)]
    pub quiet: bool,

    /// Pass over YAML and JSON that is no Kubernetes manifest although its file is named, as is done in folders: for hooks
    /// that name every file of a change
    #[arg(long)]
    pub skip_others: bool,

    /// The existing objects, in a file: what is checked that stands there too is judged as an update of it
    #[arg(long, value_name = "FILE")]
    pub old: Option<PathBuf>,

    /// The name that standard input has in what is printed; its folder is where raygate.toml is looked for
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<PathBuf>,

    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment here would replace the help of the command")]
    pub target: TargetArguments,

    /// When to use colours; `auto` does in a terminal, unless `NO_COLOR` is set
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Colour::Auto)]
    pub color: Colour,
}

/// Flags about where the manifests will be applied.
#[derive(Args, Debug)]
#[command(next_help_heading = "Target")]
pub struct TargetArguments {
    /// The KubeRay that runs in the cluster, for example 1.6 [default: the newest known]
    #[arg(long, env = "RAYGATE_KUBERAY_VERSION", value_name = "VERSION")]
    pub kuberay_version: Option<KubeRayVersion>,

    /// Feature gates set on the KubeRay operator, for example `RayCronJob=true`; others have the version's defaults
    #[arg(long, env = "RAYGATE_KUBERAY_FEATURE_GATES", value_name = "GATES")]
    pub kuberay_feature_gates: Option<FeatureGates>,

    /// The namespace of manifests that name none
    #[arg(long, short, value_name = "NAMESPACE")]
    pub namespace: Option<String>,

    /// Policies to judge by, as the cluster has them: files or folders; repeatable
    #[arg(long, env = "RAYGATE_POLICY", value_name = "PATH", value_delimiter = ',')]
    pub policy: Vec<PathBuf>,

    /// Who will apply the manifests, for policies that ask
    #[arg(long, value_name = "NAME", default_value = "")]
    pub user: String,

    /// A group of that user; repeatable
    #[arg(long, value_name = "NAME")]
    pub group: Vec<String>,

    /// The labels of the namespace, for policies that ask, for example `tier=gpu,team=a`
    #[arg(long, value_name = "KEY=VALUE,…", value_parser = labels)]
    pub namespace_labels: Option<BTreeMap<String, String>>,

    /// Use this file instead of looking for a raygate.toml
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

fn labels(text: &str) -> Result<BTreeMap<String, String>, String> {
    let label = |label: &str| {
        let (key, value) =
            label.split_once('=').ok_or_else(|| format!("`{label}` is no label: write KEY=VALUE"))?;
        Ok((key.trim().to_owned(), value.trim().to_owned()))
    };
    text.split(',').filter(|label| !label.trim().is_empty()).map(label).collect()
}

/// How to write what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// The lines of the manifest with what is wrong in them.
    Text,
    /// One JSON document; docs/check.schema.json describes it.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// `JUnit` XML, for CI systems.
    Junit,
    /// Workflow commands, which GitHub shows beside the lines of a change.
    Github,
}

/// A format and the file to write it to.
#[derive(Clone, Debug)]
pub struct Output {
    /// The format.
    pub format: CheckFormat,
    /// The file.
    pub file: PathBuf,
}

impl FromStr for Output {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (format, file) =
            text.split_once('=').ok_or("write a format and a file, for example sarif=raygate.sarif")?;
        if file.is_empty() {
            return Err(format!("there is no file behind `{format}=`"));
        }
        let format = CheckFormat::from_str(format, false).map_err(|_| {
            format!("there is no format `{format}`: write text, json, sarif, junit or github before the `=`")
        })?;
        Ok(Self { format, file: file.into() })
    }
}

/// The lowest level of a finding that fails a check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Only what the cluster would refuse.
    #[default]
    Deny,
    /// Warnings too.
    Warn,
}

impl FailOn {
    /// The level.
    pub const fn level(self) -> Level {
        match self {
            Self::Deny => Level::Deny,
            Self::Warn => Level::Warn,
        }
    }
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// In a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

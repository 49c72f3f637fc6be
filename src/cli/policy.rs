//! Flags of `raygate policy check`, `raygate policy explain` and `raygate policy test`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{Colour, TargetArguments};

const EXAMPLES: &str = "\
Examples:
  Look for mistakes before a policy is applied:
    raygate policy check policies/

  See what policies make of a job, and why:
    raygate policy explain job.yaml --policy policies/ --namespace team-a --user alice

  Hold policies to what they are meant to do:
    raygate policy test policies/*.test.yaml

`raygate policy COMMAND --help` shows each with its own examples; docs/policy.md describes policies.";

const CHECK_EXAMPLES: &str = "\
Examples:
  Files and folders:
    raygate policy check policies/ extra.yaml

  For a machine:
    raygate policy check policies/ --format json

Exit codes: 0 nothing is wrong, 1 a policy has a mistake, 2 something could not be read.";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  As alice of the group data-science would apply it:
    raygate policy explain job.yaml --policy policies/ --namespace team-a --user alice --group data-science

  Where policies select by the labels of the namespace:
    raygate policy explain job.yaml --policy policies/ --namespace team-a --namespace-labels tier=gpu

  As a service account would:
    raygate policy explain job.yaml --policy policies/ --user system:serviceaccount:ci:runner

Exit codes: 0 the job would be let in, 1 it would be refused, 2 something could not be read.";

const TEST_EXAMPLES: &str = "\
Examples:
  All tests in files and folders (*.test.yaml):
    raygate policy test policies/

  A file of tests:
    policies: [gpu-teams.yaml]
    namespace: team-a
    job: job.yaml
    cases:
    - name: a job that says who pays is let in
      change: {metadata: {labels: {cost-center: RAY-17}}}
      expect: {verdict: allowed}
    - name: one that does not is refused
      expect: {verdict: denied, codes: [{code: RJ741, field: 'metadata.labels[cost-center]'}]}

  One of them, for a machine:
    raygate policy test policies/gpu-teams.test.yaml --format json

Exit codes: 0 every case is as expected, 1 a case is not, 2 something could not be read.";

/// Flags of `raygate policy`.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, after_long_help = EXAMPLES)]
pub struct PolicyArguments {
    /// What to do.
    #[command(subcommand)]
    pub command: PolicyCommand,
}

/// What to do with policies.
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// Look for mistakes in policies
    Check(PolicyCheckArguments),
    /// Tell which policies are about a job, and what they make of it
    Explain(Box<PolicyExplainArguments>),
    /// Run tests of policies
    Test(PolicyTestArguments),
}

/// Flags of `raygate policy check`.
#[derive(Args, Debug)]
#[command(after_help = CHECK_EXAMPLES, after_long_help = CHECK_EXAMPLES)]
pub struct PolicyCheckArguments {
    /// Files or folders with policies, or `-` for standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,

    /// How to write what was found
    #[arg(long, value_enum, default_value_t = PolicyFormat::Text)]
    pub format: PolicyFormat,

    /// When to use colours; `auto` does in a terminal, unless `NO_COLOR` is set
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Colour::Auto)]
    pub color: Colour,
}

/// Flags of `raygate policy explain`.
#[derive(Args, Debug)]
#[command(after_help = EXPLAIN_EXAMPLES, after_long_help = EXPLAIN_EXAMPLES)]
pub struct PolicyExplainArguments {
    /// A manifest with a RayJob, or `-` for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// The job as it is stored now, in a file: FILE is explained as an update of it
    #[arg(long, value_name = "FILE")]
    pub old: Option<PathBuf>,

    /// How to write it
    #[arg(long, value_enum, default_value_t = PolicyFormat::Text)]
    pub format: PolicyFormat,

    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment here would replace the help of the command")]
    pub target: TargetArguments,
}

/// Flags of `raygate policy test`.
#[derive(Args, Debug)]
#[command(after_help = TEST_EXAMPLES, after_long_help = TEST_EXAMPLES)]
pub struct PolicyTestArguments {
    /// Files of tests, or folders in which their names end in `.test.yaml`
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,

    /// How to write what came of them
    #[arg(long, value_enum, default_value_t = PolicyFormat::Text)]
    pub format: PolicyFormat,
}

/// How to write what is said about policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PolicyFormat {
    /// For people.
    Text,
    /// One JSON document.
    Json,
}

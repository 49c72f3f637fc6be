//! Flags of `raygate rules` and `raygate explain`.

use clap::{Args, ValueEnum};
use raygate_core::kuberay::{FeatureGates, KubeRayVersion};

const RULES_EXAMPLES: &str = "\
Examples:
  All rules, for people:
    raygate rules

  What a KubeRay 1.5 with a feature gate switched on would be told, for programs:
    raygate rules --format json --kuberay-version 1.5 --kuberay-feature-gates RayJobDeletionPolicy=true";

/// Flags of `raygate rules`.
#[derive(Args, Debug)]
#[command(after_help = RULES_EXAMPLES, after_long_help = RULES_EXAMPLES)]
pub struct RulesArguments {
    /// How to write the list
    #[arg(long, value_enum, default_value_t = RulesFormat::Text)]
    pub format: RulesFormat,

    /// Only what holds for this KubeRay, for example 1.7; without it and without gates, all rules
    #[arg(long, value_name = "VERSION")]
    pub kuberay_version: Option<KubeRayVersion>,

    /// Only what holds with these feature gates on the KubeRay operator, for example `RayClusterMTLS=true`
    #[arg(long, value_name = "GATES")]
    pub kuberay_feature_gates: Option<FeatureGates>,
}

/// How to write the list of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RulesFormat {
    /// Lines for people.
    Text,
    /// One JSON array.
    Json,
    /// The rule reference, with documentation and examples.
    Markdown,
}

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  By the code that a finding names, or by its slug:
    raygate explain RJ103
    raygate explain suspend-without-shutdown";

/// Flags of `raygate explain`.
#[derive(Args, Debug)]
#[command(after_help = EXPLAIN_EXAMPLES, after_long_help = EXPLAIN_EXAMPLES)]
pub struct ExplainArguments {
    /// The rule's code or slug, for example RJ103 or suspend-without-shutdown
    #[arg(value_name = "RULE")]
    pub rule: String,
}

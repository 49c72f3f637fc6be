//! Rules that find nothing, so that the committed reports change with the formats only and not with what the real rules say.

use raygate_core::finding::Level;
use raygate_core::kuberay::KubeRayVersion;
use raygate_core::rules::{Because, Check, Rule, Truth};

const DOCS: &str = " One sentence about it.\n\n ## Why\n Because it *fails*,\n and costs.\n\n ## Example\n ```yaml bad\n spec: {}\n ```\n";

pub(crate) static MODE: Rule = rule("RJ101", "unknown-submission-mode", Level::Deny);
pub(crate) static TTL: Rule = rule("RJ102", "ttl-without-shutdown", Level::Deny);
pub(crate) static SUSPEND: Rule = rule("RJ103", "suspend-without-shutdown", Level::Deny);
pub(crate) static REPLICAS: Rule = rule("RJ257", "replicas-beyond-maximum", Level::Warn);
pub(crate) static VARIABLE: Rule = rule("RJ620", "ambiguous-environment-value", Level::Deny);

const fn rule(code: &'static str, slug: &'static str, level: Level) -> Rule {
    const BECAUSE: &[Because] = &[
        Because::always(Truth::KubeRayRefuses, "`no`, it says"),
        Because::always(Truth::Ray, "refuses it").from(KubeRayVersion::V1_5),
    ];
    let check = Check::Job(|_, _| {});
    Rule { code, slug, level, since: "0.1.0", because: BECAUSE, reads_metadata: false, docs: DOCS, check }
}

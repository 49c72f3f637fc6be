//! RJ362 `malformed-ray-start-value`.

use serde::de::IgnoredAny;

use crate::quoted::Quoted;
use crate::ray_start::{self, Arrival, Kind, Known, bool_of, integer_of, is_float};
use crate::rules::prelude::*;

rule! {
    /// A value in `rayStartParams` is of another type than its option takes.
    ///
    /// ## Why
    /// `ray start` reads counts, ports and bytes as whole numbers: neither `0.5`, `500m` nor `4Gi` is one. An option that is
    /// only a switch takes no value but `"true"` and `"false"`, of which KubeRay makes the option or nothing. With another value
    /// `ray start` ends at once, and the job stays in `Initializing`.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {num-cpus: 500m}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {object-store-memory: 4Gi}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {disable-usage-stats: "1"}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {num-gpus: "true"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {num-cpus: "4", object-store-memory: "4294967296", disable-usage-stats: "true"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {num-cpus: "$CPUS"}
    /// ```
    ///
    /// ## References
    /// - Ray 2.38 to 2.60 `ray start --help`
    /// - KubeRay v1.7 `convertParamMap`
    "RJ362" "malformed-ray-start-value" Deny since "0.1.0" [reads metadata] because
        Ray "`Invalid value for`, `does not take a value`, `requires an argument`, and `ray start` exits with 2 (Ray 2.38 to 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for node in ray_start::nodes(job) {
        for (param, arrival) in node.line().params() {
            let Known::Has(option) = ray_start::find(param.key(), node.ray) else { continue };
            if fits(option.kind, arrival) {
                continue;
            }
            // Redis' password is a text, which everything fits; JSON may be anything.
            let value = match arrival {
                Arrival::Text(text) if option.kind != Kind::Json => format!(", not {}", Quoted(text)),
                Arrival::Alone => ", and KubeRay hands on `true` as no value at all".to_owned(),
                _ => String::new(),
            };
            let name = param.key();
            findings
                .report(
                    param,
                    format!("`{name}` of {} takes {}{value}", node.name_for_people(), taken(option.kind)),
                )
                .because_of_all(node.because())
                .help(help(option.kind, name));
        }
    }
}

fn fits(kind: Kind, arrival: &Arrival<'_>) -> bool {
    let text = match arrival {
        Arrival::Nothing | Arrival::Unknown => return true,
        Arrival::Alone => return matches!(kind, Kind::Switch | Kind::Text),
        Arrival::Text(text) => text,
    };
    match kind {
        Kind::Bool => bool_of(text).is_ok(),
        Kind::Choice(words) => words.iter().any(|word| text.eq_ignore_ascii_case(word)),
        Kind::Float => is_float(text),
        Kind::Integer => integer_of(text).is_ok(),
        // Python also reads these.
        Kind::Json => {
            serde_json::from_str::<IgnoredAny>(text).is_ok()
                || text.contains("NaN")
                || text.contains("Infinity")
        }
        Kind::Switch => false,
        Kind::Text => true,
    }
}

fn taken(kind: Kind) -> String {
    match kind {
        Kind::Bool => "`true` or `false`".to_owned(),
        Kind::Choice(words) => format!("one of {}", words.join(", ")),
        Kind::Float => "a number".to_owned(),
        Kind::Integer => "a whole number".to_owned(),
        Kind::Json => "JSON that Bash leaves as it is".to_owned(),
        Kind::Switch => "no value".to_owned(),
        Kind::Text => "a text".to_owned(),
    }
}

fn help(kind: Kind, name: &str) -> &'static str {
    match kind {
        Kind::Integer if name.ends_with("memory") => {
            "write the number of bytes, for example \"4294967296\" for 4Gi"
        }
        Kind::Integer if name.ends_with("port") => "write the port's number, for example \"8080\"",
        Kind::Integer => "write a whole number such as \"4\", in digits, or \"0\" for none",
        Kind::Float => "write a number, for example \"1.5\"",
        Kind::Bool => "write \"true\" or \"false\"",
        Kind::Choice(_) => "write one of these words",
        Kind::Json => "wrap it in single quotes: \"'{...}'\" in YAML",
        Kind::Switch => "write \"true\" to set it, or remove it",
        Kind::Text => "write a text",
    }
}

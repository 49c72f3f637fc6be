//! One record of an admission becomes one log line and some counts.

use std::fmt;
use std::time::Duration;

use raygate_core::admission::{Endpoint, Record};

use tracing::field::{DisplayValue, display};

use super::Telemetry;

/// The longest text of a client that a line repeats, in bytes: no name in Kubernetes is longer.
const LONGEST: usize = 253;

impl Telemetry {
    /// Logs and counts one answered review.
    pub fn record(&self, endpoint: Endpoint, record: &Record<'_>, took: Duration) {
        self.metrics.count(endpoint, record, took);
        // As `&str` each value is written quoted and escaped; with `%` a client could end the line.
        tracing::info!(
            endpoint = endpoint_name(endpoint),
            uid = shown(&record.uid),
            operation = shown(&record.operation),
            kind = shown(&record.kind),
            namespace = shown(&record.namespace),
            name = shown(&record.name),
            user = shown(&record.user),
            dry_run = record.dry_run,
            verdict = record.verdict.as_str(),
            denied = listed(&record.denied),
            warned = listed(&record.warned),
            mutations = listed(&record.mutations),
            micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
            "review"
        );
    }

    /// Logs and counts one refused request; `line` is what the client was told.
    pub fn record_refusal(&self, status: u16, line: &str) {
        self.metrics.count_refusal(status);
        tracing::warn!(status, reason = shown(line), "refused");
    }
}

/// The endpoint as a word, for logs and metrics.
pub(super) fn endpoint_name(endpoint: Endpoint) -> &'static str {
    match endpoint {
        Endpoint::Mutate => "mutate",
        Endpoint::Validate => "validate",
        Endpoint::ValidatePolicy => "validate-policy",
    }
}

fn shown(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}

/// A field that is left out when there is nothing to say.
fn listed<'a>(words: &'a [&'static str]) -> Option<DisplayValue<Listed<'a>>> {
    (!words.is_empty()).then(|| display(Listed(words)))
}

/// Our own words (codes, slugs), separated by commas.
struct Listed<'a>(&'a [&'static str]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, word) in self.0.iter().enumerate() {
            if index > 0 {
                formatter.write_str(",")?;
            }
            formatter.write_str(word)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(shown("short"), "short");
        assert_eq!(shown(&"ü".repeat(200)).len(), 252);
    }

    #[test]
    fn words_are_listed_with_commas() {
        assert_eq!(Listed(&["RJ103", "RJ201"]).to_string(), "RJ103,RJ201");
        assert_eq!(Listed(&[]).to_string(), "");
    }
}

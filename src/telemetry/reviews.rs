//! What is counted of each answered review: every counter exists from the start, and a review finds its own by arithmetic
//! or a binary search, because a lookup by labels would cost more than most rules.

use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use raygate_core::admission::{Endpoint, Record, Verdict};
use raygate_core::mutations;
use raygate_core::rules;

use super::metrics::registered;
use super::namespaces::Namespaces;
use super::record::endpoint_name;

const ENDPOINTS: [Endpoint; 3] = [Endpoint::Mutate, Endpoint::Validate, Endpoint::ValidatePolicy];
const OPERATIONS: [&str; 5] = ["CREATE", "UPDATE", "DELETE", "CONNECT", "other"];
/// What a finding did: `would-deny` is of policies, or a whole Raygate, under trial.
const LEVELS: [&str; 3] = ["deny", "warn", "would-deny"];
const DRY_RUNS: [bool; 2] = [false, true];

/// Seconds; the API server gives up after 10 at most, and an answer should take a fraction of a millisecond.
const BUCKETS: [f64; 11] = [0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.01, 0.05, 0.25, 1.0, 5.0];

#[derive(Clone, Debug, EncodeLabelSet, Hash, PartialEq, Eq)]
struct Request {
    endpoint: &'static str,
    operation: &'static str,
    verdict: &'static str,
    dry_run: &'static str,
}

#[derive(Clone, Debug, EncodeLabelSet, Hash, PartialEq, Eq)]
struct Finding {
    code: &'static str,
    level: &'static str,
}

#[derive(Clone, Debug, EncodeLabelSet, Hash, PartialEq, Eq)]
struct Mutation {
    mutation: &'static str,
}

#[derive(Clone, Debug, EncodeLabelSet, Hash, PartialEq, Eq)]
struct OfEndpoint {
    endpoint: &'static str,
}

/// The counters of reviews.
pub(super) struct Reviews {
    /// In the order of `ENDPOINTS`, `OPERATIONS`, `Verdict::ALL` and `DRY_RUNS`.
    requests: Vec<Counter>,
    durations: [Histogram; 3],
    /// By code, in the order of `LEVELS`.
    findings: Vec<(&'static str, [Counter; 3])>,
    /// By slug.
    mutations: Vec<(&'static str, Counter)>,
    namespaces: Namespaces,
}

impl Reviews {
    pub(super) fn register(registry: &mut Registry) -> Self {
        Self {
            requests: requests(registry),
            durations: durations(registry),
            findings: findings(registry),
            mutations: mutations(registry),
            namespaces: Namespaces::register(registry),
        }
    }

    pub(super) fn count(&self, endpoint: Endpoint, record: &Record<'_>, took: Duration) {
        if let Some(counter) = self.requests.get(index(endpoint, record)) {
            counter.inc();
        }
        self.durations[endpoint as usize].observe(took.as_secs_f64());
        for (level, codes) in [&record.denied, &record.warned, &record.would_deny].into_iter().enumerate() {
            for code in codes {
                if let Ok(at) = self.findings.binary_search_by_key(code, |(code, _)| code) {
                    self.findings[at].1[level].inc();
                }
            }
        }
        for mutation in &record.mutations {
            if let Some((_, counter)) = self.mutations.iter().find(|(slug, _)| slug == mutation) {
                counter.inc();
            }
        }
        // GitOps tools repeat their dry runs all day; and a job that `/mutate` saw comes to `/validate` too.
        if endpoint == Endpoint::Validate && !record.dry_run {
            self.namespaces.count(&record.namespace, record.verdict);
        }
    }
}

fn requests(registry: &mut Registry) -> Vec<Counter> {
    let family: Family<Request, Counter> = registered(registry, "requests", "Reviews that were answered");
    let mut counters = Vec::new();
    for endpoint in ENDPOINTS.map(endpoint_name) {
        for operation in OPERATIONS {
            for verdict in Verdict::ALL.map(Verdict::as_str) {
                for dry_run in DRY_RUNS.map(|dry_run| if dry_run { "true" } else { "false" }) {
                    counters.push(family.get_or_create_owned(&Request {
                        endpoint,
                        operation,
                        verdict,
                        dry_run,
                    }));
                }
            }
        }
    }
    counters
}

/// In the order of the codes.
fn findings(registry: &mut Registry) -> Vec<(&'static str, [Counter; 3])> {
    let family: Family<Finding, Counter> = registered(
        registry,
        "findings",
        "Findings of rules; would-deny is what a policy under trial would have refused",
    );
    let of = |code| LEVELS.map(|level| family.get_or_create_owned(&Finding { code, level }));
    rules::all().map(|rule| (rule.code, of(rule.code))).collect()
}

fn mutations(registry: &mut Registry) -> Vec<(&'static str, Counter)> {
    let family: Family<Mutation, Counter> = registered(registry, "mutations", "Mutations that were applied");
    let of = |mutation| family.get_or_create_owned(&Mutation { mutation });
    mutations::slugs().map(|slug| (slug, of(slug))).collect()
}

fn index(endpoint: Endpoint, record: &Record<'_>) -> usize {
    let operation =
        OPERATIONS.iter().position(|known| *known == record.operation).unwrap_or(OPERATIONS.len() - 1);
    let place = endpoint as usize * OPERATIONS.len() + operation;
    let place = place * Verdict::ALL.len() + record.verdict as usize;
    place * DRY_RUNS.len() + usize::from(record.dry_run)
}

fn durations(registry: &mut Registry) -> [Histogram; 3] {
    let family: Family<OfEndpoint, Histogram, fn() -> Histogram> =
        Family::new_with_constructor(|| Histogram::new(BUCKETS));
    let help = "From the head of a review to its answer";
    registry.register_with_unit("request_duration", help, Unit::Seconds, family.clone());
    ENDPOINTS.map(|endpoint| family.get_or_create_owned(&OfEndpoint { endpoint: endpoint_name(endpoint) }))
}

#[cfg(test)]
mod tests {
    use super::super::Metrics;
    use super::*;

    fn record(operation: &'static str, verdict: Verdict, dry_run: bool) -> Record<'static> {
        Record {
            uid: "u".into(),
            operation: operation.into(),
            kind: "RayJob".into(),
            namespace: "team".into(),
            name: "train".into(),
            user: "alice".into(),
            dry_run,
            verdict,
            denied: vec![],
            warned: vec![],
            would_deny: vec![],
            mutations: vec![],
        }
    }

    #[test]
    fn each_request_finds_its_own_counter() {
        for endpoint in ENDPOINTS {
            for operation in ["CREATE", "UPDATE", "DELETE", "CONNECT", "PATCH"] {
                for verdict in Verdict::ALL {
                    for dry_run in DRY_RUNS {
                        let metrics = Metrics::default();
                        metrics.count(endpoint, &record(operation, verdict, dry_run), Duration::ZERO);
                        let operation = if operation == "PATCH" { "other" } else { operation };
                        let line = format!(
                            "raygate_requests_total{{endpoint=\"{}\",operation=\"{operation}\",verdict=\"{}\",dry_run=\"{dry_run}\"}} 1",
                            endpoint_name(endpoint),
                            verdict.as_str(),
                        );
                        let text = metrics.text();
                        assert!(text.lines().any(|found| found == line), "{line} in {text}");
                        let by_namespace = usize::from(endpoint == Endpoint::Validate && !dry_run);
                        let ones = 1 + 1 + BUCKETS.len() + 1 + 1 + by_namespace;
                        assert_eq!(text.matches("} 1\n").count(), ones, "{text}");
                    }
                }
            }
        }
    }

    #[test]
    fn findings_and_mutations_are_counted_by_what_raygate_knows() {
        let metrics = Metrics::default();
        let mut record = record("CREATE", Verdict::Denied, false);
        record.denied = vec!["RJ103"];
        record.warned = vec!["RJ201"];
        record.would_deny = vec!["RJ102"];
        record.mutations = vec!["job-id"];
        metrics.count(Endpoint::Validate, &record, Duration::ZERO);
        metrics.count_refusal(413);
        let text = metrics.text();
        for line in [
            "raygate_findings_total{code=\"RJ103\",level=\"deny\"} 1",
            "raygate_findings_total{code=\"RJ201\",level=\"warn\"} 1",
            "raygate_findings_total{code=\"RJ102\",level=\"would-deny\"} 1",
            "raygate_mutations_total{mutation=\"job-id\"} 1",
            "raygate_http_errors_total{status=\"413\"} 1",
        ] {
            assert!(text.contains(line), "{line} in {text}");
        }
    }
}

//! Every metric, with its help. No label comes from a client: cardinality is bounded by what Raygate itself knows.

use std::sync::atomic::AtomicI64;
use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};
use raygate_core::admission::{Endpoint, Record, Verdict};
use raygate_core::mutations;
use raygate_core::rules;

use super::PolicyMetrics;
use super::certificate::CertificateMetrics;
use super::record::endpoint_name;

const ENDPOINTS: [Endpoint; 3] = [Endpoint::Mutate, Endpoint::Validate, Endpoint::ValidatePolicy];
const OPERATIONS: [&str; 5] = ["CREATE", "UPDATE", "DELETE", "CONNECT", "other"];
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
struct Status {
    status: u16,
}

#[derive(Clone, Debug, EncodeLabelSet, Hash, PartialEq, Eq)]
struct OfEndpoint {
    endpoint: &'static str,
}

#[derive(Clone, Debug, EncodeLabelSet, Hash, PartialEq, Eq)]
struct KubeRay {
    version: &'static str,
    source: &'static str,
}

/// All numbers that can be scraped.
pub struct Metrics {
    registry: Registry,
    /// In the order of `ENDPOINTS`, `OPERATIONS`, `Verdict::ALL` and `DRY_RUNS`: a request finds its counter by arithmetic.
    requests: Vec<Counter>,
    durations: [Histogram; 3],
    /// By code, for denials and for warnings: a lookup in a family would cost more than most rules.
    findings: Vec<(&'static str, [Counter; 2])>,
    /// By slug.
    mutations: Vec<(&'static str, Counter)>,
    refusals: Family<Status, Counter>,
    kuberay: Family<KubeRay, Gauge<i64, AtomicI64>>,
    /// About policies.
    pub policies: PolicyMetrics,
    /// Sightings of an installed KubeRay that is not the one of --kuberay-version.
    pub kuberay_version_mismatches: Counter,
    /// Handlers that panicked.
    pub panics: Counter,
    /// Connections that are served now.
    pub open_connections: Gauge<i64, AtomicI64>,
    /// Connections beyond the cap.
    pub connections_turned_away: Counter,
    /// Connections that failed before their first request.
    pub connections_failed: Counter,
    /// About the serving certificate.
    pub certificate: CertificateMetrics,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("raygate");
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The program that runs", build);
        let requests = requests(&mut registry);
        let durations = durations(&mut registry);
        let (findings, mutations) = (findings(&mut registry), mutations(&mut registry));
        let refusals =
            registered(&mut registry, "http_errors", "Requests refused without an answer to their review");
        let kuberay = registered(&mut registry, "kuberay_info", "The KubeRay that jobs are judged for");
        let kuberay_version_mismatches = registered(
            &mut registry,
            "kuberay_version_mismatches",
            "Sightings of an installed KubeRay that is not the one of --kuberay-version",
        );
        let policies = PolicyMetrics::default();
        policies.register(&mut registry);
        let panics = registered(&mut registry, "panics", "Handlers that panicked");
        let open_connections =
            registered(&mut registry, "open_connections", "Connections that are served now");
        let connections_turned_away =
            registered(&mut registry, "connections_turned_away", "Connections beyond --max-connections");
        let connections_failed = registered(
            &mut registry,
            "connections_failed",
            "Connections that failed before their first request",
        );
        let certificate = CertificateMetrics::register(&mut registry);
        Self {
            registry,
            requests,
            durations,
            findings,
            mutations,
            refusals,
            kuberay,
            policies,
            kuberay_version_mismatches,
            panics,
            open_connections,
            connections_turned_away,
            connections_failed,
            certificate,
        }
    }
}

impl Metrics {
    /// Everything, in the `OpenMetrics` text format.
    pub fn text(&self) -> String {
        let mut buffer = String::new();
        // Writing to a String cannot fail, and no metric of ours refuses to be written.
        let _ = text::encode(&mut buffer, &self.registry);
        buffer
    }

    /// Shows for which KubeRay jobs are judged from now on, and who says that it runs.
    pub fn set_kuberay(&self, version: &'static str, source: &'static str) {
        self.kuberay.clear();
        self.kuberay.get_or_create(&KubeRay { version, source }).set(1);
    }

    pub(super) fn count(&self, endpoint: Endpoint, record: &Record<'_>, took: Duration) {
        if let Some(counter) = self.requests.get(index(endpoint, record)) {
            counter.inc();
        }
        self.durations[endpoint as usize].observe(took.as_secs_f64());
        for (level, codes) in [&record.denied, &record.warned].into_iter().enumerate() {
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
    }

    pub(super) fn count_refusal(&self, status: u16) {
        self.refusals.get_or_create(&Status { status }).inc();
    }
}

pub(super) fn registered<M>(registry: &mut Registry, name: &str, help: &str) -> M
where
    M: prometheus_client::registry::Metric + Clone + Default,
{
    let metric = M::default();
    registry.register(name, help, metric.clone());
    metric
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
fn findings(registry: &mut Registry) -> Vec<(&'static str, [Counter; 2])> {
    let family: Family<Finding, Counter> =
        registered(registry, "findings", "Findings of rules, by code and level");
    let of = |code| ["deny", "warn"].map(|level| family.get_or_create_owned(&Finding { code, level }));
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
                        assert_eq!(text.matches("} 1\n").count(), 1 + 1 + BUCKETS.len() + 1 + 1, "{text}");
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
        record.mutations = vec!["job-id"];
        metrics.count(Endpoint::Validate, &record, Duration::ZERO);
        metrics.count_refusal(413);
        let text = metrics.text();
        for line in [
            "raygate_findings_total{code=\"RJ103\",level=\"deny\"} 1",
            "raygate_findings_total{code=\"RJ201\",level=\"warn\"} 1",
            "raygate_mutations_total{mutation=\"job-id\"} 1",
            "raygate_http_errors_total{status=\"413\"} 1",
        ] {
            assert!(text.contains(line), "{line} in {text}");
        }
    }
}

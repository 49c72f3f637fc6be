//! Every metric, with its help. No label comes from a client: cardinality is bounded by what Raygate itself knows.

use std::sync::atomic::AtomicI64;
use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use raygate_core::admission::{Endpoint, Record};

use super::PolicyMetrics;
use super::certificate::CertificateMetrics;
use super::reviews::Reviews;

#[derive(Clone, Debug, EncodeLabelSet, Hash, PartialEq, Eq)]
struct Status {
    status: u16,
}

#[derive(Clone, Debug, EncodeLabelSet, Hash, PartialEq, Eq)]
struct KubeRay {
    version: &'static str,
    source: &'static str,
}

/// All numbers that can be scraped.
pub struct Metrics {
    registry: Registry,
    reviews: Reviews,
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
        let reviews = Reviews::register(&mut registry);
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
            reviews,
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
        self.reviews.count(endpoint, record, took);
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

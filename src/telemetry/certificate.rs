//! What can be scraped about the serving certificate.

use std::sync::atomic::AtomicI64;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};

use super::metrics::registered;

/// Numbers about the serving certificate.
pub struct CertificateMetrics {
    /// Its end, in seconds since 1970.
    pub not_after: Gauge<i64, AtomicI64>,
    /// New pairs that took the place of an older one.
    pub reloads: Counter,
    /// New pairs that were refused, each once for each reason.
    pub reload_failures: Counter,
    /// 1 while a new pair is refused and an older one is served, else 0.
    pub refused: Gauge<i64, AtomicI64>,
}

impl CertificateMetrics {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let not_after = Gauge::default();
        let help = "When the serving certificate ends, since 1970";
        registry.register_with_unit("certificate_not_after", help, Unit::Seconds, not_after.clone());
        let reloads = "New serving pairs that took the place of an older one";
        let failures = "New serving pairs that were refused: the older one is still served";
        let refused = "1 while a new serving pair is refused and an older one is served";
        Self {
            not_after,
            reloads: registered(registry, "certificate_reloads", reloads),
            reload_failures: registered(registry, "certificate_reload_failures", failures),
            refused: registered(registry, "certificate_refused", refused),
        }
    }
}

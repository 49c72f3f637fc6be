//! What the server tells goes to telemetry.

use std::io;
use std::time::Duration;

use raygate_core::admission::{Endpoint, Record};

use crate::server::{Observer, Refusal};
use crate::telemetry::Telemetry;

impl Observer for Telemetry {
    fn answered(&self, endpoint: Endpoint, record: &Record<'_>, took: Duration) {
        self.record(endpoint, record, took);
    }

    fn refused(&self, refusal: &Refusal) {
        self.record_refusal(refusal.status(), refusal.line());
    }

    fn panicked(&self) {
        self.metrics.panics.inc();
    }

    fn connection_opened(&self) {
        self.metrics.open_connections.inc();
    }

    fn connection_closed(&self) {
        self.metrics.open_connections.dec();
    }

    fn connection_turned_away(&self) {
        self.metrics.connections_turned_away.inc();
    }

    fn connection_failed(&self, error: &io::Error) {
        self.metrics.connections_failed.inc();
        // TCP probes of load balancers end here, many times a minute.
        tracing::debug!(error = error.to_string(), "connection failed");
    }

    fn metrics(&self) -> String {
        self.metrics.text()
    }
}

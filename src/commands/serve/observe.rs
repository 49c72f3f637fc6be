//! What the server tells goes to telemetry.

use std::io;
use std::time::Duration;

use clap::ValueEnum;
use raygate_core::admission::{Endpoint, Record};

use crate::cli::LogLevel;
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

    fn set_log_level(&self, level: &str) -> bool {
        let Ok(level) = LogLevel::from_str(level, false) else { return false };
        // Before, so that a level that hides it does not hide the change.
        tracing::warn!(log_level = ?level, "the level of the log is changed");
        self.level.as_ref().is_some_and(|switch| switch.set(level.filter()))
    }
}

//! What an operator sees: one log line for each request, and metrics. Records come in from `commands`, which hears of
//! them from the server; lines go to stderr and numbers to whoever scrapes them.

mod certificate;
mod json;
mod lines;
pub mod logs;
mod metrics;
mod namespaces;
mod policies;
mod record;
mod reviews;

pub use certificate::CertificateMetrics;
pub use lines::LineWriter;
pub use metrics::Metrics;
pub use policies::PolicyMetrics;

/// Logs and counts.
#[derive(Default)]
pub struct Telemetry {
    /// All numbers.
    pub metrics: Metrics,
    /// What changes the level of the log, if there is one.
    pub level: Option<logs::LevelSwitch>,
}

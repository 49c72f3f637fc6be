//! Events come in from `tracing` and go out as lines on stderr, as text or JSON. What clients sent is quoted and
//! escaped, so that nobody can forge a line.

use std::io;
use std::panic::PanicHookInfo;

use tracing::Level;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::Registry;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::reload;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};

use super::LineWriter;
use super::json::JsonEvents;

/// How to write the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Why the log cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The process already logs.
    #[error("something else logs already")]
    Taken(#[from] TryInitError),
    /// There is no thread to write the lines.
    #[error("no thread for the log")]
    Thread(#[from] io::Error),
}

/// Starts logging to stderr until the writer is dropped; panics are logged too, as one line.
///
/// # Errors
///
/// When the process already logs, or gets no thread.
pub fn start(format: Format, level: LevelFilter) -> Result<(LineWriter, LevelSwitch), StartError> {
    let (lines, writer) = LineWriter::start(io::stderr())?;
    let layer = tracing_subscriber::fmt::layer().with_ansi(false).with_target(false).with_writer(lines);
    let layer = match format {
        Format::Text => layer.boxed(),
        Format::Json => layer.event_format(JsonEvents).boxed(),
    };
    let (filter, handle) = reload::Layer::new(filter(level));
    tracing_subscriber::registry().with(filter).with(layer).try_init()?;
    std::panic::set_hook(Box::new(log_panic));
    Ok((writer, LevelSwitch(handle)))
}

/// Other crates log what clients send; their warnings are enough. What kube fails at we log ourselves, once.
fn filter(level: LevelFilter) -> Targets {
    Targets::new()
        .with_target("raygate", level)
        .with_target("kube", LevelFilter::OFF)
        .with_default(level.min(LevelFilter::WARN))
}

/// Changes what is logged while the program runs.
#[derive(Clone, Debug)]
pub struct LevelSwitch(reload::Handle<Targets, Registry>);

impl LevelSwitch {
    /// Logs from now on what is at this level or above; `false` if nothing is logged any more.
    pub fn set(&self, level: LevelFilter) -> bool {
        self.0.reload(filter(level)).is_ok()
    }
}

/// A panic's message may quote the object (a slice out of bounds does); only a literal one is repeated.
fn log_panic(panic: &PanicHookInfo<'_>) {
    let message = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or("message withheld");
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    tracing::event!(Level::ERROR, place, reason = message, "panic");
}

//! From the signal to the exit: not ready, keep serving for the drain delay, stop accepting, finish what is in flight.

use std::future::pending;
use std::io;
use std::net::SocketAddr;

use axum_server::Handle;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::Stopping;
use super::readiness::Readiness;

/// The signals that end the program.
pub struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    /// Catches SIGINT and SIGTERM from now on.
    ///
    /// # Errors
    ///
    /// When the system refuses a handler.
    pub fn catch() -> io::Result<Self> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) -> SignalKind {
        tokio::select! {
            Some(()) = self.interrupt.recv() => SignalKind::interrupt(),
            Some(()) = self.terminate.recv() => SignalKind::terminate(),
            else => pending().await,
        }
    }
}

/// How the server ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Everything in flight was answered.
    Drained,
    /// The shutdown timeout cut off so many connections.
    TimedOut(usize),
    /// A second signal, by its number.
    Aborted(i32),
}

/// Waits for the first signal, then for the end of the shutdown or for the second signal.
pub(super) async fn run(
    signals: &mut Signals,
    readiness: &Readiness,
    handle: &Handle<SocketAddr>,
    stopping: Stopping,
    mut reviews: JoinHandle<io::Result<()>>,
) -> io::Result<Exit> {
    tokio::select! {
        _ = signals.next() => {}
        // The accept loop ends only by itself when it is broken.
        ended = &mut reviews => return ended?.map(|()| Exit::Drained),
    }
    readiness.start_draining();
    tracing::info!(drain_delay = ?stopping.drain_delay, "shutting down; a second signal stops at once");
    tokio::select! {
        second = signals.next() => return Ok(Exit::Aborted(second.as_raw_value())),
        () = sleep(stopping.drain_delay) => {}
    }
    handle.graceful_shutdown(None);
    tokio::select! {
        second = signals.next() => Ok(Exit::Aborted(second.as_raw_value())),
        () = sleep(stopping.timeout) => Ok(Exit::TimedOut(handle.connection_count())),
        ended = &mut reviews => ended?.map(|()| Exit::Drained),
    }
}

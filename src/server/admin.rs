//! Probes and metrics: what `readiness`, `enforcement`, `heartbeat` and the observer say goes out here as plain HTTP, on a
//! thread of its own, so that it is told, too, when the runtime that judges reviews is stuck. The one thing that can be
//! changed, the level of the log, is changed from the same machine alone: in a pod that is whoever may `kubectl port-forward`
//! to it.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread;
use std::time::{Instant, SystemTime};

use axum::Router;
use axum::extract::{ConnectInfo, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::{get, put};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::enforcement::Enforcement;
use super::heartbeat::Heartbeat;
use super::readiness::Readiness;
use super::{Observer, listen};

/// What the probes ask.
pub(super) struct Probes {
    pub(super) readiness: Arc<Readiness>,
    pub(super) enforcement: Enforcement,
    pub(super) heartbeat: Heartbeat,
}

/// The paths that the kubelet, Prometheus and people call.
pub(super) fn routes(probes: Probes, observer: Arc<dyn Observer>) -> Router {
    let probes = Arc::new(probes);
    Router::new()
        .route("/livez", get(livez).with_state(Arc::clone(&probes)))
        .route("/readyz", get(readyz).with_state(probes))
        .route("/metrics", get(metrics).with_state(Arc::clone(&observer)))
        .route("/log-level", put(log_level).with_state(observer))
}

/// Serves until the returned sender is dropped, or the process ends.
pub(super) fn serve(listener: TcpListener, router: Router) -> io::Result<oneshot::Sender<()>> {
    let listener = listener.into_std()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
    let (stop, stopped) = oneshot::channel();
    thread::Builder::new().name("admin".to_owned()).spawn(move || {
        runtime.block_on(async {
            let serving = async { listen::serve_plain(TcpListener::from_std(listener)?, router).await };
            tokio::select! {
                ended = serving => if let Err(error) = ended {
                    tracing::error!(%error, "probes and metrics are not served any more");
                },
                _ = stopped => {}
            }
        });
    })?;
    Ok(stop)
}

async fn livez(State(probes): State<Arc<Probes>>) -> (StatusCode, String) {
    match probes.heartbeat.stuck(Instant::now()) {
        None => (StatusCode::OK, "ok\n".to_owned()),
        Some(since) => {
            let line = format!("not alive: no review could be judged for {} s\n", since.as_secs());
            (StatusCode::SERVICE_UNAVAILABLE, line)
        }
    }
}

async fn readyz(State(probes): State<Arc<Probes>>) -> (StatusCode, String) {
    let obstacle = match probes.readiness.obstacle(SystemTime::now()) {
        Some(obstacle) => Some(obstacle.to_owned()),
        None => probes.enforcement.obstacle().await.map(|why| format!("it does not enforce: {why}")),
    };
    match obstacle {
        None => (StatusCode::OK, "ok\n".to_owned()),
        Some(obstacle) => (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {obstacle}\n")),
    }
}

async fn metrics(State(observer): State<Arc<dyn Observer>>) -> impl IntoResponse {
    let media_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(CONTENT_TYPE, media_type)], observer.metrics())
}

async fn log_level(
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    State(observer): State<Arc<dyn Observer>>,
    level: String,
) -> (StatusCode, String) {
    // A peer of an IPv4 socket has an IPv4 address in IPv6's clothes when the listener speaks both.
    if !peer.ip().to_canonical().is_loopback() {
        let line = "the log's level is changed from this machine alone: use `kubectl port-forward`\n";
        return (StatusCode::FORBIDDEN, line.to_owned());
    }
    let level = level.trim();
    if observer.set_log_level(level) {
        return (StatusCode::OK, format!("logging at {level}\n"));
    }
    let line = "no such level: send off, error, warn, info or debug\n";
    (StatusCode::UNPROCESSABLE_ENTITY, line.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::routes::tests::Heard;

    async fn asked_from(peer: &str, level: &str) -> StatusCode {
        let observer: Arc<dyn Observer> = Arc::new(Heard::default());
        let peer = ConnectInfo(peer.parse().expect("an address"));
        log_level(peer, State(observer), level.to_owned()).await.0
    }

    #[tokio::test]
    async fn only_this_machine_changes_what_is_logged() {
        for near in ["127.0.0.1:5000", "[::1]:5000", "[::ffff:127.0.0.1]:5000"] {
            assert_eq!(asked_from(near, "debug\n").await, StatusCode::OK, "{near}");
        }
        for far in ["10.0.0.7:5000", "[2001:db8::7]:5000", "[::ffff:10.0.0.7]:5000"] {
            assert_eq!(asked_from(far, "debug").await, StatusCode::FORBIDDEN, "{far}");
        }
        assert_eq!(asked_from("127.0.0.1:5000", "loud").await, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

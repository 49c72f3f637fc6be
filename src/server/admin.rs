//! Probes and metrics: the readiness and the observer's text go out here as plain HTTP.

use std::sync::Arc;
use std::time::SystemTime;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;

use super::Observer;
use super::readiness::Readiness;

/// The paths that the kubelet and Prometheus call.
pub(super) fn routes(readiness: &Arc<Readiness>, observer: Arc<dyn Observer>) -> Router {
    Router::new()
        .route("/livez", get(async || "ok\n"))
        .route("/readyz", get(readyz).with_state(Arc::clone(readiness)))
        .route("/metrics", get(metrics).with_state(observer))
}

async fn readyz(State(readiness): State<Arc<Readiness>>) -> (StatusCode, String) {
    match readiness.obstacle(SystemTime::now()) {
        None => (StatusCode::OK, "ok\n".to_owned()),
        Some(obstacle) => (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {obstacle}\n")),
    }
}

async fn metrics(State(observer): State<Arc<dyn Observer>>) -> impl IntoResponse {
    let media_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(CONTENT_TYPE, media_type)], observer.metrics())
}

//! One review: its bytes go to `core::admission::admit`, what comes back goes to the client and to the observer.

use std::sync::Arc;
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use raygate_core::admission::{Admitted, Configuration, Endpoint, Unreadable, admit};

use super::{Observer, Refusal, body};

/// What every review needs, shared by all requests.
pub(super) struct Gate {
    /// Swapped whole while requests are served: a review reads it once.
    configuration: Arc<ArcSwap<Configuration>>,
    observer: Arc<dyn Observer>,
    body_timeout: Duration,
    memory: body::Memory,
}

impl Gate {
    pub(super) fn new(
        configuration: Arc<ArcSwap<Configuration>>,
        observer: Arc<dyn Observer>,
        body_timeout: Duration,
    ) -> Arc<Self> {
        Arc::new(Self { configuration, observer, body_timeout, memory: body::Memory::default() })
    }

    async fn review(&self, endpoint: Endpoint, request: Request) -> Result<Response, Refusal> {
        let started = Instant::now();
        let (head, body) = request.into_parts();
        require_json(&head.headers)?;
        let body = body::read(body, &head.headers, &self.memory, self.body_timeout).await?;
        if body.is_empty() {
            return Err(Refusal::new(StatusCode::BAD_REQUEST, "the body is empty: send an AdmissionReview"));
        }
        let configuration = self.configuration.load();
        let Admitted { body: answer, record } =
            admit(endpoint, &body, &configuration).map_err(|unreadable| refusal(&unreadable))?;
        self.observer.answered(endpoint, &record, started.elapsed());
        Ok(json(answer))
    }
}

pub(super) async fn mutate(State(gate): State<Arc<Gate>>, request: Request) -> Response {
    gate.review(Endpoint::Mutate, request).await.into_response()
}

pub(super) async fn validate(State(gate): State<Arc<Gate>>, request: Request) -> Response {
    gate.review(Endpoint::Validate, request).await.into_response()
}

pub(super) async fn validate_policy(State(gate): State<Arc<Gate>>, request: Request) -> Response {
    gate.review(Endpoint::ValidatePolicy, request).await.into_response()
}

pub(super) async fn unknown_path() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        "no such path: POST an AdmissionReview to /mutate, /validate or /validate-policy",
    )
}

pub(super) async fn wrong_method() -> Refusal {
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "wrong method: POST an AdmissionReview")
}

fn refusal(unreadable: &Unreadable) -> Refusal {
    let status = match unreadable {
        Unreadable::UnknownNamespace(_) => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::BAD_REQUEST,
    };
    Refusal::new(status, unreadable.to_string())
}

fn json(answer: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(answer));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn require_json(headers: &HeaderMap) -> Result<(), Refusal> {
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    Err(Refusal::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "send the AdmissionReview with the header `Content-Type: application/json`",
    ))
}

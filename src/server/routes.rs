//! Which path goes to which handler, and what every response passes on its way out: panics become 500, refusals are
//! reported, and connections close while draining.

use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::body::{Bytes, HttpBody};
use axum::http::header::CONNECTION;
use axum::http::{HeaderValue, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{BoxError, Router};
use futures_util::FutureExt;
use tower::{Service, service_fn};

use super::handlers::{self, Gate};
use super::readiness::Readiness;
use super::{Observer, Refusal};

/// The paths that the API server calls.
pub(super) fn reviews(gate: Arc<Gate>) -> Router {
    Router::new()
        .route("/mutate", post(handlers::mutate))
        .route("/validate", post(handlers::validate))
        .route("/validate-policy", post(handlers::validate_policy))
        .fallback(handlers::unknown_path)
        .method_not_allowed_fallback(handlers::wrong_method)
        .with_state(gate)
}

/// Puts the way out around a router.
pub(super) fn guard<B>(
    router: Router,
    observer: &Arc<dyn Observer>,
    readiness: &Arc<Readiness>,
) -> impl Service<Request<B>, Response = Response, Error = Infallible, Future: Send + 'static>
+ Clone
+ Send
+ 'static
+ use<B>
where
    B: HttpBody<Data = Bytes, Error: Into<BoxError>> + Send + 'static,
{
    let (observer, readiness) = (Arc::clone(observer), Arc::clone(readiness));
    service_fn(move |request: Request<B>| {
        let answering = router.clone().call(request);
        let (observer, readiness) = (Arc::clone(&observer), Arc::clone(&readiness));
        async move {
            // Nothing that a panic could leave half done is shared between requests.
            let Ok(mut response) = AssertUnwindSafe(answering).catch_unwind().await.unwrap_or_else(|_| {
                observer.panicked();
                Ok(panicked().into_response())
            });
            if let Some(refusal) = response.extensions().get::<Refusal>() {
                observer.refused(refusal);
            }
            if readiness.is_draining() {
                // HTTP/2 has no such header; hyper leaves it out there and says GOAWAY when the listener stops.
                response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            Ok(response)
        }
    })
}

fn panicked() -> Refusal {
    let line = "an internal error: the review was not judged, and nothing is known of its object";
    Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, line)
}

#[cfg(test)]
pub(super) mod tests {
    use std::io;
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::{Duration, SystemTime};

    use axum::body::Body;
    use axum::routing::get;
    use http_body_util::BodyExt;
    use raygate_core::admission::{Endpoint, Record};

    use tower::ServiceExt;

    use super::*;
    use crate::server::Preparation;
    use crate::server::tls::{Certificates, tests::pair};

    /// Remembers what it hears.
    #[derive(Default)]
    pub(in crate::server) struct Heard {
        refusals: Mutex<Vec<u16>>,
        panics: AtomicUsize,
    }

    impl Observer for Heard {
        fn answered(&self, _: Endpoint, _: &Record<'_>, _: Duration) {}
        fn refused(&self, refusal: &Refusal) {
            self.refusals.lock().expect("no panic while held").push(refusal.status());
        }
        fn panicked(&self) {
            self.panics.fetch_add(1, Ordering::Relaxed);
        }
        fn connection_opened(&self) {}
        fn connection_closed(&self) {}
        fn connection_turned_away(&self) {}
        fn connection_failed(&self, _: &io::Error) {}
        fn metrics(&self) -> String {
            String::new()
        }
        fn set_log_level(&self, level: &str) -> bool {
            level == "debug"
        }
    }

    fn readiness() -> Arc<Readiness> {
        let pair = pair(SystemTime::now(), Duration::from_hours(1));
        Arc::new(Readiness::new(
            Arc::new(Certificates::new(pair, None).expect("a configuration")),
            Preparation::default(),
        ))
    }

    fn ask(path: &str) -> Request<Body> {
        Request::get(path).body(Body::empty()).expect("a request")
    }

    #[tokio::test]
    async fn a_panic_is_a_500_with_one_plain_line_and_the_next_request_is_served() {
        let router = Router::new()
            .route("/panic", get(async || -> &'static str { panic!("a secret of {}", "the object") }))
            .route("/", get(async || "fine"));
        let heard = Arc::new(Heard::default());
        let observer: Arc<dyn Observer> = heard.clone();
        let service = guard::<Body>(router, &observer, &readiness());

        let response = service.clone().oneshot(ask("/panic")).await.expect("infallible");
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = response.into_body().collect().await.expect("a body").to_bytes();
        let line = String::from_utf8(body.to_vec()).expect("UTF-8");
        assert!(line.starts_with("an internal error") && line.lines().count() == 1, "{line}");
        assert!(!line.contains("secret"), "{line}");
        assert_eq!(heard.panics.load(Ordering::Relaxed), 1);
        assert_eq!(*heard.refusals.lock().expect("no panic while held"), [500]);
        assert_eq!(service.oneshot(ask("/")).await.expect("infallible").status(), StatusCode::OK);
    }

    #[tokio::test]
    async fn every_response_closes_its_connection_while_draining() {
        let observer: Arc<dyn Observer> = Arc::new(Heard::default());
        let readiness = readiness();
        let service = guard::<Body>(Router::new().route("/", get(async || "fine")), &observer, &readiness);
        let before = service.clone().oneshot(ask("/")).await.expect("infallible");
        assert_eq!(before.headers().get(CONNECTION), None);
        readiness.start_draining();
        for path in ["/", "/unknown"] {
            let during = service.clone().oneshot(ask(path)).await.expect("infallible");
            assert_eq!(during.headers()[CONNECTION], "close", "{path}");
        }
    }
}

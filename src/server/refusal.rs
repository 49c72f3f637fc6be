//! Everything that is not an answer to a review: a status and one plain line that says what to do. It travels on in the
//! response's extensions, so that `routes` can report it wherever it was made.

use std::borrow::Cow;

use axum::http::header::{CONNECTION, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// A request that gets no answer to its review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    status: StatusCode,
    line: Cow<'static, str>,
    closes: bool,
}

impl Refusal {
    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// What the client is told. It may quote the client: escape it before showing it to anybody else.
    pub fn line(&self) -> &str {
        &self.line
    }

    pub(super) fn new(status: StatusCode, line: impl Into<Cow<'static, str>>) -> Self {
        Self { status, line: line.into(), closes: false }
    }

    /// The same, and the connection ends with it: because the body was not read, or to free the connection.
    pub(super) fn closing(self) -> Self {
        Self { closes: true, ..self }
    }

    /// Too much is going on: the API server asks again, and by closing may find another replica.
    pub(super) fn overloaded(line: &'static str) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, line).closing()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, format!("{}\n", self.line)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            // With this header the API server repeats the call, within its deadline; without it a 503 is final.
            headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if self.closes {
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

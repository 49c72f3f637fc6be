//! A request's body arrives here in pieces and leaves as one slice for `handlers`, within bounds of size, time and of
//! the memory that all bodies may hold together.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderMap, StatusCode, header};
use futures_util::FutureExt;
use http_body_util::BodyExt;

use super::Refusal;

/// The largest review: the API server takes 3 MiB from a user, and an update's review holds old and new object.
pub(super) const LIMIT: usize = 8 * 1024 * 1024;

/// What all bodies may hold together while they arrive and are judged, so that no crowd of clients ends the process.
const MEMORY: usize = 8 * LIMIT;

/// The memory that bodies hold together.
#[derive(Clone, Default)]
pub(super) struct Memory(Arc<AtomicUsize>);

/// A share of it, given back when dropped.
struct Share {
    memory: Memory,
    held: usize,
}

impl Share {
    fn grow(&mut self, by: usize) -> bool {
        self.held += by;
        self.memory.0.fetch_add(by, Ordering::Relaxed) + by <= MEMORY
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.memory.0.fetch_sub(self.held, Ordering::Relaxed);
    }
}

/// A whole body, together with its share of the memory.
pub(super) struct Whole {
    bytes: Bytes,
    _share: Share,
}

impl std::ops::Deref for Whole {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

/// Reads a body to its end.
pub(super) async fn read(
    body: Body,
    headers: &HeaderMap,
    memory: &Memory,
    timeout: Duration,
) -> Result<Whole, Refusal> {
    let declared = body.size_hint().exact().unwrap_or(0);
    if declared > LIMIT as u64 && headers.contains_key(header::EXPECT) {
        // The client asked before sending: unread, the body is never sent.
        return Err(too_large());
    }
    let mut reading = pin!(collect(body, usize::try_from(declared).unwrap_or(usize::MAX), memory));
    // A small body arrives together with its head: then there is nothing to wait for, and no timer to set.
    if let Some(result) = reading.as_mut().now_or_never() {
        return result;
    }
    match tokio::time::timeout(timeout, reading).await {
        Ok(result) => result,
        Err(_) => Err(Refusal::new(StatusCode::REQUEST_TIMEOUT, "the body did not arrive in time").closing()),
    }
}

async fn collect(mut body: Body, declared: usize, memory: &Memory) -> Result<Whole, Refusal> {
    let mut share = Share { memory: memory.clone(), held: 0 };
    let mut first = Bytes::new();
    let mut rest = Vec::new();
    while let Some(piece) = next_piece(&mut body).await? {
        if first.len() + rest.len() + piece.len() > LIMIT {
            drop((first, rest, share));
            discard(&mut body, LIMIT).await;
            return Err(too_large());
        }
        if !share.grow(piece.len()) {
            return Err(Refusal::overloaded("too many large requests at once: try again"));
        }
        // Most bodies are one piece, which needs no copy.
        if first.is_empty() && rest.is_empty() {
            first = piece;
            continue;
        }
        if rest.is_empty() {
            rest.reserve_exact(declared.clamp(first.len() + piece.len(), LIMIT));
            rest.extend_from_slice(&std::mem::take(&mut first));
        }
        rest.extend_from_slice(&piece);
    }
    let bytes = if rest.is_empty() { first } else { rest.into() };
    Ok(Whole { bytes, _share: share })
}

async fn next_piece(body: &mut Body) -> Result<Option<Bytes>, Refusal> {
    while let Some(frame) = body.frame().await {
        let frame =
            frame.map_err(|_| Refusal::new(StatusCode::BAD_REQUEST, "the body broke off").closing())?;
        // The other kind of frame is trailers, which mean nothing here.
        if let Ok(data) = frame.into_data() {
            return Ok(Some(data));
        }
    }
    Ok(None)
}

/// Reads on without keeping anything: a client that is still sending sees a reset instead of the answer.
pub(super) async fn discard(body: &mut Body, limit: usize) {
    let mut discarded = 0;
    while let Ok(Some(piece)) = next_piece(body).await {
        discarded += piece.len();
        if discarded > limit {
            return;
        }
    }
}

fn too_large() -> Refusal {
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "the body is larger than 8 MiB").closing()
}

//! How many connections may be open. Accepted sockets come in; they leave with a seat, or with a service that answers
//! only "come back later", or are closed when even those are many.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use axum_server::accept::Accept;
use hyper::Request;
use hyper::body::Incoming;
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::Service;
use tower::util::Either;

use super::{Observer, Refusal, body};

/// Connections that are told to come back later, at once; each costs a handshake.
const TURNED_AWAY_AT_ONCE: usize = 64;

/// An acceptor that seats a bounded number of connections.
#[derive(Clone)]
pub(super) struct ConnectionCap<A> {
    seats: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    seated: A,
    turned_away: A,
    patience: Duration,
    observer: Arc<dyn Observer>,
}

impl<A> ConnectionCap<A> {
    /// Passes up to `connections` on to `seated`, and some beyond that to `turned_away`.
    pub(super) fn new(
        connections: usize,
        seated: A,
        turned_away: A,
        patience: Duration,
        observer: Arc<dyn Observer>,
    ) -> Self {
        let seats = Arc::new(Semaphore::new(connections.min(Semaphore::MAX_PERMITS)));
        let waiting = Arc::new(Semaphore::new(TURNED_AWAY_AT_ONCE));
        Self { seats, waiting, seated, turned_away, patience, observer }
    }

    fn door<S>(&self, service: S) -> Option<Door<S>> {
        if let Ok(permit) = Arc::clone(&self.seats).try_acquire_owned() {
            let seat = Seat::take(permit, Arc::clone(&self.observer));
            return Some(Either::Left(Seated { service, _seat: Arc::new(seat) }));
        }
        self.observer.connection_turned_away();
        let permit = Arc::clone(&self.waiting).try_acquire_owned().ok()?;
        Some(Either::Right(Full {
            _permit: Arc::new(permit),
            patience: self.patience,
            observer: Arc::clone(&self.observer),
        }))
    }
}

/// What a connection is served by.
type Door<S> = Either<Seated<S>, Full>;

type Accepting<Stream, Service> = Pin<Box<dyn Future<Output = io::Result<(Stream, Service)>> + Send>>;

impl<A, S> Accept<TcpStream, S> for ConnectionCap<A>
where
    A: Accept<TcpStream, Door<S>, Future: Send + 'static>,
{
    type Stream = A::Stream;
    type Service = A::Service;
    type Future = Accepting<A::Stream, A::Service>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        match self.door(service) {
            Some(door @ Either::Left(_)) => Box::pin(self.seated.accept(stream, door)),
            Some(door @ Either::Right(_)) => Box::pin(self.turned_away.accept(stream, door)),
            None => Box::pin(async { Err(io::ErrorKind::QuotaExceeded.into()) }),
        }
    }
}

/// A connection's place among the served ones; the observer hears when it is given back.
struct Seat {
    _permit: OwnedSemaphorePermit,
    observer: Arc<dyn Observer>,
}

impl Seat {
    fn take(permit: OwnedSemaphorePermit, observer: Arc<dyn Observer>) -> Self {
        observer.connection_opened();
        Self { _permit: permit, observer }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.observer.connection_closed();
    }
}

/// A service together with its connection's seat, which lives as long as the connection holds the service.
#[derive(Clone)]
pub(super) struct Seated<S> {
    service: S,
    _seat: Arc<Seat>,
}

impl<S: Service<Request<Incoming>>> Service<Request<Incoming>> for Seated<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: Request<Incoming>) -> Self::Future {
        self.service.call(request)
    }
}

/// Answers whatever comes with 503 and closes.
#[derive(Clone)]
pub(super) struct Full {
    _permit: Arc<OwnedSemaphorePermit>,
    patience: Duration,
    observer: Arc<dyn Observer>,
}

impl Service<Request<Incoming>> for Full {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Incoming>) -> Self::Future {
        let Self { patience, observer, .. } = self.clone();
        Box::pin(async move {
            let mut unread = Body::new(request.into_body());
            let _ = tokio::time::timeout(patience, body::discard(&mut unread, body::LIMIT)).await;
            let refusal =
                Refusal::overloaded("too many connections: try again (the limit is --max-connections)");
            observer.refused(&refusal);
            Ok(refusal.into_response())
        })
    }
}

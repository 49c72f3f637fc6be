//! How many connections may be open. Accepted sockets come in; they leave with a seat, or with a service that answers
//! only "come back later", or are closed when even those are many. The own client needs no seat.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use axum_server::accept::Accept;
use hyper::Request;
use hyper::body::Incoming;
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::Service;
use tower::util::Either;

use super::tls::Certificates;
use super::{Observer, Refusal, body};

/// Connections that are told to come back later, at once; each costs a handshake.
const TURNED_AWAY_AT_ONCE: usize = 64;

/// An acceptor that seats a bounded number of connections.
#[derive(Clone)]
pub(super) struct ConnectionCap<A> {
    seats: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    acceptors: Acceptors<A>,
    /// Whose own client it is that needs no seat.
    certificates: Arc<Certificates>,
    own_reviews: Router,
    patience: Duration,
    observer: Arc<dyn Observer>,
}

/// What accepts the connections of each kind.
#[derive(Clone)]
pub(super) struct Acceptors<A> {
    pub(super) seated: A,
    pub(super) turned_away: A,
    pub(super) own: A,
}

impl<A> ConnectionCap<A> {
    /// Passes up to `connections` on to `seated`, and some beyond that to `turned_away`; those of the own client go to `own`
    /// and are served by `own_reviews`.
    pub(super) fn new(
        connections: usize,
        acceptors: Acceptors<A>,
        (certificates, own_reviews): (Arc<Certificates>, Router),
        patience: Duration,
        observer: Arc<dyn Observer>,
    ) -> Self {
        let seats = Arc::new(Semaphore::new(connections.min(Semaphore::MAX_PERMITS)));
        let waiting = Arc::new(Semaphore::new(TURNED_AWAY_AT_ONCE));
        Self { seats, waiting, acceptors, certificates, own_reviews, patience, observer }
    }

    fn door<S>(&self, stream: &TcpStream, service: S) -> Option<Door<S>> {
        if stream.peer_addr().is_ok_and(|address| self.certificates.own_client().is_at(address)) {
            return Some(Either::Right(Either::Right(self.own_reviews.clone())));
        }
        if let Ok(permit) = Arc::clone(&self.seats).try_acquire_owned() {
            let seat = Seat::take(permit, Arc::clone(&self.observer));
            return Some(Either::Left(Seated { service, _seat: Arc::new(seat) }));
        }
        self.observer.connection_turned_away();
        let permit = Arc::clone(&self.waiting).try_acquire_owned().ok()?;
        Some(Either::Right(Either::Left(Full {
            _permit: Arc::new(permit),
            patience: self.patience,
            observer: Arc::clone(&self.observer),
        })))
    }
}

/// What a connection is served by.
type Door<S> = Either<Seated<S>, Either<Full, Router>>;

type Accepting<Stream, Service> = Pin<Box<dyn Future<Output = io::Result<(Stream, Service)>> + Send>>;

impl<A, S> Accept<TcpStream, S> for ConnectionCap<A>
where
    A: Accept<TcpStream, Door<S>, Future: Send + 'static>,
{
    type Stream = A::Stream;
    type Service = A::Service;
    type Future = Accepting<A::Stream, A::Service>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let Some(door) = self.door(&stream, service) else {
            return Box::pin(async { Err(io::ErrorKind::QuotaExceeded.into()) });
        };
        let acceptor = match door {
            Either::Left(_) => &self.acceptors.seated,
            Either::Right(Either::Left(_)) => &self.acceptors.turned_away,
            Either::Right(Either::Right(_)) => &self.acceptors.own,
        };
        Box::pin(acceptor.accept(stream, door))
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

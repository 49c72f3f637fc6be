//! HTTP and TLS, which live here and nowhere else.
//!
//! ```text
//! TCP ─► connections ─► tls, clients ─► routes ─► handlers ─► body ─► core::admission::admit ─► handlers ─► TCP
//!        (cap)                            │           └─ observer: what to log and count
//!                                         └─ refusal: everything that is not an answer to a review
//! admin: probes and metrics on a port of its own      shutdown: signals, draining      listen: joins the above
//!   └─ enforcement ─► own_client, pinned ─► TCP, as everybody
//! ```

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use raygate_core::admission::{Configuration, Endpoint, Record};
use tokio::net::TcpListener;

mod admin;
mod body;
pub mod clients;
mod connections;
mod enforcement;
mod handlers;
mod heartbeat;
pub mod listen;
mod own_client;
mod pair;
mod pinned;
mod readiness;
mod refusal;
mod routes;
pub mod shutdown;
pub mod tls;

pub use readiness::Preparation;
pub use refusal::Refusal;

use clients::ClientNames;
use enforcement::Enforcement;
use handlers::Gate;
use heartbeat::Heartbeat;
use readiness::Readiness;
use shutdown::{Exit, Signals};
use tls::Certificates;

/// Learns what the server does, once for each request or connection; it must be quick and must not block.
pub trait Observer: Send + Sync + 'static {
    /// A review was answered, after `took` since its head had arrived.
    fn answered(&self, endpoint: Endpoint, record: &Record<'_>, took: Duration);
    /// A request was refused without an answer to its review.
    fn refused(&self, refusal: &Refusal);
    /// A handler panicked; its request is refused next.
    fn panicked(&self);
    /// A connection was accepted and is served.
    fn connection_opened(&self);
    /// A connection that was served is gone.
    fn connection_closed(&self);
    /// A connection came while as many as allowed were open.
    fn connection_turned_away(&self);
    /// A connection failed before its first request, for example in the TLS handshake.
    fn connection_failed(&self, error: &io::Error);
    /// All metrics, as text for a scrape.
    fn metrics(&self) -> String;
    /// Somebody on this machine wants another level of the log; `false` if there is no such level.
    fn set_log_level(&self, level: &str) -> bool;
}

/// What clients may take.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Connections served at once.
    pub connections: usize,
    /// From TCP accept to the end of the TLS handshake.
    pub handshake: Duration,
    /// From the handshake to the head of the first request.
    pub first_request: Duration,
    /// From a request's head to the end of its body.
    pub body: Duration,
    /// From a response to the head of the next request.
    pub idle: Duration,
}

/// How to stop.
#[derive(Clone, Copy, Debug)]
pub struct Stopping {
    /// How long to keep serving, already not ready.
    pub drain_delay: Duration,
    /// How long requests in flight may take after that.
    pub timeout: Duration,
}

/// Everything the server needs; its sockets are already open.
pub struct Server {
    /// The socket for reviews, over TLS.
    pub listener: TcpListener,
    /// The socket for probes and metrics.
    pub admin: TcpListener,
    /// What the TLS handshake presents.
    pub certificates: Arc<Certificates>,
    /// Which of the clients that showed a certificate are served.
    pub client_names: ClientNames,
    /// What the admin decided, and what is known of the cluster; it may be replaced at any time.
    pub configuration: Arc<ArcSwap<Configuration>>,
    /// What must have been read once before reviews should come.
    pub preparation: Preparation,
    /// What clients may take.
    pub limits: Limits,
    /// How to stop.
    pub stopping: Stopping,
    /// Who logs and counts.
    pub observer: Arc<dyn Observer>,
}

impl Server {
    /// Serves until a signal comes, then drains; a second signal aborts.
    ///
    /// # Errors
    ///
    /// When a listener breaks.
    pub async fn run(self, mut signals: Signals) -> io::Result<Exit> {
        let readiness = Arc::new(Readiness::new(Arc::clone(&self.certificates), self.preparation));
        let gate = Gate::new(self.configuration, Arc::clone(&self.observer), self.limits.body);
        let service = routes::guard(routes::reviews(gate), &self.observer, &readiness);
        let enforcement = Enforcement::new(self.listener.local_addr()?, Arc::clone(&self.certificates));
        let heartbeat = Heartbeat::start(Instant::now());
        let tls = listen::Tls {
            certificates: self.certificates,
            client_names: self.client_names,
            limits: self.limits,
            observer: self.observer.clone(),
        };

        let handle = axum_server::Handle::new();
        let reviews = tokio::spawn(tls.serve(self.listener, service, handle.clone()));
        let beating = tokio::spawn(heartbeat.clone().beat());
        let probes = admin::Probes { readiness: Arc::clone(&readiness), enforcement, heartbeat };
        let admin = admin::serve(self.admin, admin::routes(probes, self.observer))?;
        handle.listening().await;
        readiness.start_listening();

        let exit = shutdown::run(&mut signals, &readiness, &handle, self.stopping, reviews).await;
        beating.abort();
        drop(admin);
        exit
    }
}

//! Opens the sockets and joins acceptors, protocols and services on them; axum-server runs the accept loop.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::response::Response;
use axum_server::accept::{TcpConfigAcceptor, TcpKeepaliveConfig, TcpSocketConfig};
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use axum_server::{Handle, Server};
use hyper::Request;
use hyper::body::Incoming;
use tokio::net::{TcpListener, TcpSocket};
use tower::Service;
use tower::make::Shared;

use super::clients::{ClientNames, Identifying};
use super::connections::{Acceptors, ConnectionCap};
use super::tls::Certificates;
use super::{Limits, Observer, enforcement};

/// Connections the kernel holds until they are accepted: a rollout's burst must not be refused.
const BACKLOG: u32 = 1024;

/// The head of an HTTP/1.1 request, and the piece in which a body is read.
const HTTP1_BUFFER: usize = 64 * 1024;

/// A client that is gone without a word is noticed after this long.
const KEEP_ALIVE: Duration = Duration::from_secs(30);

/// Opens a listening socket.
///
/// # Errors
///
/// When the address is in use, not ours, or not permitted.
pub fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // Without it a restart would wait for the connections of the process before to time out.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// How the socket for reviews is served.
pub(super) struct Tls {
    pub(super) certificates: Arc<Certificates>,
    pub(super) client_names: ClientNames,
    pub(super) limits: Limits,
    pub(super) observer: Arc<dyn Observer>,
}

impl Tls {
    /// Serves until `handle` says otherwise.
    pub(super) async fn serve<S>(
        self,
        listener: TcpListener,
        service: S,
        handle: Handle<SocketAddr>,
    ) -> io::Result<()>
    where
        S: Service<Request<Incoming>, Response = Response, Error = Infallible, Future: Send + 'static>
            + Clone
            + Send
            + 'static,
    {
        let mut server = Server::from_listener(listener)
            .handle(handle)
            .acceptor(self.acceptor())
            .first_request_timeout(self.limits.first_request)
            .accept_error_handler({
                let observer = Arc::clone(&self.observer);
                move |_, error| observer.connection_failed(error)
            });
        let mut builder = server.http_builder().clone();
        // hyper runs this timer between requests too: it is the idle timeout as well as the head's.
        builder.http1().header_read_timeout(self.limits.idle).max_buf_size(HTTP1_BUFFER);
        builder
            .http2()
            .max_concurrent_streams(128)
            .max_header_list_size(16 * 1024)
            .initial_stream_window_size(256 * 1024)
            .initial_connection_window_size(1024 * 1024)
            .max_send_buf_size(256 * 1024)
            .keep_alive_interval(KEEP_ALIVE)
            .keep_alive_timeout(KEEP_ALIVE);
        *server.http_builder() = builder;
        server.serve(Shared::new(service)).await
    }

    fn acceptor(&self) -> ConnectionCap<Identifying<RustlsAcceptor<TcpConfigAcceptor>>> {
        let tls = |config: &RustlsConfig, names| {
            let acceptor = RustlsAcceptor::new(config.clone()).handshake_timeout(self.limits.handshake);
            Identifying::new(acceptor.acceptor(tcp()), names, Arc::clone(&self.observer))
        };
        let acceptors = Acceptors {
            seated: tls(self.certificates.served(), self.client_names.clone()),
            turned_away: tls(self.certificates.turned_away(), ClientNames::default()),
            own: tls(self.certificates.own(), ClientNames::default()),
        };
        let own = (Arc::clone(&self.certificates), enforcement::reviews());
        let observer = Arc::clone(&self.observer);
        ConnectionCap::new(self.limits.connections, acceptors, own, self.limits.body, observer)
    }
}

/// Serves probes and metrics: plain HTTP on a port of its own.
pub(super) async fn serve_plain(listener: TcpListener, router: Router) -> io::Result<()> {
    let mut server =
        Server::<SocketAddr>::from_listener(listener).acceptor(tcp()).first_request_timeout(KEEP_ALIVE);
    server.http_builder().http1().header_read_timeout(2 * KEEP_ALIVE).max_buf_size(HTTP1_BUFFER);
    server.serve(router.into_make_service_with_connect_info::<SocketAddr>()).await
}

fn tcp() -> TcpConfigAcceptor {
    let keep_alive = TcpKeepaliveConfig::new().time(KEEP_ALIVE).interval(KEEP_ALIVE);
    TcpConfigAcceptor::new(TcpSocketConfig::new().nodelay(true).keepalive(keep_alive))
}

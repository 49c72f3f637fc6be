//! Who may ask, when `--client-ca` says so: the handshake checks a client's certificate against the authority, and here a
//! connection is served or refused for as long as it lives, by the names in that certificate.

use std::convert::Infallible;
use std::future::{Future, Ready, ready};
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum_server::accept::Accept;
use futures_util::future::Either;
use hyper::Request;
use hyper::body::Incoming;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::ClientCertVerifier;
use tokio_rustls::server::TlsStream;
use tower::Service;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::{Observer, Refusal};
use crate::cryptography::provider;

/// What a refusal repeats of a client's names at most, in characters.
const LONGEST: usize = 200;

/// A file that holds no authority for clients.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    /// It is not PEM, or holds no certificate.
    #[error("{0} holds no readable certificate: it must be PEM and begin with -----BEGIN CERTIFICATE-----")]
    NoCertificate(PathBuf),
}

/// The certificates that sign those of clients.
#[derive(Clone)]
pub struct ClientAuthority(Arc<dyn ClientCertVerifier>);

impl ClientAuthority {
    /// Reads the certificates of a PEM file; the path is for errors.
    ///
    /// # Errors
    ///
    /// When there are none, or one of them cannot be read.
    pub fn from_pem(path: &Path, pem: &[u8]) -> Result<Self, AuthorityError> {
        let unreadable = || AuthorityError::NoCertificate(path.to_owned());
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            roots.add(certificate.map_err(|_| unreadable())?).map_err(|_| unreadable())?;
        }
        // Who comes without a certificate is told so over HTTP, where people read it.
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider())
            .allow_unauthenticated()
            .build()
            .map_err(|_| unreadable())?;
        Ok(Self(verifier))
    }

    pub(super) fn verifier(&self) -> Arc<dyn ClientCertVerifier> {
        Arc::clone(&self.0)
    }
}

/// Which clients are served, by the names in their certificates; without names, everybody.
#[derive(Clone, Debug, Default)]
pub struct ClientNames(Arc<[String]>);

impl ClientNames {
    /// Serves clients whose certificate has one of these as its common name or as a subject alternative name.
    pub fn new(names: Vec<String>) -> Self {
        Self(names.into())
    }

    /// Why a client with this certificate is not served.
    fn refusal(&self, certificate: Option<&CertificateDer<'_>>) -> Option<Refusal> {
        if self.0.is_empty() {
            return None;
        }
        let Some(certificate) = certificate else {
            return Some(refused(
                "Raygate serves only clients with a certificate of --client-ca, and this one showed none: give the API \
                 server one, as certs/README.md tells"
                    .to_owned(),
            ));
        };
        let names = names_of(certificate);
        if names.iter().any(|name| self.0.contains(name)) {
            return None;
        }
        let names: String =
            names.join(", ").chars().filter(|name| !name.is_control()).take(LONGEST).collect();
        Some(refused(format!(
            "Raygate does not serve this client: its certificate is for `{names}`, and --client-name allows other names"
        )))
    }
}

fn refused(line: String) -> Refusal {
    Refusal::new(StatusCode::FORBIDDEN, line).closing()
}

/// Common names and subject alternative names.
fn names_of(certificate: &CertificateDer<'_>) -> Vec<String> {
    let Ok((_, certificate)) = X509Certificate::from_der(certificate) else { return Vec::new() };
    let common = certificate.subject().iter_common_name().filter_map(|name| name.as_str().ok());
    let alternative = certificate.subject_alternative_name().ok().flatten();
    let alternative = alternative.iter().flat_map(|extension| &extension.value.general_names);
    let alternative = alternative.filter_map(|name| match name {
        GeneralName::DNSName(name) | GeneralName::URI(name) | GeneralName::RFC822Name(name) => Some(*name),
        _ => None,
    });
    common.chain(alternative).map(ToOwned::to_owned).collect()
}

/// An acceptor that looks at who came, once the handshake is over.
#[derive(Clone)]
pub(super) struct Identifying<A> {
    acceptor: A,
    names: ClientNames,
    observer: Arc<dyn Observer>,
}

impl<A> Identifying<A> {
    pub(super) fn new(acceptor: A, names: ClientNames, observer: Arc<dyn Observer>) -> Self {
        Self { acceptor, names, observer }
    }
}

impl<A, I, S, T> Accept<I, S> for Identifying<A>
where
    A: Accept<I, S, Stream = TlsStream<T>, Future: Send + 'static>,
{
    type Stream = TlsStream<T>;
    type Service = Identified<A::Service>;
    type Future = Pin<Box<dyn Future<Output = io::Result<(Self::Stream, Self::Service)>> + Send>>;

    fn accept(&self, stream: I, service: S) -> Self::Future {
        let accepting = self.acceptor.accept(stream, service);
        let (names, observer) = (self.names.clone(), Arc::clone(&self.observer));
        Box::pin(async move {
            let (stream, service) = accepting.await?;
            let shown = stream.get_ref().1.peer_certificates().and_then(<[_]>::first);
            let refusal = names.refusal(shown).map(Arc::new);
            Ok((stream, Identified { service, refusal, observer }))
        })
    }
}

/// A connection's service, or what its client is told instead.
#[derive(Clone)]
pub(super) struct Identified<S> {
    service: S,
    refusal: Option<Arc<Refusal>>,
    observer: Arc<dyn Observer>,
}

impl<S> Service<Request<Incoming>> for Identified<S>
where
    S: Service<Request<Incoming>, Response = Response, Error = Infallible>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Either<S::Future, Ready<Result<Response, Infallible>>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: Request<Incoming>) -> Self::Future {
        let Some(refusal) = &self.refusal else { return Either::Left(self.service.call(request)) };
        self.observer.refused(refusal);
        Either::Right(ready(Ok(Refusal::clone(refusal).into_response())))
    }
}

//! The client by which the server asks itself whether it enforces. Its certificate is made at the start and exists only in
//! this process; the handshake accepts it for connections from its own address, and for those alone.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::sign::CertifiedKey;
use rustls::{CertificateError, DigitallySignedStruct, DistinguishedName, Error, SignatureScheme};

use crate::cryptography::provider;

/// A certificate for this process alone, and the address from which its client connects now.
pub(super) struct OwnClient {
    key: Arc<CertifiedKey>,
    address: Mutex<Option<SocketAddr>>,
}

impl OwnClient {
    pub(super) fn new() -> Result<Self, Error> {
        let made = rcgen::generate_simple_self_signed(["raygate-readiness".to_owned()])
            .map_err(|error| Error::General(error.to_string()))?;
        let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
        let key = CertifiedKey::from_der(vec![made.cert.der().clone()], key.into(), &provider())?;
        Ok(Self { key: Arc::new(key), address: Mutex::default() })
    }

    /// What the client shows.
    pub(super) fn key(&self) -> &Arc<CertifiedKey> {
        &self.key
    }

    /// Accepts the client, and nobody else.
    pub(super) fn verifier(&self) -> Arc<dyn ClientCertVerifier> {
        Arc::new(Only { certificate: self.key.cert.first().cloned(), provider: provider() })
    }

    /// From now on the client connects from there: no other socket can have that address while the client's is open.
    pub(super) fn connects_from(&self, address: SocketAddr) {
        *self.address.lock().unwrap_or_else(PoisonError::into_inner) = Some(address);
    }

    /// Whether the client connects from there. If somebody else does, the handshake tells.
    pub(super) fn is_at(&self, address: SocketAddr) -> bool {
        let own = *self.address.lock().unwrap_or_else(PoisonError::into_inner);
        own.is_some_and(|own| (own.ip(), own.port()) == (address.ip(), address.port()))
    }
}

/// Accepts one certificate, compared whole.
#[derive(Debug)]
struct Only {
    certificate: Option<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
}

impl ClientCertVerifier for Only {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        certificate: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        if self.certificate.as_ref() == Some(certificate) {
            return Ok(ClientCertVerified::assertion());
        }
        Err(CertificateError::ApplicationVerificationFailure.into())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

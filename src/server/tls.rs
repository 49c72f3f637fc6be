//! What the TLS handshakes present and ask for: a pair comes in, also while serving, and one configuration for each kind
//! of connection goes out to `listen`.

use std::sync::{Arc, Mutex, PoisonError};

use axum_server::tls_rustls::RustlsConfig;
use rustls::ServerConfig;
use rustls::pki_types::CertificateDer;
use rustls::server::danger::ClientCertVerifier;
use rustls::server::{NoClientAuth, NoServerSessionStorage};
use rustls::sign::SingleCertAndKey;

use super::clients::ClientAuthority;
use super::own_client::OwnClient;
pub use super::pair::{Pair, PairError, Validity};
use crate::cryptography::provider;

/// The protocols of the API server: HTTP/1.1 for a Service, HTTP/2 for a URL on its own machine.
const BOTH: [&[u8]; 2] = [b"h2", b"http/1.1"];

/// Where `Connection: close` ends a connection after one answer.
const ONLY_HTTP1: [&[u8]; 1] = [b"http/1.1"];

/// What the TLS handshake presents now; a new pair can take its place while connections are served.
pub struct Certificates {
    current: Mutex<Current>,
    own_client: OwnClient,
    served: RustlsConfig,
    turned_away: RustlsConfig,
    own: RustlsConfig,
}

/// What the configurations are made of.
#[derive(Clone)]
struct Current {
    pair: Pair,
    clients: Option<ClientAuthority>,
}

impl Certificates {
    /// Presents this pair; with `clients`, only clients with a certificate of theirs are served.
    ///
    /// # Errors
    ///
    /// When the system has no randomness to give.
    pub fn new(pair: Pair, clients: Option<ClientAuthority>) -> Result<Self, rustls::Error> {
        let (current, own_client) = (Current { pair, clients }, OwnClient::new()?);
        let [served, turned_away, own] = current.configs(&own_client)?.map(RustlsConfig::from_config);
        Ok(Self { current: Mutex::new(current), own_client, served, turned_away, own })
    }

    /// Presents this pair from the next handshake on.
    ///
    /// # Errors
    ///
    /// When the TLS library refuses it; then what was presented before still is.
    pub fn replace(&self, pair: Pair) -> Result<(), rustls::Error> {
        self.change(|current| current.pair = pair)
    }

    /// Asks clients for certificates of this authority from the next handshake on.
    ///
    /// # Errors
    ///
    /// When the TLS library refuses it; then the authority before still is asked for.
    pub fn replace_clients(&self, clients: ClientAuthority) -> Result<(), rustls::Error> {
        self.change(|current| current.clients = Some(clients))
    }

    /// From when to when the certificate that is presented may be used.
    pub fn validity(&self) -> Validity {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).pair.validity
    }

    /// The certificate that is presented.
    pub(super) fn leaf(&self) -> Option<CertificateDer<'static>> {
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        current.pair.key.cert.first().cloned()
    }

    /// Who asks whether this server enforces.
    pub(super) fn own_client(&self) -> &OwnClient {
        &self.own_client
    }

    /// For connections that are served.
    pub(super) fn served(&self) -> &RustlsConfig {
        &self.served
    }

    /// For connections that are told to come back later.
    pub(super) fn turned_away(&self) -> &RustlsConfig {
        &self.turned_away
    }

    /// For the connections of the own client.
    pub(super) fn own(&self) -> &RustlsConfig {
        &self.own
    }

    fn change(&self, change: impl FnOnce(&mut Current)) -> Result<(), rustls::Error> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let mut next = current.clone();
        change(&mut next);
        let [served, turned_away, own] = next.configs(&self.own_client)?;
        self.served.reload_from_config(served);
        self.turned_away.reload_from_config(turned_away);
        self.own.reload_from_config(own);
        *current = next;
        Ok(())
    }
}

impl Current {
    fn configs(&self, own_client: &OwnClient) -> Result<[Arc<ServerConfig>; 3], rustls::Error> {
        let nobody = || Arc::new(NoClientAuth) as Arc<dyn ClientCertVerifier>;
        let clients = self.clients.as_ref().map_or_else(nobody, ClientAuthority::verifier);
        Ok([
            self.config(clients, &BOTH)?,
            self.config(nobody(), &ONLY_HTTP1)?,
            self.config(own_client.verifier(), &ONLY_HTTP1)?,
        ])
    }

    fn config(
        &self,
        clients: Arc<dyn ClientCertVerifier>,
        protocols: &[&[u8]],
    ) -> Result<Arc<ServerConfig>, rustls::Error> {
        let mut config = ServerConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()?
            .with_client_cert_verifier(clients)
            .with_cert_resolver(Arc::new(SingleCertAndKey::from(Arc::clone(&self.pair.key))));
        // The API server never resumes a session: remembering them only costs memory, scattered over the heap. And a
        // client that may not come any more would still be let in.
        config.send_tls13_tickets = 0;
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
        Ok(Arc::new(config))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    use rcgen::{CertificateParams, KeyPair};
    use time::OffsetDateTime;

    use super::*;

    /// A pair that is valid from `now` for this long.
    pub(in crate::server) fn pair(now: SystemTime, valid: Duration) -> Pair {
        let mut parameters = CertificateParams::new(vec!["localhost".to_owned()]).expect("a name");
        parameters.not_before = OffsetDateTime::from(now);
        parameters.not_after = OffsetDateTime::from(now + valid);
        let key = KeyPair::generate().expect("a key");
        let certificate = parameters.self_signed(&key).expect("a certificate");
        let (certificate, key) = (certificate.pem(), key.serialize_pem());
        // Certificates count in whole seconds.
        let now = now + Duration::from_secs(1);
        Pair::from_pem(
            (Path::new("tls.crt"), certificate.as_bytes()),
            (Path::new("tls.key"), key.as_bytes()),
            now,
        )
        .expect("a good pair")
    }

    #[test]
    fn both_protocols_are_offered_also_after_a_new_pair_and_http1_alone_beyond_the_cap() {
        let now = SystemTime::now();
        let certificates =
            Certificates::new(pair(now, Duration::from_hours(1)), None).expect("a configuration");
        let first = certificates.validity();
        for _ in 0..2 {
            assert_eq!(certificates.served().get_inner().alpn_protocols, [b"h2".as_slice(), b"http/1.1"]);
            assert_eq!(certificates.turned_away().get_inner().alpn_protocols, [b"http/1.1"]);
            certificates.replace(pair(now, Duration::from_hours(2))).expect("a configuration");
        }
        assert!(certificates.validity().not_after > first.not_after);
    }
}

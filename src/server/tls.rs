//! PEM goes in, what the TLS handshake presents comes out: pairs that do not match, have expired or cannot be read are
//! refused with the reason. The handle can take a new pair while serving.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use axum_server::tls_rustls::RustlsConfig;
use jiff::Timestamp;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::NoServerSessionStorage;
use rustls::{InconsistentKeys, ServerConfig};
use x509_parser::prelude::{FromDer, X509Certificate};

/// The protocols of the API server: HTTP/1.1 for a Service, HTTP/2 for a URL on its own machine.
const PROTOCOLS: [&[u8]; 2] = [b"h2", b"http/1.1"];

/// Why a certificate and its key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PairError {
    /// A file cannot be read.
    #[error("cannot read {path}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The certificate is not PEM, or not a certificate.
    #[error("{0} holds no readable certificate: it must be PEM and begin with -----BEGIN CERTIFICATE-----")]
    NoCertificate(PathBuf),
    /// The key is not PEM, not a key, or of an unknown kind.
    #[error("{0} holds no readable private key: it must be PEM, unencrypted, PKCS#8, PKCS#1 or SEC1")]
    NoKey(PathBuf),
    /// The two do not belong together.
    #[error(
        "the certificate in {certificate} does not belong to the key in {key}: take both from the same issue"
    )]
    Mismatch {
        /// The file of the certificate.
        certificate: PathBuf,
        /// The file of the key.
        key: PathBuf,
    },
    /// It was valid once.
    #[error("the certificate in {path} has expired at {at}: renew it")]
    Expired {
        /// The file of the certificate.
        path: PathBuf,
        /// Its NotAfter.
        at: Timestamp,
    },
    /// It will be valid.
    #[error("the certificate in {path} is only valid from {from}: compare the clocks of the two machines")]
    NotYetValid {
        /// The file of the certificate.
        path: PathBuf,
        /// Its NotBefore.
        from: Timestamp,
    },
    /// The TLS library refuses it for another reason.
    #[error("the pair of {path} cannot be used")]
    Refused {
        /// The file of the certificate.
        path: PathBuf,
        /// What the TLS library says.
        source: rustls::Error,
    },
}

/// From when to when a certificate may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// The first moment.
    pub not_before: Timestamp,
    /// The last moment.
    pub not_after: Timestamp,
}

impl Validity {
    /// Whether the certificate may be used now.
    pub fn contains(&self, now: SystemTime) -> bool {
        Timestamp::try_from(now).is_ok_and(|now| self.not_before <= now && now <= self.not_after)
    }
}

/// A certificate and its key that belong together and are valid.
pub struct Pair {
    config: ServerConfig,
    validity: Validity,
}

impl Pair {
    /// Judges a pair; the paths are for errors.
    ///
    /// # Errors
    ///
    /// Says which file is wrong, and why.
    pub fn from_pem(
        (certificate, certificate_pem): (&Path, &[u8]),
        (key, key_pem): (&Path, &[u8]),
        now: SystemTime,
    ) -> Result<Self, PairError> {
        let no_certificate = || PairError::NoCertificate(certificate.to_owned());
        let no_key = || PairError::NoKey(key.to_owned());
        let chain: Vec<_> = CertificateDer::pem_slice_iter(certificate_pem)
            .collect::<Result<_, _>>()
            .map_err(|_| no_certificate())?;
        let validity = chain.first().and_then(validity_of).ok_or_else(no_certificate)?;
        judge(validity, certificate, now)?;
        let private = PrivateKeyDer::from_pem_slice(key_pem).map_err(|_| no_key())?;

        let provider = Arc::new(rustls::crypto::ring::default_provider());
        provider.key_provider.load_private_key(private.clone_key()).map_err(|_| no_key())?;
        let refused = |source| PairError::Refused { path: certificate.to_owned(), source };
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(refused)?
            .with_no_client_auth()
            .with_single_cert(chain, private)
            .map_err(|error| match error {
                rustls::Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => {
                    PairError::Mismatch { certificate: certificate.to_owned(), key: key.to_owned() }
                }
                other => refused(other),
            })?;
        // The API server never resumes a session: remembering them only costs memory, scattered over the heap.
        config.send_tls13_tickets = 0;
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.alpn_protocols = PROTOCOLS.map(<[u8]>::to_vec).to_vec();
        Ok(Self { config, validity })
    }
}

fn judge(validity: Validity, path: &Path, now: SystemTime) -> Result<(), PairError> {
    if validity.contains(now) {
        return Ok(());
    }
    let path = path.to_owned();
    if Timestamp::try_from(now).is_ok_and(|now| now < validity.not_before) {
        return Err(PairError::NotYetValid { path, from: validity.not_before });
    }
    Err(PairError::Expired { path, at: validity.not_after })
}

fn validity_of(certificate: &CertificateDer<'_>) -> Option<Validity> {
    let (_, certificate) = X509Certificate::from_der(certificate).ok()?;
    let validity = certificate.validity();
    let read = |time: x509_parser::time::ASN1Time| Timestamp::from_second(time.timestamp()).ok();
    Some(Validity { not_before: read(validity.not_before)?, not_after: read(validity.not_after)? })
}

/// What the TLS handshake presents now; a new pair can take its place while connections are served.
pub struct Certificates {
    served: RustlsConfig,
    turned_away: RustlsConfig,
    validity: Mutex<Validity>,
}

impl Certificates {
    /// Presents this pair.
    pub fn new(pair: Pair) -> Self {
        let validity = Mutex::new(pair.validity);
        let (served, turned_away) = configs(pair.config);
        Self {
            served: RustlsConfig::from_config(served),
            turned_away: RustlsConfig::from_config(turned_away),
            validity,
        }
    }

    /// Presents this pair from the next handshake on.
    pub fn replace(&self, pair: Pair) {
        let (served, turned_away) = configs(pair.config);
        self.served.reload_from_config(served);
        self.turned_away.reload_from_config(turned_away);
        *self.validity.lock().unwrap_or_else(PoisonError::into_inner) = pair.validity;
    }

    /// From when to when the certificate that is presented may be used.
    pub fn validity(&self) -> Validity {
        *self.validity.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn served(&self) -> &RustlsConfig {
        &self.served
    }

    pub(super) fn turned_away(&self) -> &RustlsConfig {
        &self.turned_away
    }
}

/// Connections beyond the cap get HTTP/1.1 alone, because there `Connection: close` ends them after one answer.
fn configs(config: ServerConfig) -> (Arc<ServerConfig>, Arc<ServerConfig>) {
    let mut only_http1 = config.clone();
    only_http1.alpn_protocols.retain(|protocol| protocol == b"http/1.1");
    (Arc::new(config), Arc::new(only_http1))
}

#[cfg(test)]
pub(super) mod tests {
    use std::time::Duration;

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
        let certificates = Certificates::new(pair(now, Duration::from_hours(1)));
        let first = certificates.validity();
        for _ in 0..2 {
            assert_eq!(certificates.served().get_inner().alpn_protocols, [b"h2".as_slice(), b"http/1.1"]);
            assert_eq!(certificates.turned_away().get_inner().alpn_protocols, [b"http/1.1"]);
            certificates.replace(pair(now, Duration::from_hours(2)));
        }
        assert!(certificates.validity().not_after > first.not_after);
    }
}

//! PEM goes in, a certificate with its key comes out for `tls`: pairs that do not match, have expired or cannot be read are
//! refused with the reason.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use jiff::Timestamp;
use rustls::InconsistentKeys;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use x509_parser::prelude::{FromDer, X509Certificate};

use crate::cryptography::provider;

/// Why a certificate and its key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PairError {
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
#[derive(Clone)]
pub struct Pair {
    pub(super) key: Arc<CertifiedKey>,
    pub(super) validity: Validity,
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

        let provider = provider();
        let signing = provider.key_provider.load_private_key(private).map_err(|_| no_key())?;
        let pair = CertifiedKey::new(chain, signing);
        match pair.keys_match() {
            // A kind of key that does not tell its public half is no reason to refuse it.
            Ok(()) | Err(rustls::Error::InconsistentKeys(InconsistentKeys::Unknown)) => {}
            Err(rustls::Error::InconsistentKeys(InconsistentKeys::KeyMismatch)) => {
                return Err(PairError::Mismatch { certificate: certificate.to_owned(), key: key.to_owned() });
            }
            Err(source) => return Err(PairError::Refused { path: certificate.to_owned(), source }),
        }
        Ok(Self { key: Arc::new(pair), validity })
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

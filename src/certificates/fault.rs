//! What is wrong with a stored certificate, as the API server would find: PEM and a moment go in, a fault or the validity
//! comes out.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::sign::CertifiedKey;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::{AUTHORITY, ServingPair};
use crate::cryptography::provider;

/// Why a stored certificate cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is not there.
    #[error("it is missing")]
    Missing,
    /// It is no PEM, no certificate, or no key.
    #[error("it cannot be read")]
    Unreadable,
    /// The key belongs to another certificate.
    #[error("certificate and key do not belong together")]
    Mismatch,
    /// Somebody else made it.
    #[error("it was not made by Raygate")]
    Foreign,
    /// It is over.
    #[error("it has expired")]
    Expired,
    /// It has not begun.
    #[error("it is not valid yet")]
    NotYetValid,
    /// The API server would not accept it for the Service's names.
    #[error("it is for other names, or not signed by the CA")]
    Untrusted,
}

/// From when to when a certificate may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Life {
    pub(super) not_before: Timestamp,
    pub(super) not_after: Timestamp,
    /// A number of the certificate's own, by which replicas and certificates differ in when they are renewed.
    jitter: u8,
}

impl Life {
    /// When it is to be renewed: after two thirds of its life, and up to a twentieth later.
    pub(super) fn renewal(&self) -> Timestamp {
        let life = Duration::try_from(self.not_after.duration_since(self.not_before)).unwrap_or_default();
        self.not_before + life * 2 / 3 + life / 20 * u32::from(self.jitter) / 256
    }
}

/// What is wrong with a CA.
pub(super) fn authority(pair: Option<&ServingPair>, now: Timestamp) -> Result<Life, Fault> {
    let pair = pair.ok_or(Fault::Missing)?;
    let (key, life) = read(pair)?;
    let leaf = key.cert.first().ok_or(Fault::Unreadable)?;
    let (_, certificate) = X509Certificate::from_der(leaf).map_err(|_| Fault::Unreadable)?;
    let is_named = certificate.subject().iter_common_name().any(|name| name.as_str() == Ok(AUTHORITY));
    if !is_named || !certificate.is_ca() || rcgen::KeyPair::from_pem(&pair.key).is_err() {
        return Err(Fault::Foreign);
    }
    within(life, now)
}

/// What is wrong with a serving pair that this CA should have signed for these names.
pub(super) fn serving(
    pair: Option<&ServingPair>,
    authority: &ServingPair,
    names: &[String],
    now: Timestamp,
) -> Result<Life, Fault> {
    let (key, life) = read(pair.ok_or(Fault::Missing)?)?;
    within(life, now)?;
    let root = CertificateDer::from_pem_slice(authority.certificate.as_bytes());
    let mut roots = RootCertStore::empty();
    roots.add(root.map_err(|_| Fault::Unreadable)?).map_err(|_| Fault::Unreadable)?;
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider()).build();
    let verifier = verifier.map_err(|_| Fault::Unreadable)?;
    let [leaf, intermediates @ ..] = key.cert.as_slice() else { return Err(Fault::Unreadable) };
    let seconds = u64::try_from(now.as_second()).unwrap_or(0);
    let time = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
    for name in names {
        let name = ServerName::try_from(name.as_str()).map_err(|_| Fault::Untrusted)?;
        verifier.verify_server_cert(leaf, intermediates, &name, &[], time).map_err(|_| Fault::Untrusted)?;
    }
    Ok(life)
}

/// The last moment of a certificate.
pub(super) fn end(certificate: &str) -> Option<Timestamp> {
    let certificate = CertificateDer::from_pem_slice(certificate.as_bytes()).ok()?;
    life(&certificate).map(|life| life.not_after)
}

fn read(pair: &ServingPair) -> Result<(CertifiedKey, Life), Fault> {
    let chain = CertificateDer::pem_slice_iter(pair.certificate.as_bytes()).collect::<Result<Vec<_>, _>>();
    let chain = chain.map_err(|_| Fault::Unreadable)?;
    let life = chain.first().and_then(life).ok_or(Fault::Unreadable)?;
    let key = PrivateKeyDer::from_pem_slice(pair.key.as_bytes()).map_err(|_| Fault::Unreadable)?;
    let key = provider().key_provider.load_private_key(key).map_err(|_| Fault::Unreadable)?;
    let pair = CertifiedKey::new(chain, key);
    match pair.keys_match() {
        Ok(()) => Ok((pair, life)),
        Err(_) => Err(Fault::Mismatch),
    }
}

fn life(certificate: &CertificateDer<'_>) -> Option<Life> {
    let (_, parsed) = X509Certificate::from_der(certificate).ok()?;
    let time = |time: x509_parser::time::ASN1Time| Timestamp::from_second(time.timestamp()).ok();
    let validity = parsed.validity();
    Some(Life {
        not_before: time(validity.not_before)?,
        not_after: time(validity.not_after)?,
        // The end of a signature is as good as random.
        jitter: certificate.last().copied().unwrap_or(0),
    })
}

fn within(life: Life, now: Timestamp) -> Result<Life, Fault> {
    if now < life.not_before {
        Err(Fault::NotYetValid)
    } else if now > life.not_after {
        Err(Fault::Expired)
    } else {
        Ok(life)
    }
}

//! Makes certificates: a CA of our own and serving pairs signed by it, as PEM. `serve` uses one for a trial run, `certs`
//! writes them to files, and for those that Raygate keeps in a Secret itself, [`custody`] says when to make which.

use std::time::Duration;

use jiff::Timestamp;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use time::OffsetDateTime;

pub mod custody;
mod fault;
mod step;

pub use fault::Fault;

/// Clocks of API servers may be behind ours by this much.
const CLOCK_SKEW: Duration = Duration::from_hours(1);

/// The common name of every CA that is made here.
const AUTHORITY: &str = "raygate CA";

/// A certificate that cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// A name that no certificate can carry.
    #[error("`{0}` is neither a DNS name nor an IP address")]
    Name(String),
    /// The certificate library refused.
    #[error("the certificate could not be made")]
    Rcgen(#[from] rcgen::Error),
}

/// A CA with its key.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: String,
    not_after: Timestamp,
}

/// A certificate with its key, both PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServingPair {
    /// The certificate.
    pub certificate: String,
    /// Its private key, PKCS#8.
    pub key: String,
}

impl Authority {
    /// Makes a CA that is valid from now for so many days.
    ///
    /// # Errors
    ///
    /// When the system has no randomness to give.
    pub fn new(days: u32) -> Result<Self, MakeError> {
        Self::valid(Timestamp::now(), Duration::from_hours(24) * days)
    }

    /// Makes a CA that is valid for so long.
    fn valid(from: Timestamp, life: Duration) -> Result<Self, MakeError> {
        let not_after = from + life;
        let mut parameters = parameters(vec![], AUTHORITY, from, not_after)?;
        parameters.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate()?;
        let certificate = parameters.self_signed(&key)?.pem();
        Ok(Self { issuer: Issuer::new(parameters, key), certificate, not_after })
    }

    /// The CA that was made earlier.
    fn load(pair: &ServingPair, not_after: Timestamp) -> Result<Self, MakeError> {
        let issuer = Issuer::from_ca_cert_pem(&pair.certificate, KeyPair::from_pem(&pair.key)?)?;
        Ok(Self { issuer, certificate: pair.certificate.clone(), not_after })
    }

    /// The CA's certificate, PEM: what goes into `caBundle`.
    pub fn certificate(&self) -> String {
        self.certificate.clone()
    }

    /// The CA itself, to be kept.
    fn pair(&self) -> ServingPair {
        ServingPair { certificate: self.certificate.clone(), key: self.issuer.key().serialize_pem() }
    }

    /// Signs a serving certificate for these DNS names and IP addresses, as long-lived as the CA.
    ///
    /// # Errors
    ///
    /// When a name is neither.
    pub fn issue(&self, names: &[String]) -> Result<ServingPair, MakeError> {
        self.issue_valid(names, Timestamp::now(), self.not_after)
    }

    fn issue_valid(
        &self,
        names: &[String],
        from: Timestamp,
        not_after: Timestamp,
    ) -> Result<ServingPair, MakeError> {
        if let Some(name) = names.iter().find(|name| !is_host(name)) {
            return Err(MakeError::Name(name.clone()));
        }
        let mut parameters = parameters(names.to_vec(), "raygate", from, not_after.min(self.not_after))?;
        parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        parameters.use_authority_key_identifier_extension = true;
        let key = KeyPair::generate()?;
        let certificate = parameters.signed_by(&key, &self.issuer)?;
        Ok(ServingPair { certificate: certificate.pem(), key: key.serialize_pem() })
    }
}

fn parameters(
    names: Vec<String>,
    common_name: &str,
    from: Timestamp,
    not_after: Timestamp,
) -> Result<CertificateParams, rcgen::Error> {
    let time =
        |at: Timestamp| OffsetDateTime::from_unix_timestamp(at.as_second()).map_err(|_| rcgen::Error::Time);
    let mut parameters = CertificateParams::new(names)?;
    parameters.distinguished_name.push(DnType::CommonName, common_name);
    parameters.not_before = time(from - CLOCK_SKEW)?;
    parameters.not_after = time(not_after)?;
    Ok(parameters)
}

fn is_host(name: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    name.parse::<std::net::IpAddr>().is_ok()
        || (name.len() <= 253 && name.strip_prefix("*.").unwrap_or(name).split('.').all(label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_dns_names_and_addresses() {
        for name in ["localhost", "raygate.ray-system.svc", "*.example.com", "127.0.0.1", "::1"] {
            assert!(is_host(name), "{name}");
        }
        for name in ["", "a b", "-a.svc", "a..b", "https://a.svc", "a_b.svc", "schlüssel"] {
            assert!(!is_host(name), "{name}");
        }
    }

    #[test]
    fn a_name_that_no_certificate_can_carry_is_named() {
        let authority = Authority::new(1).expect("a CA");
        let error = authority.issue(&["good.svc".into(), "not good".into()]).expect_err("refused");
        assert!(error.to_string().contains("`not good`"), "{error}");
    }
}

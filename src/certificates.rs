//! Makes certificates: a CA of our own and serving pairs signed by it, as PEM. `serve` uses one for a trial run,
//! `certs` writes them to files.

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose,
};
use time::{Duration, OffsetDateTime};

/// Clocks of API servers may be behind ours by this much.
const CLOCK_SKEW: Duration = Duration::hours(1);

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

/// A CA with its key, which exists only in memory: what it signed cannot be renewed, only made anew.
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    days: u32,
}

/// A serving certificate with its key, both PEM.
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
        let mut parameters = parameters(vec![], "raygate CA", days)?;
        parameters.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let issuer = CertifiedIssuer::self_signed(parameters, KeyPair::generate()?)?;
        Ok(Self { issuer, days })
    }

    /// The CA's certificate, PEM: what goes into `caBundle`.
    pub fn certificate(&self) -> String {
        self.issuer.pem()
    }

    /// Signs a serving certificate for these DNS names and IP addresses, as long-lived as the CA.
    ///
    /// # Errors
    ///
    /// When a name is neither.
    pub fn issue(&self, names: &[String]) -> Result<ServingPair, MakeError> {
        if let Some(name) = names.iter().find(|name| !is_host(name)) {
            return Err(MakeError::Name(name.clone()));
        }
        let mut parameters = parameters(names.to_vec(), "raygate", self.days)?;
        parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        parameters.use_authority_key_identifier_extension = true;
        let key = KeyPair::generate()?;
        let certificate = parameters.signed_by(&key, &self.issuer)?;
        Ok(ServingPair { certificate: certificate.pem(), key: key.serialize_pem() })
    }
}

fn parameters(names: Vec<String>, common_name: &str, days: u32) -> Result<CertificateParams, rcgen::Error> {
    let now = OffsetDateTime::now_utc();
    let mut parameters = CertificateParams::new(names)?;
    parameters.distinguished_name.push(DnType::CommonName, common_name);
    parameters.not_before = now - CLOCK_SKEW;
    parameters.not_after = now + Duration::days(days.into());
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
        let error = authority.issue(&["good.svc".into(), "not good".into()]).err().expect("refused");
        assert!(error.to_string().contains("`not good`"), "{error}");
    }
}

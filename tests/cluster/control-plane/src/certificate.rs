//! A serving certificate for a Service, and the CA that the API server is to trust for it.

use anyhow::Result;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

/// PEM texts.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// The CA, for `caBundle`.
    pub authority: String,
    /// The certificate, signed by the CA.
    pub certificate: String,
    /// The certificate's private key.
    pub key: String,
}

impl Certificate {
    /// A certificate for `NAME.NAMESPACE.svc`, from a new CA.
    ///
    /// # Errors
    ///
    /// When the name is no DNS name.
    pub fn for_service(name: &str, namespace: &str) -> Result<Self> {
        let mut authority = CertificateParams::new([])?;
        authority.distinguished_name.push(DnType::CommonName, "CA of the tests");
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let (authority_key, key) = (KeyPair::generate()?, KeyPair::generate()?);
        let pem = authority.self_signed(&authority_key)?.pem();
        let issuer = Issuer::new(authority, authority_key);
        let leaf = CertificateParams::new([format!("{name}.{namespace}.svc")])?.signed_by(&key, &issuer)?;
        Ok(Self { authority: pem, certificate: leaf.pem(), key: key.serialize_pem() })
    }
}

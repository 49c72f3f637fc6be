//! Who does the cryptography, chosen by a feature of the package: TLS, certificates and digests get it here.

use std::sync::Arc;

use rustls::crypto::CryptoProvider;

#[cfg(any(feature = "aws-lc-rs", feature = "aws-lc-fips"))]
use aws_lc_rs::digest as implementation;
#[cfg(any(feature = "aws-lc-rs", feature = "aws-lc-fips"))]
use rustls::crypto::aws_lc_rs::default_provider;

#[cfg(not(any(feature = "aws-lc-rs", feature = "aws-lc-fips")))]
use ring::digest as implementation;
#[cfg(not(any(feature = "aws-lc-rs", feature = "aws-lc-fips")))]
use rustls::crypto::ring::default_provider;

/// What TLS connections and signatures are made with.
pub fn provider() -> Arc<CryptoProvider> {
    Arc::new(default_provider())
}

/// The SHA-256 of some bytes.
pub fn sha256(bytes: &[u8]) -> impl AsRef<[u8]> + use<> {
    implementation::digest(&implementation::SHA256, bytes)
}

//! Flags of `raygate serve` about certificates: those that it keeps itself, and those that clients must show.

use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;

/// Flags about certificates that Raygate makes, keeps and renews itself.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Certificates of its own")]
pub struct SelfManagedArguments {
    /// Make the certificates, keep them in this Secret, and renew them; one of the replicas writes, by the Lease of that name
    #[arg(
        long,
        env = "RAYGATE_TLS_SECRET",
        value_name = "NAMESPACE/NAME",
        conflicts_with_all = ["tls_cert", "tls_key"],
        requires = "tls_service"
    )]
    pub tls_secret: Option<SecretPath>,

    /// The Service in front of Raygate, in the namespace of the Secret: the certificates are made for its names
    #[arg(long, env = "RAYGATE_TLS_SERVICE", value_name = "NAME", requires = "tls_secret")]
    pub tls_service: Option<String>,

    /// The webhook configurations, of both kinds, whose `caBundle`s are kept up with the CA
    #[arg(
        long,
        env = "RAYGATE_WEBHOOK_CONFIGURATIONS",
        value_name = "NAME,…",
        value_delimiter = ',',
        requires = "tls_secret"
    )]
    pub webhook_configurations: Vec<String>,
}

/// A Secret and its namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretPath {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
}

impl FromStr for SecretPath {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('/') {
            Some((namespace, name)) if !namespace.is_empty() && !name.is_empty() && !name.contains('/') => {
                Ok(Self { namespace: namespace.to_owned(), name: name.to_owned() })
            }
            _ => Err("write NAMESPACE/NAME, for example ray-system/raygate-certificates".to_owned()),
        }
    }
}

/// Flags about who may ask.
#[derive(Args, Debug)]
#[command(next_help_heading = "Clients")]
pub struct ClientArguments {
    /// Serve only clients that show a certificate signed by one of this file's, PEM; the API server needs to be told to show
    /// one (certs/README.md)
    #[arg(long, env = "RAYGATE_CLIENT_CA", value_name = "FILE", requires = "client_name")]
    pub client_ca: Option<PathBuf>,

    /// The names of the clients to serve: the common name or a subject alternative name of their certificates; repeatable
    #[arg(
        long,
        env = "RAYGATE_CLIENT_NAME",
        value_name = "NAME",
        value_delimiter = ',',
        requires = "client_ca"
    )]
    pub client_name: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_written_with_its_namespace() {
        let path = SecretPath { namespace: "ray-system".to_owned(), name: "raygate-certificates".to_owned() };
        assert_eq!("ray-system/raygate-certificates".parse(), Ok(path));
        for text in ["raygate-certificates", "/name", "namespace/", "a/b/c", ""] {
            text.parse::<SecretPath>().expect_err(text);
        }
    }
}

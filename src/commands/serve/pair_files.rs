//! The pair of `serve --tls-cert` and `--tls-key`: read at the start, then followed; a new pair goes to the TLS handshakes.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use anyhow::{Context, bail};

use super::followed_files::{Change, Content, FollowedFiles};
use crate::server::tls::{Certificates, Pair};
use crate::telemetry::Telemetry;

/// The certificate's file and its key's.
pub(super) struct PairFiles {
    paths: [PathBuf; 2],
    files: FollowedFiles<2>,
}

impl PairFiles {
    /// Reads the pair of the two flags; none when neither is given.
    ///
    /// # Errors
    ///
    /// When one of them is missing, or the pair cannot be used.
    pub(super) fn read(
        certificate: Option<PathBuf>,
        key: Option<PathBuf>,
    ) -> anyhow::Result<Option<(Self, Pair)>> {
        let paths = match (certificate, key) {
            (Some(certificate), Some(key)) => [certificate, key],
            (None, None) => return Ok(None),
            (Some(_), None) => bail!(
                "--tls-key is missing: --tls-cert needs its private key; without both, a self-signed pair is made"
            ),
            (None, Some(_)) => bail!(
                "--tls-cert is missing: --tls-key needs its certificate; without both, a self-signed pair is made"
            ),
        };
        let (files, pair) = FollowedFiles::read(paths.clone(), |content| judge(&paths, content))
            .context("cannot serve with --tls-cert and --tls-key")?;
        Ok(Some((Self { paths, files }, pair)))
    }

    /// Keeps what is served up with the files, for ever.
    pub(super) async fn follow(self, certificates: Arc<Certificates>, telemetry: Arc<Telemetry>) {
        let Self { paths, files } = self;
        let judge = move |content: &Content<2>| judge(&paths, content);
        files.follow(judge, |change| take(change, &certificates, &telemetry)).await;
    }
}

fn judge([certificate, key]: &[PathBuf; 2], content: &Content<2>) -> anyhow::Result<Pair> {
    let [certificate_pem, key_pem] = content;
    Ok(Pair::from_pem((certificate, certificate_pem), (key, key_pem), SystemTime::now())?)
}

fn take(change: Change<Pair>, certificates: &Certificates, telemetry: &Telemetry) {
    let metrics = &telemetry.metrics.certificate;
    let refused = match change {
        Change::New(pair) => certificates.replace(pair).err().map(|error| error.to_string()),
        Change::Refused(reason) => Some(reason),
        Change::Restored => {
            metrics.refused.set(0);
            tracing::info!("the pair that is served is in --tls-cert and --tls-key again");
            return;
        }
    };
    let not_after = certificates.validity().not_after;
    metrics.refused.set(refused.is_some().into());
    metrics.not_after.set(not_after.as_second());
    if let Some(problem) = refused {
        tracing::error!(
            problem,
            not_after = %not_after,
            "the new pair of --tls-cert and --tls-key cannot be used: the old one is still served"
        );
        metrics.reload_failures.inc();
    } else {
        tracing::info!(not_after = %not_after, "serving with the new pair of --tls-cert and --tls-key");
        metrics.reloads.inc();
    }
}

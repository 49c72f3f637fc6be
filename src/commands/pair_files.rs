//! The pair of `serve --tls-cert` and `--tls-key`: read at the start, then followed by its content for as long as the
//! server runs. A new pair goes to the TLS handshakes; one that cannot be used is told, and the old one stays.
//!
//! Content is compared, not times or file events: the kubelet swaps a link above the files, and editors rename.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use anyhow::{Context, bail};
use tokio::time::MissedTickBehavior;

use crate::server::tls::{Certificates, Pair, PairError};
use crate::telemetry::Telemetry;

/// How often the files are looked at.
const EVERY: Duration = Duration::from_millis(500);

/// What the two files hold.
type Content = (Vec<u8>, Vec<u8>);

/// Two files, and what was last seen in them.
pub(super) struct PairFiles {
    certificate: PathBuf,
    key: PathBuf,
    /// The content that is served.
    served: Content,
    /// What the last look saw instead; it may be that nothing could be read.
    seen: Option<Option<Content>>,
    /// Why that is not served, once it has been told.
    refused: Option<String>,
}

/// What a look at the files ends with.
enum Look {
    /// What is served, or something that may still be being written.
    Nothing,
    /// A pair to be served from now on.
    New(Pair),
    /// A pair that was refused, for a reason that has not been told yet.
    Refused(String),
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
        let (certificate, key) = match (certificate, key) {
            (Some(certificate), Some(key)) => (certificate, key),
            (None, None) => return Ok(None),
            (Some(_), None) => bail!(
                "--tls-key is missing: --tls-cert needs its private key; without both, a self-signed pair is made"
            ),
            (None, Some(_)) => bail!(
                "--tls-cert is missing: --tls-key needs its certificate; without both, a self-signed pair is made"
            ),
        };
        let mut files = Self { certificate, key, served: Content::default(), seen: None, refused: None };
        let judged = files.content().and_then(|content| {
            files.served = content;
            files.judge(&files.served)
        });
        let pair = judged.context("cannot serve with --tls-cert and --tls-key")?;
        Ok(Some((files, pair)))
    }

    /// Keeps what is served up with the files, for ever.
    pub(super) async fn follow(mut self, certificates: Arc<Certificates>, telemetry: Arc<Telemetry>) {
        let mut ticks = tokio::time::interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            // A file system may hang; only the thread that reads it does then.
            let look = tokio::task::spawn_blocking(move || {
                let look = self.look();
                (self, look)
            });
            let Ok((files, look)) = look.await else { return };
            self = files;
            telemetry.metrics.certificate.refused.set(self.refused.is_some().into());
            match look {
                Look::Nothing => {}
                Look::New(pair) => {
                    certificates.replace(pair);
                    let not_after = certificates.validity().not_after;
                    telemetry.metrics.certificate.not_after.set(not_after.as_second());
                    telemetry.metrics.certificate.reloads.inc();
                    tracing::info!(not_after = %not_after, "serving with the new pair of --tls-cert and --tls-key");
                }
                Look::Refused(reason) => {
                    telemetry.metrics.certificate.reload_failures.inc();
                    let not_after = certificates.validity().not_after;
                    tracing::error!(
                        problem = reason,
                        not_after = %not_after,
                        "the new pair of --tls-cert and --tls-key cannot be used: the old one is still served"
                    );
                }
            }
        }
    }

    fn look(&mut self) -> Look {
        let content = match self.content() {
            Ok(content) if content == self.served => {
                (self.seen, self.refused) = (None, None);
                return Look::Nothing;
            }
            content => content,
        };
        // The two files may be from different issues, half written or gone for a moment: judged when they stand still.
        let seen = content.as_ref().ok().cloned();
        if self.seen.replace(seen.clone()) != Some(seen) {
            return Look::Nothing;
        }
        // Judged at each look: a certificate that is not valid yet will be.
        match content.and_then(|content| Ok((self.judge(&content)?, content))) {
            Ok((pair, content)) => {
                self.served = content;
                (self.seen, self.refused) = (None, None);
                Look::New(pair)
            }
            Err(error) => {
                let reason = format!("{:#}", anyhow::Error::new(error));
                if self.refused.as_ref() == Some(&reason) {
                    return Look::Nothing;
                }
                self.refused = Some(reason.clone());
                Look::Refused(reason)
            }
        }
    }

    fn content(&self) -> Result<Content, PairError> {
        let read = |path: &PathBuf| {
            let unreadable = |source: io::Error| PairError::Read { path: path.clone(), source };
            std::fs::read(path).map_err(unreadable)
        };
        Ok((read(&self.certificate)?, read(&self.key)?))
    }

    fn judge(&self, (certificate, key): &Content) -> Result<Pair, PairError> {
        Pair::from_pem((&self.certificate, certificate), (&self.key, key), SystemTime::now())
    }
}

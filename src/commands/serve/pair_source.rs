//! Where the pair that is served comes from: files, the Secret that Raygate keeps itself, or a trial's own making. It is
//! prepared before the sockets open, and followed for as long as the server runs.

use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use anyhow::{Context, bail};

use super::pair_files::PairFiles;
use super::self_managed::{Audience, SelfManaged};
use super::trial::Trial;
use crate::certificates::Authority;
use crate::cli::{SelfManagedArguments, ServeArguments};
use crate::cluster::{Campaign, Cluster};
use crate::server::Preparation;
use crate::server::tls::{Certificates, Pair};
use crate::telemetry::Telemetry;

/// Where the pair comes from.
pub(super) enum PairSource {
    Files(PairFiles),
    Secret(SelfManagedArguments),
    Trial(Trial),
}

/// What must live for as long as the server runs.
pub(super) struct Followed {
    _trial: Option<Trial>,
    campaign: Option<Campaign>,
    /// Whether there is a pair to serve with.
    pub(super) preparation: Option<Preparation>,
}

impl PairSource {
    /// Reads or makes the first pair.
    ///
    /// # Errors
    ///
    /// When the flags name a pair that cannot be used.
    pub(super) fn prepare(arguments: &mut ServeArguments) -> anyhow::Result<(Self, Pair)> {
        if arguments.self_managed.tls_secret.is_some() {
            let source = Self::Secret(std::mem::take(&mut arguments.self_managed));
            return Ok((source, placeholder()?));
        }
        match PairFiles::read(arguments.tls_cert.take(), arguments.tls_key.take())? {
            Some((files, pair)) => Ok((Self::Files(files), pair)),
            None => Trial::prepare().map(|(trial, pair)| (Self::Trial(trial), pair)),
        }
    }

    /// The trial, if this is one.
    pub(super) const fn trial(&self) -> Option<&Trial> {
        if let Self::Trial(trial) = self { Some(trial) } else { None }
    }

    /// Keeps what is served up with the source.
    ///
    /// # Errors
    ///
    /// When there is no cluster that could hold the Secret.
    pub(super) fn follow(
        self,
        certificates: &Arc<Certificates>,
        telemetry: &Arc<Telemetry>,
        cluster: Option<&Cluster>,
    ) -> anyhow::Result<Followed> {
        let (certificates, telemetry) = (Arc::clone(certificates), Arc::clone(telemetry));
        let nothing = Followed { _trial: None, campaign: None, preparation: None };
        match self {
            Self::Files(files) => {
                tokio::spawn(files.follow(certificates, telemetry));
                Ok(nothing)
            }
            Self::Trial(trial) => Ok(Followed { _trial: Some(trial), ..nothing }),
            Self::Secret(arguments) => {
                let Some(cluster) = cluster else {
                    bail!(
                        "--tls-secret needs a cluster: run in a pod with a service account, or give --kubeconfig"
                    );
                };
                let preparation = Preparation::missing("there is no serving certificate yet");
                let (kept, campaign) = SelfManaged::start(arguments, cluster)
                    .context("--tls-secret and --tls-service belong together")?;
                let audience = Audience { certificates, preparation: preparation.clone(), telemetry };
                tokio::spawn(kept.keep(audience));
                Ok(Followed { _trial: None, campaign: Some(campaign), preparation: Some(preparation) })
            }
        }
    }
}

impl Followed {
    /// Gives back what another replica can do at once.
    pub(super) async fn end(self) {
        if let Some(campaign) = self.campaign {
            campaign.resign().await;
        }
    }
}

/// Something to answer handshakes with until the Secret has been read; nobody is told to trust it.
fn placeholder() -> anyhow::Result<Pair> {
    let issued = Authority::new(1)?.issue(&["raygate.invalid".to_owned()])?;
    let here = Path::new("a placeholder");
    let (certificate, key) = (issued.certificate.as_bytes(), issued.key.as_bytes());
    Ok(Pair::from_pem((here, certificate), (here, key), SystemTime::now())?)
}

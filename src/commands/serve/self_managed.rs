//! Certificates that Raygate keeps itself: what `cluster` sees of the Secret and of the webhook configurations comes in, the
//! pair to serve goes to the TLS handshakes; and the one replica that has the duty does what `certificates` says is next.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use jiff::Timestamp;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::sleep;

use super::published::Published;
use crate::certificates::ServingPair;
use crate::certificates::custody::{Custody, Step, Surroundings};
use crate::cli::SelfManagedArguments;
use crate::cluster::{
    Campaign, Cluster, Duty, Leadership, SecretName, SecretSighting, Standing, StoredSecret, WebhookKind,
    WebhookSighting,
};
use crate::server::Preparation;
use crate::server::tls::{Certificates, Pair};
use crate::telemetry::Telemetry;

/// After something went wrong.
const PAUSE: Duration = Duration::from_secs(1);
/// Until somebody tells something, when there is nothing to do.
const LONG: Duration = Duration::from_hours(1);

/// What is seen.
enum Sighting {
    Secret(SecretSighting),
    Webhooks(WebhookKind, String, WebhookSighting),
}

/// What is known of the Secret.
enum Stored {
    /// Nothing yet.
    Unknown,
    /// There is none.
    Missing,
    /// It is like this.
    There(Box<StoredSecret>),
}

/// Keeps the certificates.
pub(super) struct SelfManaged {
    cluster: Cluster,
    secret: SecretName,
    names: Vec<String>,
    leadership: Leadership,
    sightings: UnboundedReceiver<Sighting>,
    stored: Stored,
    /// What was stored when all was well.
    remembered: Option<Custody>,
    published: Published,
    served: Option<ServingPair>,
    /// Whether it was told that what is stored cannot be served.
    is_refused: bool,
}

/// Who needs to know of a new pair.
pub(super) struct Audience {
    pub(super) certificates: Arc<Certificates>,
    pub(super) preparation: Preparation,
    pub(super) telemetry: Arc<Telemetry>,
}

impl SelfManaged {
    /// Begins to watch, and to stand for the duty.
    pub(super) fn start(arguments: SelfManagedArguments, cluster: &Cluster) -> Option<(Self, Campaign)> {
        let (secret, service) = (arguments.tls_secret?, arguments.tls_service?);
        let (namespace, name) = (secret.namespace, secret.name);
        let duty = Duty { namespace: namespace.clone(), name: name.clone(), identity: identity() };
        let campaign = cluster.campaign(duty, |standing| told(&standing));
        let host = format!("{service}.{namespace}");
        let names = vec![format!("{host}.svc"), format!("{host}.svc.cluster.local"), host];
        let secret = SecretName { namespace, name };
        let (tell, sightings) = unbounded_channel();
        watch(cluster, &secret, &arguments.webhook_configurations, &tell);
        let this = Self {
            cluster: cluster.clone(),
            secret,
            names,
            leadership: campaign.leadership(),
            sightings,
            stored: Stored::Unknown,
            remembered: None,
            published: Published::of(&arguments.webhook_configurations),
            served: None,
            is_refused: false,
        };
        Some((this, campaign))
    }

    /// Keeps them, for ever.
    pub(super) async fn keep(mut self, audience: Audience) {
        loop {
            let pause = self.round(&audience).await;
            let waits_for_duty = !self.leadership.is_held();
            let mut leadership = self.leadership.clone();
            tokio::select! {
                sighting = self.sightings.recv() => match sighting {
                    Some(sighting) => self.note(sighting),
                    None => return,
                },
                () = sleep(pause) => {}
                () = leadership.held(), if waits_for_duty => {}
            }
        }
    }

    fn note(&mut self, sighting: Sighting) {
        match sighting {
            Sighting::Secret(SecretSighting::Stored(stored)) => self.stored = Stored::There(stored),
            Sighting::Secret(SecretSighting::Missing) => self.stored = Stored::Missing,
            Sighting::Secret(SecretSighting::Failed(failure)) => {
                tracing::warn!(%failure, "the Secret of --tls-secret cannot be watched");
            }
            Sighting::Webhooks(kind, name, WebhookSighting::Failed(failure)) => {
                tracing::warn!(%failure, ?kind, name, "a webhook configuration cannot be watched");
            }
            Sighting::Webhooks(kind, name, WebhookSighting::Stored(trust)) => {
                self.published.note(kind, &name, Some(&trust));
            }
            Sighting::Webhooks(kind, name, WebhookSighting::Missing) => {
                self.published.note(kind, &name, None);
            }
        }
    }

    /// Serves what is stored and does at most one step; how long to wait before the next.
    async fn round(&mut self, audience: &Audience) -> Duration {
        let custody = match &self.stored {
            Stored::Unknown => return LONG,
            Stored::Missing => Custody::default(),
            Stored::There(stored) => Custody::read(&stored.data()),
        };
        let published = self.published.since(&custody.bundle(), Instant::now());
        let surroundings = Surroundings {
            names: &self.names,
            published,
            remembered: self.remembered.as_ref(),
            now: Timestamp::now(),
        };
        let (step, is_sound) = (custody.step(&surroundings), custody.is_sound(&surroundings));
        if is_sound {
            self.serve(&custody, audience);
        } else if self.served.is_some() && !self.is_refused {
            self.is_refused = true;
            audience.telemetry.metrics.certificate.refused.set(1);
            audience.telemetry.metrics.certificate.reload_failures.inc();
            tracing::error!(
                ?step,
                "what is in the Secret of --tls-secret cannot be served: the old pair still is"
            );
        }
        if !self.leadership.is_held() || !self.published.is_known() {
            return LONG;
        }
        match step {
            Step::Wait(pause) => pause,
            Step::Publish => self.publish(&custody.bundle()).await,
            step => self.store(&custody, step).await,
        }
    }

    async fn store(&mut self, custody: &Custody, step: Step) -> Duration {
        let surroundings = Surroundings {
            names: &self.names,
            published: None,
            remembered: self.remembered.as_ref(),
            now: Timestamp::now(),
        };
        let after = match custody.take(step, &surroundings) {
            Ok(after) => after,
            Err(error) => {
                tracing::error!(%error, ?step, "a certificate cannot be made");
                return PAUSE;
            }
        };
        let over = if let Stored::There(stored) = &self.stored { Some(&**stored) } else { None };
        match self.cluster.write_secret(&self.secret, over, after.data()).await {
            Ok(stored) => {
                tracing::info!(?step, "the certificates of --tls-secret have changed");
                self.stored = Stored::There(Box::new(stored));
                Duration::ZERO
            }
            Err(failure) => {
                tracing::warn!(%failure, ?step, "the Secret of --tls-secret cannot be written");
                PAUSE
            }
        }
    }

    async fn publish(&mut self, bundle: &[u8]) -> Duration {
        let mut pause = Duration::ZERO;
        for (kind, name, trust) in self.published.others(bundle) {
            match self.cluster.publish(kind, &name, &trust, bundle).await {
                Ok(trust) => {
                    tracing::info!(?kind, name, "wrote the CA into a webhook configuration");
                    self.published.note(kind, &name, Some(&trust));
                }
                Err(failure) => {
                    tracing::warn!(%failure, ?kind, name, "the CA cannot be written into a webhook configuration");
                    pause = PAUSE;
                }
            }
        }
        pause
    }

    /// Presents what is stored from the next handshake on.
    fn serve(&mut self, custody: &Custody, audience: &Audience) {
        self.remembered = Some(custody.clone());
        let metrics = &audience.telemetry.metrics.certificate;
        if std::mem::take(&mut self.is_refused) {
            metrics.refused.set(0);
        }
        let Some(serving) = custody.serving().filter(|serving| self.served.as_ref() != Some(*serving)) else {
            return;
        };
        let (certificate, key) = (serving.certificate.as_bytes(), serving.key.as_bytes());
        let here = |key: &str| Path::new(&self.secret.name).join(key);
        let pair =
            Pair::from_pem((&here("tls.crt"), certificate), (&here("tls.key"), key), SystemTime::now());
        let replaced =
            pair.map_err(anyhow::Error::new).and_then(|pair| Ok(audience.certificates.replace(pair)?));
        if let Err(error) = replaced {
            metrics.reload_failures.inc();
            tracing::error!(problem = format!("{error:#}"), "the pair of --tls-secret cannot be served");
            return;
        }
        let not_after = audience.certificates.validity().not_after;
        metrics.not_after.set(not_after.as_second());
        metrics.reloads.inc();
        tracing::info!(%not_after, "serving with the pair of --tls-secret");
        self.served = Some(serving.clone());
        audience.preparation.finish();
    }
}

fn watch(
    cluster: &Cluster,
    secret: &SecretName,
    configurations: &[String],
    tell: &UnboundedSender<Sighting>,
) {
    // Nobody listens any more only when the process ends.
    let to = tell.clone();
    tokio::spawn(cluster.clone().watch_secret(secret.clone(), move |sighting| {
        drop(to.send(Sighting::Secret(sighting)));
    }));
    for name in configurations {
        for kind in [WebhookKind::Mutating, WebhookKind::Validating] {
            let (to, name, cluster) = (tell.clone(), name.clone(), cluster.clone());
            tokio::spawn(async move {
                let see = |sighting| drop(to.send(Sighting::Webhooks(kind, name.clone(), sighting)));
                cluster.watch_webhooks(kind, &name, see).await;
            });
        }
    }
}

fn told(standing: &Standing) {
    match standing {
        Standing::Leads => tracing::info!("this replica keeps the certificates"),
        Standing::Follows(leader) => tracing::info!(leader, "another replica keeps the certificates"),
        Standing::Failed(failure) => {
            tracing::warn!(%failure, "the Lease that tells who keeps the certificates cannot be used");
        }
    }
}

/// The machine's name, which in a pod is the pod's, and something that no other process has.
fn identity() -> String {
    let node = rustix::system::uname();
    format!("{}_{:016x}", node.nodename().to_string_lossy(), RandomState::new().build_hasher().finish())
}

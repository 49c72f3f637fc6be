//! A replica stands for a duty until it stops: an [`Election`] says what to write into the Lease, and whoever does the
//! duty asks its [`Leadership`] before each step.

use std::time::{Duration, Instant};

use k8s_openapi::api::coordination::v1::Lease;
use k8s_openapi::jiff::Timestamp;
use kube::Api;
use kube::api::PostParams;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use super::Cluster;
use super::election::Election;
use super::failure::Failure;

/// How often the Lease is read or renewed.
const EVERY: Duration = Duration::from_secs(2);
/// Longer than this no answer is waited for: what is held ends soon after.
const PATIENCE: Duration = Duration::from_secs(4);

/// What one replica of several does.
#[derive(Clone, Debug)]
pub struct Duty {
    /// The namespace of the Lease.
    pub namespace: String,
    /// The name of the Lease: each duty has its own.
    pub name: String,
    /// This replica, by a name that no other has: that of its pod.
    pub identity: String,
}

/// How a replica stands to a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It does the duty.
    Leads,
    /// Another does.
    Follows(String),
    /// It does not know who does: the Lease cannot be read or written.
    Failed(Failure),
}

/// Whether this replica does the duty now.
#[derive(Clone, Debug)]
pub struct Leadership(watch::Receiver<Option<Instant>>);

impl Leadership {
    /// Whether it does. The answer is good for a few seconds: ask again before each step.
    pub fn is_held(&self) -> bool {
        self.0.borrow().is_some_and(|until| Instant::now() < until)
    }

    /// Waits until this replica does the duty; for ever, when it will never.
    pub async fn held(&mut self) {
        let is_held = |until: &Option<Instant>| until.is_some_and(|until| Instant::now() < until);
        if self.0.wait_for(is_held).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// A replica that stands for a duty. Dropped, it goes on standing for as long as the process lives.
#[derive(Debug)]
pub struct Campaign {
    leadership: Leadership,
    resign: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Campaign {
    /// Whether this replica does the duty: to be asked by whoever does it.
    pub fn leadership(&self) -> Leadership {
        self.leadership.clone()
    }

    /// Gives the duty back, so that another does it at once.
    pub async fn resign(self) {
        if self.resign.send(()).is_ok() {
            // A panic of the task has been told already, and there is nothing to give back then.
            let _ = self.task.await;
        }
    }
}

impl Cluster {
    /// Stands for a duty, and tells what changes.
    pub fn campaign(&self, duty: Duty, tell: impl FnMut(Standing) + Send + 'static) -> Campaign {
        let (holds, leadership) = watch::channel(None);
        let (resign, resigned) = oneshot::channel();
        let candidate = Candidate {
            leases: Api::namespaced(self.client.clone(), &duty.namespace),
            election: Election::new(duty.name.clone(), duty.identity),
            name: duty.name,
            holds,
        };
        let task = tokio::spawn(candidate.stand(resigned, tell));
        Campaign { leadership: Leadership(leadership), resign, task }
    }
}

struct Candidate {
    leases: Api<Lease>,
    election: Election,
    name: String,
    holds: watch::Sender<Option<Instant>>,
}

impl Candidate {
    async fn stand(mut self, mut resigned: oneshot::Receiver<()>, mut tell: impl FnMut(Standing) + Send) {
        let mut last = None;
        // A sender that was dropped asks for nothing.
        let mut may_resign = true;
        loop {
            let standing = self.round().await;
            self.holds.send_replace(self.election.held_until());
            if standing.is_some() && standing != last {
                last.clone_from(&standing);
                standing.into_iter().for_each(&mut tell);
            }
            tokio::select! {
                () = sleep(EVERY) => {}
                asked = &mut resigned, if may_resign => {
                    if asked.is_ok() {
                        return self.resign().await;
                    }
                    may_resign = false;
                }
            }
        }
    }

    /// Reads the Lease if that is needed, and writes it if that is allowed; nothing when the next round will tell.
    async fn round(&mut self) -> Option<Standing> {
        match timeout(PATIENCE, self.ask()).await {
            Ok(Ok(standing)) => standing,
            Ok(Err(error)) => {
                self.election.forget();
                Some(Standing::Failed(Failure::of(&error)))
            }
            Err(_) => {
                self.election.forget();
                Some(Standing::Failed(Failure::silence(PATIENCE)))
            }
        }
    }

    async fn ask(&mut self) -> Result<Option<Standing>, kube::Error> {
        if self.election.must_look() {
            let lease = self.leases.get_opt(&self.name).await?;
            self.election.see(lease, Instant::now());
        }
        let sent = Instant::now();
        let Some(bid) = self.election.bid(sent, Timestamp::now()) else {
            return Ok(self.election.holder().map(|holder| Standing::Follows(holder.to_owned())));
        };
        match self.write(&bid).await {
            Ok(lease) => {
                self.election.win(lease, sent);
                Ok(Some(Standing::Leads))
            }
            // Another was faster, or somebody has deleted the Lease.
            Err(kube::Error::Api(status)) if matches!(status.code, 404 | 409) => {
                self.election.forget();
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    async fn write(&self, lease: &Lease) -> Result<Lease, kube::Error> {
        let parameters = PostParams::default();
        if lease.metadata.resource_version.is_some() {
            self.leases.replace(&self.name, &parameters, lease).await
        } else {
            self.leases.create(&parameters, lease).await
        }
    }

    async fn resign(mut self) {
        let given_back = self.election.resign(Timestamp::now());
        self.holds.send_replace(None);
        if let Some(lease) = given_back {
            // Whoever is next waits until the Lease runs out, if this is not heard.
            let _ = timeout(PATIENCE, self.write(&lease)).await;
        }
    }
}

//! The replicas together: each tells in a Lease what it serves of the cluster's policies, and the one that is elected
//! compares that with the ready endpoints of the Service and writes the policies' status.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::{Timestamp, Unit};
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

use super::policy_board::{Board, Posted};
use super::policy_status::{Fleet, Served, mark, status};
use crate::cluster::{Campaign, Cluster, Duty, Failure, Leadership, Replicas, Report, Standing};

/// How often a replica says again what it serves, though nothing has changed.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// A replica that has said nothing for so long hangs.
const SILENCE: Duration = Duration::from_secs(65);
/// How often the status of policies is compared with what is served.
const EVERY: Duration = Duration::from_secs(1);
/// After a failure the next attempt waits.
const PAUSE: Duration = Duration::from_secs(2);
/// For this long the end waits for the API server.
const FAREWELL: Duration = Duration::from_secs(3);
/// Annotations of an object have 256 KiB together.
const LONGEST_REPORT: usize = 200 * 1024;

/// This replica, one of several.
pub(super) struct Replica {
    pub(super) name: String,
    pub(super) replicas: Replicas,
}

/// A replica that takes part, until it ends.
pub(super) struct Membership {
    cluster: Cluster,
    replica: Arc<Replica>,
    campaign: Campaign,
}

impl Replica {
    /// Begins to tell what the board has, and stands for the duty of writing the status.
    pub(super) fn join(self, cluster: &Cluster, board: &Arc<Board>) -> Membership {
        let replica = Arc::new(self);
        let duty = Duty {
            namespace: replica.replicas.namespace.clone(),
            name: format!("{}-policy-status", replica.replicas.service),
            identity: replica.name.clone(),
        };
        let campaign = cluster.campaign(duty, |standing| match standing {
            Standing::Leads => tracing::info!("this replica writes the status of policies"),
            Standing::Follows(writer) => {
                tracing::debug!(writer, "another replica writes the status of policies");
            }
            Standing::Failed(failure) => {
                let error = failure.to_string();
                tracing::warn!(error, "who writes the status of policies cannot be told: nobody may");
            }
        });
        tokio::spawn(tell(cluster.clone(), Arc::clone(&replica), board.posted()));
        tokio::spawn(write(cluster.clone(), Arc::clone(&replica), Arc::clone(board), campaign.leadership()));
        Membership { cluster: cluster.clone(), replica, campaign }
    }
}

impl Membership {
    /// Leaves the duty to another, and takes back what was told.
    pub(super) async fn leave(self) {
        let Replica { name, replicas } = &*self.replica;
        let leaving = async {
            self.campaign.resign().await;
            // What stays there harms nobody: no ready endpoint has its name.
            let _ = self.cluster.withdraw_report(replicas, name).await;
        };
        let _ = timeout(FAREWELL, leaving).await;
    }
}

/// Tells what this replica serves, after each change and from time to time.
async fn tell(cluster: Cluster, replica: Arc<Replica>, mut posted: watch::Receiver<Posted>) {
    let mut failed = None;
    loop {
        let text = report_of(&served_of(&posted.borrow_and_update()));
        let told = cluster.report(&replica.replicas, &replica.name, &text, HEARTBEAT).await;
        note(&mut failed, told.err(), "what this replica serves cannot be told");
        let pause = if failed.is_some() { PAUSE } else { HEARTBEAT };
        if let Ok(Err(_)) = timeout(pause, posted.changed()).await {
            return;
        }
    }
}

/// Logs a failure once.
fn note(last: &mut Option<Failure>, failure: Option<Failure>, what: &str) {
    if let Some(failure) = failure.as_ref().filter(|failure| last.as_ref() != Some(*failure)) {
        let error = failure.to_string();
        tracing::warn!(error, "{what}");
    }
    *last = failure;
}

fn served_of(posted: &Posted) -> Served {
    let accepted = posted.iter().filter(|(_, notice)| notice.refused.is_none());
    accepted.map(|(name, notice)| (name.clone(), mark(&notice.uid, notice.generation))).collect()
}

/// The report; in place of one that is too long stands its hash, which others have too, or not.
fn report_of(served: &Served) -> String {
    // A mapping of texts can always be written.
    let text = serde_json::to_string(served).unwrap_or_default();
    if text.len() <= LONGEST_REPORT { text } else { hash(&text) }
}

fn hash(text: &str) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
    digest.as_ref().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// Writes the status of policies while this replica is the one to do it.
async fn write(cluster: Cluster, replica: Arc<Replica>, board: Arc<Board>, mut leadership: Leadership) {
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut heard, mut failed) = (Heard::default(), None);
    loop {
        leadership.held().await;
        ticks.tick().await;
        let written = write_once(&cluster, &replica, &board, &leadership, &mut heard).await;
        note(&mut failed, written.err(), "the status of policies cannot be written");
        if failed.is_some() {
            sleep(PAUSE).await;
        }
    }
}

async fn write_once(
    cluster: &Cluster,
    replica: &Replica,
    board: &Board,
    leadership: &Leadership,
    heard: &mut Heard,
) -> Result<(), Failure> {
    let views = board.views();
    if views.is_empty() {
        return Ok(());
    }
    let ready = cluster.ready_replicas(&replica.replicas).await?;
    let reports = heard.fresh(cluster.reports(&replica.replicas).await?, Instant::now());
    let own = served_of(&board.posted().borrow());
    let fleet: Fleet = ready
        .into_iter()
        .map(|name| {
            let served = reports.get(&name).and_then(|text| served(text, &own));
            (name, served)
        })
        .collect();
    // Kubernetes writes whole seconds here.
    let now = Timestamp::now().round(Unit::Second).unwrap_or_default().to_string();
    for (name, view) in &views {
        let Some(status) = status(name, view, &fleet, &now) else { continue };
        if !leadership.is_held() {
            break;
        }
        match cluster.write_policy_status(name, &status).await {
            // Deleted a moment ago.
            Ok(()) | Err(Failure::Missing(_)) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(())
}

/// What a report says; the hash of a long one is understood when this replica serves the same.
fn served(text: &str, own: &Served) -> Option<Served> {
    serde_json::from_str(text).ok().or_else(|| (report_of(own) == text).then(|| own.clone()))
}

/// When which report was heard: a replica whose report does not change any more hangs.
#[derive(Default)]
struct Heard(BTreeMap<String, (String, Instant)>);

impl Heard {
    /// The reports that are not too old.
    fn fresh(&mut self, reports: BTreeMap<String, Report>, now: Instant) -> BTreeMap<String, String> {
        let known = std::mem::take(&mut self.0);
        let mut fresh = BTreeMap::new();
        for (replica, Report { text, time }) in reports {
            let since = match known.get(&replica) {
                Some((last, since)) if *last == time => *since,
                _ => now,
            };
            self.0.insert(replica.clone(), (time, since));
            if now.duration_since(since) < SILENCE {
                fresh.insert(replica, text);
            }
        }
        fresh
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replica_that_says_nothing_new_is_not_believed_for_ever() {
        let (mut heard, start) = (Heard::default(), Instant::now());
        let mut hear = |time: &str, seconds| {
            let report = Report { text: "{}".into(), time: time.into() };
            let reports = BTreeMap::from([("raygate-0".to_owned(), report)]);
            !heard.fresh(reports, start + Duration::from_secs(seconds)).is_empty()
        };
        assert!(hear("1", 0) && hear("1", 60));
        assert!(!hear("1", 70));
        assert!(hear("2", 71) && hear("2", 130));
        assert!(!hear("2", 140));
    }

    #[test]
    fn a_report_too_long_to_be_written_is_understood_by_those_who_serve_the_same() {
        let of = |number: usize| -> Served {
            (0..number).map(|number| (format!("{number:0>200}"), "1-x".to_owned())).collect()
        };
        for own in [of(1), of(1000)] {
            assert_eq!(served(&report_of(&own), &own), Some(own.clone()));
        }
        assert!(report_of(&of(1000)).len() < LONGEST_REPORT);
        assert_eq!(served(&report_of(&of(1000)), &of(1001)), None);
        assert_eq!(served(&report_of(&of(1)), &of(2)), Some(of(1)));
    }
}

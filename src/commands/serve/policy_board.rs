//! All policies together: those of files and those of the cluster come in, one set goes out to the configuration that
//! reviews are judged by. It is swapped whole, so that each verdict belongs to one set.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use arc_swap::ArcSwap;
use raygate_core::admission::Configuration;
use raygate_core::policy::{Mistakes, Policies, Policy};
use serde_json::Value;
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

use super::policy_objects::PolicyObject;
use crate::cluster::StoredPolicy;
use crate::telemetry::Telemetry;

/// How often it is looked whether a policy is over.
const EVERY: Duration = Duration::from_secs(1);

/// The policies in force.
pub(super) struct Board {
    state: Mutex<State>,
    configuration: Arc<ArcSwap<Configuration>>,
    telemetry: Arc<Telemetry>,
    posted: watch::Sender<Posted>,
}

#[derive(Default)]
struct State {
    files: Vec<Arc<Policy>>,
    objects: BTreeMap<String, PolicyObject>,
    in_force: Vec<Arc<Policy>>,
}

/// What is served of the cluster's policies, by name.
pub(super) type Posted = Arc<BTreeMap<String, Notice>>;

/// What is served of one of the cluster's policies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Notice {
    pub(super) uid: String,
    /// The generation that this is about.
    pub(super) generation: i64,
    /// Why it is not accepted.
    pub(super) refused: Option<Refused>,
    /// Whether it is over.
    pub(super) is_expired: bool,
}

/// One of the cluster's policies, for whoever writes its status.
pub(super) struct View {
    pub(super) notice: Notice,
    pub(super) spec: Value,
    pub(super) status: Value,
}

/// Why a policy is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// It has mistakes.
    Mistakes(Mistakes, Instead),
    /// A file has a policy of its name.
    NameTaken,
}

/// What is in force in place of a broken policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Instead {
    /// What it said in this generation.
    Former(i64),
    /// What is right of it.
    Part,
    /// Nothing.
    Nothing,
}

impl Board {
    pub(super) fn new(configuration: Arc<ArcSwap<Configuration>>, telemetry: Arc<Telemetry>) -> Arc<Self> {
        let posted = watch::Sender::new(Posted::default());
        Arc::new(Self { state: Mutex::default(), configuration, telemetry, posted })
    }

    /// What is served of the cluster's policies, after each change.
    pub(super) fn posted(&self) -> watch::Receiver<Posted> {
        self.posted.subscribe()
    }

    /// The cluster's policies as they are stored, with what is served of them.
    pub(super) fn views(&self) -> BTreeMap<String, View> {
        let state = self.state();
        let posted = Arc::clone(&self.posted.borrow());
        let view = |(name, object): (&String, &PolicyObject)| {
            let notice = posted.get(name)?.clone();
            Some((name.clone(), View { notice, spec: object.spec.clone(), status: object.status.clone() }))
        };
        state.objects.iter().filter_map(view).collect()
    }

    /// Takes all policies of files.
    pub(super) fn take_files(&self, files: Vec<Arc<Policy>>) {
        let mut state = self.state();
        state.files = files;
        self.publish(&mut state);
    }

    /// Takes all policies of the cluster.
    pub(super) fn take_objects(&self, stored: &BTreeMap<String, StoredPolicy>) {
        let mut state = self.state();
        let mut before = std::mem::take(&mut state.objects);
        let objects = stored.iter().map(|(name, stored)| {
            let before = before.remove(name).filter(|before| before.uid == stored.uid);
            (name.clone(), PolicyObject::of(name, stored, before))
        });
        state.objects = objects.collect();
        self.publish(&mut state);
    }

    /// Takes policies out when they are over, for ever.
    pub(super) async fn keep_time(self: Arc<Self>) {
        let mut ticks = tokio::time::interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            self.publish(&mut self.state());
        }
    }

    /// Swaps the set, if it is another one than before.
    fn publish(&self, state: &mut State) {
        let now = now();
        let is_taken = |name: &str| state.files.iter().any(|file| &*file.name == name);
        let objects = state.objects.iter().filter(|(name, _)| !is_taken(name));
        let objects: Vec<_> = objects.filter_map(|(_, object)| object.policy.clone()).collect();
        let policies = Policies::new(state.files.iter().chain(&objects).cloned(), now);
        let in_force: Vec<_> = policies.iter().cloned().collect();
        let is_same = in_force.len() == state.in_force.len()
            && in_force.iter().zip(&state.in_force).all(|(left, right)| Arc::ptr_eq(left, right));
        if !is_same {
            let names: Vec<_> = in_force.iter().map(|policy| &*policy.name).collect();
            tracing::info!(policies = names.join(","), "the policies have changed");
            self.configuration.rcu(|current| Configuration::clone(current).under(policies.clone()));
        }
        let notices = state.objects.iter().map(|(name, object)| {
            let refused = if is_taken(name) { Some(Refused::NameTaken) } else { object.refused() };
            let is_expired = object.policy.as_ref().is_some_and(|policy| policy.is_expired(now));
            let (uid, generation) = (object.uid.clone(), object.generation);
            (name.clone(), Notice { uid, generation, refused, is_expired })
        });
        let posted: Posted = Arc::new(notices.collect());
        let metrics = &self.telemetry.metrics.policies;
        let from_files = in_force.iter().filter(|policy| is_taken(&policy.name)).count();
        metrics.set_in_force(from_files, in_force.len() - from_files);
        let not_accepted = posted.values().filter(|notice| notice.refused.is_some()).count();
        metrics.not_accepted.set(i64::try_from(not_accepted).unwrap_or(i64::MAX));
        state.in_force = in_force;
        self.posted.send_if_modified(|last| {
            let is_new = **last != *posted;
            *last = posted;
            is_new
        });
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Each change of it is made whole by `publish`, which panics nowhere.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Seconds since 1970.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

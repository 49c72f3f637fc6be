//! The policies of the cluster: `cluster` sees them, the core compiles them, the board puts them in force. A broken one
//! keeps what it said before, and holds back no other.

use std::sync::Arc;

use raygate_core::policy::{self, Mistakes, Policy};
use serde_json::Value;

use super::policy_board::{Board, Instead, Refused};
use crate::cluster::{Cluster, Failure, Seen, StoredPolicy};
use crate::server::Preparation;
use crate::telemetry::Telemetry;

const RESOURCE: &str = "rayjobpolicies";

/// A policy of the cluster, and what is in force of it.
pub(super) struct PolicyObject {
    pub(super) uid: String,
    pub(super) generation: i64,
    /// What is in force.
    pub(super) policy: Option<Arc<Policy>>,
    pub(super) spec: Value,
    /// What is stored as its status.
    pub(super) status: Value,
    broken: Option<(Mistakes, Instead)>,
}

impl PolicyObject {
    /// What to make of a stored policy, which may have been in force before.
    pub(super) fn of(name: &str, stored: &StoredPolicy, before: Option<Self>) -> Self {
        let before = match before {
            Some(same) if same.spec == stored.spec => {
                return Self { generation: stored.generation, status: stored.status.clone(), ..same };
            }
            other => other,
        };
        let (policy, broken) = match compile(name, &stored.spec) {
            Ok(policy) => (Some(policy), None),
            Err(mistakes) => {
                let (policy, instead) = in_its_place(name, stored, before);
                tell(name, &mistakes, instead);
                (policy, Some((mistakes, instead)))
            }
        };
        let StoredPolicy { uid, generation, spec, status } = stored.clone();
        Self { uid, generation, policy, spec, status, broken }
    }

    /// Why it is not accepted.
    pub(super) fn refused(&self) -> Option<Refused> {
        self.broken.as_ref().map(|(mistakes, instead)| Refused::Mistakes(mistakes.clone(), *instead))
    }

    /// The generation whose policy is in force, if one is as a whole.
    fn whole(self) -> Option<(i64, Arc<Policy>)> {
        let generation = match self.broken {
            None => self.generation,
            Some((_, Instead::Former(generation))) => generation,
            Some((_, Instead::Part | Instead::Nothing)) => return None,
        };
        Some((generation, self.policy?))
    }
}

fn compile(name: &str, spec: &Value) -> Result<Arc<Policy>, Mistakes> {
    policy::read(spec).and_then(|spec| Policy::compile(name, &spec)).map(Arc::new)
}

/// What a broken policy said when it was last accepted: as this replica has seen it, or as its status tells; else as much
/// of it as is right.
fn in_its_place(
    name: &str,
    stored: &StoredPolicy,
    before: Option<PolicyObject>,
) -> (Option<Arc<Policy>>, Instead) {
    let from_status = || {
        let (generation, spec) = stored.last_accepted()?;
        Some((generation, compile(name, spec).ok()?))
    };
    if let Some((generation, policy)) = before.and_then(PolicyObject::whole).or_else(from_status) {
        return (Some(policy), Instead::Former(generation));
    }
    match policy::salvage(name, &stored.spec) {
        Some(policy) => (Some(Arc::new(policy)), Instead::Part),
        None => (None, Instead::Nothing),
    }
}

fn tell(name: &str, mistakes: &Mistakes, instead: Instead) {
    let in_force = match instead {
        Instead::Former(_) => "what it said before",
        Instead::Part => "what is right of it",
        Instead::Nothing => "nothing of it",
    };
    for mistake in mistakes {
        let problem = mistake.to_string();
        tracing::error!(policy = name, problem, in_force, "a policy of the cluster is broken");
    }
}

/// Keeps the board up with the policies of the cluster, for ever.
pub(super) async fn follow(
    cluster: Cluster,
    board: Arc<Board>,
    preparation: Preparation,
    telemetry: Arc<Telemetry>,
) {
    let watching = cluster.watch_policies(|seen| {
        telemetry.metrics.policies.set_failing(RESOURCE, matches!(seen, Seen::Failed(_)));
        match seen {
            Seen::All(stored) => {
                // To compile a thousand takes a moment, in which reviews go on.
                tokio::task::block_in_place(|| board.take_objects(stored));
                preparation.finish();
            }
            Seen::Failed(Failure::Missing(_)) => {
                tracing::info!(
                    "no RayJobPolicy is defined in this cluster: `raygate crd` writes its definition"
                );
            }
            Seen::Failed(failure) => {
                let error = failure.to_string();
                tracing::error!(
                    error,
                    "the policies of the cluster cannot be followed: what was seen last stays"
                );
            }
        }
    });
    watching.await;
}

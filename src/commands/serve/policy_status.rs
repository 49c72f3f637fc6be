//! What a policy's status says: what this replica makes of the policy, and what all replicas serve, become conditions.

use std::collections::BTreeMap;

use raygate_core::policy::Mistakes;
use serde_json::{Value, json};

use super::policy_board::{Instead, Notice, Refused, View};

/// The API server takes longer messages, but nobody reads them.
const LONGEST_MESSAGE: usize = 4096;
/// As many replicas are named.
const MOST_NAMES: usize = 5;

/// Which generation of which policy a replica serves, by the policy's name: as it says in its report.
pub(super) type Served = BTreeMap<String, String>;

/// What to say of a policy for `Served`.
pub(super) fn mark(uid: &str, generation: i64) -> String {
    // The beginning tells one policy from another that has taken its name.
    format!("{generation}-{}", uid.get(..8).unwrap_or(uid))
}

/// What the ready replicas serve; none of one that has not said it, or long ago.
pub(super) type Fleet = BTreeMap<String, Option<Served>>;

/// A condition, before it is known since when it holds.
struct Condition {
    kind: &'static str,
    status: &'static str,
    reason: &'static str,
    message: String,
}

/// The status of a policy, if it differs from the one that is stored.
pub(super) fn status(name: &str, view: &View, fleet: &Fleet, now: &str) -> Option<Value> {
    let View { notice, spec, status: stored } = view;
    let accepted = accepted(notice);
    let last_accepted = if accepted.status == "True" {
        json!({"generation": notice.generation, "spec": spec})
    } else {
        stored["lastAccepted"].clone()
    };
    let conditions = [accepted, enforced(name, notice, fleet)];
    let conditions = conditions.map(|condition| condition.write(notice.generation, stored, now));
    let mut status = json!({"conditions": conditions});
    if !last_accepted.is_null() {
        status["lastAccepted"] = last_accepted;
    }
    (status != *stored).then_some(status)
}

impl Condition {
    fn write(self, generation: i64, stored: &Value, now: &str) -> Value {
        let known = stored["conditions"].as_array().into_iter().flatten();
        let before =
            known.into_iter().find(|before| before["type"] == self.kind && before["status"] == self.status);
        let since = before.and_then(|before| before["lastTransitionTime"].as_str()).unwrap_or(now);
        let mut message = self.message;
        if message.len() > LONGEST_MESSAGE {
            message.truncate(message.floor_char_boundary(LONGEST_MESSAGE));
            message.push('…');
        }
        json!({
            "type": self.kind,
            "status": self.status,
            "observedGeneration": generation,
            "lastTransitionTime": since,
            "reason": self.reason,
            "message": message,
        })
    }
}

fn accepted(notice: &Notice) -> Condition {
    let (status, reason, message) = match &notice.refused {
        None => ("True", "Sound", "nothing is wrong with the policy".to_owned()),
        Some(Refused::Mistakes(mistakes, _)) => ("False", "Mistakes", list(mistakes)),
        Some(Refused::NameTaken) => (
            "False",
            "NameTaken",
            "a policy of this name comes from a file: give this one another name".to_owned(),
        ),
    };
    Condition { kind: "Accepted", status, reason, message }
}

fn list(mistakes: &Mistakes) -> String {
    let lines: Vec<_> = mistakes.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

fn enforced(name: &str, notice: &Notice, fleet: &Fleet) -> Condition {
    let condition = |status, reason, message| Condition { kind: "Enforced", status, reason, message };
    match &notice.refused {
        Some(Refused::NameTaken) => {
            return condition("False", "NotAccepted", "the policy of the file is in force".to_owned());
        }
        Some(Refused::Mistakes(_, instead)) => {
            let in_force = match instead {
                Instead::Former(generation) => {
                    format!("generation {generation} of it is in force, which was accepted")
                }
                Instead::Part => "only what is right of it is in force".to_owned(),
                Instead::Nothing => "nothing of it is in force".to_owned(),
            };
            return condition("False", "NotAccepted", in_force);
        }
        None if notice.is_expired => {
            return condition("False", "Expired", "its time, expiresAt, is over".to_owned());
        }
        None => {}
    }
    let mark = mark(&notice.uid, notice.generation);
    let lags = |served: &Option<Served>| served.as_ref().is_none_or(|served| served.get(name) != Some(&mark));
    let behind: Vec<_> =
        fleet.iter().filter(|(_, served)| lags(served)).map(|(replica, _)| &**replica).collect();
    match (fleet.len(), behind.len()) {
        (0, _) => condition("Unknown", "NoReplicas", "no replica of Raygate is ready".to_owned()),
        (all, 0) => condition("True", "Served", format!("all ready replicas serve it: {all}")),
        (all, some) => {
            let names = behind[..some.min(MOST_NAMES)].join(", ");
            let message = format!("{some} of {all} ready replicas do not serve it yet: {names}");
            condition("False", "Waiting", message)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UID: &str = "6f1c9a52-0000-0000-0000-000000000000";

    fn notice(refused: Option<Refused>) -> Notice {
        Notice { uid: UID.into(), generation: 3, refused, is_expired: false }
    }

    fn fleet(served: &[Option<i64>]) -> Fleet {
        let replica = |(index, served): (usize, &Option<i64>)| {
            let served = served.map(|generation| Served::from([("p".to_owned(), mark(UID, generation))]));
            (format!("raygate-{index}"), served)
        };
        served.iter().enumerate().map(replica).collect()
    }

    fn view(notice: &Notice, spec: &Value, stored: &Value) -> View {
        View { notice: notice.clone(), spec: spec.clone(), status: stored.clone() }
    }

    /// Status and reason of both conditions.
    fn said(notice: &Notice, fleet: &Fleet) -> Vec<String> {
        let view = view(notice, &json!({"priority": 1}), &Value::Null);
        let status = status("p", &view, fleet, "now").expect("a status");
        let conditions = status["conditions"].as_array().expect("conditions");
        conditions.iter().map(|one| format!("{} {}", one["status"], one["reason"]).replace('"', "")).collect()
    }

    #[test]
    fn enforced_is_what_every_ready_replica_serves() {
        for (served, expected) in [
            (&[Some(3), Some(3)][..], "True Served"),
            (&[Some(3), Some(2)], "False Waiting"),
            (&[Some(3), None], "False Waiting"),
            (&[], "Unknown NoReplicas"),
        ] {
            assert_eq!(said(&notice(None), &fleet(served)), ["True Sound", expected], "{served:?}");
        }
        let other =
            Fleet::from([("raygate-0".into(), Some(Served::from([("p".into(), mark("another", 3))])))]);
        assert_eq!(said(&notice(None), &other)[1], "False Waiting");
    }

    #[test]
    fn what_is_not_accepted_or_over_is_not_enforced() {
        let serving = fleet(&[Some(3)]);
        let broken = Refused::Mistakes(Mistakes::default(), Instead::Former(2));
        assert_eq!(said(&notice(Some(broken)), &serving), ["False Mistakes", "False NotAccepted"]);
        assert_eq!(
            said(&notice(Some(Refused::NameTaken)), &serving),
            ["False NameTaken", "False NotAccepted"]
        );
        let over = Notice { is_expired: true, ..notice(None) };
        assert_eq!(said(&over, &serving), ["True Sound", "False Expired"]);
    }

    #[test]
    fn nothing_is_written_twice_and_what_was_accepted_stays() {
        let (spec, serving) = (json!({"priority": 1}), fleet(&[Some(3)]));
        let write = |notice: &Notice, stored: &Value, day: &str| {
            status("p", &view(notice, &spec, stored), &serving, day)
        };
        let first = write(&notice(None), &Value::Null, "monday").expect("a status");
        assert_eq!(first["lastAccepted"], json!({"generation": 3, "spec": spec}));
        assert_eq!(write(&notice(None), &first, "tuesday"), None);
        let refused = Refused::Mistakes(Mistakes::default(), Instead::Former(3));
        let broken = Notice { generation: 4, ..notice(Some(refused)) };
        let second = write(&broken, &first, "tuesday").expect("a status");
        assert_eq!(second["lastAccepted"], first["lastAccepted"]);
        let third = Notice { generation: 5, ..broken };
        let third = write(&third, &second, "wednesday").expect("a status");
        assert_eq!(third["conditions"][0]["lastTransitionTime"], "tuesday");
        assert_eq!(third["conditions"][0]["observedGeneration"], 5);
    }
}

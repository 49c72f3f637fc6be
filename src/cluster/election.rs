//! Which of several replicas does a duty: a Lease that each of them reads, and one writes. What the Lease says and what
//! time it is comes in, what to write goes out; `campaign` does the asking.
//!
//! Another's clock is never believed: a Lease has run out when this replica has seen no change of it for its whole
//! duration. The holder counts from before it asked, and for less long, so that it stops before another begins.

use std::time::{Duration, Instant};

use k8s_openapi::api::coordination::v1::{Lease, LeaseSpec};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{MicroTime, ObjectMeta};
use k8s_openapi::jiff::Timestamp;

/// For how long nobody else takes a Lease that is not renewed.
const DURATION: Duration = Duration::from_secs(15);
/// For how long the holder goes on after its last renewal.
const TENURE: Duration = Duration::from_secs(10);

/// One replica's part in an election.
#[derive(Debug)]
pub(super) struct Election {
    name: String,
    /// Who this replica is: nobody else has this name.
    identity: String,
    /// The Lease as it was last seen or written, and since when it is like that.
    seen: Option<(Lease, Instant)>,
    held_until: Option<Instant>,
}

impl Election {
    pub(super) fn new(name: String, identity: String) -> Self {
        Self { name, identity, seen: None, held_until: None }
    }

    /// Takes note of what the Lease says; none if there is none.
    pub(super) fn see(&mut self, lease: Option<Lease>, now: Instant) {
        let since = match (&self.seen, &lease) {
            (Some((seen, since)), Some(lease)) if is_same(seen, lease) => *since,
            _ => now,
        };
        self.seen = lease.map(|lease| (lease, since));
        if self.holder() != Some(&self.identity) {
            self.held_until = None;
        }
    }

    /// The Lease to write now; none while another holds it.
    pub(super) fn bid(&self, now: Instant, time: Timestamp) -> Option<Lease> {
        let Some((lease, since)) = &self.seen else {
            let metadata = ObjectMeta { name: Some(self.name.clone()), ..ObjectMeta::default() };
            return Some(Lease { metadata, spec: Some(self.term(&LeaseSpec::default(), time)) });
        };
        let spec = lease.spec.clone().unwrap_or_default();
        let seconds = spec.lease_duration_seconds.and_then(|seconds| u64::try_from(seconds).ok());
        let duration = seconds.map_or(DURATION, Duration::from_secs);
        let is_free = match self.holder() {
            None => true,
            Some(holder) => holder == self.identity || now >= *since + duration,
        };
        is_free.then(|| Lease { metadata: lease.metadata.clone(), spec: Some(self.term(&spec, time)) })
    }

    /// Takes note that a bid was stored like this; it was sent at that time.
    pub(super) fn win(&mut self, lease: Lease, sent: Instant) {
        self.held_until = Some(sent + TENURE);
        self.seen = Some((lease, sent));
    }

    /// Takes note that what is known of the Lease cannot be trusted, as after a bid that came too late.
    pub(super) fn forget(&mut self) {
        if let Some((lease, _)) = &mut self.seen {
            lease.metadata.resource_version = None;
        }
    }

    /// Whether the Lease must be read before a bid.
    pub(super) fn must_look(&self) -> bool {
        let is_own = self.holder() == Some(&self.identity);
        !is_own || self.seen.as_ref().is_none_or(|(lease, _)| lease.metadata.resource_version.is_none())
    }

    /// The Lease that gives the duty back at once; none if it is not held.
    pub(super) fn resign(&mut self, time: Timestamp) -> Option<Lease> {
        self.held_until.take()?;
        let (lease, _) = self.seen.take()?;
        let spec = lease.spec.unwrap_or_default();
        let given_back = LeaseSpec {
            holder_identity: Some(String::new()),
            // Of no length, were it taken for somebody's.
            lease_duration_seconds: Some(1),
            renew_time: Some(MicroTime(time)),
            ..spec
        };
        Some(Lease { metadata: lease.metadata, spec: Some(given_back) })
    }

    /// Until when this replica does the duty, unless it renews before; none if it does not do it.
    pub(super) const fn held_until(&self) -> Option<Instant> {
        self.held_until
    }

    /// Who does the duty as far as is known.
    pub(super) fn holder(&self) -> Option<&str> {
        let spec = self.seen.as_ref()?.0.spec.as_ref()?;
        spec.holder_identity.as_deref().filter(|holder| !holder.is_empty())
    }

    fn term(&self, before: &LeaseSpec, time: Timestamp) -> LeaseSpec {
        let is_renewal = before.holder_identity.as_deref() == Some(&self.identity);
        let transitions = before.lease_transitions.unwrap_or(0);
        let is_first = before.holder_identity.is_none();
        LeaseSpec {
            holder_identity: Some(self.identity.clone()),
            lease_duration_seconds: i32::try_from(DURATION.as_secs()).ok(),
            acquire_time: if is_renewal { before.acquire_time.clone() } else { Some(MicroTime(time)) },
            renew_time: Some(MicroTime(time)),
            lease_transitions: Some(if is_renewal || is_first { transitions } else { transitions + 1 }),
            ..LeaseSpec::default()
        }
    }
}

fn is_same(seen: &Lease, lease: &Lease) -> bool {
    seen.spec == lease.spec && seen.metadata.uid == lease.metadata.uid
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// A Lease as the API server keeps it, with time that is made up.
    struct Stored {
        lease: Option<Lease>,
        start: Instant,
        versions: u32,
    }

    impl Stored {
        fn new() -> Self {
            Self { lease: None, start: Instant::now(), versions: 0 }
        }

        fn at(&self, seconds: u32) -> Instant {
            self.start + SECOND * seconds
        }

        /// Stores what is written, unless it was written over something older.
        fn write(&mut self, mut lease: Lease) -> Option<Lease> {
            let current = self.lease.as_ref().and_then(|lease| lease.metadata.resource_version.clone());
            if lease.metadata.resource_version != current {
                return None;
            }
            self.versions += 1;
            lease.metadata.resource_version = Some(self.versions.to_string());
            self.lease = Some(lease.clone());
            Some(lease)
        }

        /// One round of a replica; whether it does the duty then.
        fn round(&mut self, election: &mut Election, seconds: u32) -> bool {
            let now = self.at(seconds);
            if election.must_look() {
                election.see(self.lease.clone(), now);
            }
            if let Some(bid) = election.bid(now, time(seconds)) {
                match self.write(bid) {
                    Some(lease) => election.win(lease, now),
                    None => election.forget(),
                }
            }
            election.held_until().is_some_and(|until| now < until)
        }
    }

    fn time(seconds: u32) -> Timestamp {
        Timestamp::from_second(seconds.into()).expect("a time")
    }

    fn replica(identity: &str) -> Election {
        Election::new("status".into(), identity.into())
    }

    #[test]
    fn the_first_takes_it_and_keeps_it_while_it_renews() {
        let (mut stored, mut one, mut two) = (Stored::new(), replica("one"), replica("two"));
        for second in (0..60).step_by(2) {
            assert!(stored.round(&mut one, second));
            assert!(!stored.round(&mut two, second));
        }
        assert_eq!(two.holder(), Some("one"));
        let spec = stored.lease.and_then(|lease| lease.spec).expect("a Lease");
        assert_eq!((spec.acquire_time, spec.lease_transitions), (Some(MicroTime(time(0))), Some(0)));
    }

    #[test]
    fn the_holder_stops_before_another_begins() {
        let (mut stored, mut one, mut two) = (Stored::new(), replica("one"), replica("two"));
        assert!(stored.round(&mut one, 0));
        let begins = (0..60).find(|second| stored.round(&mut two, *second)).expect("a successor");
        assert_eq!(begins, 15);
        let stops = one.held_until().expect("a term") - stored.start;
        assert!(stops < SECOND * begins, "{stops:?}");
        assert!(!stored.round(&mut one, 60), "its bid is over what it knew, which is old");
        assert!(!stored.round(&mut one, 61));
        assert_eq!(one.holder(), Some("two"));
        assert_eq!(stored.lease.and_then(|lease| lease.spec?.lease_transitions), Some(1));
    }

    #[test]
    fn what_is_given_back_is_taken_at_once() {
        let (mut stored, mut one, mut two) = (Stored::new(), replica("one"), replica("two"));
        assert!(stored.round(&mut one, 0));
        assert!(!stored.round(&mut two, 1));
        let given_back = one.resign(time(2)).expect("what was held");
        assert!(stored.write(given_back).is_some() && one.held_until().is_none());
        assert!(stored.round(&mut two, 2));
        assert!(two.resign(time(3)).is_some() && replica("three").resign(time(3)).is_none());
    }

    #[test]
    fn of_two_at_once_one_wins() {
        let (mut stored, mut one, mut two) = (Stored::new(), replica("one"), replica("two"));
        let now = stored.at(0);
        one.see(None, now);
        two.see(None, now);
        let bids = [&one, &two].map(|election| election.bid(now, time(0)).expect("a bid"));
        let [first, second] = bids.map(|bid| stored.write(bid));
        assert!(first.is_some() && second.is_none());
        assert!(!stored.round(&mut two, 1));
    }

    #[test]
    fn a_clock_that_is_wrong_elects_nobody() {
        let (mut stored, mut one, mut two) = (Stored::new(), replica("one"), replica("two"));
        // What stands there is said to be from long ago, and changes all the same.
        for second in 0..40 {
            let now = stored.at(second);
            one.see(stored.lease.clone(), now);
            let bid = one.bid(now, time(0) + Duration::from_millis(second.into())).expect("its own");
            let lease = stored.write(bid).expect("nobody else writes");
            one.win(lease, now);
            assert!(!stored.round(&mut two, second));
        }
    }

    #[test]
    fn a_lease_that_somebody_deleted_is_made_anew() {
        let (mut stored, mut one) = (Stored::new(), replica("one"));
        assert!(stored.round(&mut one, 0));
        stored.lease = None;
        assert!(stored.round(&mut one, 2), "for as long as its term lasts");
        assert!(stored.round(&mut one, 4) && stored.lease.is_some());
    }
}

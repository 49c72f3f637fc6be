use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use super::*;
use crate::certificates::ServingPair;
use crate::certificates::custody::Data;

const HOUR: Duration = Duration::from_hours(1);

fn names() -> Vec<String> {
    vec!["raygate.ray-system.svc".to_owned(), "raygate.ray-system".to_owned()]
}

/// A cluster in small: a Secret, one webhook configuration, one replica that serves, and one that decides.
struct World {
    names: Vec<String>,
    now: Timestamp,
    stored: Data,
    /// What the API server trusts.
    trusted: Vec<u8>,
    trusted_since: Timestamp,
    served: Option<ServingPair>,
    remembered: Option<Custody>,
}

impl World {
    fn empty() -> Self {
        let now = Timestamp::from_second(1_800_000_000).expect("a time");
        Self {
            names: names(),
            now,
            stored: Data::new(),
            trusted: Vec::new(),
            trusted_since: now,
            served: None,
            remembered: None,
        }
    }

    fn installed() -> Self {
        let mut world = Self::empty();
        world.settle();
        world
    }

    /// So old that the next CA has just been made, and nobody trusts it yet.
    fn introduced() -> Self {
        let mut world = Self::installed();
        loop {
            world.now += DAY * 5;
            let step = world.step();
            world.see();
            if step == Step::Introduce {
                return world;
            }
            world.settle();
        }
    }

    fn custody(&self) -> Custody {
        Custody::read(&self.stored)
    }

    fn surroundings(&self) -> Surroundings<'_> {
        let is_published = self.trusted == self.custody().bundle();
        let since = || Duration::try_from(self.now.duration_since(self.trusted_since)).unwrap_or_default();
        Surroundings {
            names: &self.names,
            published: is_published.then(since),
            remembered: self.remembered.as_ref(),
            now: self.now,
        }
    }

    /// Whether a call succeeds now.
    fn is_served(&self) -> bool {
        let trusted = CertificateDer::pem_slice_iter(&self.trusted).filter_map(Result::ok);
        let trusted: Vec<_> = trusted.collect();
        let Some(served) = &self.served else { return false };
        let bundles = String::from_utf8(self.trusted.clone()).expect("PEM");
        let certificates = bundles.split_inclusive("-----END CERTIFICATE-----\n");
        let authorities: Vec<_> = certificates.map(ToOwned::to_owned).collect();
        assert_eq!(authorities.len(), trusted.len(), "nothing but certificates is trusted");
        authorities.into_iter().any(|certificate| {
            let authority = ServingPair { certificate, key: String::new() };
            fault::serving(Some(served), &authority, &self.names, self.now).is_ok()
        })
    }

    /// What a replica does when it sees the Secret.
    fn see(&mut self) {
        let custody = self.custody();
        if custody.is_sound(&self.surroundings()) {
            self.served = custody.serving().cloned();
            self.remembered = Some(custody);
        }
    }

    /// One step, of which each effect is visible before the next.
    fn step(&mut self) -> Step {
        let step = self.custody().step(&self.surroundings());
        if step == Step::Publish {
            (self.trusted, self.trusted_since) = (self.custody().bundle(), self.now);
        } else if step.is_stored() {
            self.stored = self.custody().take(step, &self.surroundings()).expect("it can be made").data();
        }
        step
    }

    /// Steps until there is nothing to do; what was done.
    fn settle(&mut self) -> Vec<Step> {
        let mut steps = Vec::new();
        loop {
            let step = self.step();
            self.see();
            if let Step::Wait(pause) = step {
                if pause > SETTLED {
                    return steps;
                }
                self.now += pause;
            } else {
                steps.push(step);
            }
            assert!(steps.len() < 12, "it never settles: {steps:?}");
        }
    }

    /// Whether calls succeed all the time while it settles, also when whoever decides starts anew after each step.
    fn settle_unnoticed(&mut self, with_restarts: bool) -> Vec<Step> {
        let mut steps = Vec::new();
        loop {
            if with_restarts {
                self.remembered = None;
            }
            let step = self.step();
            // The replica has not seen the Secret yet; then it has.
            assert!(self.is_served(), "before the replica has seen {step:?}, after {steps:?}");
            self.see();
            assert!(self.is_served(), "after {step:?}, after {steps:?}");
            match step {
                Step::Wait(pause) if pause > SETTLED => return steps,
                Step::Wait(pause) => self.now += pause,
                step => steps.push(step),
            }
            assert!(steps.len() < 12, "it never settles: {steps:?}");
        }
    }
}

#[test]
fn an_installation_creates_and_publishes_and_then_waits() {
    let mut world = World::empty();
    assert_eq!(world.settle(), [Step::Create(Fault::Missing), Step::Publish]);
    assert!(world.is_served());
    assert!(matches!(world.step(), Step::Wait(_)));
}

#[test]
fn in_ten_years_of_renewals_no_call_fails_whoever_restarts_when() {
    for with_restarts in [false, true] {
        let mut world = World::installed();
        let (mut issued, mut switched) = (0, 0);
        for _ in 0..730 {
            world.now += DAY * 5;
            let steps = world.settle_unnoticed(with_restarts);
            issued += steps.iter().filter(|step| **step == Step::Issue(None)).count();
            switched += steps.iter().filter(|step| **step == Step::Switch).count();
            let holds = [world.custody().authority, world.custody().next].into_iter().flatten().count();
            assert_eq!(holds, 1, "a rotation is over before the next");
        }
        // A CA lives 365 days and is renewed after two thirds, a serving certificate 90.
        assert!((12..=15).contains(&switched), "{switched}");
        assert!((35..=60).contains(&issued), "{issued}");
    }
}

#[test]
fn a_rotation_publishes_before_it_switches_and_forgets_at_the_end() {
    let mut world = World::installed();
    let first = world.custody();
    world.now += DAY * 300;
    world.served = None;
    world.remembered = None;
    // The serving pair is over by now: that comes first, because calls fail until then.
    let steps = world.settle();
    assert_eq!(
        steps,
        [Step::Issue(Some(Fault::Expired)), Step::Introduce, Step::Publish, Step::Switch, Step::Publish]
    );
    let second = world.custody();
    assert_eq!(second.previous, first.authority.map(|authority| authority.certificate));
    world.now += DAY * 70;
    let steps = world.settle_unnoticed(false);
    assert_eq!(steps, [Step::Forget, Step::Publish, Step::Issue(None)]);
    assert_eq!(world.custody().previous, None);
}

#[test]
fn a_clock_that_jumps_settles_and_is_served() {
    let hundred = DAY * 100;
    let mut world = World::installed();
    world.now += hundred;
    assert_eq!(world.settle(), [Step::Issue(Some(Fault::Expired))]);
    assert!(world.is_served());
    world.now -= hundred;
    assert_eq!(world.settle(), [Step::Issue(Some(Fault::NotYetValid))]);
    assert!(world.is_served());
    world.now += DAY * 4000;
    assert_eq!(world.settle(), [Step::Create(Fault::Expired), Step::Publish]);
    assert!(world.is_served());
    world.now -= DAY * 4000;
    assert_eq!(world.settle(), [Step::Create(Fault::NotYetValid), Step::Publish]);
    assert!(world.is_served());
}

/// What somebody may do to a value.
fn spoilt(value: &[u8], stranger: &[u8]) -> Vec<(&'static str, Option<Vec<u8>>)> {
    vec![
        ("gone", None),
        ("empty", Some(Vec::new())),
        ("cut", Some(value[..value.len() / 2].to_vec())),
        ("no text", Some(vec![0xff, 0xfe])),
        ("somebody else's", Some(stranger.to_vec())),
    ]
}

#[test]
fn each_value_of_the_secret_may_be_spoilt_at_each_stage_and_nobody_notices_while_a_replica_remembers() {
    let stranger = World::installed().stored;
    let mut resting = World::installed();
    let mut introduced = World::introduced();
    assert_eq!(introduced.step(), Step::Publish);
    for (stage, world) in [("resting", &mut resting), ("introduced", &mut introduced)] {
        let (stored, remembered) = (world.stored.clone(), world.remembered.clone());
        let (trusted, served, now) = (world.trusted.clone(), world.served.clone(), world.now);
        for key in stored.keys() {
            let other = stranger.get(key).or_else(|| stranger.get("tls.crt")).expect("a value");
            for (how, value) in spoilt(&stored[key], other) {
                for is_remembered in [true, false] {
                    (world.stored, world.remembered) =
                        (stored.clone(), remembered.clone().filter(|_| is_remembered));
                    (world.trusted, world.served, world.now) = (trusted.clone(), served.clone(), now);
                    match &value {
                        Some(value) => world.stored.insert(key.clone(), value.clone()),
                        None => world.stored.remove(key),
                    };
                    world.see();
                    assert!(world.is_served(), "{stage}: {key} is {how}");
                    let steps = if is_remembered { world.settle_unnoticed(false) } else { world.settle() };
                    assert!(world.is_served(), "{stage}: {key} is {how}: {steps:?}");
                }
            }
        }
    }
}

#[test]
fn a_secret_that_is_gone_is_put_back_as_it_was() {
    let mut world = World::installed();
    let before = world.stored.clone();
    world.stored.clear();
    world.see();
    assert_eq!(world.settle_unnoticed(false), [Step::Restore(Fault::Missing)]);
    assert_eq!(world.stored, before);
}

#[test]
fn a_bundle_that_somebody_empties_or_changes_is_written_again() {
    let mut world = World::installed();
    let stored = world.stored.clone();
    for foreign in [Vec::new(), World::installed().trusted] {
        world.trusted = foreign;
        assert_eq!(world.settle(), [Step::Publish]);
        assert!(world.is_served());
    }
    assert_eq!(world.stored, stored, "nothing else changes");
}

#[test]
fn a_bundle_that_comes_and_goes_is_settled_from_its_last_coming() {
    let mut world = World::introduced();
    assert_eq!(world.step(), Step::Publish);
    world.now += SETTLED / 2;
    world.trusted.clear();
    assert_eq!(world.step(), Step::Publish);
    world.now += SETTLED * 3 / 4;
    assert_eq!(world.step(), Step::Wait(SETTLED / 4));
    world.now += SETTLED / 4;
    assert_eq!(world.step(), Step::Switch);
}

#[test]
fn other_names_need_another_serving_pair_and_no_other_authority() {
    let mut world = World::installed();
    let authority = world.custody().authority;
    world.names = vec!["gate.ray-system.svc".to_owned()];
    world.remembered = None;
    assert_eq!(world.settle(), [Step::Issue(Some(Fault::Untrusted))]);
    assert_eq!(world.custody().authority, authority);
}

#[test]
fn an_authority_that_somebody_else_made_is_not_used() {
    let mut world = World::installed();
    let key = rcgen::KeyPair::generate().expect("a key");
    let mut parameters = rcgen::CertificateParams::new([]).expect("no names");
    parameters.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let foreign = parameters.self_signed(&key).expect("a CA").pem();
    world.stored.insert("ca.crt".to_owned(), foreign.into_bytes());
    world.stored.insert("ca.key".to_owned(), key.serialize_pem().into_bytes());
    world.remembered = None;
    assert_eq!(world.settle(), [Step::Create(Fault::Foreign), Step::Publish]);
}

#[test]
fn renewals_are_spread() {
    let renewals: std::collections::BTreeSet<_> = (0..8)
        .map(|_| {
            let world = World::installed();
            let pair = world.custody().serving.expect("a pair");
            let authority = world.custody().authority.expect("a CA");
            let life = fault::serving(Some(&pair), &authority, &world.names, world.now).expect("good");
            let (first, last) = (life.not_before + DAY * 60, life.not_before + DAY * 65 + HOUR);
            assert!((first..=last).contains(&life.renewal()), "{:?}", life.renewal());
            life.renewal()
        })
        .collect();
    assert!(renewals.len() > 1, "all at the same moment");
}

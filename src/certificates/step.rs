//! What to do next about the certificates that Raygate keeps itself: one step at a time, each complete in one write, so
//! that whoever goes on after a crash finds a state in which nobody is without trust.
//!
//! ```text
//! nothing ─► Create ─► Publish ─► Wait ─► Introduce ─► Publish ─► (everybody has seen it) ─► Switch ─► Publish ─► Forget
//!                                   └─► Issue: the same CA signs a new serving pair
//! ```

use std::time::Duration;

use jiff::Timestamp;

use super::custody::Custody;
use super::fault::{self, Fault};
use super::{Authority, MakeError};

const DAY: Duration = Duration::from_hours(24);
/// How long a CA is valid.
const AUTHORITY_LIFE: Duration = Duration::from_hours(24 * 365);
/// How long a serving certificate is valid.
const SERVING_LIFE: Duration = Duration::from_hours(24 * 90);
/// API servers learn of a changed webhook configuration by a watch: after this long, all of them have.
pub(super) const SETTLED: Duration = Duration::from_secs(30);
/// Without anything to do, this is when to look again.
const LONGEST_WAIT: Duration = DAY;

/// What else decides.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// The names that the API server asks for, and others that should be served.
    pub names: &'a [String],
    /// For how long every webhook configuration has held the bundle; none while one does not.
    pub published: Option<Duration>,
    /// What the Secret held before, when all was well.
    pub remembered: Option<&'a Custody>,
    /// What time it is.
    pub now: Timestamp,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Make a CA and a serving pair: there is no CA that could be used, and until the new one is published no call succeeds.
    Create(Fault),
    /// Put back what was there before somebody spoilt it: it is still served and trusted, so that no call fails.
    Restore(Fault),
    /// Sign a new serving pair with the CA that is trusted already; the fault, if the one before cannot be used any more.
    Issue(Option<Fault>),
    /// Write the bundle into the webhook configurations.
    Publish,
    /// Make the CA after this one, to be trusted beside it.
    Introduce,
    /// Let the next CA sign a new serving pair: everybody trusts it.
    Switch,
    /// Trust the CA before no longer: it has expired.
    Forget,
    /// Nothing, for this long.
    Wait(Duration),
}

impl Step {
    /// Whether the step changes the Secret.
    pub const fn is_stored(self) -> bool {
        !matches!(self, Self::Publish | Self::Wait(_))
    }
}

impl Custody {
    /// What to do next.
    pub fn step(&self, surroundings: &Surroundings<'_>) -> Step {
        match (self.own_step(surroundings), surroundings.remembered) {
            (Step::Create(fault) | Step::Issue(Some(fault)), Some(remembered))
                if remembered.is_sound(surroundings) =>
            {
                Step::Restore(fault)
            }
            (step, _) => step,
        }
    }

    /// Whether calls succeed with what is here, once it is published: the CA is good, and has signed the serving pair.
    pub fn is_sound(&self, surroundings: &Surroundings<'_>) -> bool {
        let Surroundings { names, now, .. } = *surroundings;
        let Some(authority) = &self.authority else { return false };
        fault::authority(Some(authority), now).is_ok()
            && fault::serving(self.serving.as_ref(), authority, names, now).is_ok()
    }

    fn own_step(&self, surroundings: &Surroundings<'_>) -> Step {
        let Surroundings { names, published, now, .. } = *surroundings;
        let next = fault::authority(self.next.as_ref(), now);
        let (life, authority) = match (fault::authority(self.authority.as_ref(), now), &self.authority) {
            (Ok(life), Some(pair)) => (life, pair),
            // The next one is trusted by whoever has seen it, and the one before it by nobody any more.
            _ if next.is_ok() => return Step::Switch,
            (Err(fault), _) => return Step::Create(fault),
            (Ok(_), None) => return Step::Create(Fault::Missing),
        };
        let serving = match fault::serving(self.serving.as_ref(), authority, names, now) {
            Ok(serving) => serving,
            Err(fault) => return Step::Issue(Some(fault)),
        };
        if self.next.is_some() && next.is_err() {
            // It never signed anything: another takes its place.
            return Step::Introduce;
        }
        let previous =
            self.previous.as_deref().map(|previous| fault::end(previous).unwrap_or(Timestamp::MIN));
        if previous.is_some_and(|end| end < now) {
            return Step::Forget;
        }
        let Some(published) = published else { return Step::Publish };
        if self.next.is_some() {
            return match SETTLED.checked_sub(published) {
                None | Some(Duration::ZERO) => Step::Switch,
                Some(rest) => Step::Wait(rest),
            };
        }
        if life.renewal() <= now {
            return Step::Introduce;
        }
        if serving.renewal() <= now {
            return Step::Issue(None);
        }
        let due = [Some(life.renewal()), Some(serving.renewal()), previous].into_iter().flatten().min();
        let wait = due.and_then(|due| Duration::try_from(due.duration_since(now)).ok());
        Step::Wait(wait.map_or(LONGEST_WAIT, |wait| wait.clamp(Duration::from_secs(1), LONGEST_WAIT)))
    }

    /// What the Secret should hold after the step.
    ///
    /// # Errors
    ///
    /// When a certificate cannot be made.
    pub fn take(&self, step: Step, surroundings: &Surroundings<'_>) -> Result<Self, MakeError> {
        let Surroundings { names, remembered, now, .. } = *surroundings;
        Ok(match step {
            Step::Publish | Step::Wait(_) => self.clone(),
            Step::Create(_) => Self::create(names, now)?,
            Step::Restore(_) => remembered.unwrap_or(self).clone(),
            Step::Introduce => {
                Self { next: Some(Authority::valid(now, AUTHORITY_LIFE)?.pair()), ..self.clone() }
            }
            Step::Forget => Self { previous: None, ..self.clone() },
            Step::Issue(_) => self.issued(names, now)?,
            Step::Switch => {
                Self { authority: self.next.clone(), next: None, previous: self.outgoing(now), serving: None }
                    .issued(names, now)?
            }
        })
    }

    /// The CA that is to be trusted for a while still; nothing that no API server could read.
    fn outgoing(&self, now: Timestamp) -> Option<String> {
        let certificate = &self.authority.as_ref()?.certificate;
        fault::end(certificate).filter(|end| *end >= now).map(|_| certificate.clone())
    }

    fn create(names: &[String], now: Timestamp) -> Result<Self, MakeError> {
        let authority = Authority::valid(now, AUTHORITY_LIFE)?.pair();
        Self { authority: Some(authority), ..Self::default() }.issued(names, now)
    }

    /// With a new serving pair of the CA; with all new, when that CA signs nothing that would be trusted.
    fn issued(&self, names: &[String], now: Timestamp) -> Result<Self, MakeError> {
        let Some(pair) = &self.authority else { return Self::create(names, now) };
        let not_after = fault::end(&pair.certificate).unwrap_or(now);
        let serving = Authority::load(pair, not_after)?.issue_valid(names, now, now + SERVING_LIFE)?;
        match fault::serving(Some(&serving), pair, names, now) {
            Ok(_) => Ok(Self { serving: Some(serving), ..self.clone() }),
            Err(_) => Self::create(names, now),
        }
    }
}

#[cfg(test)]
mod tests;

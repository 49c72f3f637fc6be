//! Whether to send requests here: asked by `/readyz`, decided by the listener, the certificate, the shutdown, and
//! whoever prepares the configuration.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use super::tls::Certificates;

/// Something that must have been read once before reviews should come. What changes later keeps nobody waiting.
#[derive(Clone, Debug)]
pub struct Preparation(Vec<Part>);

#[derive(Clone, Debug)]
struct Part {
    is_finished: Arc<AtomicBool>,
    /// What to say until then.
    missing: &'static str,
}

impl Default for Preparation {
    fn default() -> Self {
        Self::missing("the cluster has not been read yet")
    }
}

impl Preparation {
    /// Something that is not there yet, in words for `/readyz`.
    pub fn missing(missing: &'static str) -> Self {
        Self(vec![Part { is_finished: Arc::default(), missing }])
    }

    /// Both, of which each has its own end.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Says that there is nothing more to wait for.
    pub fn finish(&self) {
        self.0.iter().for_each(|part| part.is_finished.store(true, Ordering::Relaxed));
    }

    /// Whether somebody has said so.
    pub fn is_finished(&self) -> bool {
        self.obstacle().is_none()
    }

    /// What is not there yet.
    fn obstacle(&self) -> Option<&'static str> {
        let unfinished = self.0.iter().find(|part| !part.is_finished.load(Ordering::Relaxed));
        unfinished.map(|part| part.missing)
    }
}

/// What `/readyz` tells; also says to each response whether its connection should close.
pub(super) struct Readiness {
    listening: AtomicBool,
    draining: AtomicBool,
    certificates: Arc<Certificates>,
    preparation: Preparation,
}

impl Readiness {
    pub(super) fn new(certificates: Arc<Certificates>, preparation: Preparation) -> Self {
        let (listening, draining) = (AtomicBool::new(false), AtomicBool::new(false));
        Self { listening, draining, certificates, preparation }
    }

    pub(super) fn start_listening(&self) {
        self.listening.store(true, Ordering::Relaxed);
    }

    pub(super) fn start_draining(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Relaxed)
    }

    /// Why no requests should come here; none when they should.
    pub(super) fn obstacle(&self, now: SystemTime) -> Option<&'static str> {
        if self.is_draining() {
            Some("shutting down")
        } else if !self.listening.load(Ordering::Relaxed) {
            Some("not listening yet")
        } else if let Some(missing) = self.preparation.obstacle() {
            Some(missing)
        } else if !self.certificates.validity().contains(now) {
            Some("the serving certificate is not valid now: renew it")
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::server::tls::tests::pair;

    const HOUR: Duration = Duration::from_hours(1);

    #[test]
    fn what_is_prepared_in_parts_is_prepared_when_all_are() {
        let (first, second) = (Preparation::default(), Preparation::default());
        let both = first.clone().and(second.clone());
        first.finish();
        assert!(first.is_finished() && !both.is_finished());
        second.finish();
        assert!(both.is_finished());
    }

    #[test]
    fn ready_means_listening_prepared_with_a_valid_certificate_and_not_shutting_down() {
        let now = SystemTime::now();
        let certificates = Arc::new(Certificates::new(pair(now, 2 * HOUR), None).expect("a configuration"));
        let preparation = Preparation::default();
        let readiness = Readiness::new(Arc::clone(&certificates), preparation.clone());
        assert_eq!(readiness.obstacle(now + HOUR), Some("not listening yet"));
        readiness.start_listening();
        assert_eq!(readiness.obstacle(now + HOUR), Some("the cluster has not been read yet"));
        preparation.finish();
        assert_eq!(readiness.obstacle(now + HOUR), None);
        for outside in [now - HOUR, now + 3 * HOUR] {
            assert!(readiness.obstacle(outside).expect("not ready").contains("certificate is not valid"));
        }
        certificates.replace(pair(now, 4 * HOUR)).expect("a configuration");
        assert_eq!(readiness.obstacle(now + 3 * HOUR), None);
        readiness.start_draining();
        assert_eq!(readiness.obstacle(now + HOUR), Some("shutting down"));
    }
}

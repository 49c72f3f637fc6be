//! Whether the runtime that judges reviews still runs its tasks: one of them beats, and `/livez`, on a thread of its own,
//! looks at how long ago that was.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::time::MissedTickBehavior;

const EVERY: Duration = Duration::from_secs(1);

/// A review takes milliseconds: a runtime without a turn for this long is stuck, however busy the machine is.
const STUCK_AFTER: Duration = Duration::from_secs(20);

/// When the runtime last ran a task.
#[derive(Clone)]
pub(super) struct Heartbeat {
    started: Instant,
    /// Milliseconds from `started` to the last beat.
    last: Arc<AtomicU64>,
}

impl Heartbeat {
    pub(super) fn start(now: Instant) -> Self {
        Self { started: now, last: Arc::default() }
    }

    /// Beats for ever, on the runtime that polls this.
    pub(super) async fn beat(self) {
        let mut ticks = tokio::time::interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            self.beat_at(Instant::now());
        }
    }

    /// For how long the runtime has been stuck; none when it is not.
    pub(super) fn stuck(&self, now: Instant) -> Option<Duration> {
        let last = self.started + Duration::from_millis(self.last.load(Ordering::Relaxed));
        Some(now.saturating_duration_since(last)).filter(|since| *since >= STUCK_AFTER)
    }

    fn beat_at(&self, now: Instant) {
        let since = now.saturating_duration_since(self.started).as_millis();
        self.last.store(u64::try_from(since).unwrap_or(u64::MAX), Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_runtime_without_a_beat_for_long_is_stuck_until_the_next() {
        let start = Instant::now();
        let heartbeat = Heartbeat::start(start);
        assert_eq!(heartbeat.stuck(start + STUCK_AFTER / 2), None);
        assert_eq!(heartbeat.stuck(start + STUCK_AFTER), Some(STUCK_AFTER));
        heartbeat.beat_at(start + STUCK_AFTER);
        assert_eq!(heartbeat.stuck(start + STUCK_AFTER), None);
        assert_eq!(heartbeat.stuck(start + 3 * STUCK_AFTER), Some(2 * STUCK_AFTER));
    }

    #[tokio::test(start_paused = true)]
    async fn a_runtime_that_runs_beats() {
        let long_ago = Instant::now().checked_sub(STUCK_AFTER).expect("the machine is older");
        let heartbeat = Heartbeat::start(long_ago);
        assert!(heartbeat.stuck(Instant::now()).is_some());
        let beating = tokio::spawn(heartbeat.clone().beat());
        tokio::time::sleep(EVERY).await;
        assert_eq!(heartbeat.stuck(Instant::now()), None);
        beating.abort();
    }
}

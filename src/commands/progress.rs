//! How far a long run has come, on stderr, for people only.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A line that counts. It is drawn in a terminal, and only for more than a moment's work.
pub(super) struct Progress(ProgressBar);

/// Fewer steps are over before anybody could read the line.
const WORTH_SHOWING: usize = 50;

impl Progress {
    /// Counts so many steps; the word says what has been done.
    pub(super) fn over(steps: usize, word: &str) -> Self {
        let target =
            if steps < WORTH_SHOWING { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(u64::try_from(steps).ok(), target);
        let form = format!("{{spinner}} {word} {{pos}} of {{len}}  {{wide_bar}} {{eta}}");
        if let Ok(style) = ProgressStyle::with_template(&form) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(100));
        Self(bar)
    }

    /// One step is done.
    pub(super) fn step(&self) {
        self.0.inc(1);
    }

    /// All is done: the line goes away.
    pub(super) fn end(self) {
        self.0.finish_and_clear();
    }
}

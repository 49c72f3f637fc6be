//! The policies of `serve --policy`: read at the start, then followed by their content, for as long as the server runs.
//!
//! Content is compared, not times: the kubelet swaps links, and editors write files twice. What cannot be read any more
//! stays in force as it was.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::bail;
use raygate_core::policy::Policy;
use tokio::time::MissedTickBehavior;

use super::policy_board::Board;
use crate::commands::policies::{self, Read};
use crate::commands::typed;

/// How often the files are looked at.
const EVERY: Duration = Duration::from_secs(1);

/// Policies from files.
pub(super) struct PolicyFiles {
    paths: Vec<PathBuf>,
    read: Read,
}

impl PolicyFiles {
    /// Reads them.
    ///
    /// # Errors
    ///
    /// All that is wrong with them: a server that starts with half of its policies would let through what should not be.
    pub(super) fn read(paths: Vec<PathBuf>) -> anyhow::Result<Self> {
        let read = policies::read(&paths);
        let problems = read.problems();
        if !problems.is_empty() {
            let lines: Vec<_> = problems.iter().map(typed::line).collect();
            bail!("cannot use --policy:\n{}", lines.join("\n"));
        }
        Ok(Self { paths, read })
    }

    /// Keeps the board up with the files, for ever; without any there is nothing to follow.
    pub(super) async fn follow(mut self, board: Arc<Board>) {
        if self.paths.is_empty() {
            return;
        }
        let mut ticks = tokio::time::interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            let paths = self.paths.clone();
            let read = tokio::task::spawn_blocking(move || policies::read(&paths)).await;
            let Ok(read) = read else { continue };
            if read.content != self.read.content {
                self.take(read);
                board.take_files(self.policies());
            }
        }
    }

    /// The policies of the files.
    pub(super) fn policies(&self) -> Vec<Arc<Policy>> {
        self.read.policies.clone()
    }

    /// While something cannot be read, what was there before and is not there now stays.
    fn take(&mut self, read: Read) {
        let before = std::mem::replace(&mut self.read, read);
        let problems = self.read.problems();
        for failure in &problems {
            tracing::error!(problem = typed::line(failure), "a policy cannot be used: it stays as it was");
        }
        if !problems.is_empty() {
            let is_gone =
                |policy: &&Arc<Policy>| !self.read.policies.iter().any(|now| now.name == policy.name);
            let kept: Vec<_> = before.policies.iter().filter(is_gone).cloned().collect();
            self.read.policies.extend(kept);
        }
    }
}

//! Files that may change while the server runs: their content goes to a judge, and what the judge makes of it to whoever
//! follows them. What the judge refuses is told, and what was served before still is.
//!
//! Content is compared, not times or file events: the kubelet swaps a link above the files, and editors rename.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use tokio::time::MissedTickBehavior;

/// How often the files are looked at.
const EVERY: Duration = Duration::from_millis(500);

/// What the files hold, in their order.
pub(super) type Content<const N: usize> = [Vec<u8>; N];

/// Files, and what was last seen in them.
pub(super) struct FollowedFiles<const N: usize> {
    paths: [PathBuf; N],
    /// The content that is served.
    served: Content<N>,
    /// What the last look saw.
    seen: Seen<N>,
    /// Why that is not served, once it has been told.
    refused: Option<String>,
}

#[derive(PartialEq, Eq)]
enum Seen<const N: usize> {
    Served,
    Unreadable,
    Other(Content<N>),
}

/// What has changed.
pub(super) enum Change<T> {
    /// There is something new to serve.
    New(T),
    /// There is something new that cannot be served, for this reason.
    Refused(String),
    /// What is served is in the files again.
    Restored,
}

impl<const N: usize> FollowedFiles<N> {
    /// Reads the files and judges them for the first time.
    ///
    /// # Errors
    ///
    /// When one of them cannot be read, or the judge refuses.
    pub(super) fn read<T>(
        paths: [PathBuf; N],
        judge: impl Fn(&Content<N>) -> anyhow::Result<T>,
    ) -> anyhow::Result<(Self, T)> {
        let served = content(&paths)?;
        let judged = judge(&served)?;
        Ok((Self { paths, served, seen: Seen::Served, refused: None }, judged))
    }

    /// Tells what changes, for ever.
    pub(super) async fn follow<T: Send + 'static>(
        mut self,
        judge: impl Fn(&Content<N>) -> anyhow::Result<T> + Clone + Send + 'static,
        mut tell: impl FnMut(Change<T>),
    ) {
        let mut ticks = tokio::time::interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            let judge = judge.clone();
            // A file system may hang; only the thread that reads it does then.
            let looking = tokio::task::spawn_blocking(move || {
                let change = self.look(content(&self.paths), judge);
                (self, change)
            });
            let Ok((files, change)) = looking.await else { return };
            self = files;
            if let Some(change) = change {
                tell(change);
            }
        }
    }

    fn look<T>(
        &mut self,
        content: anyhow::Result<Content<N>>,
        judge: impl Fn(&Content<N>) -> anyhow::Result<T>,
    ) -> Option<Change<T>> {
        if content.as_ref().is_ok_and(|content| *content == self.served) {
            self.seen = Seen::Served;
            return self.refused.take().map(|_| Change::Restored);
        }
        // The files may be from different issues, half written or gone for a moment: judged when they stand still.
        let seen = content.as_ref().map_or(Seen::Unreadable, |content| Seen::Other(content.clone()));
        if self.seen != seen {
            self.seen = seen;
            return None;
        }
        // Judged at each look: a certificate that is not valid yet will be.
        match content.and_then(|content| Ok((judge(&content)?, content))) {
            Ok((judged, content)) => {
                self.served = content;
                (self.seen, self.refused) = (Seen::Served, None);
                Some(Change::New(judged))
            }
            Err(error) => {
                let reason = format!("{error:#}");
                let is_told = self.refused.as_ref() == Some(&reason);
                self.refused = Some(reason.clone());
                (!is_told).then_some(Change::Refused(reason))
            }
        }
    }
}

fn content<const N: usize>(paths: &[PathBuf; N]) -> anyhow::Result<Content<N>> {
    let mut content = [const { Vec::new() }; N];
    for (content, path) in content.iter_mut().zip(paths) {
        *content = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    }
    Ok(content)
}

#[cfg(test)]
mod tests {
    use anyhow::{anyhow, bail};

    use super::*;

    /// What a follower is told: `+` something new, `-` a refusal, `=` what is served is back, `.` nothing.
    fn told(looks: &[Option<&str>]) -> String {
        let mut files = FollowedFiles {
            paths: [PathBuf::from("file")],
            served: [b"old".to_vec()],
            seen: Seen::Served,
            refused: None,
        };
        let judge = |[content]: &Content<1>| match content.as_slice() {
            bad if bad.starts_with(b"bad") => bail!("{bad:?}"),
            _ => Ok(()),
        };
        let look = |content: Option<&str>| {
            let content = content.map(|content| [content.as_bytes().to_vec()]);
            match files.look(content.ok_or_else(|| anyhow!("gone")), judge) {
                None => '.',
                Some(Change::New(())) => '+',
                Some(Change::Refused(_)) => '-',
                Some(Change::Restored) => '=',
            }
        };
        looks.iter().copied().map(look).collect()
    }

    #[test]
    fn what_stands_still_is_judged_and_told_once() {
        for (looks, expected) in [
            (vec![Some("old"), Some("old")], ".."),
            (vec![Some("ne"), Some("new"), Some("new"), Some("new")], "..+."),
            (vec![Some("bad"), Some("bad"), Some("bad"), Some("bad 2"), Some("bad 2")], ".-..-"),
            (vec![Some("bad"), Some("bad"), Some("old"), Some("old")], ".-=."),
            (vec![Some("bad"), Some("bad"), Some("new"), Some("new")], ".-.+"),
            (vec![None, Some("new"), Some("new")], "..+"),
            (vec![None, None, None, Some("old")], ".-.="),
            (vec![Some("bad"), Some("old"), Some("bad")], "..."),
        ] {
            assert_eq!(told(&looks), expected, "{looks:?}");
        }
    }
}

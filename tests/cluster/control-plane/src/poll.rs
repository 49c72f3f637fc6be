//! Waiting: something is asked again and again until it holds or its deadline has passed.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

const PAUSE: Duration = Duration::from_millis(50);

/// Asks until the answer is `Some`, and returns it; an error ends the wait, `None` asks again.
///
/// # Errors
///
/// When `attempt` fails, or when it still answers `None` after `deadline`: the error then names `what`.
pub fn eventually<T>(
    what: &str,
    deadline: Duration,
    mut attempt: impl FnMut() -> Result<Option<T>>,
) -> Result<T> {
    let start = Instant::now();
    loop {
        if let Some(answer) = attempt()? {
            return Ok(answer);
        }
        if start.elapsed() >= deadline {
            bail!("waited {deadline:?} in vain: {what}");
        }
        thread::sleep(PAUSE);
    }
}

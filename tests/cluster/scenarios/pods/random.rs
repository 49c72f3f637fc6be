//! Random choices that a seed repeats.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};

/// A number from the environment.
pub(super) fn setting(name: &str) -> Result<Option<u64>> {
    let Some(text) = std::env::var_os(name) else { return Ok(None) };
    let number = text.to_str().and_then(|text| text.parse().ok());
    number.map(Some).with_context(|| format!("{name} must be a number"))
}

/// The seed in the environment, or a new one.
pub(super) fn seed(name: &str) -> Result<u64> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
    Ok(setting(name)?.unwrap_or(now.as_secs() ^ u64::from(now.subsec_nanos())))
}

/// Sebastiano Vigna's splitmix64: small, and the same on every machine.
pub(super) struct Random(pub(super) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One of them.
    pub(super) fn of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let at = usize::try_from(self.next() % choices.len() as u64).unwrap_or(0);
        &choices[at]
    }
}

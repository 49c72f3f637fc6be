//! Random choices that a seed repeats, for the tests that compare with Go.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

/// What a run depends on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seed(pub(crate) u64);

impl Seed {
    /// The one given in this environment variable, or a new one.
    pub(crate) fn choose(name: &str) -> Self {
        let seed = Self(setting(name).unwrap_or_else(|| {
            SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(1, |now| now.as_secs() ^ u64::from(now.subsec_nanos()))
        }));
        eprintln!("{name}={seed}");
        seed
    }
}

impl fmt::Display for Seed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// The number given in this environment variable.
pub(crate) fn setting(name: &str) -> Option<u64> {
    let text = std::env::var_os(name)?;
    Some(
        text.to_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{name} must be a number")),
    )
}

/// Sebastiano Vigna's splitmix64: small, and the same on every machine.
#[derive(Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn from_seed(seed: Seed) -> Self {
        Self(seed.0)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below the limit; 0 if that is 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % (limit.max(1) as u64)).expect("below a usize")
    }

    /// True in so many of a hundred cases.
    pub(crate) fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    pub(crate) fn pick<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }
}

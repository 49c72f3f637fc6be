//! Patterns with `*` and `?` over names and images; `*` stands for any characters, `/` too.

use globset::{Error, Glob, GlobSet, GlobSetBuilder};

use super::mistakes::{At, Mistakes};

/// Several patterns, of which one must match.
#[derive(Clone, Debug)]
pub(super) struct Globs(GlobSet);

impl Globs {
    /// None when there are no patterns, or none that can be read.
    pub(super) fn compile(patterns: &[String], at: &At<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        let mut globs = GlobSetBuilder::new();
        for (index, pattern) in patterns.iter().enumerate() {
            if let Some(glob) = mistakes.keep(&at.index(index), glob(pattern)) {
                globs.add(glob);
            }
        }
        let globs = mistakes.keep(at, globs.build())?;
        (!globs.is_empty()).then_some(Self(globs))
    }

    pub(super) fn matches(&self, name: &str) -> bool {
        self.0.is_match(name)
    }
}

fn glob(pattern: &str) -> Result<Glob, String> {
    if pattern.is_empty() {
        return Err("an empty pattern matches nothing: write a name, or one with `*`".to_owned());
    }
    // Only `*` and `?` are promised: the other signs of globs are none that names could have.
    if let Some(sign) = pattern.chars().find(|character| "[]{}\\!".contains(*character)) {
        return Err(format!("`{sign}` is not known in patterns, only `*` and `?` are"));
    }
    Glob::new(pattern).map_err(|error: Error| error.kind().to_string())
}

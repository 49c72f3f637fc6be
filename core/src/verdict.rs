//! What follows from the findings: the request is denied, or let through with warnings.

use crate::finding::{Finding, Level};

/// What was decided about one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Let through, as it is or completed.
    Allowed,
    /// Let through with warnings.
    Warned,
    /// Refused.
    Denied,
    /// Let through although rules deny it: a write of one of the controllers, which nobody could mend.
    Excused,
    /// Let through without a look, as there is nothing to judge: a delete, a terminating or unchanged object, a subresource.
    Skipped,
}

impl Verdict {
    /// All verdicts.
    pub const ALL: [Self; 5] = [Self::Allowed, Self::Warned, Self::Denied, Self::Excused, Self::Skipped];

    /// The verdict as a word, for logs and metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Warned => "warned",
            Self::Denied => "denied",
            Self::Excused => "excused",
            Self::Skipped => "skipped",
        }
    }

    /// The verdict on what was found, whoever asks.
    pub(crate) fn on(findings: &[Finding<'_>]) -> Self {
        match findings.iter().map(|finding| finding.level).max() {
            Some(Level::Deny) => Self::Denied,
            Some(Level::Warn) => Self::Warned,
            Some(Level::Off) | None => Self::Allowed,
        }
    }
}

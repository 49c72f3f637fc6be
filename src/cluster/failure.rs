//! Why the API server did not do what was asked, in one line.

use std::fmt;
use std::time::Duration;

use kube::runtime::watcher;

/// Why the API server did not do what was asked.
#[derive(Clone, Debug)]
pub enum Failure {
    /// This account may not.
    Forbidden(String),
    /// There is no such object, or no such kind.
    Missing(String),
    /// The API server does not answer, or not in a way that is understood.
    Unreachable(String),
}

impl Failure {
    pub(super) fn of(error: &kube::Error) -> Self {
        let code = if let kube::Error::Api(status) = error { Some(status.code) } else { None };
        Self::coded(code, chain(error))
    }

    /// What ended a watch. Nothing, when it was only too old to go on: a new one begins.
    pub(super) fn of_watch(error: &watcher::Error) -> Option<Self> {
        let code = match error {
            watcher::Error::InitialListFailed(kube::Error::Api(status))
            | watcher::Error::WatchStartFailed(kube::Error::Api(status))
            | watcher::Error::WatchFailed(kube::Error::Api(status))
            | watcher::Error::WatchError(status) => Some(status.code),
            _ => None,
        };
        (code != Some(410)).then(|| Self::coded(code, chain(error)))
    }

    pub(super) fn silence(patience: Duration) -> Self {
        Self::Unreachable(format!("no answer within {} seconds", patience.as_secs()))
    }

    fn coded(code: Option<u16>, text: String) -> Self {
        match code {
            Some(401 | 403) => Self::Forbidden(text),
            Some(404) => Self::Missing(text),
            _ => Self::Unreachable(text),
        }
    }
}

/// Each attempt fails with a text of its own: what matters is what kind of failure it is.
impl PartialEq for Failure {
    fn eq(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

impl Eq for Failure {}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Forbidden(text) | Self::Missing(text) | Self::Unreachable(text)) = self;
        formatter.write_str(text)
    }
}

impl std::error::Error for Failure {}

/// An error with what caused it, in one line. kube's texts repeat some causes and leave out the last.
pub(super) fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.map(ToString::to_string).fold(error.to_string(), |text, cause| {
        if text.contains(&cause) { text } else { text + ": " + &cause }
    })
}

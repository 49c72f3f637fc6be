//! What the server logs and counts about one request. It holds no part of the object but its name.

use std::borrow::Cow;

use crate::verdict::Verdict;

/// One request and what was decided about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record<'a> {
    /// The request's uid.
    pub uid: Cow<'a, str>,
    /// `CREATE`, `UPDATE`, `DELETE` or `CONNECT`.
    pub operation: Cow<'a, str>,
    /// The kind of the object, for example `RayJob`.
    pub kind: Cow<'a, str>,
    /// The object's namespace.
    pub namespace: Cow<'a, str>,
    /// The object's name; empty while it is still to be generated.
    pub name: Cow<'a, str>,
    /// The user who asks.
    pub user: Cow<'a, str>,
    /// Whether nothing will be stored.
    pub dry_run: bool,
    /// What was decided.
    pub verdict: Verdict,
    /// Codes of the rules that deny, each once, in order of the registry.
    pub denied: Vec<&'static str>,
    /// Codes of the rules that warn, each once, in order of the registry.
    pub warned: Vec<&'static str>,
    /// Codes of the rules that would deny, were what asks for them enforced, each once, in order of the registry.
    pub would_deny: Vec<&'static str>,
    /// Slugs of the mutations that were applied.
    pub mutations: Vec<&'static str>,
}

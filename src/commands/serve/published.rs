//! What the webhook configurations trust, as far as it is known, and for how long they have all trusted the same.

use std::time::{Duration, Instant};

use crate::cluster::{Trust, WebhookKind};

/// The configurations of some names.
pub(super) struct Published {
    configurations: Vec<(WebhookKind, String, Known)>,
    /// The bundle that all of them trust, and since when.
    same: Option<(Vec<u8>, Instant)>,
}

/// What is known of one.
enum Known {
    Nothing,
    Missing,
    Trusts(Trust),
}

impl Published {
    pub(super) fn of(names: &[String]) -> Self {
        let kinds = [WebhookKind::Mutating, WebhookKind::Validating];
        let configurations =
            names.iter().flat_map(|name| kinds.map(|kind| (kind, name.clone(), Known::Nothing))).collect();
        Self { configurations, same: None }
    }

    /// Takes note of one; none, if there is none.
    pub(super) fn note(&mut self, kind: WebhookKind, name: &str, trust: Option<&Trust>) {
        for (of, known_as, known) in &mut self.configurations {
            if (*of, known_as.as_str()) == (kind, name) {
                *known = trust.cloned().map_or(Known::Missing, Known::Trusts);
            }
        }
    }

    /// Whether all of them have been looked for.
    pub(super) fn is_known(&self) -> bool {
        !self.configurations.iter().any(|(.., known)| matches!(known, Known::Nothing))
    }

    /// Those that do not trust this bundle alone.
    pub(super) fn others(&self, bundle: &[u8]) -> Vec<(WebhookKind, String, Trust)> {
        let trusting = self.configurations.iter().filter_map(|(kind, name, known)| match known {
            Known::Trusts(trust) if !trust.is(bundle) => Some((*kind, name.clone(), trust.clone())),
            _ => None,
        });
        trusting.collect()
    }

    /// For how long all of them have trusted this bundle alone; none, if one does not.
    pub(super) fn since(&mut self, bundle: &[u8], now: Instant) -> Option<Duration> {
        if !self.is_known() || !self.others(bundle).is_empty() {
            self.same = None;
            return None;
        }
        if self.same.as_ref().is_none_or(|(same, _)| same != bundle) {
            self.same = Some((bundle.to_vec(), now));
        }
        self.same.as_ref().map(|(_, since)| now.saturating_duration_since(*since))
    }
}

//! One collection of the cluster, followed for ever: what kube's watcher tells comes in, all that is there goes out after
//! each change. What was seen last stays while nothing can be seen.

use std::collections::BTreeMap;
use std::pin::pin;
use std::time::Duration;

use futures_util::{Stream, StreamExt};
use kube::ResourceExt;
use kube::runtime::watcher::{Error, Event};
use tokio::time::sleep;

use super::failure::Failure;

/// Before the first attempt after a failure; each further pause is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(15);

/// How often in a row the API server must say that there is no such kind, before it is believed about objects that were
/// there: one that has just started may not know yet.
const BELIEVED_AFTER: u32 = 3;

/// What was seen of a collection, by name.
#[derive(Debug)]
pub enum Seen<'s, V> {
    /// All that is there.
    All(&'s BTreeMap<String, V>),
    /// Nothing can be seen now. What was seen before stays true.
    Failed(&'s Failure),
}

/// Hands on what a watcher tells, for ever, and waits after failures.
pub(super) async fn drive<K>(
    events: impl Stream<Item = Result<Event<K>, Error>>,
    mut take: impl FnMut(Result<Event<K>, Error>),
) {
    let mut events = pin!(events);
    // kube's own backoff takes the announcement of each attempt for a success, and never waits longer.
    let mut pause = FIRST_PAUSE;
    while let Some(event) = events.next().await {
        let (has_failed, is_announcement) = (event.is_err(), matches!(event, Ok(Event::Init)));
        take(event);
        if has_failed {
            sleep(pause).await;
            pause = LONGEST_PAUSE.min(2 * pause);
        } else if !is_announcement {
            pause = FIRST_PAUSE;
        }
    }
}

/// The objects of a collection, as far as `V` keeps of them.
#[derive(Debug)]
pub(super) struct Collection<V> {
    known: BTreeMap<String, V>,
    /// What a list that is still being read says.
    listed: BTreeMap<String, V>,
    was_read: bool,
    missing: u32,
    failure: Option<Failure>,
}

impl<V: PartialEq> Collection<V> {
    pub(super) fn new() -> Self {
        Self { known: BTreeMap::new(), listed: BTreeMap::new(), was_read: false, missing: 0, failure: None }
    }

    /// Takes what a watcher tells, and tells on what is new.
    pub(super) fn take<K: ResourceExt>(
        &mut self,
        event: Result<Event<K>, Error>,
        keep: impl FnOnce(K) -> V,
        tell: &mut impl FnMut(Seen<'_, V>),
    ) {
        let is_new = match event {
            Ok(Event::Init) => {
                self.listed.clear();
                return;
            }
            Ok(Event::InitApply(object)) => {
                self.listed.insert(object.name_any(), keep(object));
                return;
            }
            Ok(Event::InitDone) => self.replace_with_listed(),
            Ok(Event::Apply(object)) => {
                let (name, value) = (object.name_any(), keep(object));
                let is_known = self.known.get(&name) == Some(&value);
                self.known.insert(name, value);
                !is_known
            }
            Ok(Event::Delete(object)) => self.known.remove(&object.name_any()).is_some(),
            Err(error) => return self.fail(&error, tell),
        };
        self.missing = 0;
        // What is seen again is told again.
        if self.failure.take().is_some() || is_new {
            tell(Seen::All(&self.known));
        }
    }

    fn replace_with_listed(&mut self) -> bool {
        let listed = std::mem::take(&mut self.listed);
        let is_new = !self.was_read || listed != self.known;
        (self.known, self.was_read) = (listed, true);
        is_new
    }

    fn fail(&mut self, error: &Error, tell: &mut impl FnMut(Seen<'_, V>)) {
        let Some(failure) = Failure::of_watch(error) else { return };
        let is_missing = matches!(failure, Failure::Missing(_));
        self.missing = if is_missing { self.missing + 1 } else { 0 };
        let is_new = self.failure.as_ref() != Some(&failure);
        if is_new {
            tell(Seen::Failed(&failure));
        }
        self.failure = Some(failure);
        let is_believed = !self.was_read || (!self.known.is_empty() && self.missing >= BELIEVED_AFTER);
        if is_missing && is_believed {
            self.listed.clear();
            self.replace_with_listed();
            tell(Seen::All(&self.known));
        }
    }
}

#[cfg(test)]
mod tests {
    use k8s_openapi::api::core::v1::ConfigMap;
    use kube::api::ObjectMeta;
    use kube::core::Status;

    use super::*;

    fn object(name: &str, version: &str) -> ConfigMap {
        let metadata = ObjectMeta {
            name: Some(name.into()),
            resource_version: Some(version.into()),
            ..ObjectMeta::default()
        };
        ConfigMap { metadata, ..ConfigMap::default() }
    }

    fn refused(code: u16) -> Result<Event<ConfigMap>, Error> {
        let status = Status::failure("no", "reason").with_code(code);
        Err(Error::InitialListFailed(kube::Error::Api(status.boxed())))
    }

    /// What is told of some events: names with versions, or how it failed.
    fn told(events: Vec<Result<Event<ConfigMap>, Error>>) -> Vec<String> {
        let (mut collection, mut told) = (Collection::new(), Vec::new());
        for event in events {
            let keep = |object: ConfigMap| object.resource_version().unwrap_or_default();
            collection.take(event, keep, &mut |seen| {
                told.push(match seen {
                    Seen::All(known) => {
                        let words: Vec<_> =
                            known.iter().map(|(name, version)| format!("{name}{version}")).collect();
                        words.join(" ")
                    }
                    Seen::Failed(Failure::Forbidden(_)) => "forbidden".to_owned(),
                    Seen::Failed(Failure::Missing(_)) => "missing".to_owned(),
                    Seen::Failed(Failure::Unreachable(_)) => "unreachable".to_owned(),
                });
            });
        }
        told
    }

    fn list(objects: &[(&str, &str)]) -> Vec<Result<Event<ConfigMap>, Error>> {
        let each = objects.iter().map(|(name, version)| Ok(Event::InitApply(object(name, version))));
        [Ok(Event::Init)].into_iter().chain(each).chain([Ok(Event::InitDone)]).collect()
    }

    #[test]
    fn each_change_is_told_once_and_nothing_is_lost_while_nothing_is_seen() {
        let mut events = list(&[("a", "1"), ("b", "1")]);
        events.push(Ok(Event::Apply(object("b", "2"))));
        events.push(Ok(Event::Apply(object("b", "2"))));
        events.extend([refused(500), refused(500), refused(410), refused(403)]);
        events.extend(list(&[("a", "1"), ("b", "2")]));
        events.extend(list(&[("a", "1"), ("b", "2")]));
        events.push(Ok(Event::Delete(object("a", "1"))));
        assert_eq!(told(events), ["a1 b1", "a1 b2", "unreachable", "forbidden", "a1 b2", "b2"]);
    }

    #[test]
    fn an_empty_list_is_told_at_first_and_a_kind_that_nobody_knows_is_one() {
        assert_eq!(told(list(&[])), [""]);
        assert_eq!(told(vec![refused(404), refused(404), refused(404)]), ["missing", ""]);
        let mut later = vec![refused(404)];
        later.extend(list(&[("a", "1")]));
        assert_eq!(told(later), ["missing", "", "a1"]);
    }

    #[test]
    fn a_kind_that_was_known_is_missed_for_a_while_first() {
        let mut events = list(&[("a", "1")]);
        events.extend([refused(404), refused(500), refused(404), refused(404)]);
        assert_eq!(told(events), ["a1", "missing", "unreachable", "missing"]);
        let mut events = list(&[("a", "1")]);
        events.extend([refused(404), refused(404), refused(404), refused(404)]);
        assert_eq!(told(events), ["a1", "missing", ""]);
    }
}

//! Reviews by namespace. Namespaces are the users' to make, so that only the first hundred that are seen have a line of
//! their own: the others share one, and no number of namespaces costs more than that.

use std::collections::HashMap;
use std::sync::Arc;

use arc_swap::ArcSwap;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;
use raygate_core::admission::Verdict;

use super::metrics::registered;

/// How many namespaces are told apart.
const MOST: usize = 100;

/// The label of all the others; no namespace can have this name.
const OTHERS: &str = "*";

/// `object_namespace`, because Prometheus gives every line a `namespace`: the one where Raygate runs.
#[derive(Clone, Debug, EncodeLabelSet, Hash, PartialEq, Eq)]
struct Line {
    object_namespace: Box<str>,
    verdict: &'static str,
}

type Counters = [Counter; Verdict::ALL.len()];

/// The counters of the namespaces that have been seen.
pub(super) struct Namespaces {
    family: Family<Line, Counter>,
    /// Read without a lock by every review, and replaced when a namespace comes for the first time.
    seen: ArcSwap<HashMap<Box<str>, Counters>>,
    others: Counters,
}

impl Namespaces {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let help = "Reviews that were answered and were no dry runs, of the first hundred namespaces, and of all others as *";
        let family: Family<Line, Counter> = registered(registry, "reviews_by_namespace", help);
        let others = counters(&family, OTHERS);
        Self { family, seen: ArcSwap::default(), others }
    }

    pub(super) fn count(&self, namespace: &str, verdict: Verdict) {
        let seen = self.seen.load();
        match seen.get(namespace) {
            Some(counters) => counters[verdict as usize].inc(),
            None if seen.len() < MOST => self.first(namespace)[verdict as usize].inc(),
            None => self.others[verdict as usize].inc(),
        };
    }

    /// Two reviews may come here with the hundredth namespace at once: then one of them counts among the others.
    fn first(&self, namespace: &str) -> Counters {
        self.seen.rcu(|seen| {
            if seen.len() >= MOST || seen.contains_key(namespace) {
                return Arc::clone(seen);
            }
            let mut more = HashMap::clone(seen);
            more.insert(namespace.into(), counters(&self.family, namespace));
            Arc::new(more)
        });
        self.seen.load().get(namespace).unwrap_or(&self.others).clone()
    }
}

fn counters(family: &Family<Line, Counter>, namespace: &str) -> Counters {
    let line = |verdict: Verdict| Line { object_namespace: namespace.into(), verdict: verdict.as_str() };
    Verdict::ALL.map(|verdict| family.get_or_create_owned(&line(verdict)))
}

#[cfg(test)]
mod tests {
    use prometheus_client::encoding::text;

    use super::*;

    fn lines(count: impl Fn(&Namespaces)) -> String {
        let mut registry = Registry::default();
        let namespaces = Namespaces::register(&mut registry);
        count(&namespaces);
        let mut told = String::new();
        text::encode(&mut told, &registry).expect("a String can be written");
        told
    }

    #[test]
    fn each_namespace_has_its_own_lines() {
        let told = lines(|namespaces| {
            namespaces.count("team-a", Verdict::Denied);
            namespaces.count("team-a", Verdict::Denied);
            namespaces.count("team-b", Verdict::Allowed);
        });
        for line in [
            "reviews_by_namespace_total{object_namespace=\"team-a\",verdict=\"denied\"} 2",
            "reviews_by_namespace_total{object_namespace=\"team-b\",verdict=\"allowed\"} 1",
        ] {
            assert!(told.contains(line), "{told}");
        }
    }

    #[test]
    fn no_number_of_namespaces_makes_more_than_a_hundred_and_one() {
        let told = lines(|namespaces| {
            for number in 0..5 * MOST {
                namespaces.count(&format!("team-{number}"), Verdict::Denied);
            }
        });
        assert_eq!(told.matches("verdict=\"denied\"").count(), MOST + 1, "{told}");
        let others = format!("{{object_namespace=\"*\",verdict=\"denied\"}} {}", 4 * MOST);
        assert!(told.contains(&others), "{told}");
    }
}

//! Which policies may be about a request: found by what must be true for each of them, and not by asking all.
//!
//! `set` asks only those that are found whether they are about the job. A policy stands under one of its conditions, the
//! one that most likely leaves it out; one without such a condition is always asked.

use std::collections::HashMap;

use super::selector::{NamespaceLabels, Request};
use super::spec::{LabelOperator, LabelSelector, Selector, SubjectKind};
use crate::document::Text;
use crate::rayjob::RayJob;

/// One thing of which at least one must be true for a policy to match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Namespace(Start),
    Name(Start),
    User(Start),
    Group(Start),
    NamespaceLabel(String, String),
    JobLabel(String, String),
}

/// The beginning of a text, or all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Start {
    Whole(String),
    Prefix(String),
}

impl Start {
    /// Nothing for a pattern that can begin with anything.
    fn of(pattern: &str) -> Option<Self> {
        match pattern.find(['*', '?']) {
            None => Some(Self::Whole(pattern.to_owned())),
            Some(0) => None,
            Some(end) => Some(Self::Prefix(pattern[..end].to_owned())),
        }
    }
}

/// The anchors of a policy's condition; nothing when it must always be asked.
pub(super) fn anchors(matches: &Selector) -> Option<Vec<Anchor>> {
    let starts = |patterns: &[String], anchor: fn(Start) -> Anchor| {
        let starts =
            patterns.iter().map(|pattern| Start::of(pattern).map(anchor)).collect::<Option<Vec<_>>>();
        starts.filter(|starts| !starts.is_empty())
    };
    starts(&matches.namespaces, Anchor::Namespace)
        .or_else(|| starts(&matches.names, Anchor::Name))
        .or_else(|| labels(matches.object_selector.as_ref()?, Anchor::JobLabel))
        .or_else(|| labels(matches.namespace_selector.as_ref()?, Anchor::NamespaceLabel))
        .or_else(|| subjects(matches))
}

fn labels(selector: &LabelSelector, anchor: fn(String, String) -> Anchor) -> Option<Vec<Anchor>> {
    if let Some((key, value)) = selector.match_labels.first_key_value() {
        return Some(vec![anchor(key.clone(), value.clone())]);
    }
    let mut expressions = selector.match_expressions.iter();
    let one_of = expressions.find(|expression| expression.operator == LabelOperator::In)?;
    Some(one_of.values.iter().map(|value| anchor(one_of.key.clone(), value.clone())).collect())
}

fn subjects(matches: &Selector) -> Option<Vec<Anchor>> {
    let anchor = |subject: &super::spec::Subject| {
        Some(match subject.kind {
            SubjectKind::User => Anchor::User(Start::of(&subject.name)?),
            SubjectKind::Group => Anchor::Group(Start::of(&subject.name)?),
            SubjectKind::ServiceAccount => {
                let namespace = subject.namespace.as_deref().unwrap_or("*");
                Anchor::User(Start::of(&format!("system:serviceaccount:{namespace}:{}", subject.name))?)
            }
        })
    };
    let anchors = matches.subjects.iter().map(anchor).collect::<Option<Vec<_>>>()?;
    (!anchors.is_empty()).then_some(anchors)
}

/// Places of policies in their set.
type Places = Vec<u32>;

/// Places by a text, or by what it begins with.
#[derive(Clone, Debug, Default)]
struct Starts {
    whole: HashMap<String, Places>,
    prefixes: HashMap<String, Places>,
    /// The lengths of the prefixes, in bytes, shortest first.
    lengths: Vec<usize>,
}

impl Starts {
    fn insert(&mut self, start: Start, place: u32) {
        match start {
            Start::Whole(text) => self.whole.entry(text).or_default().push(place),
            Start::Prefix(prefix) => {
                if let Err(at) = self.lengths.binary_search(&prefix.len()) {
                    self.lengths.insert(at, prefix.len());
                }
                self.prefixes.entry(prefix).or_default().push(place);
            }
        }
    }

    fn find(&self, text: &str, found: &mut Places) {
        found.extend(self.whole.get(text).into_iter().flatten());
        let prefixes = self.lengths.iter().map_while(|length| (*length <= text.len()).then_some(*length));
        for prefix in prefixes.filter_map(|length| text.get(..length)) {
            found.extend(self.prefixes.get(prefix).into_iter().flatten());
        }
    }
}

/// Places by a label's key and value.
type Labels = HashMap<String, HashMap<String, Places>>;

/// The policies of a set, by what must be true for them.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    always: Places,
    namespaces: Starts,
    names: Starts,
    users: Starts,
    groups: Starts,
    namespace_labels: Labels,
    /// All that stand in `namespace_labels`.
    by_namespace_labels: Places,
    job_labels: Labels,
}

impl Index {
    /// Over the anchors of each policy, in the order of the set.
    pub(super) fn over<'a>(anchors: impl Iterator<Item = Option<&'a [Anchor]>>) -> Self {
        let mut index = Self::default();
        for (place, anchors) in (0..).zip(anchors) {
            match anchors {
                None => index.always.push(place),
                Some(anchors) => anchors.iter().for_each(|anchor| index.insert(anchor.clone(), place)),
            }
        }
        index
    }

    fn insert(&mut self, anchor: Anchor, place: u32) {
        match anchor {
            Anchor::Namespace(start) => self.namespaces.insert(start, place),
            Anchor::Name(start) => self.names.insert(start, place),
            Anchor::User(start) => self.users.insert(start, place),
            Anchor::Group(start) => self.groups.insert(start, place),
            Anchor::JobLabel(key, value) => {
                self.job_labels.entry(key).or_default().entry(value).or_default().push(place);
            }
            Anchor::NamespaceLabel(key, value) => {
                self.namespace_labels.entry(key).or_default().entry(value).or_default().push(place);
                self.by_namespace_labels.push(place);
            }
        }
    }

    /// The places of all policies that may be about a job or the one that it replaces, in order, each once.
    pub(super) fn find(&self, request: &Request<'_>, job: &RayJob<'_>, old: Option<&RayJob<'_>>) -> Places {
        let mut found = self.always.clone();
        self.namespaces.find(request.namespace, &mut found);
        self.users.find(request.user, &mut found);
        for group in request.groups {
            self.groups.find(group, &mut found);
        }
        match request.namespace_labels {
            NamespaceLabels::Known(labels) if !self.namespace_labels.is_empty() => {
                for (key, value) in labels {
                    find_label(&self.namespace_labels, key, value, &mut found);
                }
            }
            NamespaceLabels::Known(_) => {}
            NamespaceLabels::Unknown => found.extend(&self.by_namespace_labels),
        }
        self.find_job(job, &mut found);
        if let Some(old) = old {
            self.find_job(old, &mut found);
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn find_job(&self, job: &RayJob<'_>, found: &mut Places) {
        let name = job.metadata.name.non_empty().or_else(|| job.metadata.generate_name.non_empty());
        self.names.find(name.unwrap_or_default(), found);
        if !self.job_labels.is_empty() {
            for label in job.metadata.labels.entries() {
                let value = label.cast::<Text>().value();
                find_label(&self.job_labels, label.key(), value.unwrap_or_default(), found);
            }
        }
    }
}

fn find_label(labels: &Labels, key: &str, value: &str, found: &mut Places) {
    found.extend(labels.get(key).and_then(|values| values.get(value)).into_iter().flatten());
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use proptest::prelude::*;
    use proptest::sample::select;
    use serde_json::{Value, json};

    use super::super::selector::Answer;
    use super::super::{Policies, Policy};
    use super::*;
    use crate::document::Document;

    const PATTERNS: [&str; 7] = ["a", "ab", "a*", "ab*", "*", "?b", "a?c"];
    const NAMES: [&str; 5] = ["a", "ab", "abc", "b", "a-long-name"];

    fn condition() -> impl Strategy<Value = Value> {
        let patterns = || proptest::collection::vec(select(&PATTERNS[..]), 1..3);
        let label =
            || (select(vec!["k", "l"]), select(vec!["1", "2"]), select(vec!["In", "NotIn", "Exists"]));
        let selector = || {
            label().prop_map(|(key, value, operator)| match operator {
                "Exists" => json!({"matchExpressions": [{"key": key, "operator": "Exists"}]}),
                "In" if value == "1" => json!({"matchLabels": {key: value}}),
                _ => {
                    json!({"matchExpressions": [{"key": key, "operator": operator, "values": [value, "3"]}]})
                }
            })
        };
        let subject =
            (select(vec!["User", "Group", "ServiceAccount"]), select(&PATTERNS[..]), select(&PATTERNS[..]))
                .prop_map(|(kind, name, namespace)| match kind {
                    "ServiceAccount" => json!({"kind": kind, "name": name, "namespace": namespace}),
                    _ => json!({"kind": kind, "name": name}),
                });
        prop_oneof![
            patterns().prop_map(|patterns| json!({"namespaces": patterns})),
            patterns().prop_map(|patterns| json!({"names": patterns})),
            selector().prop_map(|selector| json!({"objectSelector": selector})),
            selector().prop_map(|selector| json!({"namespaceSelector": selector})),
            proptest::collection::vec(subject, 1..3).prop_map(|subjects| json!({"subjects": subjects})),
        ]
    }

    fn policies() -> impl Strategy<Value = Policies> {
        let spec = proptest::collection::vec(condition(), 0..3).prop_map(|conditions| {
            let mut matches = json!({});
            for condition in conditions {
                matches.as_object_mut().expect("a map").extend(condition.as_object().expect("a map").clone());
            }
            json!({"match": matches})
        });
        proptest::collection::vec(spec, 0..12).prop_map(|specs| {
            let policy = |(index, spec): (usize, Value)| {
                let spec = serde_json::from_value(spec).expect("the shape of a policy");
                Arc::new(Policy::compile(&format!("p{index}"), &spec).expect("a policy"))
            };
            Policies::new(specs.into_iter().enumerate().map(policy), 0)
        })
    }

    fn job() -> impl Strategy<Value = String> {
        let label = (select(vec!["k", "l"]), select(vec!["1", "2", "3"]));
        (select(&NAMES[..]), proptest::option::of(label)).prop_map(|(name, label)| {
            let labels: BTreeMap<_, _> = label.into_iter().collect();
            json!({"metadata": {"name": name, "labels": labels}}).to_string()
        })
    }

    proptest! {
        #[test]
        fn exactly_those_match_that_a_walk_over_all_would_find(
            policies in policies(), jobs in (job(), proptest::option::of(job())),
            namespace in select(&NAMES[..]), user in select(vec!["a", "abc", "system:serviceaccount:ab:a", "system:serviceaccount:b:abc"]),
            group in select(&NAMES[..]), labels in proptest::option::of((select(vec!["k", "l"]), select(vec!["1", "2", "3"]))),
            is_known in any::<bool>(),
        ) {
            let labels: BTreeMap<_, _> = labels.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
            let groups = [Cow::Borrowed(group)];
            let namespace_labels = if is_known { NamespaceLabels::Known(&labels) } else { NamespaceLabels::Unknown };
            let request = Request { namespace, namespace_labels, user, groups: &groups, dry_run: false };
            let documents = [Some(&jobs.0), jobs.1.as_ref()]
                .map(|text| text.map(|text| serde_json::from_str::<Document<'_>>(text).expect("JSON")));
            let [job, old] = [0, 1].map(|at| documents[at].as_ref().map(RayJob::of));
            let job = job.expect("a job");
            let answers: Vec<_> = policies.iter().map(|policy| (policy, policy.is_about(&request, &job, old.as_ref()))).collect();
            let found = policies.matching(&request, &job, old.as_ref());
            if answers.iter().any(|(_, answer)| *answer == Answer::Unknown) {
                prop_assert!(found.is_err());
            } else {
                let expected: Vec<_> = answers.iter().filter(|(_, answer)| *answer == Answer::Yes).map(|(policy, _)| policy.name.clone()).collect();
                let found: Vec<_> = found.expect("known").iter().map(|policy| policy.name.clone()).collect();
                prop_assert_eq!(found, expected);
            }
        }
    }
}

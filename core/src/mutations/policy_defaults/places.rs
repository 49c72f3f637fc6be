//! Where in a job a policy's defaults go: each default becomes a candidate for every place that does not say it.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::Gift;
use crate::field_path::{FieldPath, Step};
use crate::patch::{Patch, pointer_token};
use crate::policy::spec::Enforcement;
use crate::policy::{Matching, Policy, Scope};

/// The group of the head, as KubeRay's label `ray.io/group` calls it (v1.3 to v1.7 `RayNodeHeadGroupLabelValue`).
const HEAD_GROUP: &str = "headgroup";

/// What is of no use for a job that uses an existing cluster: KubeRay deletes none that it has not made (v1.3 to v1.7).
const OF_OWN_CLUSTER: [&str; 2] = ["shutdownAfterJobFinishes", "ttlSecondsAfterFinished"];

/// A value for one place.
#[derive(Clone, Debug)]
pub(super) struct Candidate<'p> {
    pub(super) policy: &'p Policy,
    steps: Vec<Step<'p>>,
    /// How many steps lead to what is there.
    firm: usize,
    value: &'p Value,
}

impl Candidate<'_> {
    pub(super) fn gift(&self) -> Gift {
        let mut field = FieldPath::default();
        for step in &self.steps {
            match step {
                Step::Key(key) => field.push_key(key),
                Step::Index(index) => field.push_index(*index),
            }
        }
        Gift { policy: Arc::clone(&self.policy.name), field }
    }

    /// The last key.
    pub(super) fn key(&self) -> &str {
        self.steps.last().and_then(Step::key).unwrap_or_default()
    }

    /// Writes the value into the object, and how into the patch; not where another has written meanwhile.
    pub(super) fn place(&self, object: &mut Value, patch: &mut Patch) -> bool {
        let Some(missing) = self.way_in(object) else { return false };
        let (mut here, mut pointer) = (object, String::new());
        for (index, step) in self.steps.iter().enumerate() {
            match step {
                Step::Key(key) => {
                    pointer.extend(["/", &*pointer_token(key)]);
                    if !here.is_object() {
                        *here = Value::Object(Map::new());
                    }
                    here = &mut here[&**key];
                }
                Step::Index(item) => {
                    pointer.extend(["/", &item.to_string()]);
                    let Some(item) = here.get_mut(*item) else { return false };
                    here = item;
                }
            }
            if index == missing {
                patch.add(pointer.clone(), self.made(missing));
            }
        }
        *here = self.value.clone();
        true
    }

    /// The value with the maps around it that are made for it.
    fn made(&self, missing: usize) -> Value {
        let keys = self.steps.iter().skip(missing + 1).rev().filter_map(Step::key);
        keys.fold(self.value.clone(), |inner, key| Map::from_iter([(key.to_owned(), inner)]).into())
    }

    /// The first step that leads to nothing, if the value can be put there; what cannot be read is left alone.
    fn way_in(&self, object: &Value) -> Option<usize> {
        let mut here = object;
        for (index, step) in self.steps.iter().enumerate() {
            let next = match (here, step) {
                (Value::Object(map), Step::Key(key)) => map.get(&**key),
                (Value::Array(items), Step::Index(item)) => items.get(*item),
                _ => return None,
            };
            let is_last = index + 1 == self.steps.len();
            match next {
                None | Some(Value::Null) => return (index >= self.firm).then_some(index),
                Some(value) if is_last && is_set_by_crd(&self.steps, value) => return Some(index),
                Some(value) => here = value,
            }
        }
        None
    }
}

/// What the CRD sets where nothing is said (KubeRay v1.3 to v1.7).
fn is_set_by_crd(steps: &[Step<'_>], value: &Value) -> bool {
    let [spec, field] = steps else { return false };
    spec.key() == Some("spec")
        && match field.key() {
            Some("ttlSecondsAfterFinished") => *value == 0,
            Some("submissionMode") => *value == "K8sJobMode",
            _ => false,
        }
}

/// What policies that deny have for the job, those first that decide first; one value for each place.
pub(super) fn candidates<'p>(matching: &Matching<'p>, object: &Value) -> Vec<Candidate<'p>> {
    let mut taken = HashSet::new();
    let mut found = Vec::new();
    let selects_cluster =
        object.pointer("/spec/clusterSelector").and_then(Value::as_object).is_some_and(|map| !map.is_empty());
    for policy in matching.iter().filter(|policy| policy.enforcement == Enforcement::Deny) {
        for given in policy.defaults.each() {
            let is_of_own_cluster = !matches!(given.scope, Scope::Job)
                || given.way.last().is_some_and(|key| OF_OWN_CLUSTER.contains(&&**key));
            if selects_cluster && is_of_own_cluster {
                continue;
            }
            for base in bases(&given.scope, object) {
                let firm = base.len() + given.firm;
                let way = given.way.iter().map(|key| Step::Key(Cow::Borrowed(&**key)));
                let steps: Vec<_> = base.into_iter().chain(way).collect();
                let candidate = Candidate { policy, steps, firm, value: &given.value };
                if candidate.way_in(object).is_some() && taken.insert(candidate.steps.clone()) {
                    found.push(candidate);
                }
            }
        }
    }
    found
}

/// The ways to what a default is for.
fn bases(scope: &Scope, object: &Value) -> Vec<Vec<Step<'static>>> {
    match scope {
        Scope::Job => vec![Vec::new()],
        Scope::Head => groups(object).into_iter().take(1).map(|(_, way)| way).collect(),
        Scope::Workers => groups(object).into_iter().skip(1).map(|(_, way)| way).collect(),
        Scope::Templates(among) => {
            let groups = groups(object).into_iter().filter(|(name, _)| among.includes(name));
            groups.map(|(_, way)| below(&way, "template")).collect()
        }
        Scope::Containers(groups, names) => {
            let mut containers = Vec::new();
            for template in bases(&Scope::Templates(groups.clone()), object) {
                let list = below(&below(&template, "spec"), "containers");
                let items = at(object, &list).and_then(Value::as_array).into_iter().flatten().enumerate();
                let chosen = items.filter(|(_, item)| names.includes(text(item, "name")));
                containers.extend(chosen.map(|(index, _)| [&list[..], &[Step::Index(index)]].concat()));
            }
            containers
        }
    }
}

/// The head's group and the worker groups, by name.
fn groups(object: &Value) -> Vec<(&str, Vec<Step<'static>>)> {
    let cluster = below(&below(&[], "spec"), "rayClusterSpec");
    let workers = below(&cluster, "workerGroupSpecs");
    let items = at(object, &workers).and_then(Value::as_array).into_iter().flatten().enumerate();
    let workers = items
        .map(|(index, group)| (text(group, "groupName"), [&workers[..], &[Step::Index(index)]].concat()));
    std::iter::once((HEAD_GROUP, below(&cluster, "headGroupSpec"))).chain(workers).collect()
}

fn below(way: &[Step<'static>], key: &'static str) -> Vec<Step<'static>> {
    [way, &[Step::from(key)]].concat()
}

fn at<'v>(object: &'v Value, way: &[Step<'_>]) -> Option<&'v Value> {
    way.iter().try_fold(object, |value, step| match step {
        Step::Key(key) => value.get(&**key),
        Step::Index(index) => value.get(*index),
    })
}

fn text<'v>(object: &'v Value, key: &str) -> &'v str {
    object.get(key).and_then(Value::as_str).unwrap_or_default()
}

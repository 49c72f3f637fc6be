//! What the API server stores, drops and refuses, against its own library with KubeRay's CRDs: an object of a file is judged
//! as the webhook would judge what is stored of it, and refused where the API server refuses it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use raygate_core::document::{Document, Stored, as_stored};
use raygate_core::evaluate::{Evaluation, evaluate, evaluate_guarded};
use raygate_core::finding::Level;
use raygate_core::go_types::{ApiVersion, KINDS, Keyword, RAY_JOB, Schema, StructField};
use raygate_core::kuberay::{FeatureGates, KubeRay, KubeRayVersion};
use raygate_core::rules::Selection;
use raygate_core::subject::{Guarded, Subject};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::places::{self, Place};
use crate::random::Random;
use crate::{cases, choose_seed, go, hostile, objects};

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    object: &'a RawValue,
    stored: Option<&'a RawValue>,
    pruned: Option<Vec<String>>,
    refused: Option<Vec<String>>,
}

#[derive(Debug, Default)]
struct Count {
    judged: usize,
    unreadable: usize,
    refused: usize,
    pruned: usize,
    accepted: usize,
    denied: usize,
}

#[test]
fn a_file_is_judged_as_what_the_api_server_stores_of_it() {
    let seed = choose_seed();
    let mut random = Random::from_seed(seed);
    for (version, kuberay) in go::kuberays() {
        let mut questions = String::new();
        let mut ask = |object: &str| writeln!(questions, "{object}").expect("a String takes all");
        for (kind, _) in KINDS {
            go::samples(&kuberay, kind).lines().for_each(&mut ask);
        }
        let mut places = places::all(version);
        places.retain(|place| Schema::of(place.kind, ApiVersion::V1, version).is_some());
        for _ in 0..cases() / 8 {
            let object = single_value(&mut random, &places);
            ask(&in_some_api_version(&mut random, &object));
        }
        for _ in 0..cases() / 20 {
            let object = random_object(&mut random, version);
            ask(&in_some_api_version(&mut random, &object));
        }
        let rules = Selection::of(&KubeRay::new(version, FeatureGates::default()));
        let mut count = Count::default();
        for answer in go::store(&kuberay, seed, &questions).lines() {
            judge(&rules, &serde_json::from_str(answer).expect(answer), &mut count);
        }
        eprintln!("{version}: {count:?}");
        assert_eq!(count.judged, 2 * questions.lines().count());
        let enough = [count.unreadable * 500, count.refused * 5, count.pruned * 50, count.accepted * 5];
        assert!(enough.iter().all(|share| *share > count.judged), "too few of a sort: {count:?}");
    }
}

fn judge(rules: &Selection, answer: &Answer<'_>, count: &mut Count) {
    let object = answer.object.get();
    let written: Document<'_> = serde_json::from_str(object).expect(object);
    let value: Value = serde_json::from_str(object).expect(object);
    let text = |key: &str| value[key].as_str().expect(object);
    let api = ApiVersion::of(text("apiVersion")).expect(object);
    let schema = Schema::of(text("kind"), api, rules.version()).expect(object);
    let stored = as_stored(&written, schema);
    let denied = denied_places(&judge_file(rules, &stored, schema));
    count.judged += 1;
    let Some(go_stored) = answer.stored.map(RawValue::get) else {
        count.unreadable += 1;
        assert!(denied.iter().any(|place| place.starts_with("metadata")), "{object}: {denied:?}");
        return;
    };
    let ours = serde_json::to_value(stored.document.root()).expect("JSON");
    let theirs: Value = serde_json::from_str(go_stored).expect(go_stored);
    assert_eq!(comparable(ours), comparable(theirs), "{object}");
    // What the template of a Service says of the Service's status, nobody writes and nobody reads. The template of a
    // RayCronJob is judged as a job by whoever judges files. The rules about a deletion strategy tell of KubeRay's
    // operator, so that they are not asked about a job that another controller manages.
    let is_managed_elsewhere =
        value["spec"]["managedBy"] != "ray.io/kuberay-operator" && !value["spec"]["managedBy"].is_null();
    let strategy =
        if is_managed_elsewhere { "spec.deletionStrategy" } else { "spec.jobTemplate.deletionStrategy" };
    let left_out = ["Service.status", strategy];
    let refused = answer.refused.iter().flatten();
    let refused = refused.filter(|place| !left_out.iter().any(|left_out| place.contains(left_out)));
    let refused: Vec<_> = refused.map(|place| plain_path(place)).collect();
    if answer.refused.iter().flatten().next().is_none() {
        count.accepted += 1;
        let pruned: BTreeSet<_> =
            stored.pruned.iter().map(|misfit| misfit.field.path().to_string()).collect();
        count.pruned += usize::from(!pruned.is_empty());
        let go_pruned: BTreeSet<_> = answer.pruned.iter().flatten().cloned().collect();
        assert_eq!(pruned, go_pruned, "{object}");
        let document: Document<'_> = serde_json::from_str(go_stored).expect(go_stored);
        let on_cluster = denied_places(&judge_stored(rules, &document, schema));
        count.denied += usize::from(!on_cluster.is_empty());
        assert_eq!(denied, on_cluster, "{object}");
    }
    count.refused += usize::from(!refused.is_empty());
    for place in refused {
        assert!(
            denied.iter().any(|denied| is_at_or_below(denied, &place)),
            "{place} in {object}: {denied:?}"
        );
    }
}

fn judge_file<'a>(rules: &Selection, stored: &'a Stored<'a>, schema: Schema) -> Evaluation<'a> {
    if is_ray_job(schema) {
        evaluate(&Subject::written(stored, schema, "uid"), rules)
    } else {
        evaluate_guarded(&Guarded::written(stored, schema), rules.version())
    }
}

fn judge_stored<'a>(rules: &Selection, document: &'a Document<'a>, schema: Schema) -> Evaluation<'a> {
    if is_ray_job(schema) {
        evaluate(&Subject::created(document, "uid"), rules)
    } else {
        evaluate_guarded(&Guarded::created(document, schema.root()), rules.version())
    }
}

fn is_ray_job(schema: Schema) -> bool {
    std::ptr::eq(schema.root(), RAY_JOB)
}

fn denied_places(evaluation: &Evaluation<'_>) -> BTreeSet<String> {
    let denied = evaluation.findings.iter().filter(|finding| finding.level == Level::Deny);
    denied.map(|finding| plain_path(finding.path().as_str())).collect()
}

/// A path without what Kubernetes writes sometimes so and sometimes otherwise: brackets around keys.
fn plain_path(path: &str) -> String {
    path.replace('[', ".").replace(']', "")
}

fn is_at_or_below(path: &str, place: &str) -> bool {
    path.strip_prefix(place).is_some_and(|below| below.is_empty() || below.starts_with('.'))
}

/// An object without its owners, which no rule reads: Go writes all of their fields, be they empty.
fn comparable(mut object: Value) -> Value {
    if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.remove("ownerReferences");
    }
    plain(object)
}

/// Whole numbers as Go writes them, without a fraction.
fn plain(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(plain).collect(),
        Value::Object(entries) => entries.into_iter().map(|(key, value)| (key, plain(value))).collect(),
        Value::Number(number) => match number.as_f64() {
            #[expect(clippy::cast_possible_truncation, reason = "it is whole and small")]
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 1e15 => {
                json!(float as i64)
            }
            _ => Value::Number(number),
        },
        other => other,
    }
}

/// An object in which one value is of interest.
fn single_value(random: &mut Random, places: &[Place]) -> String {
    let place = random.pick(places);
    let of_schema = place.schema.iter().flat_map(|word| values_about(*word)).collect::<Vec<_>>();
    match random.below(4) {
        0 => place.object(&hostile::value(random)),
        1 => place.object(random.pick(hostile::KNOWN)),
        _ if of_schema.is_empty() => place.object(random.pick(hostile::KNOWN)),
        _ => place.object(&random.pick(&of_schema)),
    }
}

/// Values on both sides of what a word of the schema says.
fn values_about(word: Keyword) -> Vec<String> {
    match word {
        Keyword::OneOf(known) => {
            known.iter().copied().chain(["", "other"]).map(|text| json!(text).to_string()).collect()
        }
        Keyword::Minimum(least) => vec![(least - 1).to_string(), least.to_string()],
        Keyword::NotEmpty => vec!["\"\"".to_owned(), "[]".to_owned(), "\" \"".to_owned()],
        Keyword::Set => vec!["[1,1,1]".to_owned(), "[1,2]".to_owned()],
        Keyword::KeyedBy(keys) => {
            let item = |number: usize| {
                let value = |key: &str| {
                    if key.to_lowercase().ends_with("port") {
                        json!(number)
                    } else {
                        json!(number.to_string())
                    }
                };
                keys.iter().map(|key| ((*key).to_owned(), value(key))).collect::<Value>()
            };
            [[item(1), item(1)], [item(1), item(2)], [json!({}), json!({})], [json!({}), item(1)]]
                .map(|items| json!(items).to_string())
                .to_vec()
        }
        Keyword::DefaultsTo(_) | Keyword::Required | Keyword::RequiredIn(_) => vec!["null".to_owned()],
        Keyword::OnlyIn(_) | Keyword::OnlyAtTheRoot => Vec::new(),
    }
}

/// An object with many values, and with keys that no version knows.
fn random_object(random: &mut Random, version: KubeRayVersion) -> String {
    let schemas = KINDS.map(|(kind, _)| Some((kind, Schema::of(kind, ApiVersion::V1, version)?.root())));
    let (kind, root) = random.pick(&schemas.into_iter().flatten().collect::<Vec<_>>());
    let of = |key: &str| root.field(key, version).map(StructField::go_type).expect("a kind");
    let depth = 4 + random.below(8);
    let mut object = json!({
        "apiVersion": "ray.io/v1",
        "kind": kind,
        "metadata": objects::value(random, of("metadata"), 2),
        "spec": objects::value(random, of("spec"), depth),
        "status": objects::value(random, of("status"), 2),
    });
    litter(random, &mut object);
    object.to_string()
}

fn litter(random: &mut Random, value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| litter(random, item)),
        Value::Object(entries) => {
            entries.values_mut().for_each(|value| litter(random, value));
            if random.percent(5) {
                entries.insert("notThere".to_owned(), json!([{"a": null}]));
            }
        }
        _ => {}
    }
}

/// The object in a version of the API that serves its kind.
fn in_some_api_version(random: &mut Random, object: &str) -> String {
    let [stable, alpha] = [ApiVersion::V1, ApiVersion::V1Alpha1].map(ApiVersion::as_str);
    let has_alpha = !object.contains(r#""kind":"RayCronJob""#);
    object.replacen(stable, if has_alpha && random.percent(20) { alpha } else { stable }, 1)
}

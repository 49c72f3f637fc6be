//! The guard against an API server with KubeRay's CRDs and KubeRay's own decoder: it refuses exactly what stops KubeRay.

use std::fmt::Write as _;

use raygate_core::admission::{Configuration, Endpoint, admit};
use raygate_core::kuberay::{FeatureGates, KubeRay};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::go::{self, BUILT_WITH_VERSION};
use crate::hostile;
use crate::places::{self, Place};
use crate::random::Random;
use crate::{cases, choose_seed};

/// Objects that are judged at once.
const BATCH: usize = 50_000;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer<'a> {
    #[serde(borrow)]
    object: &'a RawValue,
    error: String,
    #[serde(borrow, default)]
    stored: Option<&'a RawValue>,
    stored_error: String,
}

#[derive(Debug, Default)]
struct Count {
    judged: usize,
    undecodable: usize,
    stored: usize,
    poison: usize,
}

#[test]
fn the_guard_refuses_what_kuberay_cannot_read_and_nothing_else() {
    let seed = choose_seed();
    let mut random = Random::from_seed(seed);
    let places = places::all(BUILT_WITH_VERSION);
    assert!(places.len() > 8_000, "only {} places", places.len());
    let configuration =
        Configuration::new(&KubeRay::new(BUILT_WITH_VERSION, FeatureGates::default()), Vec::new());
    let (first_place, first_value) = (random.below(places.len()), random.below(hostile::KNOWN.len()));
    let mut count = Count::default();
    let numbers = (0..cases()).collect::<Vec<_>>();
    for batch in numbers.chunks(BATCH) {
        let mut questions = String::new();
        let asked: Vec<&Place> =
            batch.iter().map(|number| &places[(first_place + number) % places.len()]).collect();
        for (number, place) in batch.iter().zip(&asked) {
            // Each place gets each known value in turn, then others.
            let round = number / places.len();
            let value = match hostile::KNOWN.get((first_value + number + round) % hostile::KNOWN.len()) {
                Some(known) if round < hostile::KNOWN.len() => (*known).to_owned(),
                _ => hostile::value(&mut random),
            };
            writeln!(questions, "{}", place.object(&value)).expect("a String takes all");
        }
        let answers = go::guard(seed, &questions);
        assert_eq!(answers.lines().count(), batch.len());
        for (place, answer) in asked.iter().zip(answers.lines()) {
            judge(&configuration, place.kind, &serde_json::from_str(answer).expect(answer), &mut count);
        }
    }
    eprintln!("{} places: {count:?}, none missed, none refused in vain", places.len());
    assert!(count.poison > count.judged / 1_000, "too little of it is poison: {count:?}");
    assert!(count.stored - count.poison > count.judged / 20, "too little of it is sound: {count:?}");
}

fn judge(configuration: &Configuration, kind: &str, answer: &Answer<'_>, count: &mut Count) {
    let refused = is_refused(configuration, kind, answer.object);
    assert_eq!(refused, !answer.error.is_empty(), "{}: {}", answer.object, answer.error);
    count.judged += 1;
    count.undecodable += usize::from(refused);
    if let Some(stored) = answer.stored {
        let refused = is_refused(configuration, kind, stored);
        assert_eq!(refused, !answer.stored_error.is_empty(), "{stored}: {}", answer.stored_error);
        count.stored += 1;
        count.poison += usize::from(refused);
    }
}

/// Whether the guard refuses to let that object be created.
fn is_refused(configuration: &Configuration, kind: &str, object: &RawValue) -> bool {
    let body = format!(
        r#"{{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{{"uid":"a",
            "kind":{{"group":"ray.io","version":"v1","kind":"{kind}"}},"operation":"CREATE","object":{object}}}}}"#
    );
    let admitted = admit(Endpoint::Validate, body.as_bytes(), configuration).expect("a review");
    admitted.record.denied.iter().any(|code| ["RJ001", "RJ009"].contains(code))
}

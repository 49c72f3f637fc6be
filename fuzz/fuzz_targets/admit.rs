//! Any bytes: `admit` answers or refuses, never panics, and its patch applies to the object that was sent.

#![no_main]

use base64::Engine as _;
use libfuzzer_sys::fuzz_target;
use raygate_core::admission::{Configuration, Endpoint, admit};
use serde_json::Value;

fuzz_target!(|body: &[u8]| {
    let configuration = Configuration::default();
    let validated = admit(Endpoint::Validate, body, &configuration);
    let mutated = admit(Endpoint::Mutate, body, &configuration);
    assert_eq!(validated.is_ok(), mutated.is_ok());
    let (Ok(validated), Ok(mutated)) = (validated, mutated) else { return };
    let answer = |body: &[u8]| serde_json::from_slice::<Value>(body).expect("an answer is JSON");
    assert!(answer(&validated.body)["response"]["patch"].is_null());
    let mutated = answer(&mutated.body);
    assert_eq!(mutated["response"]["allowed"], true);
    if let Some(patch) = mutated["response"]["patch"].as_str() {
        let patch = base64::engine::general_purpose::STANDARD.decode(patch).expect("base64");
        let patch: json_patch::Patch = serde_json::from_slice(&patch).expect("a list of operations");
        let mut object = answer(body)["request"]["object"].take();
        json_patch::patch(&mut object, &patch).expect("the patch applies");
    }
});

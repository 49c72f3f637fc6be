//! The YAML reader against the Go library that KubeRay uses: by hand, by accident, as JSON, and scalar by scalar.
//!
//! `RAYGATE_YAML_TEXTS` makes the generated part longer, `RAYGATE_YAML_SEED` makes it another one, and
//! `RAYGATE_UPDATE=1` writes the golden table anew. `RAYGATE_MANIFESTS` names a folder whose manifests are compared, too.

#![expect(clippy::panic, clippy::print_stdout, reason = "a test says what it compared, and fails loudly")]

mod compare;
mod corpus;
mod generate;
#[path = "../go_command/mod.rs"]
mod go_command;
mod golden;
mod json;
mod manifests;
mod oracle;
mod realistic;

use compare::{Tally, compare};
use raygate_core::yaml::{Node, Outcome, Source, SourceErrorKind, Syntax, read_first};

/// How many texts are made from the realistic ones, and again from the tricky ones.
const GENERATED: u64 = 5_000;

#[expect(clippy::disallowed_methods, reason = "a test has no command line of its own")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn number(name: &str, default: u64) -> u64 {
    setting(name)
        .map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{name} must be a whole number")))
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn generated(texts: &[String], seed: u64) -> Vec<String> {
    let mut random = generate::Random::new(seed);
    (0..number("RAYGATE_YAML_TEXTS", GENERATED)).map(|_| generate::mutate(&mut random, texts)).collect()
}

#[test]
fn realistic_runtime_environments_are_read_as_go_reads_them() {
    let tally = compare(&owned(realistic::TEXTS));
    assert_eq!(tally, Tally { reads: realistic::TEXTS.len(), ..Tally::default() });
}

#[test]
fn every_sample_of_kuberay_is_read_as_go_reads_it() {
    for version in ["v1.3", "v1.4", "v1.5", "go"] {
        // `go.mod` itself asks for the newest.
        let samples = manifests::samples(version);
        assert!(samples.len() > 50, "{version}: only {} documents", samples.len());
        let unread = manifests::unread(&samples);
        assert!(unread.is_empty(), "{version}:\n{}", unread.join("\n"));
    }
}

#[test]
#[ignore = "for a folder of your own: RAYGATE_MANIFESTS names it"]
fn the_manifests_of_a_folder_are_read_as_go_reads_them() {
    let folder = setting("RAYGATE_MANIFESTS").expect("RAYGATE_MANIFESTS names a folder");
    let manifests = manifests::below(std::path::Path::new(&folder));
    let unread = manifests::unread(&manifests);
    assert!(unread.is_empty(), "{} of {} documents:\n{}", unread.len(), manifests.len(), unread.join("\n"));
}

#[test]
fn tricky_texts_are_read_as_go_reads_them_or_not_judged() {
    assert!(corpus::TEXTS.len() >= 200);
    let tally = compare(&owned(corpus::TEXTS));
    println!("by hand: {tally}");
    assert!(tally.unsure * 5 < corpus::TEXTS.len(), "too many texts are not judged: {tally}");
}

#[test]
fn texts_at_the_limits_are_read_as_go_reads_them_or_not_judged() {
    println!("at the limits: {}", compare(&corpus::extreme()));
}

#[test]
fn texts_with_accidents_are_read_as_go_reads_them_or_not_judged() {
    let seed = number("RAYGATE_YAML_SEED", 20_261_124);
    println!("seed {seed}");
    let realistic = owned(realistic::TEXTS);
    println!("made from realistic texts: {}", compare(&generated(&realistic, seed)));
    let all = [realistic, owned(corpus::TEXTS)].concat();
    println!("made from all texts: {}", compare(&generated(&all, seed ^ 1)));
}

#[test]
fn json_is_read_as_go_reads_it_or_not_judged() {
    let mut random = generate::Random::new(number("RAYGATE_YAML_SEED", 20_261_124));
    let texts: Vec<String> =
        (0..number("RAYGATE_YAML_TEXTS", GENERATED)).map(|_| json::text(&mut random)).collect();
    let tally = compare(&texts);
    println!("JSON: {tally}");
    assert!(tally.reads * 2 > texts.len(), "hardly any JSON is read: {tally}");
    println!("JSON with accidents: {}", compare(&generated(&texts, random.seed())));
}

#[test]
fn base64_is_decoded_as_go_decodes_it() {
    let tally = compare(&corpus::base64());
    println!("base64: {tally}");
    assert_eq!(tally.unsure, 0, "base64 is always judged");
}

#[test]
fn the_golden_table_is_what_go_says_today() {
    golden::check_or_update(setting("RAYGATE_UPDATE").is_some());
}

#[test]
fn scalars_keys_and_manifests_are_read_as_the_golden_table_says() {
    for row in golden::table() {
        let row: golden::Row = row;
        let go = row.json.as_deref().map(|json| serde_json::from_str(json).expect("the table holds JSON"));
        let check = |node: &Node<'_>| {
            let ours = compare::json(node);
            let agrees = go.as_ref().is_some_and(|go| compare::equal(&ours, go));
            assert!(agrees, "{:?}: ours {ours}, Go {:?}", row.yaml, row.json);
        };
        match (Source::read(&row.yaml, Syntax::Yaml), &go) {
            (Ok(source), _) => check(source.root()),
            (Err(error), None) if matches!(error.kind, SourceErrorKind::Yaml(_)) => {}
            // A key that is -0.0 is the one scalar that is left open.
            (Err(_), Some(_)) if row.yaml.starts_with("-0.0 :") => {}
            (Err(error), go) => panic!("{:?}: {error}, Go {go:?}", row.yaml),
        }
        match (read_first(&row.yaml), &go) {
            (Outcome::Reads(node), _) => check(&node),
            (Outcome::Refused(_), None) => {}
            (Outcome::Unsure(_), Some(_)) if row.yaml.starts_with("-0.0 :") => {}
            (outcome, go) => panic!("{:?}: ours {outcome:?}, Go {go:?}", row.yaml),
        }
    }
}

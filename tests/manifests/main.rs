//! What paths lead to, and our cuts of texts beside those of kubectl: the Go code it uses reads the same text whole, and
//! each of our chunks alone.
//!
//! `RAYGATE_MANIFESTS_TEXTS` makes more texts by accident, `RAYGATE_MANIFESTS_SEED` makes other ones.

#![expect(
    clippy::panic,
    clippy::print_stdout,
    reason = "a test says what it compared, and fails with what it found"
)]

mod accidents;
mod corpus;
mod find;
#[path = "../../core/tests/go_command/mod.rs"]
mod go_command;
mod judge;

use std::sync::Arc;

use judge::{Answer, Question};
use raygate::manifests::{Chunk, chunks};
use raygate_core::yaml::Syntax;

/// How many texts are put together by accident.
const ACCIDENTS: u64 = 20_000;

#[test]
fn texts_by_hand_are_cut_where_kubectl_cuts_them() {
    let texts = corpus::texts();
    assert!(texts.len() >= 100, "{} texts", texts.len());
    let tally = compare(&texts);
    println!("by hand: {tally:?}");
    assert!(tally.documents > texts.len() / 2 && tally.errors > texts.len() / 10, "{tally:?}");
}

#[test]
fn texts_put_together_by_accident_are_cut_where_kubectl_cuts_them() {
    let (seed, count) =
        (number("RAYGATE_MANIFESTS_SEED", 20_261_124), number("RAYGATE_MANIFESTS_TEXTS", ACCIDENTS));
    println!("seed {seed}");
    let texts = accidents::texts(seed, count);
    let tally = compare(&texts);
    println!("by accident: {tally:?}");
    assert!(tally.documents * 2 > texts.len() && tally.errors * 10 > texts.len(), "{tally:?}");
}

#[expect(clippy::disallowed_methods, reason = "a test has no command line of its own")]
fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().expect("a whole number"))
}

/// What kubectl found.
#[derive(Debug, Default)]
struct Tally {
    documents: usize,
    errors: usize,
}

fn compare(texts: &[String]) -> Tally {
    let input: Arc<str> = "jobs.yaml".into();
    let questions: Vec<Question> = texts.iter().map(|text| question(&input, text)).collect();
    let mut tally = Tally::default();
    let mut contradictions = Vec::new();
    for ((text, question), answer) in texts.iter().zip(&questions).zip(judge::ask(&questions)) {
        let ours = ours(question, &answer);
        let kubectl = (answer.documents, !answer.error.is_empty());
        tally.documents += kubectl.0.len();
        tally.errors += usize::from(kubectl.1);
        if ours != kubectl {
            contradictions.push(format!("{text:?}\n  ours {ours:?}\n  kubectl {kubectl:?} {}", answer.error));
        }
    }
    assert!(
        contradictions.is_empty(),
        "{} contradictions:\n{}",
        contradictions.len(),
        contradictions[..contradictions.len().min(20)].join("\n")
    );
    tally
}

fn question(input: &Arc<str>, text: &str) -> Question {
    let mut question = Question { text: text.to_owned(), chunks: Vec::new(), fails: false };
    for (index, chunk) in chunks(input, text).enumerate() {
        assert!(!question.fails, "{text:?}: a failure is the last item");
        match chunk {
            Ok(chunk) => {
                assert_eq!(chunk.document, index + 1, "{text:?}");
                holds_its_place(text, &chunk);
                question.chunks.push(judge::Part {
                    text: chunk.complete().into_owned(),
                    json: chunk.syntax == Syntax::Json,
                });
            }
            Err(failure) => {
                let position = failure.position.expect("a line that cannot be a separator has a place");
                let rest = rest_of_line(text, position.line - 1, position.column - 1);
                assert!(rest.starts_with("---"), "{text:?}: {position:?}");
                question.fails = true;
            }
        }
    }
    question
}

fn holds_its_place(text: &str, chunk: &Chunk<'_>) {
    assert_eq!(text.get(chunk.offset..chunk.offset + chunk.text.len()), Some(chunk.text), "{text:?}");
    let rest = rest_of_line(text, chunk.first_line, chunk.first_column);
    let first = lines(chunk.text).next().unwrap_or_default();
    assert!(rest.starts_with(first), "{text:?}: {chunk:?}");
}

/// What stands on a line behind so many characters.
fn rest_of_line(text: &str, lines_above: u32, characters_before: u32) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let line = lines(text).nth(lines_above as usize).expect("the line is there");
    line.chars().skip(characters_before as usize).collect()
}

/// The lines as the YAML reader counts them.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

/// What kubectl would have found if it cut as we do, up to the first error.
fn ours(question: &Question, answer: &Answer) -> (Vec<String>, bool) {
    let good = answer.chunks.iter().take_while(|chunk| chunk.error.is_empty());
    let documents: Vec<String> = good.map(|chunk| chunk.document.clone()).collect();
    let fails = documents.len() < answer.chunks.len() || question.fails;
    (documents.into_iter().filter(|document| document != "null").collect(), fails)
}

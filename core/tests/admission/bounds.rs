//! An answer stays short, whatever it answers to.

use serde_json::{Value, json};

use crate::support::{create, job_with};

fn many_problems(count: usize) -> Value {
    let metadata: serde_json::Map<_, _> =
        (0..count).map(|index| (format!("key-{index:04}"), json!(index))).collect();
    job_with(&json!({"spec": {"metadata": metadata}}))
}

#[test]
fn at_most_fifty_causes_then_how_many_more() {
    let answer = create(&many_problems(200)).validate();
    let causes = answer.status()["details"]["causes"].as_array().expect("causes");
    assert_eq!(causes.len(), 51);
    assert_eq!(causes[50]["message"], "and 150 more: run `raygate check` on the manifest to see all");
    assert!(answer.message().starts_with("RayJob default/train has 200 problems:\n"), "{}", answer.message());
    assert!(answer.message().ends_with("and 150 more: run `raygate check` on the manifest to see all"));
    assert_eq!(answer.denied, ["RJ001"]);
}

#[test]
fn no_line_breaks_out_of_its_cause() {
    let key = "a\nb\u{1b}[31m\u{202e}".to_owned() + &"x".repeat(5000);
    let answer =
        create(&job_with(&json!({"metadata": {"name": "a\nb"}, "spec": {"metadata": {key: 1}}}))).validate();
    for cause in answer.status()["details"]["causes"].as_array().expect("causes") {
        for text in [&cause["field"], &cause["message"]] {
            let text = text.as_str().expect("a string");
            assert!(
                text.len() <= 1024 && !text.contains(char::is_control) && !text.contains('\u{202e}'),
                "{text}"
            );
        }
    }
    assert_eq!(answer.message().lines().count(), 3, "{}", answer.message());
}

#[test]
fn the_message_has_at_most_sixteen_kibibytes() {
    let metadata: serde_json::Map<_, _> =
        (0..60).map(|index| (format!("{index:04}{}", "k".repeat(900)), json!(index))).collect();
    let answer = create(&job_with(&json!({"spec": {"metadata": metadata}}))).validate();
    assert!(answer.message().len() <= 16 * 1024 + 100, "{}", answer.message().len());
    let last = answer.message().lines().last().expect("a line");
    assert!(last.starts_with("* and ") && last.ends_with("to see all"), "{last}");
    let shown = answer.message().lines().count() - 2;
    assert!(last.contains(&format!("and {} more", 60 - shown)), "{last} after {shown}");
}

#[test]
fn warnings_are_short_lines() {
    let answer = create(&job_with(&json!({"spec": {"jobId": format!("a:{}", "x".repeat(150))}}))).validate();
    assert_eq!(answer.warned, ["RJ114"]);
    for warning in answer.warnings() {
        assert!(warning.chars().count() <= 120 && !warning.contains(char::is_control), "{warning}");
    }
}

//! One line for each request, whatever the request holds, and never the object.

use serde_json::{Value, json};

use crate::client::{post, put, review};
use crate::program::{Program, eventually};

const HOSTILE: &str = "u\n2026-01-01T00:00:00Z  INFO forged\r\u{1b}[2K\u{9b}31m\u{2028}end";

fn hostile() -> Value {
    let mut review = review(HOSTILE);
    review["request"]["userInfo"]["username"] = json!(HOSTILE);
    review["request"]["name"] = json!("n".repeat(100_000));
    review["request"]["object"]["spec"]["entrypoint"] = json!("echo SECRET-IN-THE-OBJECT");
    review
}

async fn lines_after_hostile_request(format: &str) -> Vec<String> {
    let program = Program::start(&["--log-format", format]);
    let before = program.stderr().lines().count();
    assert_eq!(post(&program, "/mutate", hostile().to_string()).await.status, 200);
    let stderr = eventually("the request's line", || {
        let stderr = program.stderr();
        stderr.contains("micros").then_some(stderr)
    });
    stderr.lines().skip(before).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_hostile_name_stays_within_its_line_of_text() {
    let lines = lines_after_hostile_request("text").await;
    let [line] = lines.as_slice() else { panic!("one line: {lines:?}") };
    assert!(line.contains("review endpoint=\"mutate\" uid=\"u\\n2026"), "{line}");
    assert!(!line.contains(|character: char| character.is_control() || character == '\u{2028}'), "{line:?}");
    assert!(line.len() < 2_000, "{} bytes", line.len());
    assert!(!line.contains("SECRET"), "{line}");
}

#[tokio::test]
async fn a_hostile_name_stays_within_its_line_of_json() {
    let lines = lines_after_hostile_request("json").await;
    let [line] = lines.as_slice() else { panic!("one line: {lines:?}") };
    let parsed: Value = serde_json::from_str(line).expect("JSON");
    assert_eq!((&parsed["uid"], &parsed["endpoint"]), (&json!(HOSTILE), &json!("mutate")));
    assert!(line.len() < 3_000 && !line.contains("SECRET"), "{line}");
}

#[tokio::test]
async fn a_refusal_is_logged_with_its_reason() {
    let program = Program::start(&[]);
    post(&program, "/nowhere", "").await;
    let line = eventually("the refusal's line", || {
        program.stderr().lines().find(|line| line.contains("refused")).map(str::to_owned)
    });
    assert!(line.contains("WARN refused status=404 reason=\"no such path"), "{line}");
}

#[tokio::test]
async fn the_level_changes_while_the_program_runs() {
    let program = Program::start(&["--log-format", "json"]);
    assert_eq!(put(&program, "/log-level", "error").await.body, "logging at error\n");
    post(&program, "/validate", review("unheard").to_string()).await;
    assert_eq!(put(&program, "/log-level", "info").await.status, 200);
    post(&program, "/validate", review("heard").to_string()).await;
    let stderr = eventually("the second review's line", || {
        Some(program.stderr()).filter(|text| text.contains("\"heard\""))
    });
    assert!(!stderr.contains("\"unheard\""), "{stderr}");
    assert!(stderr.contains("the level of the log is changed"), "{stderr}");
}

#[tokio::test]
async fn an_unknown_level_is_refused_with_the_known_ones() {
    let program = Program::start(&[]);
    let answer = put(&program, "/log-level", "loud").await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("off, error, warn, info or debug"), "{}", answer.body);
}

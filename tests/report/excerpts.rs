//! What is drawn of a file: the carets stand under what is meant, whatever stands before it; secrets do not show.

use raygate::report::{Diagnostic, Format, Report, Style};
use raygate_core::yaml::Position;

use crate::rules::SUSPEND;
use crate::samples::{finding, object, place};
use crate::styled;

/// The drawn lines of a finding at `words` in `text`: the source's and the carets'.
fn drawn(text: &str, words: &str, width: usize, masked: &[&str]) -> Vec<String> {
    let found = finding(&object("a.yaml", text, Some("a")), &SUSPEND, "spec.x", words);
    let masked = masked.iter().map(|secret| place(text, secret)).collect();
    draw(Diagnostic { masked, ..found }, width)
}

fn draw(found: Diagnostic, width: usize) -> Vec<String> {
    let report = Report { diagnostics: vec![found], ..Report::default() };
    let text = styled(&report, Format::Text, Style { colour: false, width: Some(width) });
    let lines = text.lines().filter_map(|line| line.split_once('|').filter(|(before, _)| is_gutter(before)));
    let mut lines: Vec<_> =
        lines.map(|(_, line)| line.strip_prefix(' ').unwrap_or(line).to_owned()).collect();
    // The gutter goes on for an empty line before and behind.
    if !lines.is_empty() {
        assert_eq!([lines.remove(0), lines.pop().expect("a last line")], ["", ""], "{text}");
    }
    lines
}

fn is_gutter(text: &str) -> bool {
    text.chars().all(|character| character == ' ' || character.is_ascii_digit())
}

#[test]
fn carets_stand_under_what_is_meant() {
    assert_eq!(drawn("a: 1\nb: true # c\n", "true", 80, &[]), ["b: true # c", "   ^^^^ spec.x"]);
}

#[test]
fn wide_characters_take_two_columns_and_marks_none() {
    assert_eq!(drawn("訓練: true", "true", 80, &[]), ["訓練: true", "      ^^^^ spec.x"]);
    assert_eq!(drawn("🚀: 訓練", "訓練", 80, &[]), ["🚀: 訓練", "    ^^^^ spec.x"]);
    assert_eq!(drawn("e\u{301}: true", "true", 80, &[]), ["e\u{301}: true", "   ^^^^ spec.x"]);
}

#[test]
fn what_terminals_draw_differently_is_taken_apart() {
    let family = drawn("👩\u{200d}👧: x", "x", 80, &[]);
    assert_eq!(family, ["👩👧: x", "      ^ spec.x"]);
    assert_eq!(drawn("❤\u{fe0f}: x", "x", 80, &[]), ["❤: x", "   ^ spec.x"]);
}

#[test]
fn tabs_are_four_columns_and_controls_are_pictures() {
    assert_eq!(drawn("\ta:\ttrue", "true", 80, &[]), ["    a:    true", "          ^^^^ spec.x"]);
    assert_eq!(
        drawn("a\u{1b}\u{7f}\u{9b}\u{202e}: x", "x", 80, &[]),
        ["a␛␡\u{fffd}\u{fffd}: x", "       ^ spec.x"]
    );
}

#[test]
fn lines_end_as_yaml_ends_them() {
    assert_eq!(drawn("a: 1\r\nb: 2\r\n", "2", 80, &[]), ["b: 2", "   ^ spec.x"]);
}

#[test]
fn a_byte_order_mark_is_no_column() {
    let found = finding(&object("a.yaml", "a: true", None), &SUSPEND, "spec.x", "true");
    let object = object("a.yaml", "\u{feff}a: true", None);
    assert_eq!(draw(Diagnostic { object, ..found }, 80), ["a: true", "   ^^^^ spec.x"]);
}

#[test]
fn an_end_before_the_next_line_stays_on_its_line() {
    assert_eq!(drawn("a: true\nb: 1\n", "true\n", 80, &[]), ["a: true", "   ^^^^ spec.x"]);
}

#[test]
fn a_place_without_width_gets_a_caret() {
    assert_eq!(drawn("a: \nb: 1\n", "", 80, &[])[1], "^ spec.x");
    let mut found = finding(&object("a.yaml", "a:\nb: 1\n", None), &SUSPEND, "spec.x", "a:");
    found.start = found.end;
    assert_eq!(draw(found, 80), ["a:", "  ^ spec.x"]);
}

#[test]
fn the_end_of_a_text_can_be_pointed_at() {
    let at_end = |text: &str, line| {
        let mut found = finding(&object("a.yaml", text, None), &SUSPEND, "spec.x", "");
        (found.start.line, found.end.line) = (line, line);
        draw(found, 80)
    };
    assert_eq!(at_end("", 1), ["", "^ spec.x"]);
    assert_eq!(at_end("a: 1\n", 2), ["", "^ spec.x"]);
}

#[test]
fn a_place_that_is_not_there_draws_nothing() {
    let mut found = finding(&object("a.yaml", "a: 1", None), &SUSPEND, "spec.x", "1");
    found.start.line = 9;
    found.end.line = 9;
    assert!(draw(found, 80).is_empty());
}

#[test]
fn secrets_are_masked_and_the_carets_still_stand_right() {
    assert_eq!(
        drawn("{token: s3cret, x: true}", "true", 80, &["s3cret"]),
        ["{token: …, x: true}", "              ^^^^ spec.x"]
    );
    assert_eq!(drawn("token: s3cret", "s3cret", 80, &["s3cret"]), ["token: …", "       ^ spec.x"]);
    assert_eq!(drawn("token: s3cret-ok", "ret-ok", 80, &["s3cret"]), ["token: …-ok", "       ^^^^ spec.x"]);
    assert_eq!(drawn("token: ok-s3cret", "ok-s3", 80, &["s3cret"]), ["token: ok-…", "       ^^^^ spec.x"]);
}

#[test]
fn secrets_over_several_lines_leave_one_mark_on_each() {
    let lines = drawn("a: |\n  s3c\n  ret\nb: 1\n", "a: |\n  s3c\n  ret", 80, &["s3c\n  ret"]);
    assert!(lines.iter().any(|line| line.ends_with("…")), "{lines:?}");
    assert!(!lines.iter().any(|line| line.contains("s3c") || line.contains("ret")), "{lines:?}");
}

#[test]
fn several_lines_are_bracketed_and_no_other_is_drawn() {
    let lines = drawn("z: 0\na:\n  b: 1\n  c: 2\nd: 3\n", "b: 1\n  c: 2", 80, &[]);
    assert_eq!(lines, ["/   b: 1", "|   c: 2", "|______^ spec.x"]);
}

#[test]
fn what_stands_between_a_first_and_a_last_line_far_apart_is_left_out() {
    let text = format!("a:\n{}z: 1\n", "  b: 1\n".repeat(200));
    let lines = drawn(&text, text.trim_end(), 80, &[]);
    assert!(lines[0].ends_with("a:") && lines[lines.len() - 2].ends_with("z: 1"), "{lines:?}");
    assert!(lines.len() < 10, "{lines:?}");
}

#[test]
fn long_lines_are_cut_around_what_is_meant() {
    let text = format!("{}x: true, {}", "a: 1, ".repeat(30), "b: 2, ".repeat(30));
    for width in [10, 24, 40, 60, 139] {
        let lines = drawn(&text, "true", width, &[]);
        assert!(lines[0].starts_with('…') && lines[0].ends_with('…'), "{lines:?}");
        assert_caret(&lines, "true");
        assert!(lines[0].chars().count() + 4 <= width.max(24), "{width}: {lines:?}");
    }
}

#[test]
fn long_wide_lines_are_cut_around_what_is_meant() {
    let text = format!("{}: 終, {}", "訓練".repeat(60), "訓練".repeat(60));
    for width in [25, 40, 41, 80] {
        let lines = drawn(&text, "終", width, &[]);
        let before = lines[0].chars().take_while(|character| *character != '終');
        let columns: usize = before.map(|character| if "訓練".contains(character) { 2 } else { 1 }).sum();
        assert_eq!(lines[1].find('^'), Some(columns), "{lines:?}");
    }
}

#[test]
fn what_is_longer_than_the_terminal_is_shown_from_its_start() {
    let lines = drawn(&format!("key: {}", "v".repeat(300)), &"v".repeat(300), 40, &[]);
    assert!(lines[0].contains("vvv") && lines[0].ends_with('…'), "{lines:?}");
    assert_eq!(lines[0].find('v'), lines[1].find('^').map(|at| at + '…'.len_utf8() - 1), "{lines:?}");
}

#[test]
fn the_field_is_named_below_where_it_does_not_fit_beside_the_carets() {
    let field = "spec.rayClusterSpec.workerGroupSpecs[0].template.spec.containers[0].image";
    let found = finding(&object("a.yaml", "image: latest", None), &SUSPEND, field, "latest");
    let report = Report { diagnostics: vec![found], ..Report::default() };
    let text = |width| styled(&report, Format::Text, Style { colour: false, width: Some(width) });
    assert!(text(120).contains(&format!("^^^^^^ {field}\n")), "{}", text(120));
    assert!(text(40).contains(&format!("= field: {field}\n")), "{}", text(40));
}

/// The carets stand under the first such word of an ASCII line, but for the ellipsis at its start.
fn assert_caret(lines: &[String], words: &str) {
    let before = lines[0].split(words).next().expect("a beginning").chars().count();
    assert_eq!(lines[1].find('^'), Some(before), "{lines:?}");
}

#[test]
fn no_place_and_no_width_makes_it_stumble_or_show_a_secret() {
    let text = "a:\t訓e\u{301}\r\n\n  b: SE\n CRET👩\u{200d}👧\u{1b}\nz";
    let object = object("a.yaml", text, None);
    let places = (1..7).flat_map(|line| [1, 2, 3, 5, 8, 30].map(|column| Position { line, column }));
    for (start, end) in places.clone().flat_map(|start| places.clone().map(move |end| (start, end))) {
        for width in [0, 21, 80] {
            let masked = [place(text, "SE\n CRET")].into();
            let found = Diagnostic { start, end, masked, ..finding(&object, &SUSPEND, "spec.x", "b") };
            let lines = draw(found, width).concat();
            assert!(!lines.contains("SE") && !lines.contains("CRET"), "{start:?} {end:?} {width}: {lines}");
        }
    }
}

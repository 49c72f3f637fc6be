//! Manifests are written by strangers: nothing in them steers a terminal, a parser or a build server.

use raygate::report::{Format, Style};
use serde_json::Value;

use crate::samples::HOSTILE;
use crate::{samples, styled, written};

const ALL: [Format; 5] = [Format::Text, Format::Json, Format::Sarif, Format::Junit, Format::Github];

#[test]
fn no_format_lets_a_control_character_out() {
    for format in ALL {
        let text = written(&samples::hostile(), format);
        let steering = text.chars().find(|character| {
            (character.is_control() && *character != '\n')
                || matches!(character, '\u{202e}' | '\u{2028}' | '\u{ffff}')
        });
        assert_eq!(steering, None, "{format:?}: {text}");
    }
}

#[test]
fn coloured_text_has_no_escapes_but_colours() {
    let text = styled(&samples::hostile(), Format::Text, Style { colour: true, width: None });
    for escape in text.split('\u{1b}').skip(1) {
        let end = escape.find('m').expect("the end of a colour");
        let is_colour =
            escape[1..end].chars().all(|character| character.is_ascii_digit() || character == ';');
        assert!(escape.starts_with('[') && is_colour, "{escape:?}");
    }
    assert!(!text.contains("\u{1b}[31m"), "the manifest's own colour");
}

#[test]
fn json_gives_back_what_stood_there() {
    let report: Value = serde_json::from_str(&written(&samples::hostile(), Format::Json)).expect("JSON");
    for name in ["message", "help", "field", "value", "file", "apiVersion", "kind", "namespace", "name"] {
        assert_eq!(report["findings"][0][name], HOSTILE, "{name}");
    }
    assert_eq!(report["errors"][0]["message"], HOSTILE);
}

#[test]
fn sarif_makes_no_link_of_a_manifests_words_and_no_other_uri() {
    let log: Value = serde_json::from_str(&written(&samples::hostile(), Format::Sarif)).expect("JSON");
    let result = &log["runs"][0]["results"][0];
    let message = result["message"]["text"].as_str().expect("a text");
    assert!(message.contains("http://x") && !message.contains("]("), "{message}");
    let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().expect("a URI");
    let harmless = |character: char| character.is_ascii_alphanumeric() || "-._~/%".contains(character);
    assert!(uri.chars().all(harmless), "{uri}");
}

#[test]
fn github_sees_no_command_that_raygate_did_not_write() {
    let text = written(&samples::hostile(), Format::Github);
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 4, "{text}");
    for line in &lines[..3] {
        let (properties, message) = line[2..].split_once("::").expect("a command with a message");
        let (command, properties) = properties.split_once(' ').expect("a command with properties");
        assert!(["error", "warning"].contains(&command), "{line}");
        let names: Vec<_> =
            properties.split(',').map(|property| property.split('=').next().unwrap_or("")).collect();
        assert!(
            names.iter().all(|name| ["file", "line", "endLine", "col", "endColumn", "title"].contains(name)),
            "{line}"
        );
        assert!(message.contains("%250A"), "a manifest's own escape is none: {line}");
    }
    assert!(!lines[3].starts_with("::"));
}

#[test]
fn text_has_one_line_for_each_thing_said() {
    let text = written(&samples::hostile(), Format::Text);
    let begins_with_command = text.lines().any(|line| line.trim_start().starts_with("::"));
    assert!(!begins_with_command, "{text}");
    assert_eq!(text.lines().filter(|line| line.starts_with("error: ")).count(), 2, "{text}");
}

#[test]
fn no_format_shows_what_is_masked() {
    for format in ALL {
        let text = written(&samples::mixed(), format);
        assert!(!text.contains("s3cret"), "{format:?}: {text}");
    }
}

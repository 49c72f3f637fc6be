//! `spec.runtimeEnvYAML`: read as KubeRay reads it, and taken apart as Ray does afterwards.
//!
//! ```text
//! text ─► read (YAML 1.1, as Go) ─► RuntimeEnvironment ─► rayjob: who hands it to Ray ─► rules RJ302, RJ310 …
//!                                                                                          │ ask
//!   fields       which there are, and which one was meant ◄────────────────────────────────┤
//!   package      working_dir, py_modules: a path, or an address with scheme and archive ◄──┤
//!   requirement  one line of pip or uv: package, versions, options ◄───────────────────────┤
//!   written      what stands in the text where YAML read another value ◄───────────────────┘
//! ```
//!
//! Nothing here quotes the text: it holds secrets.

pub mod fields;
pub mod options;
pub mod package;
pub mod requirement;
pub mod source;
pub mod written;

use crate::yaml::{self, Doubt, Entry, Outcome, Position, Refusal, Value};

/// What KubeRay makes of the text of `runtimeEnvYAML`.
#[derive(Debug, Clone, PartialEq)]
pub enum RuntimeEnvironment<'a> {
    /// The keys of the runtime environment, in order.
    Mapping(Vec<Entry<'a>>),
    /// No runtime environment: blank, only comments, or null.
    Empty,
    /// A value that is no mapping, which KubeRay refuses.
    NotAMapping {
        /// What it is instead: `a list`, `text`, …
        what: &'static str,
        /// Where it begins.
        position: Position,
    },
    /// No YAML that KubeRay's library reads.
    Refused(Refusal),
    /// KubeRay may or may not read it: rules stay silent.
    Unsure(Doubt),
}

/// Reads the text of `runtimeEnvYAML`.
pub fn read(text: &str) -> RuntimeEnvironment<'_> {
    match yaml::read_first(text) {
        Outcome::Reads(node) => match node.value {
            Value::Mapping(entries) => RuntimeEnvironment::Mapping(entries),
            Value::Null => RuntimeEnvironment::Empty,
            other => RuntimeEnvironment::NotAMapping { what: other.kind(), position: node.position },
        },
        Outcome::Refused(refusal) => RuntimeEnvironment::Refused(refusal),
        Outcome::Unsure(doubt) => RuntimeEnvironment::Unsure(doubt),
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::yaml::Problem;

    fn refusal(text: &str) -> (u32, u32, Problem) {
        match read(text) {
            RuntimeEnvironment::Refused(Refusal { position, problem }) => {
                (position.line, position.column, problem)
            }
            other => panic!("{text:?} should be refused, is {other:?}"),
        }
    }

    #[test]
    fn a_mapping_keeps_its_keys_and_their_places() {
        let RuntimeEnvironment::Mapping(entries) = read("pip: [a]\nenv_vars:\n  Ä: b\n") else {
            panic!("a mapping")
        };
        let places: Vec<_> = entries
            .iter()
            .map(|entry| (entry.key.as_ref(), entry.key_position, entry.value.position))
            .collect();
        let at = |line, column| Position { line, column };
        assert_eq!(places, [("pip", at(1, 1), at(1, 6)), ("env_vars", at(2, 1), at(3, 3))]);
    }

    #[test]
    fn nothing_comments_and_null_are_empty() {
        for text in ["", " \n\n", "# nothing\n", "---\n", "null", "~", "\u{feff}"] {
            assert_eq!(read(text), RuntimeEnvironment::Empty, "{text:?}");
        }
    }

    #[test]
    fn a_list_and_a_text_are_no_mapping() {
        let position = Position { line: 2, column: 1 };
        assert_eq!(read("\n- pip"), RuntimeEnvironment::NotAMapping { what: "a list", position });
        assert_eq!(read("\nYTogMQo="), RuntimeEnvironment::NotAMapping { what: "text", position });
        assert_eq!(read("\n12"), RuntimeEnvironment::NotAMapping { what: "a number", position });
    }

    #[test]
    fn what_go_certainly_refuses_is_refused_at_its_place() {
        let expected = [
            ("env_vars:\n\tA: b", 2, 1, Problem::Tab),
            ("pip: [a, b", 1, 6, Problem::UnclosedFlow),
            ("a: 1\nb: *gone", 2, 4, Problem::UnknownAlias),
            ("a: b: c", 1, 5, Problem::UnexpectedColon),
            (r#"{"a": "\/"}"#, 1, 8, Problem::UnknownEscape),
            (r#"{"a": "é\ud83d\ude00"}"#, 1, 9, Problem::UnknownEscape),
            ("~: a", 1, 1, Problem::Key),
            ("%YAML 1.2\n---\na: 1", 1, 1, Problem::Directive),
            ("a: 1\n? [b]\n: c", 2, 3, Problem::Key),
            ("a: \u{1}", 1, 4, Problem::ControlCharacter),
            ("a: .inf", 1, 4, Problem::NotANumber),
            ("{u: http://h/a.zip?x=1}", 1, 5, Problem::QuestionMark),
        ];
        for (text, line, column, problem) in expected {
            assert_eq!(refusal(text), (line, column, problem), "{text:?}");
        }
    }

    #[test]
    fn no_message_holds_the_text() {
        let RuntimeEnvironment::Refused(refusal) = read("a: hunter2: b") else { panic!("refused") };
        assert!(!refusal.to_string().contains("hunter2"), "{refusal}");
    }

    #[test]
    fn hostile_texts_end_in_an_answer() {
        let deep = "[".repeat(100_000);
        let bomb = bomb();
        for text in [
            deep.as_str(),
            bomb.as_str(),
            &"{a: ".repeat(3_000),
            &"- ".repeat(50_000),
            &"a: 1\n".repeat(200_000),
        ] {
            assert!(!matches!(read(text), RuntimeEnvironment::NotAMapping { .. }));
        }
        assert!(matches!(
            read(&bomb),
            RuntimeEnvironment::Refused(Refusal { problem: Problem::ExcessiveAliases, .. })
        ));
    }

    /// Nine levels of nine aliases each.
    fn bomb() -> String {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..9 {
            let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
            writeln!(text, "a{level}: &a{level} [{aliases}]").expect("a string takes all");
        }
        text
    }
}

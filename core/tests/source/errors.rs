//! What is no manifest: where, and a sentence that helps.

use raygate_core::yaml::{Doubt, MAX_DEPTH, Problem, SourceErrorKind, Syntax};

use crate::{at, read, refused};

#[test]
fn a_key_that_stands_twice_is_an_error_at_the_second() {
    let rows = [
        (Syntax::Yaml, "a: 1\nb:\n  c: 1\n  \"c\": 2\n", "4:3", "c", "3:3"),
        (Syntax::Yaml, "a: {b: 1, c: 2, b: 3}\n", "1:17", "b", "1:5"),
        (Syntax::Yaml, "yes: 1\ntrue: 2\n", "2:1", "true", "1:1"),
        (Syntax::Yaml, "\"15\": 1\n017: 2\n", "2:1", "15", "1:1"),
        (Syntax::Yaml, "a: {x: 1}\nb: {z: 1, z: 2}\na: 2", "2:11", "z", "2:5"),
        (Syntax::Json, "{\"a\": 1,\n \"\\u0061\": 2}", "2:2", "a", "1:2"),
    ];
    for (syntax, text, second, key, first) in rows {
        let error = refused(text, syntax);
        assert_eq!(at(error.position), second, "{text:?}");
        let sentence = error.to_string();
        assert!(sentence.contains(&format!("`{key}`")) && sentence.contains("remove"), "{sentence}");
        match error.kind {
            SourceErrorKind::DuplicateKey { key: found, first: before, .. } => {
                assert_eq!((&*found, &*at(before)), (key, first), "{text:?}");
            }
            other => panic!("{text:?}: {other:?}"),
        }
    }
}

#[test]
fn a_key_that_is_read_as_something_else_is_named_as_it_is_written() {
    let sentence = refused("true: 1\ny: 2\n", Syntax::Yaml).to_string();
    assert!(
        sentence.contains("the key `y` (read as `true`) stands here for the second time, first on line 1:"),
        "{sentence}"
    );
}

#[test]
fn a_key_over_a_merged_one_stands_only_once() {
    for text in [
        "x: &x {a: 1}\ny:\n  <<: *x\n  a: 2\n",
        "y:\n  a: 2\n  <<: {a: 1}\n  b: 1\n",
        "{\"<<\": 1, \"a\": 2}",
    ] {
        read(text, Syntax::Yaml);
    }
}

#[test]
fn a_name_that_hides_control_characters_is_shown_without_them() {
    let sentence = refused("\"a\\e[31m\": 1\n\"a\\e[31m\": 2\n", Syntax::Yaml).to_string();
    assert!(!sentence.contains('\u{1b}'), "{sentence:?}");
}

#[test]
fn what_kubectl_refuses_is_refused_in_its_place() {
    let yaml = [
        ("\u{feff}a: 1\nb:\n\tc: 1\n", "3:1", Problem::Tab),
        ("a: b: c\n", "1:5", Problem::UnexpectedColon),
        ("a: \"\\/\"\n", "1:5", Problem::UnknownEscape),
        ("a: *x\n", "1:4", Problem::UnknownAlias),
        ("a: .nan\n", "1:4", Problem::NotANumber),
        ("a: [b\n", "1:4", Problem::UnclosedFlow),
        ("a: [b", "1:4", Problem::UnclosedFlow),
        ("a:\n  b: [c\n  d: e\n", "2:6", Problem::UnclosedFlow),
        ("\u{feff}a:\n  b: {c: [1\n  :d: e]\n", "2:10", Problem::UnclosedFlow),
    ];
    for (text, position, problem) in yaml {
        let error = refused(text, Syntax::Yaml);
        assert_eq!(
            (at(error.position), error.kind),
            (position.to_owned(), SourceErrorKind::Yaml(problem)),
            "{text:?}"
        );
    }
    let json = [
        ("{\"a\": 1,}", "1:9"),
        ("{\"ä\": 1,\n \"ö\": x}", "2:7"),
        ("{\"a\": \"b\nc\"}", "2:1"),
        ("{\"a\": 1", "1:7"),
        ("{a: 1}", "1:2"),
        ("{} {}", "1:4"),
        ("", "1:1"),
    ];
    for (text, position) in json {
        let error = refused(text, Syntax::Json);
        assert_eq!(at(error.position), position, "{text:?}: {error}");
        assert!(matches!(error.kind, SourceErrorKind::Json(_)), "{error:?}");
        assert!(!error.to_string().contains(" line "), "the position is told beside the sentence: {error}");
    }
}

#[test]
fn what_kubectl_may_read_otherwise_is_refused_in_its_place() {
    let rows = [
        ("a: 1\nb: x\u{2028}y\n", "2:5", Doubt::Invisible),
        ("\u{feff}a: 1\nb: \u{feff}y\n", "2:4", Doubt::Invisible),
        ("a: 1\nb: [:c]\n", "2:5", Doubt::Dialect),
    ];
    for (text, position, doubt) in rows {
        let error = refused(text, Syntax::Yaml);
        assert_eq!(
            (at(error.position), &error.kind),
            (position.to_owned(), &SourceErrorKind::Unsure(doubt)),
            "{text:?}"
        );
        assert!(error.to_string().starts_with("kubectl may read this otherwise: "), "{error}");
    }
}

#[test]
fn a_doubt_between_brackets_sends_to_where_they_open() {
    for (text, position, opened) in [
        ("a:\n  b: [c\n  d: [e]\n", "3:4", "2:6"),
        ("a:\n  b: {c: 1\n  d: {e: 1}\n", "2:10", "2:6"),
        ("\u{feff}- [1,\n :c]\n", "2:2", "1:3"),
    ] {
        let error = refused(text, Syntax::Yaml);
        let SourceErrorKind::InBrackets { opened: found } = error.kind else { panic!("{text:?}: {error:?}") };
        assert_eq!((at(error.position), at(found)), (position.to_owned(), opened.to_owned()), "{text:?}");
    }
}

#[test]
fn what_is_too_large_is_refused_in_both_languages() {
    let deep = "[".repeat(MAX_DEPTH + 1) + &"]".repeat(MAX_DEPTH + 1);
    let long = format!("{{\"a\": \"{}\"}}", "x".repeat(3 << 20));
    for text in [deep, long] {
        for syntax in [Syntax::Yaml, Syntax::Json] {
            assert_eq!(refused(&text, syntax).kind, SourceErrorKind::TooLarge);
        }
    }
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.extend([format!("a{level}: &a{level} ["), aliases, "]\n".to_owned()]);
    }
    assert_eq!(refused(&bomb, Syntax::Yaml).kind, SourceErrorKind::Yaml(Problem::ExcessiveAliases));
}

#[test]
fn no_error_quotes_a_value() {
    let texts = [
        "a: s3cret: s3cret\n",
        "a: \"s3cret\n",
        "a: [s3cret\n",
        "a: 's3cret' s3cret\n",
        "- s3cret\nb: s3cret\n",
    ];
    for text in texts {
        let sentence = refused(text, Syntax::Yaml).to_string();
        assert!(!sentence.contains("s3cret"), "{sentence}");
    }
    for text in ["{\"a\": s3cret}", "{\"a\": \"s3cret", "{\"a\": 1 \"s3cret\"}", "{\"a\": 1e999}"] {
        let sentence = refused(text, Syntax::Json).to_string();
        assert!(!sentence.contains("s3cret"), "{sentence}");
    }
}

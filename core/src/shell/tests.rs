//! Where each fault stands, what is left open, and that reading ends: in time that grows as the text does.

use proptest::prelude::*;

use super::lexer::{Lexer, Token};
use super::submission::{Dialect, is_rewritten_by_kubernetes, position};
use super::*;
use crate::yaml::Position;

fn fault(text: &str, reader: Reader) -> Option<(Problem, usize)> {
    match read(text, reader).end {
        End::Refused(fault) if !fault.is_late => Some((fault.problem, fault.offset)),
        _ => None,
    }
}

#[test]
fn faults_stand_where_the_mistake_does() {
    use Problem::{
        AfterCompound, CommentAtEnd, HereDocumentAtEnd, MissingCommand, MissingTarget, Unclosed, Unexpected,
        Unfinished,
    };
    for (text, problem, offset) in [
        ("python 'a", Unclosed(Quote::Single), 7),
        ("python \"a $(b \"c\")", Unclosed(Quote::Double), 7),
        ("python $(a 'b')$(c", Unclosed(Quote::Substitution), 15),
        ("python `a", Unclosed(Quote::Backtick), 7),
        ("python ${a", Unclosed(Quote::Parameter), 7),
        ("python a;", MissingCommand(";"), 8),
        ("python a &", MissingCommand("&"), 9),
        ("python a && ", MissingCommand("&&"), 9),
        ("python a || && b", MissingCommand("&&"), 12),
        ("python a ;; b", MissingCommand(";;"), 9),
        ("python a >", MissingTarget, 9),
        ("python a 2> | b", MissingTarget, 9),
        ("python a (b)", Unexpected("("), 9),
        ("python a )", Unexpected(")"), 9),
        ("if true; then a; fi", Unexpected("then"), 9),
        ("for i in a; do b; done", Unexpected("do"), 12),
        ("{ a; }", Unexpected("}"), 5),
        ("a; if b; then c", Unfinished("if"), 3),
        ("a; while b", Unfinished("while"), 3),
        ("a; {", Unfinished("{"), 3),
        ("a; ( b", Unfinished("("), 3),
        ("a; { b; } c", AfterCompound, 10),
        ("a; fi", Unexpected("fi"), 3),
        ("a # b", CommentAtEnd, 2),
        ("a\n# b", CommentAtEnd, 2),
        ("a <<E\nb\nE", HereDocumentAtEnd, 2),
    ] {
        assert_eq!(fault(text, Reader::K8sJob), Some((problem, offset)), "{text:?}");
    }
}

#[test]
fn each_mode_has_its_own_faults() {
    let faults =
        |text| [Reader::K8sJob, Reader::Sidecar, Reader::Head].map(|reader| fault(text, reader).is_some());
    assert_eq!(faults("python a;"), [true, true, false]);
    assert_eq!(faults("python a # b"), [true, false, false]);
    assert_eq!(faults("python a <<E\nb\nE"), [true, false, false]);
    assert_eq!(faults("if a; then b; fi"), [true, true, false]);
    assert_eq!(faults("python a\n'b"), [true, false, false]);
    assert_eq!(faults("python 'b"), [true, true, true]);
    assert_eq!(faults("python a &&"), [true, true, true]);
}

#[test]
fn what_is_not_followed_is_left_open() {
    for text in
        ["a; case b in c) d;; esac", "a; for i in b; do c; done", "a; f() { b; }", "a <(b)", "a $(b # c)"]
    {
        assert!(matches!(read(text, Reader::K8sJob).end, End::Unsure(_)), "{text:?}");
    }
    for text in ["a <<< b", "a $'b'", "a &> b", "[[ a ]]", "time a", "a $((1))"] {
        assert!(matches!(read(text, Reader::Head).end, End::Unsure(_)), "{text:?}");
    }
}

#[test]
fn only_what_stands_before_the_first_operator_is_the_first_command() {
    let text = "python 'a b' \"$X\" \\\n c > d && e $Y";
    let script = read(text, Reader::K8sJob);
    let words: Vec<_> = script.first.words.iter().map(|word| word.value(text)).collect();
    assert_eq!(words, [Some("python".into()), Some("a b".into()), None, Some("c".into())]);
    assert_eq!(script.first.expansions, [Expansion::Variable(15..16)]);
    assert_eq!(script.first.redirections.len(), 1);
    assert_eq!(script.tail, Some((Operator::And, 27)));
    assert_eq!(script.end, End::Complete);
}

#[test]
fn what_kubernetes_may_replace_is_known() {
    for (text, expected) in [
        ("a $(RAY_JOB_SUBMISSION_ID)", true),
        ("a '$(X)'", true),
        ("a $$", true),
        ("a $(nproc)", false),
        ("a $(X y)", false),
        ("a $(X", false),
        ("a $X", false),
    ] {
        assert_eq!(is_rewritten_by_kubernetes(text), expected, "{text}");
    }
}

#[test]
fn positions_count_lines_and_characters_from_one() {
    let text = "é a\nbü c";
    assert_eq!(position(text, 0), Position { line: 1, column: 1 });
    assert_eq!(position(text, text.find('a').expect("there")), Position { line: 1, column: 3 });
    assert_eq!(position(text, text.find('c').expect("there")), Position { line: 2, column: 4 });
    assert_eq!(position(text, 1), Position { line: 1, column: 1 });
    assert_eq!(position(text, 100), Position { line: 2, column: 5 });
}

/// How often a byte was looked at.
fn steps(text: &str, dialect: Dialect) -> usize {
    let mut lexer = Lexer::new(text, dialect);
    while lexer.next().is_ok_and(|(_, token)| !matches!(token, Token::End)) {}
    lexer.steps.get()
}

#[test]
fn the_time_grows_as_the_text_does() {
    for piece in [
        "a ", "'", "\"", "`", "$(", "\"$(", "${", "$((", "(", ")", "{ ", "if ", ";", "\n", "#\n", "\\\n",
        "\\", "<<a ", "<<a\n", "$a", "'a'", "$'", "a=", "1>", "é", "$(\"", "a[", "! ",
    ] {
        for dialect in [Dialect::Bash, Dialect::Sh] {
            let (short, long) = (steps(&piece.repeat(2_000), dialect), steps(&piece.repeat(4_000), dialect));
            assert!(
                long <= 2 * short + 100 && long <= 40_000 * piece.len(),
                "{piece:?}: {short}, then {long}"
            );
        }
    }
}

proptest! {
    #[test]
    fn every_token_goes_forward(text in "[-a='\"`$(){}<>;&|#! \\\\\n1é]{0,60}") {
        for dialect in [Dialect::Bash, Dialect::Sh] {
            let mut lexer = Lexer::new(&text, dialect);
            let mut before = 0;
            while let Ok((start, token)) = lexer.next() {
                prop_assert!(start >= before && lexer.at <= text.len());
                if matches!(token, Token::End) {
                    break;
                }
                prop_assert!(lexer.at > start, "{text:?}");
                before = lexer.at;
            }
        }
    }

    #[test]
    fn every_text_is_read_and_every_place_is_in_it(text in "(?s).{0,40}|[-a='\"`$(){}<>;&|#! \\\\\n1é]{0,60}") {
        for reader in [Reader::K8sJob, Reader::Sidecar, Reader::Head] {
            let script = read(&text, reader);
            if let End::Refused(fault) = script.end {
                prop_assert!(fault.offset <= text.len(), "{text:?}: {fault:?}");
            }
            prop_assert!(script.tail.is_none_or(|(_, offset)| offset < text.len()));
            for word in &script.first.words {
                prop_assert!(word.is_expanded || word.value(&text).is_some(), "{text:?}: {word:?}");
            }
        }
    }
}

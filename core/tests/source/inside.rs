//! A position in the text of a scalar, and where it stands in the manifest.

use raygate_core::yaml::{Node, Position, Syntax, Value};

use crate::{at, read, steps};

/// Every character of the text under `a` that can be told, as `character line:column`.
fn all(text: &str, syntax: Syntax) -> Vec<String> {
    let source = read(text, syntax);
    let (place, taken) = source.place(&steps("a"));
    assert_eq!(taken, 1, "{text:?}");
    let mut found = Vec::new();
    let mut inner = Position::START;
    for character in value(source.root()).chars() {
        if let Some(position) = source.inside(&place, inner) {
            found.push(format!("{character} {}", at(position)));
        }
        inner = if character == '\n' {
            Position { line: inner.line + 1, column: 1 }
        } else {
            Position { column: inner.column + 1, ..inner }
        };
    }
    found
}

fn value<'n>(root: &'n Node<'_>) -> &'n str {
    match &root.value {
        Value::Mapping(entries) => match &entries[0].value.value {
            Value::String(text) => text,
            other => panic!("text, not {other:?}"),
        },
        other => panic!("a mapping, not {other:?}"),
    }
}

fn yaml(text: &str, expected: &str) {
    assert_eq!(all(text, Syntax::Yaml).join(", "), expected, "{text:?}");
}

#[test]
fn in_a_literal_every_line_stands_below_the_header() {
    yaml("a: |\n  xy\n\n   z\n", "x 2:3, y 2:4, \n 2:5, \n 3:1,   4:3, z 4:4, \n 4:5");
    yaml("a: |-  # note\n    x\n    é\n", "x 2:5, \n 2:6, é 3:5");
    yaml("a: |2\n    x\n   y\n", "  2:3,   2:4, x 2:5, \n 2:6,   3:3, y 3:4, \n 3:5");
    yaml("a: |+\n\n x\n\n", "\n 2:1, x 3:2, \n 3:3, \n 3:3");
    yaml("a: |\r\n  x\r\n  y\r\n", "x 2:3, \n 2:4, y 3:3, \n 3:4");
}

#[test]
fn in_a_folded_text_it_is_told_as_far_as_lines_are_joined_in_the_usual_way() {
    yaml("a: >\n  x\n  y\n\n  z\n", "x 2:3,   2:4, y 3:3, \n 3:4, z 5:3, \n 5:4");
    yaml("a: >-\n  x\n    y\n  z\n", "x 2:3, \n 2:4,   3:3,   3:4, y 3:5, \n 3:6, z 4:3");
}

#[test]
fn in_quotes_it_is_told_up_to_the_rarer_escapes() {
    yaml("a: 'x''y'\n", "x 1:5, ' 1:6, y 1:8");
    yaml("a: \"x\\ny\\x41z\"\n", "x 1:5, \n 1:6, y 1:8");
    yaml("a: \"x\n\n   y\"\n", "x 1:5, \n 1:6, y 3:4");
    yaml("a: x y\n  z\n", "x 1:4,   1:5, y 1:6,   1:7, z 2:3");
    let json = all("{\"a\": \"x: 1\\ny: \\\"é\\\"\"}", Syntax::Json).join(", ");
    assert_eq!(
        json,
        "x 1:8, : 1:9,   1:10, 1 1:11, \n 1:12, y 1:14, : 1:15,   1:16, \" 1:17, é 1:19, \" 1:20"
    );
}

#[test]
fn the_end_of_a_text_can_be_told_and_nothing_behind_it() {
    let told = |text: &str, line, column| {
        let source = read(text, Syntax::Yaml);
        let (place, _) = source.place(&steps("a"));
        source.inside(&place, Position { line, column }).map(at)
    };
    assert_eq!(told("a: |\n  x\n", 1, 2).as_deref(), Some("2:4"));
    assert_eq!(told("a: |\n  x\n", 2, 1).as_deref(), Some("2:4"));
    assert_eq!(told("a: 'x'\n", 1, 2).as_deref(), Some("1:6"));
    assert_eq!(told("a: \"x\\x41\"\n", 1, 2), None);
    for (line, column) in [(1, 3), (2, 2), (3, 1), (0, 1), (1, 0)] {
        assert_eq!(told("a: |\n  x\n", line, column), None, "{line}:{column}");
    }
    assert_eq!(told("a: {b: c}\n", 1, 1), None);
}

#[test]
fn a_text_behind_an_alias_is_not_followed_and_a_merged_one_is() {
    let source = read("x: &x {a: &a bc}\na: *a\nz: {<<: *x}\n", Syntax::Yaml);
    let inner = Position { line: 1, column: 2 };
    assert_eq!(source.inside(&source.place(&steps("a")).0, inner), None);
    assert_eq!(source.inside(&source.place(&steps("z.a")).0, inner).map(at).as_deref(), Some("1:15"));
}

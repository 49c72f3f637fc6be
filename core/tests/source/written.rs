//! The property: whatever is written in whichever style, `place` finds exactly the bytes of every leaf and key.

use proptest::prelude::*;
use proptest::sample::select;
use raygate_core::field_path::Step;
use raygate_core::yaml::{Node, Position, Source, Style, Syntax, Value};

use crate::read;
use crate::writer::{Leaf, Tree, Writer};

fn leaf() -> impl Strategy<Value = Tree> {
    let either = select(vec![Style::SingleQuoted, Style::DoubleQuoted]);
    let plain = "[a-z]([a-z0-9é日😀./_-]{0,8}[a-z0-9])?( [a-z0-9]([a-z0-9:#ü]{0,3}[a-z])?){0,2}";
    let quoted = "[ -~é日😀\u{a0}]{0,12}";
    let lines = "(  )?[a-zé]{1,6}( [ -~]{0,6}[a-z])?(\n{1,2} {0,2}[a-zé#:|'\"-]{1,6}){0,3}";
    prop_oneof![
        plain.prop_map(|text| Tree::Leaf { text, style: Style::Plain }),
        (quoted, either).prop_map(|(text, style)| Tree::Leaf { text, style }),
        lines.prop_map(|text| Tree::Leaf { text, style: Style::Literal }),
        "[a-zé]{1,6}(\n\n[a-z]{1,6}){0,2}".prop_map(|text| Tree::Leaf { text, style: Style::Folded }),
        Just(Tree::Leaf { text: String::new(), style: Style::Nothing }),
    ]
}

fn tree() -> impl Strategy<Value = Tree> {
    leaf().prop_recursive(5, 40, 4, |inner| {
        let choices = (any::<bool>(), 1..4_usize, any::<bool>());
        let styles = select(vec![Style::Plain, Style::SingleQuoted, Style::DoubleQuoted]);
        let key = ("k[a-zé/.]{0,4}", styles);
        let list = (prop::collection::vec(inner.clone(), 1..4), choices.clone());
        let map = (prop::collection::vec((key, inner), 1..4), choices);
        prop_oneof![
            list.prop_map(|(items, (flow, width, note))| Tree::List { items, flow, width, note }),
            map.prop_map(|(entries, (flow, width, note))| {
                // A number makes every key another one.
                let number = |(at, ((key, style), value)): (usize, ((String, Style), Tree))| {
                    (format!("{key}{at}"), style, value)
                };
                let entries = entries.into_iter().enumerate().map(number).collect();
                Tree::Map { entries, flow, width, note }
            }),
        ]
    })
}

fn follow<'n, 'a>(node: &'n Node<'a>, way: &[Step<'_>]) -> &'n Value<'a> {
    way.iter().fold(&node.value, |value, step| match (value, step) {
        (Value::Sequence(items), Step::Index(at)) => &items[*at].value,
        (Value::Mapping(entries), Step::Key(key)) => {
            &entries.iter().find(|entry| entry.key == *key).expect("the key").value.value
        }
        other => panic!("no way: {other:?}"),
    })
}

/// Every character that `inside` tells the place of stands there, and of a literal it tells all.
fn follow_inside(text: &str, source: &Source<'_>, leaf: &Leaf) {
    let (place, _) = source.place(&leaf.way);
    let lines: Vec<&str> = text.split('\n').map(|line| line.trim_end_matches('\r')).collect();
    let mut inner = Position::START;
    for character in leaf.value.chars() {
        let found = source.inside(&place, inner);
        let at = |position: Position| {
            lines[position.line as usize - 1].chars().nth(position.column as usize - 1).unwrap_or('\n')
        };
        match found.map(at) {
            Some('\\') if character != '\\' => assert_eq!(leaf.style, Style::DoubleQuoted),
            Some(there) => assert_eq!(there, character, "{inner:?} of {:?} in\n{text}", leaf.way),
            None => assert_eq!(leaf.style, Style::DoubleQuoted, "{inner:?} of {:?} in\n{text}", leaf.way),
        }
        inner = if character == '\n' {
            Position { line: inner.line + 1, column: 1 }
        } else {
            Position { column: inner.column + 1, ..inner }
        };
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn every_leaf_and_key_stands_where_it_was_written(tree in tree(), windows in any::<bool>()) {
        let written = Writer::document(&tree, if windows { "\r\n" } else { "\n" });
        let text = &written.text;
        let source = read(text, Syntax::Yaml);
        prop_assert!(!written.leaves.is_empty());
        for leaf in &written.leaves {
            let (place, taken) = source.place(&leaf.way);
            prop_assert_eq!(taken, leaf.way.len(), "{:?} in\n{}", leaf.way, text);
            prop_assert_eq!(&place.value.bytes, &leaf.bytes, "{:?} in\n{}", leaf.way, text);
            prop_assert_eq!(place.style, leaf.style, "{:?} in\n{}", leaf.way, text);
            prop_assert_eq!(place.key.map(|key| key.bytes), leaf.key.clone(), "{:?} in\n{}", leaf.way, text);
            follow_inside(text, &source, leaf);
            let value = follow(source.root(), &leaf.way);
            match value {
                Value::String(found) => prop_assert_eq!(found.as_ref(), leaf.value.as_str(), "in\n{}", text),
                Value::Null => prop_assert_eq!(leaf.style, Style::Nothing),
                other => prop_assert_eq!(leaf.style, Style::Plain, "{:?}", other),
            }
        }
    }
}

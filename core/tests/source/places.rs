//! A table of snippets: what is written there, and where, for every style.

use raygate_core::yaml::{Style, Syntax};

use crate::{read, shown, steps};

/// The way, how many of its steps are there, the key's place, the value's place, what is written there, its style.
type Row = (&'static str, usize, &'static str, &'static str, &'static str, Style);

fn check(syntax: Syntax, text: &str, rows: &[Row]) {
    let source = read(text, syntax);
    for (way, taken, key, value, written, style) in rows {
        let (place, count) = source.place(&steps(way));
        let found = (
            count,
            place.key.as_ref().map(shown).unwrap_or_default(),
            shown(&place.value),
            &text[place.value.bytes.clone()],
            place.style,
        );
        assert_eq!(
            found,
            (*taken, (*key).to_owned(), (*value).to_owned(), *written, *style),
            "{way} in\n{text}"
        );
    }
}

fn yaml(text: &str, rows: &[Row]) {
    check(Syntax::Yaml, text, rows);
}

#[test]
fn scalars_of_each_style_stand_where_they_are_written() {
    yaml(
        "plain: some text  # note\nsingle: 'it''s'\ndouble: \"a\\n\"\nnumber : 017\nlong: one\n  two\n",
        &[
            ("plain", 1, "1:1-1:6", "1:8-1:17", "some text", Style::Plain),
            ("single", 1, "2:1-2:7", "2:9-2:16", "'it''s'", Style::SingleQuoted),
            ("double", 1, "3:1-3:7", "3:9-3:14", "\"a\\n\"", Style::DoubleQuoted),
            ("number", 1, "4:1-4:7", "4:10-4:13", "017", Style::Plain),
            ("long", 1, "5:1-5:5", "5:7-6:6", "one\n  two", Style::Plain),
        ],
    );
}

#[test]
fn block_texts_begin_with_their_header_and_end_with_their_last_line() {
    let text = "a: |  # a > b\n  x\n\n  y \n\n# note\nb: # |\n  - >-\n    f\n    g\n  - |2\n      h\nc: |\nd: &x !!str |+\n  z\n\n";
    yaml(
        text,
        &[
            ("a", 1, "1:1-1:2", "1:4-4:5", "|  # a > b\n  x\n\n  y ", Style::Literal),
            ("b.0", 2, "", "8:5-10:6", ">-\n    f\n    g", Style::Folded),
            ("b.1", 2, "", "11:5-12:8", "|2\n      h", Style::Literal),
            ("c", 1, "13:1-13:2", "13:4-13:5", "|", Style::Literal),
            ("d", 1, "14:1-14:2", "14:13-15:4", "|+\n  z", Style::Literal),
        ],
    );
}

#[test]
fn a_block_text_at_the_end_of_a_file_needs_no_line_break() {
    yaml("a: |\n  x\n  y", &[("a", 1, "1:1-1:2", "1:4-3:4", "|\n  x\n  y", Style::Literal)]);
    yaml("a:\n  - |", &[("a.0", 2, "", "2:5-2:6", "|", Style::Literal)]);
}

#[test]
fn lists_and_mappings_reach_from_their_first_to_their_last_value() {
    let text = "spec:\n  groups:\n  - name: a\n    size: 1\n\n  # note\n  -   name: b\n      more:\n      - 1\n\nlast: x\n";
    yaml(
        text,
        &[
            ("", 0, "", "1:1-11:8", text.trim_end(), Style::Block),
            ("spec", 1, "1:1-1:5", "2:3-9:10", &text[8..text.len() - 10], Style::Block),
            ("spec.groups", 2, "2:3-2:9", "3:3-9:10", &text[18..text.len() - 10], Style::Block),
            ("spec.groups.0", 3, "", "3:5-4:12", "name: a\n    size: 1", Style::Block),
            ("spec.groups.0.size", 4, "4:5-4:9", "4:11-4:12", "1", Style::Plain),
            ("spec.groups.1", 3, "", "7:7-9:10", "name: b\n      more:\n      - 1", Style::Block),
            ("spec.groups.1.more", 4, "8:7-8:11", "9:7-9:10", "- 1", Style::Block),
            ("spec.groups.1.more.0", 5, "", "9:9-9:10", "1", Style::Plain),
        ],
    );
    yaml("- - c\n  - d\n", &[("0", 1, "", "1:3-2:6", "- c\n  - d", Style::Block)]);
}

#[test]
fn flow_collections_stand_between_their_brackets() {
    yaml(
        "a: {b: 1, \"c\": [d, \"e\" , f: g], h: , i}\nj: [ ]\nk: {\n  l: 2,\n}\n",
        &[
            ("a", 1, "1:1-1:2", "1:4-1:40", "{b: 1, \"c\": [d, \"e\" , f: g], h: , i}", Style::Flow),
            ("a.b", 2, "1:5-1:6", "1:8-1:9", "1", Style::Plain),
            ("a.c", 2, "1:11-1:14", "1:16-1:31", "[d, \"e\" , f: g]", Style::Flow),
            ("a.c.1", 3, "", "1:20-1:23", "\"e\"", Style::DoubleQuoted),
            ("a.c.2", 3, "", "1:26-1:30", "f: g", Style::Flow),
            ("a.c.2.f", 4, "1:26-1:27", "1:29-1:30", "g", Style::Plain),
            ("a.h", 2, "1:33-1:34", "1:35-1:35", "", Style::Nothing),
            ("a.i", 2, "1:38-1:39", "1:39-1:39", "", Style::Nothing),
            ("j", 1, "2:1-2:2", "2:4-2:7", "[ ]", Style::Flow),
            ("k", 1, "3:1-3:2", "3:4-5:2", "{\n  l: 2,\n}", Style::Flow),
        ],
    );
}

#[test]
fn nothing_stands_behind_its_colon_or_dash() {
    yaml(
        "a:\nb : # note\nc:\n-\n- - \nd: &x\ne: !!null\nf:",
        &[
            ("a", 1, "1:1-1:2", "1:3-1:3", "", Style::Nothing),
            ("b", 1, "2:1-2:2", "2:4-2:4", "", Style::Nothing),
            ("c.0", 2, "", "4:2-4:2", "", Style::Nothing),
            ("c.1.0", 3, "", "5:5-5:5", "", Style::Nothing),
            ("f", 1, "8:1-8:2", "8:3-8:3", "", Style::Nothing),
        ],
    );
    yaml("# only a note\n", &[("a", 0, "", "1:1-1:1", "", Style::Nothing)]);
}

#[test]
fn of_what_is_absent_the_deepest_place_is_told() {
    yaml(
        "a:\n  b: [c]\n",
        &[
            ("a.x.y", 1, "1:1-1:2", "2:3-2:9", "b: [c]", Style::Block),
            ("a.b.7", 2, "2:3-2:4", "2:6-2:9", "[c]", Style::Flow),
            ("a.b.0.z", 3, "", "2:7-2:8", "c", Style::Plain),
            ("a.0", 1, "1:1-1:2", "2:3-2:9", "b: [c]", Style::Block),
            ("x", 0, "", "1:1-2:9", "a:\n  b: [c]", Style::Block),
        ],
    );
}

#[test]
fn keys_are_found_as_json_holds_them() {
    yaml(
        "yes: a\n017: b\n1e3: c\n\"017\": d\n'yes': e\n? f\n: g\né: ü\n",
        &[
            ("true", 1, "1:1-1:4", "1:6-1:7", "a", Style::Plain),
            ("\"15\"", 1, "2:1-2:4", "2:6-2:7", "b", Style::Plain),
            ("\"1000\"", 1, "3:1-3:4", "3:6-3:7", "c", Style::Plain),
            ("\"017\"", 1, "4:1-4:6", "4:8-4:9", "d", Style::Plain),
            ("yes", 1, "5:1-5:6", "5:8-5:9", "e", Style::Plain),
            ("f", 1, "6:3-6:4", "7:3-7:4", "g", Style::Plain),
            ("é", 1, "8:1-8:2", "8:4-8:5", "ü", Style::Plain),
        ],
    );
}

#[test]
fn what_comes_through_an_alias_or_a_merge_key_is_shared() {
    let text = "base: &base\n  image: ray\n  env: &env [a]\nhead:\n  <<: *base\n  tag: x\nenv: *env\nworkers:\n- <<: [{image: other}, *base]\n  image: own\n";
    yaml(
        text,
        &[
            ("base.image", 2, "2:3-2:8", "2:10-2:13", "ray", Style::Plain),
            ("head.image", 2, "2:3-2:8", "2:10-2:13", "ray", Style::Alias),
            ("head.env.0", 3, "", "3:14-3:15", "a", Style::Alias),
            ("head.tag", 2, "6:3-6:6", "6:8-6:9", "x", Style::Plain),
            ("head.absent", 1, "4:1-4:5", "5:3-6:9", "<<: *base\n  tag: x", Style::Block),
            ("env", 1, "7:1-7:4", "7:6-7:10", "*env", Style::Alias),
            ("env.0", 2, "", "3:14-3:15", "a", Style::Alias),
            ("env.1", 1, "7:1-7:4", "7:6-7:10", "*env", Style::Alias),
            ("workers.0.image", 3, "10:3-10:8", "10:10-10:13", "own", Style::Plain),
            ("workers.0.env", 3, "3:3-3:6", "3:13-3:16", "[a]", Style::Alias),
        ],
    );
    // A merge key behind a key replaces it, in Go.
    yaml("a: 1\n<<: {a: 2}\n", &[("a", 1, "2:6-2:7", "2:9-2:10", "2", Style::Alias)]);
}

#[test]
fn anchors_and_tags_are_no_part_of_a_value() {
    yaml(
        "a: &x !!str 1\nb: &y\n  c: 2\nd: !!seq\n- e\nf: &z [g]\n",
        &[
            ("a", 1, "1:1-1:2", "1:13-1:14", "1", Style::Plain),
            ("b", 1, "2:1-2:2", "3:3-3:7", "c: 2", Style::Block),
            ("d", 1, "4:1-4:2", "5:1-5:4", "- e", Style::Block),
            ("f", 1, "6:1-6:2", "6:7-6:10", "[g]", Style::Flow),
        ],
    );
}

#[test]
fn line_ends_of_windows_and_a_byte_order_mark_move_nothing() {
    let text = "\u{feff}a: 1\r\nb: |\r\n  x\r\n  y\r\nc:\r\n- d\r\n";
    yaml(
        text,
        &[
            ("a", 1, "1:1-1:2", "1:4-1:5", "1", Style::Plain),
            ("b", 1, "2:1-2:2", "2:4-4:4", "|\r\n  x\r\n  y", Style::Literal),
            ("c", 1, "5:1-5:2", "6:1-6:4", "- d", Style::Block),
        ],
    );
}

#[test]
fn json_has_places_too() {
    let text = "{\n  \"a\": [1, {\"b\\u0031\": \"\\/\\ud83d\\ude00\"}],\r\n\t\"<<\"\n : {\"ü\": \"ö\" , \"c\": null}, \"n\": 1e3}\n";
    check(
        Syntax::Json,
        text,
        &[
            ("", 0, "", "1:1-4:37", text.trim_end(), Style::Flow),
            ("a", 1, "2:3-2:6", "2:8-2:42", &text[9..43], Style::Flow),
            ("a.0", 2, "", "2:9-2:10", "1", Style::Plain),
            ("a.1.b1", 3, "2:13-2:22", "2:24-2:40", "\"\\/\\ud83d\\ude00\"", Style::DoubleQuoted),
            ("<<.ü", 2, "4:5-4:8", "4:10-4:13", "\"ö\"", Style::DoubleQuoted),
            ("<<.c", 2, "4:16-4:19", "4:21-4:25", "null", Style::Plain),
            ("n", 1, "4:28-4:31", "4:33-4:36", "1e3", Style::Plain),
        ],
    );
}

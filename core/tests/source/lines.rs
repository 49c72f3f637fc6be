//! Lines and columns of long texts, and the scalars of a text by the way to them.

use raygate_core::yaml::{Position, Style, Syntax};

use crate::{at, read, steps};

#[test]
fn columns_count_characters_on_lines_of_any_length() {
    for length in [0, 1, 510, 1023, 1024, 1025, 2048, 5000] {
        for filler in ["x", "ä", "你", "🦀"] {
            let text = format!("{{\"a\": \"{}\", \"b\": 1}}", filler.repeat(length));
            let source = read(&text, Syntax::Json);
            let (place, _) = source.place(&steps("b"));
            let column = u32::try_from(length + 16).unwrap_or_default();
            let start = place.value.start;
            assert_eq!((start.line, start.column), (1, column), "{length} × {filler}");
            assert_eq!(place.value.end, Position { column: column + 1, ..start });
        }
    }
}

#[test]
fn a_line_is_the_one_that_positions_count() {
    let text = "\u{feff}a: 1\r\nb: 2\r# c\rd: ä\n\ne: 5";
    let source = read(text, Syntax::Yaml);
    let lines: Vec<_> = (0..8).map(|number| source.line(number)).collect();
    assert_eq!(lines, ["a: 1", "a: 1", "b: 2", "# c", "d: ä", "", "e: 5", ""]);
    let (place, _) = source.place(&steps("e"));
    assert_eq!(at(place.value.start), "6:4");
}

#[test]
fn scalars_are_found_by_their_way_also_behind_aliases_and_merge_keys() {
    let text = "base: &base {env: &env [{value: one}], other: two}\njob:\n  <<: *base\n  more: *env\n  also: &t three\n  env: {value: *t}\n";
    let source = read(text, Syntax::Yaml);
    let found = |first: &str, last: &str| {
        let places = source.scalars(|way| {
            way.first().and_then(|step| step.key()) == Some(first)
                && way.last().and_then(|step| step.key()) == Some(last)
        });
        let shown = places.iter().map(|place| (&text[place.value.bytes.clone()], place.style));
        shown.collect::<Vec<_>>()
    };
    assert_eq!(found("base", "value"), [("one", Style::Plain)]);
    // Where an alias stands, and where its value does.
    assert_eq!(found("job", "value"), [("one", Style::Plain), ("three", Style::Plain), ("*t", Style::Alias)]);
    assert_eq!(found("job", "other"), [("two", Style::Plain)]);
    assert_eq!(found("job", "nothing"), []);
}

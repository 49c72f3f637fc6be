//! What may be a secret in a text and must not be drawn: found once for all findings of the text, and given to `locate`
//! line by line.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use raygate_core::field_path::Step;
use raygate_core::secrets;
use raygate_core::yaml::{Place, Position, Source, Style};

use super::locate::{Stretch, column};
use super::template;

/// The places of a text that may hold secrets.
pub(super) struct Secrets {
    /// In the order of the text; none reaches into the next.
    places: Vec<Place>,
    /// What was answered for a line: many findings may stand on one.
    lines: RefCell<HashMap<u32, Arc<[Stretch]>>>,
}

impl Secrets {
    pub(super) fn of(source: &Source<'_>) -> Self {
        Self { places: source.scalars(may_hold), lines: RefCell::default() }
    }

    /// What is not to be drawn of the line of that number and text, `placed` in the file; the same for each question.
    pub(super) fn on(&self, line: u32, text: &str, placed: impl Fn(Stretch) -> Stretch) -> Arc<[Stretch]> {
        let find = || {
            let first = self.places.partition_point(|place| place.value.end.line < line);
            let here = self.places[first..].iter().take_while(|place| place.value.start.line <= line);
            here.filter_map(|place| hidden_part((line, text), place)).map(placed).collect()
        };
        Arc::clone(self.lines.borrow_mut().entry(line).or_insert_with(find))
    }
}

/// The part of one line that a secret takes. In a text of several lines the keys and the packages of a list stay.
fn hidden_part((line, text): (u32, &str), place: &Place) -> Option<Stretch> {
    let (start, end) = (place.value.start, place.value.end);
    if start.line == end.line {
        return Some((start, end));
    }
    if line == start.line && matches!(place.style, Style::Literal | Style::Folded) {
        return None;
    }
    let width = column(text.trim_end().chars().count()) + 1;
    let from = match place.style {
        Style::Literal => column(shown_part(text)) + 1,
        _ if line == start.line => start.column,
        _ => 1,
    };
    let until = if line == end.line { end.column.min(width) } else { width };
    (from < until).then_some((Position { line, column: from }, Position { line, column: until }))
}

/// Whether the value at the end of this way, from the text's root, may be a secret.
fn may_hold(way: &[Step<'_>]) -> bool {
    let mut inside = way;
    // The texts of a list hold several objects; each is written below `items` and a number.
    while inside.len() > 2 && inside[0].key() == Some("items") {
        inside = &inside[2..];
    }
    // A template of jobs is a job of its own.
    if inside.get(1).and_then(Step::key) == Some(template::KEY) {
        let way: Vec<_> = inside.iter().take(1).chain(inside.iter().skip(2)).cloned().collect();
        return secrets::may_hold(&way);
    }
    secrets::may_hold(inside)
}

/// How many characters of a line of embedded YAML are certainly no secret: indentation, dashes, a key; or a whole package.
fn shown_part(line: &str) -> usize {
    let dashed = line.trim_start_matches([' ', '-']);
    let before = line.len() - dashed.len();
    let is_name = |text: &str| {
        !text.is_empty()
            && text.chars().all(|character| character.is_ascii_alphanumeric() || "_-.".contains(character))
    };
    let is_package = |text: &str| {
        text.len() <= 40
            && text
                .chars()
                .all(|character| character.is_ascii_alphanumeric() || "_-.<>=!~,[] ".contains(character))
    };
    match dashed.split_once(':') {
        Some((key, _)) if is_name(key) => before + key.len() + 1,
        None if line.trim_start().starts_with('-') && is_package(dashed) => line.len(),
        _ => before,
    }
}

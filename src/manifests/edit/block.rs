//! Additions to a mapping in block style: new lines with the mapping's own indentation.

use raygate_core::yaml::{Place, Style};
use serde_json::Value;

use super::lines::{self, Following};
use super::text_edit::TextEdit;
use super::written::{self, Quotes, lines_in_block};
use super::{Parent, Written};

/// The edits that add these entries.
pub(super) fn add(parent: &Parent<'_>, entries: &[(String, Value)]) -> Option<Vec<TextEdit>> {
    let mut edits = Vec::new();
    for (key, value) in entries {
        match parent.entry(key) {
            Some(written) => edits.extend(fill(parent, written, value)?),
            None => edits.push(new_lines(parent, key, value)),
        }
    }
    Some(edits)
}

/// Blanks before the keys of the mapping.
fn indentation(parent: &Parent<'_>) -> usize {
    parent.place.value.start.column as usize - 1
}

/// The lines of a new entry. A scalar goes below the last scalar, everything else to the end.
fn new_lines(parent: &Parent<'_>, key: &str, value: &Value) -> TextEdit {
    let text = parent.text;
    let is_sibling = |entry: &&Written| value.is_object() || value.is_array() || !entry.holds_collection;
    let entries = &parent.entries;
    let sibling = entries.iter().rev().find(is_sibling).or(entries.last());
    let mapping_end = parent.place.value.bytes.end;
    let end = sibling.map_or(mapping_end, Written::end);
    let begin = sibling.map_or(parent.place.value.bytes.start, |entry| entry.place.value.bytes.start);
    let following = Following {
        is_last: end >= mapping_end,
        keeps_blank_lines: text.get(begin..end).is_some_and(lines::may_keep_blank_lines),
    };
    let point = lines::behind_entry(text, end, indentation(parent), following);
    let lines = lines_in_block(key, value, indentation(parent), parent.step(), parent.quotes());
    below(text, point, &lines, parent.steps.len())
}

/// Writes lines below the line that ends here.
fn below(text: &str, point: usize, lines: &[String], depth: usize) -> TextEdit {
    let line_break = lines::break_at(text, point);
    let written: String = lines.iter().flat_map(|line| [line_break, line]).collect();
    TextEdit::insert(point, written, depth)
}

/// Writes a value where there is a null or an empty text.
fn fill(parent: &Parent<'_>, entry: &Written, value: &Value) -> Option<Vec<TextEdit>> {
    let place = &entry.place;
    let depth = parent.steps.len() + 1;
    if let Value::Object(entries) = value
        && !entries.is_empty()
    {
        let entries: Vec<_> = entries.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
        let inner = (indentation(parent) + parent.step(), parent.step());
        if let Some(edits) = fill_with_lines(parent.text, place, &entries, inner, depth) {
            return Some(edits);
        }
    }
    if place.style == Style::Alias {
        return None;
    }
    let written = written::value_in_flow(value, parent.quotes().or_those_of(place.style));
    let bytes = place.value.bytes.clone();
    Some(vec![if place.style == Style::Nothing {
        TextEdit::insert(bytes.start, format!(" {written}"), depth)
    } else {
        TextEdit::replace(bytes, written, depth)
    }])
}

/// Takes a null or `{}` away and writes entries on the lines below; `None` when it does not stand behind its key.
pub(super) fn fill_with_lines(
    text: &str,
    place: &Place,
    entries: &[(String, Value)],
    (indentation, step): (usize, usize),
    depth: usize,
) -> Option<Vec<TextEdit>> {
    let key = place.key.as_ref()?;
    let value = place.value.bytes.clone();
    let is_beside = text.get(key.bytes.end..value.end)?.find(['\n', '\r']).is_none();
    if !is_beside || !matches!(place.style, Style::Plain | Style::Nothing | Style::Flow) {
        return None;
    }
    let before = text[..value.start].trim_end_matches([' ', '\t']).len();
    let outer = key.start.column as usize - 1;
    let following = Following { is_last: false, keeps_blank_lines: false };
    let point = lines::behind_entry(text, value.end, outer, following);
    let lines: Vec<_> = entries
        .iter()
        .flat_map(|(key, value)| lines_in_block(key, value, indentation, step, Quotes::DOUBLE))
        .collect();
    let mut edits = vec![below(text, point, &lines, depth)];
    if place.style != Style::Nothing {
        edits.push(TextEdit::replace(before..value.end, "", depth));
    }
    Some(edits)
}

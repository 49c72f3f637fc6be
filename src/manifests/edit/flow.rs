//! Additions to a mapping between brackets, in JSON too: before the closing one, laid out as what stands there.

use raygate_core::yaml::{Style, Syntax};
use serde_json::Value;

use super::text_edit::TextEdit;
use super::written::{Layout, Lines, Quotes};
use super::{Parent, Written, block, lines};

/// The edits that add these entries.
pub(super) fn add(parent: &Parent<'_>, entries: &[(String, Value)]) -> Option<Vec<TextEdit>> {
    let mut edits = Vec::new();
    let mut new = Vec::new();
    for entry in entries {
        match parent.entry(&entry.0) {
            Some(written) => edits.push(fill(parent, written, &entry.1)?),
            None => new.push(entry.clone()),
        }
    }
    if !new.is_empty() {
        edits.extend(match parent.entries.last() {
            Some(last) => behind(parent, last, &new)?,
            None => inside(parent, &new)?,
        });
    }
    Some(edits)
}

/// How the mapping is laid out, told by one of its entries or by itself.
struct Look<'t> {
    quotes: Quotes,
    compact: bool,
    line_break: &'t str,
    /// The blanks before each entry, when each stands on a line of its own.
    indentation: Option<&'t str>,
    unit: &'t str,
}

impl<'t> Look<'t> {
    fn of(parent: &Parent<'t>, entry: Option<&Written>) -> Self {
        let text = parent.text;
        let open = parent.place.value.bytes.start;
        let key = entry.and_then(|entry| entry.place.key.as_ref());
        let is_json =
            parent.syntax == Syntax::Json || key.is_some_and(|key| text[key.bytes.start..].starts_with('"'));
        let gap =
            entry.zip(key).and_then(|(entry, key)| text.get(key.bytes.end..entry.place.value.bytes.start));
        let own_line = key.filter(|key| lines::start(text, key.bytes.start) > open);
        let own_line = own_line.filter(|key| lines::is_first(text, key.bytes.start));
        let indentation = own_line.map(|key| lines::indentation(text, key.bytes.start));
        let outer = lines::indentation(text, open);
        let unit = indentation.and_then(|inner| inner.strip_prefix(outer)).filter(|unit| !unit.is_empty());
        Self {
            quotes: if is_json { Quotes::JSON } else { parent.quotes() },
            compact: is_json && gap == Some(":"),
            line_break: lines::break_at(text, lines::end(text, open)),
            indentation,
            unit: unit.unwrap_or("  "),
        }
    }

    fn layout(&self) -> Layout<'t> {
        let lines = self.indentation.map(|indentation| Lines {
            line_break: self.line_break,
            indentation,
            unit: self.unit,
        });
        Layout { quotes: self.quotes, compact: self.compact, lines }
    }

    fn entries(&self, entries: &[(String, Value)]) -> Vec<String> {
        entries.iter().map(|(key, value)| self.layout().entry(key, value)).collect()
    }
}

/// Writes entries behind the last one.
fn behind(parent: &Parent<'_>, last: &Written, entries: &[(String, Value)]) -> Option<Vec<TextEdit>> {
    let (text, depth) = (parent.text, parent.steps.len());
    let close = parent.place.value.bytes.end.checked_sub(1)?;
    let look = Look::of(parent, Some(last));
    let written = look.entries(entries);
    let (end, has_comma) = match Gap::of(text.get(last.end()..close)?) {
        Gap::Nothing => (last.end(), false),
        Gap::Comma(offset) => (last.end() + offset + 1, true),
        Gap::Other => {
            let keys = parent.entries.iter().filter_map(|entry| entry.place.key.as_ref());
            let first = keys.map(|key| key.bytes.start).min()?;
            let comma = look.layout().comma();
            return Some(vec![TextEdit::insert(first, written.join(comma) + comma, depth)]);
        }
    };
    // A colon right before a comma may be taken for text.
    let blank = if !has_comma && text[..end].ends_with(':') { " " } else { "" };
    let Some(indentation) = look.indentation else {
        let separator = look.layout().comma();
        let joined = written.join(separator);
        let before = if has_comma { " ".to_owned() } else { format!("{blank}{separator}") };
        return Some(vec![TextEdit::insert(end, before + &joined, depth)]);
    };
    let point = lines::end(text, end).min(close);
    // The bracket may stand on the last entry's line.
    let point = if point == close { end } else { point };
    let begin = format!("{}{indentation}", look.line_break);
    let joined = written.join(&format!(",{begin}"));
    if has_comma {
        return Some(vec![TextEdit::insert(point, format!("{begin}{joined},"), depth)]);
    }
    let comma = TextEdit::insert(end, format!("{blank},"), depth);
    Some(vec![comma, TextEdit::insert(point, format!("{begin}{joined}"), depth)])
}

/// What stands between the last entry and the bracket, besides blanks and comments.
enum Gap {
    Nothing,
    /// A comma, so many bytes in.
    Comma(usize),
    /// A merge key, which is none of the entries.
    Other,
}

impl Gap {
    fn of(text: &str) -> Self {
        let mut gap = Self::Nothing;
        let mut offset = 0;
        while let Some(character) = text[offset..].chars().next() {
            match (character, &gap) {
                (',', Self::Nothing) => gap = Self::Comma(offset),
                ('#', _) => {
                    offset = lines::end(text, offset);
                    continue;
                }
                _ if character.is_whitespace() => {}
                _ => return Self::Other,
            }
            offset += character.len_utf8();
        }
        gap
    }
}

/// Writes entries between brackets that hold nothing.
fn inside(parent: &Parent<'_>, entries: &[(String, Value)]) -> Option<Vec<TextEdit>> {
    let (text, depth) = (parent.text, parent.steps.len());
    let bytes = parent.place.value.bytes.clone();
    let between = bytes.start + 1..bytes.end.checked_sub(1)?;
    let is_empty = text.get(between.clone())?.trim_matches([' ', '\t']).is_empty();
    let around = parent.around();
    let style = around.as_ref().map(|place| place.style);
    if style == Some(Style::Block) && is_empty {
        let outer = parent.place.key.as_ref()?.start.column as usize - 1;
        let step = parent.step();
        if let Some(edits) = block::fill_with_lines(text, &parent.place, entries, (outer + step, step), depth)
        {
            return Some(edits);
        }
    }
    if let (Some((_, above)), Some(Style::Flow)) = (parent.steps.split_last(), style) {
        let outer = Parent::find(text, parent.source, parent.syntax, above)?;
        let own = outer.entries.iter().find(|entry| entry.place.value == parent.place.value);
        let look = Look::of(&outer, own);
        let value = Value::Object(entries.iter().cloned().collect());
        if is_empty {
            return Some(vec![TextEdit::replace(bytes, look.layout().value(&value), depth)]);
        }
    }
    let look = Look::of(parent, None);
    let written = look.entries(entries).join(look.layout().comma());
    let range = if is_empty { between } else { between.start..between.start };
    Some(vec![TextEdit::replace(range, written, depth)])
}

/// Writes a value where there is a null or an empty text.
fn fill(parent: &Parent<'_>, entry: &Written, value: &Value) -> Option<TextEdit> {
    let depth = parent.steps.len() + 1;
    let place = &entry.place;
    let look = Look::of(parent, Some(entry));
    let quotes = look.quotes.or_those_of(place.style);
    let written = Layout { quotes, ..look.layout() }.value(value);
    let bytes = place.value.bytes.clone();
    match place.style {
        Style::Alias => None,
        Style::Nothing if parent.text[..bytes.start].ends_with(':') => {
            Some(TextEdit::insert(bytes.start, format!(" {written}"), depth))
        }
        Style::Nothing => Some(TextEdit::insert(entry.end(), format!(": {written}"), depth)),
        _ => Some(TextEdit::replace(bytes, written, depth)),
    }
}

//! The lines around a byte of a text: where they begin and end, and how.

/// The characters that end a line.
const BREAKS: [char; 2] = ['\n', '\r'];

/// Where the line of this byte begins.
pub(super) fn start(text: &str, at: usize) -> usize {
    text[..at].rfind(BREAKS).map_or(0, |found| found + 1)
}

/// Where the line of this byte ends, before its line break.
pub(super) fn end(text: &str, at: usize) -> usize {
    text[at..].find(BREAKS).map_or(text.len(), |found| at + found)
}

/// The blanks with which the line of this byte begins.
pub(super) fn indentation(text: &str, at: usize) -> &str {
    let line = &text[start(text, at)..];
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// Whether only blanks stand before this byte on its line.
pub(super) fn is_first(text: &str, at: usize) -> bool {
    text[start(text, at)..at].trim_matches([' ', '\t']).is_empty()
}

/// The line break at this byte; at the end of the text, the last one before it.
pub(super) fn break_at(text: &str, at: usize) -> &'static str {
    match known_break(&text[at..]) {
        Some(known) => known,
        None if text[..at].ends_with("\r\n") => "\r\n",
        None => text[..at].rfind(BREAKS).map_or("\n", |last| {
            let begin = last - usize::from(text[..last].ends_with('\r') && text[last..].starts_with('\n'));
            known_break(&text[begin..]).unwrap_or("\n")
        }),
    }
}

fn known_break(text: &str) -> Option<&'static str> {
    ["\r\n", "\n", "\r"].into_iter().find(|known| text.starts_with(known))
}

/// Where a new line goes that follows an entry of a block mapping: the end of the entry's last line, or of the comments
/// below that belong to it.
///
/// A comment that stands further in than the mapping's keys is the entry's. One that stands below the last key at the
/// keys' own indentation has nothing else that it could be about, unless a blank line keeps it apart.
pub(super) fn behind_entry(text: &str, entry_end: usize, indentation: usize, entry: Following) -> usize {
    let mut point = end(text, entry_end);
    let mut here = point;
    let mut apart = false;
    while let Some(line_break) = known_break(&text[here..]) {
        let begin = here + line_break.len();
        here = end(text, begin);
        let line = &text[begin..here];
        let content = line.trim_start_matches(' ');
        let column = line.len() - content.len();
        if content.trim_matches([' ', '\t']).is_empty() {
            // Behind the last line break of the text there is no line.
            if entry.keeps_blank_lines && begin < text.len() {
                point = here;
            }
            apart = true;
        } else if content.starts_with('#')
            && (column > indentation || column == indentation && entry.is_last && !apart)
        {
            point = here;
        } else {
            break;
        }
    }
    point
}

/// What matters about an entry for what follows it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Following {
    /// Whether it is the last of its mapping.
    pub(super) is_last: bool,
    /// Whether blank lines below it are a part of its text.
    pub(super) keeps_blank_lines: bool,
}

/// Whether a value may end in a block text that keeps its blank lines: `|+`. When in doubt it does.
pub(super) fn may_keep_blank_lines(value: &str) -> bool {
    value.split(BREAKS).any(|line| {
        let line = line.split(" #").next().unwrap_or_default().trim_end_matches([' ', '\t']);
        let header = line.trim_end_matches(|character: char| character.is_ascii_digit() || character == '+');
        header.len() < line.len() && line[header.len()..].contains('+') && header.ends_with(['|', '>'])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_are_those_that_are_there() {
        for (text, at, expected) in [
            ("a\nb", 1, "\n"),
            ("a\r\nb", 1, "\r\n"),
            ("a\r\nb", 4, "\r\n"),
            ("a\r\n", 3, "\r\n"),
            ("a\rb", 3, "\r"),
            ("a\nb", 3, "\n"),
            ("a", 1, "\n"),
        ] {
            assert_eq!(break_at(text, at), expected, "{text:?} at {at}");
        }
    }

    #[test]
    fn block_texts_that_keep_their_end_are_seen() {
        for value in ["|+\n  a\n", ">2+\n  a\n", "|+2 # note\n  a\n", "- x: |+\n    a\n"] {
            assert!(may_keep_blank_lines(value), "{value:?}");
        }
        for value in ["|\n  a\n", ">-\n  a\n", "a+\n", "|2\n  a\n"] {
            assert!(!may_keep_blank_lines(value), "{value:?}");
        }
    }
}

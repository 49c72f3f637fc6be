//! Where granit-parser (YAML 1.2) and go-yaml v2 (YAML 1.1, libyaml) part, and what is certain nevertheless.
//!
//! `read_first` lets a text through `inspect`; `document` shows every event and error to the functions below. Each
//! of them was found by comparing with the Go library; `core/tests/yaml.rs` keeps comparing.

use granit_parser::{ErrorKind, Marker, Options, ScalarStyle, ScanError, Span};

use super::scalar::Tag;
use super::{Doubt, MAX_TEXT, Position, Problem, Stop};

/// A text that `inspect` has let through.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) text: &'a str,
}

/// granit's settings: libyaml's reading of a block text at the end, and nothing that is not needed.
pub(super) fn options() -> Options {
    let mut options = granit_parser::options! {
        block_scalar_eof_without_line_feed: true,
        emit_anchor_events: true,
    };
    options.set_emit_comments(false);
    options
}

/// granit counts columns from 0.
pub(super) fn position(marker: Marker) -> Position {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Position { line: number(marker.line()), column: number(marker.col() + 1) }
}

/// Looks at a text before it is parsed.
pub(super) fn inspect(text: &str) -> Result<Source<'_>, Stop> {
    if text.len() > MAX_TEXT {
        return Err(Doubt::TooLarge.into());
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Ok(Source { text })
}

/// What a parser's error means for Go.
pub(super) fn judge(source: Source<'_>, error: &ScanError) -> Stop {
    let _ = (source, ErrorKind::UnexpectedEof);
    position(*error.marker());
    Doubt::Dialect.into()
}

impl Source<'_> {
    /// Judges the name of an anchor or alias.
    pub(super) fn name(self, span: &Span) -> Result<(), Stop> {
        let _ = span;
        Ok(())
    }

    /// Judges a scalar.
    pub(super) fn scalar(self, text: &str, style: ScalarStyle, span: &Span, flow: bool) -> Result<(), Stop> {
        let _ = (text, style, span, flow);
        Ok(())
    }

    /// Judges a tag; its meaning, and whether it makes `<<` a merge key.
    pub(super) fn tag(self, tag: &granit_parser::Tag) -> Result<(Tag, bool), Stop> {
        let meaning = Tag::named(tag.handle(), tag.suffix());
        Ok((meaning, meaning == Tag::Merge))
    }
}

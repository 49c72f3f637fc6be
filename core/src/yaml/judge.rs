//! What an error of granit-parser means for Go: certainly refused, or unsure.
//!
//! `document` hands over the error and how far it had come. Only kinds of errors that never met a text which Go
//! accepts count as certain; the comparison in `core/tests/yaml` holds that.

use granit_parser::{ErrorKind, ScanError};

use super::differences::{Inspected, ends_name, is_name, position};
use super::{Doubt, Position, Problem, Stop};

/// How far the parser had come when it met an error.
#[derive(Debug, Clone, Copy)]
pub(super) struct Progress {
    pub(super) root: Root,
    /// How many lists and mappings were open.
    pub(super) open: usize,
    /// Where the last event ended, in bytes.
    pub(super) offset: usize,
}

/// What the document turned out to be so far.
#[derive(Debug, Clone, Copy)]
pub(super) enum Root {
    /// No event yet: at most one line of a scalar or of brackets was read.
    Nothing,
    /// A list or mapping that indentation shapes, beginning here.
    Block(Position),
    /// Brackets that hold the whole document; what follows them is not Go's concern.
    Flow,
    /// The root value had ended.
    Complete,
}

/// What a parser's error means for Go.
pub(super) fn judge(source: Inspected<'_>, error: &ScanError, progress: Progress) -> Stop {
    match problem(source, error) {
        Some(problem) if certain(source, error, progress) => problem.at(position(*error.marker())),
        _ => Doubt::Dialect.into(),
    }
}

/// Whether Go certainly still reads the first document where the error stands.
fn certain(source: Inspected<'_>, error: &ScanError, progress: Progress) -> bool {
    if source.ambiguous() {
        return false;
    }
    let start = source.start();
    let marker = error.marker().byte_offset().unwrap_or(usize::MAX);
    match progress.root {
        Root::Block(_) if start.starts_with(['{', '[']) => false,
        Root::Block(root) => !source.leaves(root, marker),
        // granit looks ahead: the brackets may all have closed before the error.
        Root::Flow | Root::Nothing if start.starts_with(['{', '[']) => {
            let ahead = source.text.get(progress.offset..marker).unwrap_or_default();
            ahead.bytes().filter(|byte| matches!(byte, b']' | b'}')).count() < progress.open.max(1)
        }
        Root::Nothing => matches!(
            error.kind(),
            ErrorKind::UnclosedQuotedScalar
                | ErrorKind::UnexpectedCharacter { .. }
                | ErrorKind::UnknownAnchor
                | ErrorKind::MappingValueNotAllowed
        ),
        // Go looks only one token further than the first document: here it is the colon.
        Root::Complete if *error.kind() == ErrorKind::MappingValueNotAllowed => source
            .text
            .get(progress.offset..marker)
            .is_some_and(|between| between.trim_matches(' ').is_empty()),
        Root::Flow | Root::Complete => false,
    }
}

fn problem(source: Inspected<'_>, error: &ScanError) -> Option<Problem> {
    use ErrorKind as Kind;
    let here = source.rest(*error.marker());
    Some(match error.kind() {
        Kind::MappingValueNotAllowed => Problem::UnexpectedColon,
        // libyaml lets a block text begin in the column of its key.
        Kind::SimpleKeyExpected | Kind::ExpectedBlockMappingKey if !here.starts_with(['|', '>']) => {
            Problem::MissingKey
        }
        Kind::BlockSequenceEntryNotAllowed
        | Kind::ExpectedBlockSequenceEntry
        | Kind::BlockEntryInFlowCollection => Problem::UnexpectedDash,
        // Between brackets libyaml takes every `:` that begins a token for the end of a key.
        Kind::ExpectedFlowMappingSeparator | Kind::ExpectedFlowSequenceSeparator
            if !here.starts_with(':') =>
        {
            Problem::MissingSeparator
        }
        Kind::UnclosedFlowCollection { .. } => Problem::UnclosedFlow,
        Kind::MismatchedFlowCollectionEnd { .. } | Kind::MisplacedFlowCollectionEnd => {
            Problem::MismatchedFlow
        }
        Kind::UnclosedQuotedScalar | Kind::DocumentIndicatorInQuotedScalar => Problem::UnclosedQuote,
        Kind::InvalidTrailingSingleQuotedScalar | Kind::InvalidTrailingDoubleQuotedScalar => {
            Problem::AfterQuote
        }
        Kind::InvalidQuotedScalarHexEscape
        | Kind::InvalidUnicodeEscape
        | Kind::MissingLowSurrogate
        | Kind::InvalidLowSurrogate
        | Kind::InvalidLowSurrogateHexEscape
        | Kind::UnpairedLowSurrogate => Problem::UnknownEscape,
        // `\'` is known to libyaml alone.
        Kind::UnknownQuotedScalarEscape if !here.contains("\\'") => Problem::UnknownEscape,
        Kind::UnexpectedCharacter { character: '%' | '@' | '`' | '|' | '>' } => Problem::UnexpectedCharacter,
        Kind::ZeroBlockScalarIndent | Kind::InvalidBlockScalarHeader => Problem::BlockHeader,
        Kind::UnknownAnchor if plain_alias(here) => Problem::UnknownAlias,
        Kind::UndeclaredTagHandle => Problem::UndeclaredTag,
        Kind::UnexpectedEofBlockMapping
        | Kind::UnexpectedEofBlockSequence
        | Kind::UnexpectedEofFlowMapping
        | Kind::UnexpectedEofFlowSequence
        | Kind::UnexpectedEofImplicitFlowMapping
        | Kind::ExpectedNodeContent => Problem::MissingValue,
        Kind::TabAtBlockScalarStart => Problem::Tab,
        _ => return None,
    })
}

/// Whether both parsers see the same alias here.
fn plain_alias(here: &str) -> bool {
    let Some(name) = here.strip_prefix('*') else { return false };
    let length = name.bytes().take_while(|byte| is_name(*byte)).count();
    length > 0 && ends_name(&name[length..])
}

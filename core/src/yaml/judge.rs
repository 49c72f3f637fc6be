//! What an error of granit-parser means for Go: certainly refused, or unsure.
//!
//! `document` hands over the error and how far it had come. Only kinds of errors that never met a text which Go
//! accepts count as certain; the comparison in `core/tests/yaml` holds that.

use granit_parser::{ErrorKind, ScanError};

use super::differences::{Source, ends_name, is_name, position};
use super::{Doubt, Problem, Stop};

/// How far the parser had come when it met an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    Nothing,
    /// Inside a list or mapping that only the end of the document can end.
    Block,
    /// Inside brackets that hold the whole document; what follows them is not Go's concern.
    Flow,
    /// The root value had ended.
    Complete,
}

/// What a parser's error means for Go.
pub(super) fn judge(source: Source<'_>, error: &ScanError, progress: Progress) -> Stop {
    let certain = match progress {
        Progress::Block => true,
        // granit looks one token ahead: the bracket may stand after the last one that belongs to the document.
        Progress::Flow | Progress::Nothing => *error.kind() != ErrorKind::MisplacedFlowCollectionEnd,
        // Go looks only one token further than the first document.
        Progress::Complete => false,
    };
    match problem(source, error) {
        Some(problem) if certain => problem.at(position(*error.marker())),
        _ => Doubt::Dialect.into(),
    }
}

fn problem(source: Source<'_>, error: &ScanError) -> Option<Problem> {
    use ErrorKind as Kind;
    let here = source.rest(*error.marker());
    Some(match error.kind() {
        Kind::MappingValueNotAllowed => Problem::UnexpectedColon,
        Kind::SimpleKeyExpected | Kind::ExpectedBlockMappingKey => Problem::MissingKey,
        Kind::BlockSequenceEntryNotAllowed | Kind::ExpectedBlockSequenceEntry | Kind::BlockEntryInFlowCollection => {
            Problem::UnexpectedDash
        }
        Kind::ExpectedFlowMappingSeparator | Kind::ExpectedFlowSequenceSeparator => Problem::MissingSeparator,
        Kind::UnclosedFlowCollection { .. } => Problem::UnclosedFlow,
        Kind::MismatchedFlowCollectionEnd { .. } | Kind::MisplacedFlowCollectionEnd => Problem::MismatchedFlow,
        Kind::UnclosedQuotedScalar | Kind::DocumentIndicatorInQuotedScalar => Problem::UnclosedQuote,
        Kind::InvalidTrailingSingleQuotedScalar | Kind::InvalidTrailingDoubleQuotedScalar => Problem::AfterQuote,
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
        Kind::MappingKeyNotAllowed => Problem::UnexpectedCharacter,
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

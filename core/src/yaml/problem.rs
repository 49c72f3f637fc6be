//! Why a text is refused, and why we may be unsure of it. No message quotes the text: it may hold secrets.
//!
//! Every step of the long way finds problems and doubts; rules print the former.

use thiserror::Error;

use super::Position;

/// A text that Go refuses, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("line {}, column {}: {problem}", position.line, position.column)]
pub struct Refusal {
    /// Where the problem stands.
    pub position: Position,
    /// What is wrong there.
    pub problem: Problem,
}

/// What is wrong with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum Problem {
    /// A control character.
    #[error("a control character is not allowed here; in double quotes write it as an escape such as \\x1b")]
    ControlCharacter,
    /// A tab before the first character of a line.
    #[error("a tab cannot indent; use spaces")]
    Tab,
    /// `[` or `{` without its end.
    #[error("a `[` or `{{` is never closed; add the closing bracket, or put the text in quotes")]
    UnclosedFlow,
    /// `]` closes `{`, or `}` closes `[`.
    #[error("the closing bracket does not fit the opening one; `[` ends with `]`, and `{{` with `}}`")]
    MismatchedFlow,
    /// A comma or bracket is missing in `[…]` or `{…}`.
    #[error("a comma or the closing bracket is missing between `[`…`]` or `{{`…`}}`")]
    MissingSeparator,
    /// A quoted text without its end.
    #[error("a quoted text is never closed; add the closing quote")]
    UnclosedQuote,
    /// A colon where no key can end, such as in `a: b: c`.
    #[error("a `: ` is not allowed here; put the text in quotes if it is part of a value")]
    UnexpectedColon,
    /// A line that should be `key: value` and is not.
    #[error("a `key: value` line is expected here; check the indentation and the colon")]
    MissingKey,
    /// A dash where no list can begin.
    #[error("a list cannot begin or continue here; check the indentation")]
    UnexpectedDash,
    /// An escape that YAML 1.1 lacks.
    #[error(
        "YAML does not know this escape; write `/` for `\\/`, and \\U0001f600 or the character for a pair of \\u escapes"
    )]
    UnknownEscape,
    /// A character that begins no value.
    #[error("no value can begin with this character; put the text in quotes")]
    UnexpectedCharacter,
    /// `*name` without `&name` before it.
    #[error(
        "an alias refers to an anchor that is not defined above it; define it with `&`, or put the text in quotes if it begins with `*`"
    )]
    UnknownAlias,
    /// An alias inside its own anchor.
    #[error("an anchor contains itself; write out what the alias should stand for")]
    SelfContaining,
    /// Aliases expand to far more than is written.
    #[error(
        "aliases (`*name`) that refer to aliases expand to far too many values here, and kubectl refuses such a text; write the values out"
    )]
    ExcessiveAliases,
    /// `%YAML` with another version than 1.1, or another directive.
    #[error("a directive other than `%YAML 1.1` is not supported; remove the line")]
    Directive,
    /// `!name!` without a `%TAG`.
    #[error("a tag uses a prefix that is not declared")]
    UndeclaredTag,
    /// A tag that its text does not fit.
    #[error("the value does not fit the type that its tag names")]
    TagMismatch,
    /// A mapping key that JSON cannot hold.
    #[error("a key must be text, a number or a boolean, not empty, null, a list or a mapping")]
    Key,
    /// `.inf` or `.nan`.
    #[error("infinity and not-a-number cannot be written as JSON")]
    NotANumber,
    /// `<<` with something that is no mapping.
    #[error("`<<` takes a mapping or a list of mappings")]
    Merge,
    /// A `?` in a plain text between brackets.
    #[error("between `[`…`]` or `{{`…`}}` a text with a `?` must stand in quotes")]
    QuestionMark,
    /// Something other than a comma, a colon or a comment after a closing quote.
    #[error("nothing may follow the closing quote here; put the whole text in quotes")]
    AfterQuote,
    /// A block text with a broken header.
    #[error("after `|` or `>` only an indentation from 1 to 9, `+` or `-` and a comment may follow")]
    BlockHeader,
    /// A document that never begins.
    #[error("a value is expected here")]
    MissingValue,
}

/// Why we do not know what Go makes of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum Doubt {
    /// Longer than [`super::MAX_TEXT`], deeper than [`super::MAX_DEPTH`] or larger than [`super::MAX_NODES`].
    #[error("the text is too large to be read here")]
    TooLarge,
    /// Syntax that YAML 1.1 and 1.2 read differently.
    #[error("YAML 1.1 and 1.2 may differ on this text")]
    Dialect,
    /// A line or paragraph separator or a byte-order mark, which only one of the dialects takes for a line break.
    #[error("an invisible separator (U+0085, U+2028, U+2029 or U+FEFF) may or may not end the line")]
    Invisible,
    /// Keys such as `1` and `"1"`, of which Go keeps one at random.
    #[error("two different keys become the same text")]
    EqualKeys,
    /// A key that occurs twice hides a value that JSON cannot hold.
    #[error("a key that occurs twice hides a value that is no JSON")]
    Replaced,
}

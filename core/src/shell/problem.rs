//! Why a shell refuses a text, and why we may be unsure of it. No message quotes the text: it may hold secrets.
//!
//! The lexer and the grammar find these; rules print them.

use thiserror::Error;

/// What a shell certainly refuses, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{problem}")]
pub struct Fault {
    /// What is wrong there.
    pub problem: Problem,
    /// The byte of the entrypoint at which it stands.
    pub offset: usize,
    /// Whether the shell has run commands before it comes to this one.
    pub is_late: bool,
}

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum Problem {
    /// A quote or substitution without its end.
    #[error("{0} is never closed")]
    Unclosed(Quote),
    /// `>` or another redirection without a word behind it.
    #[error("a redirection such as `>` names no file")]
    MissingTarget,
    /// `;`, `&&` or another operator with no command before or behind it.
    #[error("`{0}` has no command on one side")]
    MissingCommand(&'static str),
    /// `then`, `do`, `}` or the like where none can stand.
    #[error("`{0}` stands where the shell expects no such word")]
    Unexpected(&'static str),
    /// `if`, `{`, `(` or the like without its end.
    #[error("`{0}` is never ended")]
    Unfinished(&'static str),
    /// A word behind `fi`, `done`, `}` or `)`.
    #[error("a word stands behind the end of a compound command; an operator is missing between them")]
    AfterCompound,
    /// A comment on the last line hides the end of KubeRay's line.
    #[error("a comment on the last line hides the rest of the submitter's command line")]
    CommentAtEnd,
    /// A here-document at the end swallows the end of KubeRay's line.
    #[error("a here-document at the end swallows the rest of the submitter's command line")]
    HereDocumentAtEnd,
}

/// What can be left open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum Quote {
    /// `'`
    #[error("a single quote (')")]
    Single,
    /// `"`
    #[error("a double quote (\")")]
    Double,
    /// A backtick.
    #[error("a backtick")]
    Backtick,
    /// `$(`
    #[error("`$(`")]
    Substitution,
    /// `${`
    #[error("`${{`")]
    Parameter,
}

/// Why we do not know what a shell makes of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum Doubt {
    /// A construct that is not followed here: `case`, `for`, functions, arrays, arithmetic, and what is rarer.
    #[error("the construct is not followed here")]
    Construct,
    /// bash and dash differ on it, and the head has one of them.
    #[error("bash and dash differ on it")]
    Dialect,
    /// Kubernetes replaces `$$` and `$(NAME)` in a container's arguments before the shell sees them.
    #[error("Kubernetes may replace a part of it first")]
    Kubernetes,
    /// Nested too deeply, or a NUL.
    #[error("the text is not followed so deep")]
    Depth,
}

/// Why reading ends before the text does.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stop {
    /// The shell refuses the text, for what stands at this byte.
    Refused(Problem, usize),
    /// We do not know.
    Unsure(Doubt),
}

impl From<Doubt> for Stop {
    fn from(doubt: Doubt) -> Self {
        Self::Unsure(doubt)
    }
}

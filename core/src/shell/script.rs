//! An entrypoint once it is read: the words of its first command, what follows that, and how the text ends.
//!
//! `grammar` fills it in; rules look at it. All places are bytes of the entrypoint.

use std::borrow::Cow;
use std::ops::Range;

use super::problem::{Doubt, Fault};

/// What a shell makes of an entrypoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// The first command: in K8sJobMode and SidecarMode the only one that reaches Ray.
    pub first: Command,
    /// The operator behind the first command, when another one follows.
    pub tail: Option<(Operator, usize)>,
    /// The `&` with which the text ends.
    pub background: Option<usize>,
    /// How the text ends.
    pub end: End,
}

/// How the reading of a text ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The shell accepts the text.
    Complete,
    /// It refuses it.
    Refused(Fault),
    /// We do not know; what was read before this holds.
    Unsure(Doubt),
}

/// A simple command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Command {
    /// Its words, before the shell expands them.
    pub words: Vec<Word>,
    /// Where its input comes from and its output goes.
    pub redirections: Vec<Redirection>,
    /// What the shell replaces in its words, not in the targets of its redirections.
    pub expansions: Vec<Expansion>,
    /// Where it ends: at an operator, a comment, or the end of the text.
    pub end: usize,
    /// Whether it is `if`, `{` or another compound command, whose words are not listed.
    pub is_compound: bool,
}

/// A word as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands.
    pub place: Range<usize>,
    /// Whether the shell replaces something in it: a variable, the output of a command, arithmetic.
    pub is_expanded: bool,
    /// Whether it has a quote, a backslash, or an expansion; such a word is no keyword.
    pub is_plain: bool,
    /// Whether a backslash at the end of a line joins two parts of it.
    pub is_joined: bool,
}

impl Word {
    /// The word without its quotes; none when the shell expands it.
    pub fn value<'t>(&self, text: &'t str) -> Option<Cow<'t, str>> {
        let raw = text.get(self.place.start..self.place.end.min(text.len()))?;
        if self.is_plain {
            return Some(Cow::Borrowed(raw));
        }
        (!self.is_expanded).then(|| Cow::Owned(unquoted(raw)))
    }
}

/// A redirection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirection {
    /// Where its operator stands.
    pub offset: usize,
    /// What it does.
    pub kind: RedirectionKind,
    /// The file, the delimiter or the number.
    pub target: Word,
}

/// What a redirection does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RedirectionKind {
    /// `<`, `<>`
    Input,
    /// `>`, `>>`, `>|`, `&>`
    Output,
    /// `2>&1` and the like
    Duplicate,
    /// `<<`, `<<-`
    HereDocument,
    /// `<<<`
    HereString,
}

/// Something that the shell replaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expansion {
    /// `$NAME` or `${NAME…}`: where its name stands.
    Variable(Range<usize>),
    /// `$(…)` or backticks: where it begins.
    Command(usize),
}

impl Expansion {
    /// Where it stands.
    pub fn offset(&self) -> usize {
        match self {
            Self::Variable(name) => name.start,
            Self::Command(offset) => *offset,
        }
    }
}

/// What separates commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `;`
    Semicolon,
    /// `&`
    Background,
    /// `&&`
    And,
    /// `||`
    Or,
    /// `|`, `|&`
    Pipe,
    /// A line break.
    NewLine,
}

impl Operator {
    /// As it is written, or its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Semicolon => ";",
            Self::Background => "&",
            Self::And => "&&",
            Self::Or => "||",
            Self::Pipe => "|",
            Self::NewLine => "line break",
        }
    }

    /// Whether a command must follow.
    pub(super) const fn joins(self) -> bool {
        matches!(self, Self::And | Self::Or | Self::Pipe)
    }
}

/// Removes quotes and backslashes as a shell does in a word that it does not expand.
fn unquoted(raw: &str) -> String {
    let mut value = String::with_capacity(raw.len());
    let mut rest = raw.chars();
    while let Some(character) = rest.next() {
        match character {
            '\'' => value.extend(rest.by_ref().take_while(|next| *next != '\'')),
            '"' => unquote_double(&mut rest, &mut value),
            '\\' => value.extend(rest.next().filter(|next| *next != '\n')),
            other => value.push(other),
        }
    }
    value
}

fn unquote_double(rest: &mut std::str::Chars<'_>, value: &mut String) {
    while let Some(character) = rest.next() {
        match character {
            '"' => return,
            '\\' => match rest.next() {
                Some('\n') | None => {}
                Some(escaped @ ('"' | '\\' | '$' | '`')) => value.push(escaped),
                Some(other) => value.extend(['\\', other]),
            },
            other => value.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::unquoted;

    #[test]
    fn quotes_go_and_what_they_hold_stays() {
        for (raw, value) in [
            ("'a b'", "a b"),
            (r#""a\"b\c""#, r#"a"b\c"#),
            (r"a\ b\'", "a b'"),
            ("a'b'\"c\"d", "abcd"),
            ("a\\\nb", "ab"),
            ("''", ""),
            ("é'ü'", "éü"),
        ] {
            assert_eq!(unquoted(raw), value, "{raw}");
        }
    }
}

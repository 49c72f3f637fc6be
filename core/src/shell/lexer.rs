//! Cuts a text into the tokens that a shell sees: words, operators, redirections, line breaks, comments.
//!
//! Every call goes forward in the text and never looks at a byte behind it again but the last one. The grammar takes the
//! tokens; `quoted` and `here_documents` read what has an end of its own.

use super::here_documents::Pending;
use super::problem::{Doubt, Problem, Stop};
use super::script::{Expansion, Operator, Redirection, RedirectionKind, Word};
use super::submission::Dialect;

/// A token.
#[derive(Debug)]
pub(super) enum Token {
    Word(Word),
    Separator(Operator),
    Redirection(Redirection),
    Open,
    Close,
    /// `;;`, which only `case` knows.
    CaseSeparator,
    Comment,
    End,
}

/// A text, and how far it is read.
#[derive(Debug)]
pub(super) struct Lexer<'t> {
    pub(super) text: &'t str,
    pub(super) bytes: &'t [u8],
    pub(super) at: usize,
    pub(super) dialect: Dialect,
    pub(super) depth: u32,
    /// Here-documents that begin at the next line break.
    pub(super) pending: Vec<Pending>,
    /// The first here-document that the end of the text ended.
    pub(super) unended: Option<usize>,
    /// What the shell replaces, in the tokens so far.
    pub(super) expansions: Vec<Expansion>,
    #[cfg(test)]
    pub(super) steps: std::cell::Cell<usize>,
}

pub(super) const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

pub(super) const fn is_name_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

pub(super) const fn is_name(byte: u8) -> bool {
    is_name_start(byte) || byte.is_ascii_digit()
}

/// Whether an unquoted byte ends a word.
const fn ends_word(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b';' | b'&' | b'|' | b'<' | b'>' | b'(' | b')')
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str, dialect: Dialect) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            dialect,
            depth: 0,
            pending: Vec::new(),
            unended: None,
            expansions: Vec::new(),
            #[cfg(test)]
            steps: std::cell::Cell::default(),
        }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        #[cfg(test)]
        self.steps.set(self.steps.get() + 1);
        self.bytes.get(self.at).copied()
    }

    fn next_is(&self, text: &[u8]) -> bool {
        self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(text))
    }

    /// The next token and where it begins.
    pub(super) fn next(&mut self) -> Result<(usize, Token), Stop> {
        self.skip_blanks()?;
        let start = self.at;
        let Some(byte) = self.peek() else { return Ok((start, Token::End)) };
        let token = match byte {
            b'\n' => {
                self.at += 1;
                self.pass_here_documents()?;
                Token::Separator(Operator::NewLine)
            }
            b'#' => {
                while self.peek().is_some_and(|byte| byte != b'\n') {
                    self.at += 1;
                }
                Token::Comment
            }
            b';' | b'&' | b'|' | b'(' | b')' => self.operator(byte)?,
            b'<' | b'>' => self.redirection(start)?,
            _ => {
                let word = self.word()?;
                if self.is_number(&word) && self.peek().is_some_and(|byte| matches!(byte, b'<' | b'>')) {
                    self.redirection(start)?
                } else {
                    Token::Word(word)
                }
            }
        };
        Ok((start, token))
    }

    /// Passes blanks and the ends of lines behind a backslash.
    fn skip_blanks(&mut self) -> Result<(), Stop> {
        loop {
            if self.peek().is_some_and(is_blank) {
                self.at += 1;
            } else if self.next_is(b"\\\n") {
                // `&\` and `&` on two lines are one operator; nobody writes that.
                let before = &self.bytes[..self.at];
                let is_whole = before.ends_with(b"&&") || before.ends_with(b"||");
                if !is_whole && before.last().is_some_and(|last| b";&|<>(".contains(last)) {
                    return Err(Doubt::Construct.into());
                }
                self.at += 2;
            } else {
                return Ok(());
            }
        }
    }

    fn operator(&mut self, byte: u8) -> Result<Token, Stop> {
        let is_sh = self.dialect == Dialect::Sh;
        for (text, is_of_bash, token) in [
            (&b";;"[..], false, Token::CaseSeparator),
            (b";&", true, Token::CaseSeparator),
            (b"&&", false, Token::Separator(Operator::And)),
            (b"||", false, Token::Separator(Operator::Or)),
            (b"|&", true, Token::Separator(Operator::Pipe)),
        ] {
            if self.next_is(text) {
                self.at += text.len();
                return if is_of_bash && is_sh { Err(Doubt::Dialect.into()) } else { Ok(token) };
            }
        }
        if self.next_is(b"&>") {
            return if is_sh { Err(Doubt::Dialect.into()) } else { self.redirection(self.at) };
        }
        self.at += 1;
        Ok(match byte {
            b';' => Token::Separator(Operator::Semicolon),
            b'&' => Token::Separator(Operator::Background),
            b'|' => Token::Separator(Operator::Pipe),
            b'(' => Token::Open,
            _ => Token::Close,
        })
    }

    /// A redirection with its target; `start` is where its number or operator begins.
    fn redirection(&mut self, start: usize) -> Result<Token, Stop> {
        let (length, kind) = self.redirection_operator()?;
        let operator = self.at..self.at + length;
        self.at = operator.end;
        self.skip_blanks()?;
        if self.next_is(b"<(") || self.next_is(b">(") {
            return Err(Doubt::Construct.into());
        }
        if self.peek().is_none_or(|byte| ends_word(byte) || byte == b'#') {
            return Err(Stop::Refused(Problem::MissingTarget, start));
        }
        let expansions = self.expansions.len();
        let target = self.word();
        // What is replaced in a target never was a word of the command.
        self.expansions.truncate(expansions);
        let target = match target {
            // dash takes a backtick in a delimiter for itself.
            Err(_) if kind == RedirectionKind::HereDocument => return Err(Doubt::Construct.into()),
            target => target?,
        };
        if self.is_number(&target) && self.peek().is_some_and(|byte| matches!(byte, b'<' | b'>')) {
            return Err(Doubt::Construct.into());
        }
        let kind = match kind {
            RedirectionKind::Duplicate if !target.is_expanded && !self.is_descriptor(&target) => {
                RedirectionKind::Output
            }
            kind => kind,
        };
        if kind == RedirectionKind::HereDocument {
            let may_be_indented = self.bytes[operator].ends_with(b"-");
            self.expect_here_document(start, &target, may_be_indented)?;
        }
        Ok(Token::Redirection(Redirection { offset: start, kind, target }))
    }

    fn redirection_operator(&self) -> Result<(usize, RedirectionKind), Stop> {
        use RedirectionKind::{Duplicate, HereDocument, HereString, Input, Output};
        for (text, kind) in [
            (&b"<<<"[..], HereString),
            (b"<<-", HereDocument),
            (b"<<", HereDocument),
            (b"<&", Duplicate),
            (b"<>", Input),
            (b"&>>", Output),
            (b"&>", Output),
            (b">>", Output),
            (b">&", Duplicate),
            (b">|", Output),
        ] {
            if self.next_is(text) {
                let is_of_bash = kind == HereString;
                return if is_of_bash && self.dialect == Dialect::Sh {
                    Err(Doubt::Dialect.into())
                } else {
                    Ok((text.len(), kind))
                };
            }
        }
        if self.next_is(b"<(") || self.next_is(b">(") {
            return Err(Doubt::Construct.into());
        }
        Ok((1, if self.peek() == Some(b'<') { Input } else { Output }))
    }

    fn is_number(&self, word: &Word) -> bool {
        self.bytes[word.place.clone()].iter().all(u8::is_ascii_digit)
    }

    fn is_descriptor(&self, target: &Word) -> bool {
        let raw = &self.bytes[target.place.clone()];
        raw.iter().all(|byte| byte.is_ascii_digit() || *byte == b'-')
    }

    fn expect_here_document(
        &mut self,
        offset: usize,
        target: &Word,
        may_be_indented: bool,
    ) -> Result<(), Stop> {
        if self.depth > 0 || target.is_joined {
            return Err(Doubt::Construct.into());
        }
        let delimiter = target.value(self.text).ok_or(Doubt::Construct)?.into_owned();
        self.pending.push(Pending { offset, delimiter, is_expanded: target.is_plain, may_be_indented });
        Ok(())
    }

    /// A word up to the next blank or operator outside of quotes.
    fn word(&mut self) -> Result<Word, Stop> {
        let start = self.at;
        let expansions = self.expansions.len();
        let (mut is_plain, mut is_joined) = (true, false);
        while let Some(byte) = self.peek().filter(|byte| !ends_word(*byte)) {
            let is_special = matches!(byte, b'\\' | b'\'' | b'"' | b'`' | b'$');
            is_plain &= !is_special;
            match byte {
                b'\\' => {
                    is_joined |= self.next_is(b"\\\n");
                    self.escape();
                }
                b'\'' => self.single()?,
                b'"' => self.double()?,
                b'`' => self.backtick()?,
                b'$' => self.dollar(false)?,
                0 => return Err(Doubt::Depth.into()),
                _ => self.at += 1,
            }
        }
        let is_expanded = self.expansions.len() > expansions || self.has_ansi_c(start);
        Ok(Word { place: start..self.at, is_expanded, is_plain, is_joined })
    }

    // `$'…'` and `$"…"` are no expansions, but their quotes are not removed as those of others are.
    fn has_ansi_c(&self, start: usize) -> bool {
        self.bytes[start..self.at].windows(2).any(|pair| matches!(pair, b"$'" | b"$\""))
    }
}

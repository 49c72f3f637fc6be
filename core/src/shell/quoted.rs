//! What a word holds between its plain characters: quotes, backslashes and expansions, each to its end.
//!
//! The lexer's `word` calls these at the character that opens; they leave the lexer behind the one that closes.

use super::lexer::{Lexer, is_blank, is_name, is_name_start};
use super::problem::{Doubt, Problem, Quote, Stop};
use super::script::Expansion;
use super::submission::Dialect;

/// The deepest nesting of substitutions that is followed.
const MAX_DEPTH: u32 = 16;

impl Lexer<'_> {
    /// A backslash and what it keeps.
    pub(super) fn escape(&mut self) {
        self.at = (self.at + 2).min(self.bytes.len());
    }

    /// `'…'`
    pub(super) fn single(&mut self) -> Result<(), Stop> {
        let open = self.at;
        let rest = self.bytes.get(open + 1..).unwrap_or_default();
        let length = rest.iter().position(|byte| *byte == b'\'');
        let length = length.ok_or(Stop::Refused(Problem::Unclosed(Quote::Single), open))?;
        self.at = open + length + 2;
        Ok(())
    }

    /// `"…"`
    pub(super) fn double(&mut self) -> Result<(), Stop> {
        let open = self.at;
        self.at += 1;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    self.at += 1;
                    return Ok(());
                }
                b'\\' => self.escape(),
                b'`' => self.backtick()?,
                b'$' => self.dollar(true)?,
                _ => self.at += 1,
            }
        }
        Err(Stop::Refused(Problem::Unclosed(Quote::Double), open))
    }

    /// `` `…` ``, whose inside the shell reads only when it runs it.
    pub(super) fn backtick(&mut self) -> Result<(), Stop> {
        let open = self.at;
        self.expansions.push(Expansion::Command(open));
        self.at += 1;
        while let Some(byte) = self.peek() {
            match byte {
                b'`' => {
                    self.at += 1;
                    return Ok(());
                }
                b'\\' => self.escape(),
                // A comment may hide the end from some versions of bash.
                b'#' => return Err(Doubt::Construct.into()),
                _ => self.at += 1,
            }
        }
        Err(Stop::Refused(Problem::Unclosed(Quote::Backtick), open))
    }

    /// `$` and what it begins, if it begins something.
    pub(super) fn dollar(&mut self, in_double: bool) -> Result<(), Stop> {
        let open = self.at;
        self.at += 1;
        match self.peek() {
            Some(b'(') => self.nested(|lexer| lexer.substitution(open)),
            Some(b'{') => self.nested(|lexer| lexer.parameter(open, in_double)),
            Some(b'\'') if !in_double => self.ansi_c(),
            // `$[…]` is arithmetic for bash only; a line that ends here may go on with a name.
            Some(b'[' | b'\\') if !in_double || self.peek() == Some(b'[') => Err(Doubt::Construct.into()),
            Some(byte) if is_name_start(byte) => {
                let start = self.at;
                while self.peek().is_some_and(is_name) {
                    self.at += 1;
                }
                self.expansions.push(Expansion::Variable(start..self.at));
                Ok(())
            }
            Some(byte) if byte.is_ascii_digit() || b"@*#?-!".contains(&byte) => {
                self.at += 1;
                self.expansions.push(Expansion::Variable(self.at - 1..self.at));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Result<(), Stop>) -> Result<(), Stop> {
        if self.depth == MAX_DEPTH {
            return Err(Doubt::Depth.into());
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// `$(…)` from its parenthesis on. Its inside is not judged: only its end is looked for.
    fn substitution(&mut self, open: usize) -> Result<(), Stop> {
        if self.dialect == Dialect::Sh && self.bytes[self.at..].starts_with(b"((") {
            return Err(Doubt::Dialect.into());
        }
        self.expansions.push(Expansion::Command(open));
        let mut parentheses = 0_u32;
        while let Some(byte) = self.peek() {
            match byte {
                b'(' => parentheses += 1,
                b')' if parentheses == 1 => {
                    self.at += 1;
                    return Ok(());
                }
                b')' => parentheses -= 1,
                _ => {
                    self.inside_substitution(byte)?;
                    continue;
                }
            }
            self.at += 1;
        }
        Err(Stop::Refused(Problem::Unclosed(Quote::Substitution), open))
    }

    fn inside_substitution(&mut self, byte: u8) -> Result<(), Stop> {
        let begins_word = is_blank(self.bytes[self.at - 1]) || b"(\n;&|".contains(&self.bytes[self.at - 1]);
        let rest = &self.bytes[self.at..];
        // Comments hide parentheses, here-documents quotes, and `case` has parentheses of its own.
        if begins_word && (byte == b'#' || rest.starts_with(b"case")) || rest.starts_with(b"<<") {
            return Err(Doubt::Construct.into());
        }
        match byte {
            b'\\' => self.escape(),
            b'\'' => self.single()?,
            b'"' => self.double()?,
            b'`' => self.backtick()?,
            b'$' => self.dollar(false)?,
            _ => self.at += 1,
        }
        Ok(())
    }

    /// `${…}` from its brace on.
    fn parameter(&mut self, open: usize, in_double: bool) -> Result<(), Stop> {
        self.at += 1;
        if self.peek().is_some_and(|byte| b"#!".contains(&byte)) {
            self.at += 1;
        }
        let start = self.at;
        while self.peek().is_some_and(is_name) {
            self.at += 1;
        }
        self.expansions.push(Expansion::Variable(start..self.at));
        while let Some(byte) = self.peek() {
            match byte {
                b'}' => {
                    self.at += 1;
                    return Ok(());
                }
                // Quotes mean something else here for each operator, and for each shell; `${ …; }` is a command.
                b'\'' | b'"' | b'`' | b'\\' | b'|' | b'(' => return Err(Doubt::Construct.into()),
                b' ' if self.at == start => return Err(Doubt::Construct.into()),
                b'$' => self.dollar(in_double)?,
                _ => self.at += 1,
            }
        }
        Err(Stop::Refused(Problem::Unclosed(Quote::Parameter), open))
    }

    /// `$'…'`, which is a quote of its own for bash only.
    fn ansi_c(&mut self) -> Result<(), Stop> {
        let open = self.at;
        if self.dialect == Dialect::Sh {
            return Err(Doubt::Dialect.into());
        }
        self.at += 1;
        while let Some(byte) = self.peek() {
            match byte {
                b'\'' => {
                    self.at += 1;
                    return Ok(());
                }
                b'\\' => self.escape(),
                _ => self.at += 1,
            }
        }
        Err(Stop::Refused(Problem::Unclosed(Quote::Single), open))
    }
}

//! The text of an expression, cut into tokens. `parse` asks for one after the other.

use super::Problem;

/// A token. Signs are the operators and brackets of CEL.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Name(String),
    /// Without its sign: the least integer is one more than the greatest with a minus before it.
    Int(u64),
    Double(f64),
    Text(String),
    Sign(&'static str),
    End,
}

/// The longer ones in front: the first that fits is taken.
const SIGNS: [&str; 24] = [
    "&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "+", "-", "*", "/", "%", "?", ":", ",", ".", "(", ")",
    "[", "]", "{", "}",
];

/// Cuts one token after the other.
pub(super) struct Lexer<'s> {
    text: &'s str,
    at: usize,
}

impl<'s> Lexer<'s> {
    pub(super) fn of(text: &'s str) -> Self {
        Self { text, at: 0 }
    }

    /// The next token and the byte at which it begins; behind the last one, [`Token::End`] again and again.
    pub(super) fn next(&mut self) -> Result<(usize, Token), Problem> {
        self.skip_blanks();
        let at = self.at;
        let Some(first) = self.rest().chars().next() else { return Ok((at, Token::End)) };
        let is_fraction = first == '.' && self.rest()[1..].starts_with(|next: char| next.is_ascii_digit());
        let token = if first.is_ascii_digit() || is_fraction {
            self.number()?
        } else if let Some((quotes, is_raw)) = self.quotes() {
            Token::Text(self.text_in(quotes, is_raw)?)
        } else if first.is_ascii_alphabetic() || first == '_' {
            Token::Name(self.take_while(|next| next.is_ascii_alphanumeric() || next == '_').to_owned())
        } else if let Some(sign) = SIGNS.into_iter().find(|sign| self.rest().starts_with(sign)) {
            self.at += sign.len();
            Token::Sign(sign)
        } else {
            let hint = if first == '=' { ": two values are compared by `==`" } else { "" };
            return Err(Problem::at(at, format!("`{}` has no meaning here{hint}", first.escape_debug())));
        };
        Ok((at, token))
    }

    fn rest(&self) -> &'s str {
        &self.text[self.at..]
    }

    fn take_while(&mut self, is_wanted: impl Fn(char) -> bool) -> &'s str {
        let rest = self.rest();
        let end = rest.find(|next| !is_wanted(next)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn skip_blanks(&mut self) {
        loop {
            self.take_while(|next| matches!(next, ' ' | '\t' | '\n' | '\r' | '\u{c}'));
            if !self.rest().starts_with("//") {
                return;
            }
            self.take_while(|next| next != '\n');
        }
    }

    fn number(&mut self) -> Result<Token, Problem> {
        let at = self.at;
        if self.rest().starts_with("0x") || self.rest().starts_with("0X") {
            self.at += 2;
            let digits = self.take_while(|next| next.is_ascii_hexdigit());
            self.end_number(at)?;
            return u64::from_str_radix(digits, 16)
                .map(Token::Int)
                .map_err(|_| Problem::at(at, "no integer of 64 bits"));
        }
        self.take_while(|next| next.is_ascii_digit());
        let fraction = self.rest().strip_prefix('.').unwrap_or_default();
        let mut is_double = fraction.starts_with(|next: char| next.is_ascii_digit());
        if is_double {
            self.at += 1;
            self.take_while(|next| next.is_ascii_digit());
        }
        let exponent = self.rest().strip_prefix(['e', 'E']).unwrap_or_default();
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        if digits.starts_with(|next: char| next.is_ascii_digit()) {
            is_double = true;
            self.at += 1 + exponent.len() - digits.len();
            self.take_while(|next| next.is_ascii_digit());
        }
        let written = &self.text[at..self.at];
        self.end_number(at)?;
        let token = if is_double {
            written.parse().ok().filter(|double: &f64| double.is_finite()).map(Token::Double)
        } else {
            written.parse().ok().map(Token::Int)
        };
        token.ok_or_else(|| Problem::at(at, format!("`{written}` is no number that fits into 64 bits")))
    }

    /// A number ends where no letter follows.
    fn end_number(&self, at: usize) -> Result<(), Problem> {
        match self.rest().chars().next().filter(|next| next.is_ascii_alphanumeric() || *next == '_') {
            Some('u' | 'U') => {
                Err(Problem::at(at, "unsigned numbers are not needed here: leave the `u` out"))
            }
            Some(next) => Err(Problem::at(at, format!("`{next}` right behind a number"))),
            None => Ok(()),
        }
    }

    /// The quotes with which a text begins here, and whether it is raw.
    fn quotes(&mut self) -> Option<(&'static str, bool)> {
        let rest = self.rest();
        let marked = rest.strip_prefix(['r', 'R']).unwrap_or(rest);
        let quotes = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quotes| marked.starts_with(quotes))?;
        self.at += rest.len() - marked.len() + quotes.len();
        Some((quotes, marked.len() < rest.len()))
    }

    fn text_in(&mut self, quotes: &str, is_raw: bool) -> Result<String, Problem> {
        let (begin, mut text) = (self.at, String::new());
        loop {
            if self.rest().starts_with(quotes) {
                self.at += quotes.len();
                return Ok(text);
            }
            let at = self.at;
            match self.rest().chars().next() {
                Some('\\') if !is_raw => text.push(self.escaped()?),
                // A backslash keeps the quote behind it from ending a raw text, and both are in it.
                Some('\\') => {
                    text.push('\\');
                    self.at += 1;
                    text.extend(self.rest().chars().next().inspect(|next| self.at += next.len_utf8()));
                }
                Some('\n' | '\r') if quotes.len() == 1 => {
                    return Err(Problem::at(
                        at,
                        format!("a text in {quotes} ends on the line where it begins"),
                    ));
                }
                Some(next) => {
                    text.push(next);
                    self.at += next.len_utf8();
                }
                None => {
                    return Err(Problem::at(
                        begin - quotes.len(),
                        format!("the closing {quotes} is missing"),
                    ));
                }
            }
        }
    }

    fn escaped(&mut self) -> Result<char, Problem> {
        let at = self.at;
        let wrong =
            || Problem::at(at, "no escape: write `\\\\` for a backslash, or r'…' for a text without escapes");
        let kind = self.rest()[1..].chars().next().ok_or_else(wrong)?;
        self.at += 1 + kind.len_utf8();
        let simple = match kind {
            'a' => '\u{7}',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\u{b}',
            '\\' | '?' | '\'' | '"' | '`' => kind,
            'x' | 'X' => return self.code_point(0, 2, 16).ok_or_else(wrong),
            'u' => return self.code_point(0, 4, 16).ok_or_else(wrong),
            'U' => return self.code_point(0, 8, 16).ok_or_else(wrong),
            '0'..='3' => return self.code_point(1, 2, 8).ok_or_else(wrong),
            _ => return Err(wrong()),
        };
        Ok(simple)
    }

    /// The character whose number is written in so many digits, of which the first ones have been passed already.
    fn code_point(&mut self, passed: usize, digits: usize, radix: u32) -> Option<char> {
        let from = self.at - passed;
        let written = self.text.get(from..self.at + digits)?;
        let is_number = written.chars().all(|digit| digit.is_digit(radix));
        let code = u32::from_str_radix(written, radix).ok().filter(|_| is_number)?;
        self.at += digits;
        char::from_u32(code)
    }
}

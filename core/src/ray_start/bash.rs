//! What Bash (5.2) makes of a value that stands unquoted in a command line, from behind `--key=` to the blank that follows.

use std::borrow::Cow;

use super::Breakage;

/// What is left of the value; `None` when only Bash knows, in its container.
///
/// # Errors
///
/// When the value does something to the rest of the line.
pub(super) fn read(value: &str) -> Result<Option<Cow<'_, str>>, Breakage> {
    if value.bytes().all(is_plain) {
        return Ok(Some(Cow::Borrowed(value)));
    }
    let mut reader = Reader { rest: value, word: String::new(), is_known: true };
    match reader.read() {
        Ok(()) => Ok(reader.is_known.then_some(Cow::Owned(reader.word))),
        Err(breakage) if reader.is_known => Err(breakage),
        Err(_) => Err(Breakage::Unclear),
    }
}

/// What Bash leaves as it is wherever it stands.
pub(super) fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'-' | b'_' | b'=' | b'+' | b'.' | b',' | b':' | b'/' | b'@' | b'%')
}

/// What stays in one word or makes several, but never an option, an operator or an expansion.
fn is_plain_or_json(character: char) -> bool {
    matches!(character, ' ' | '"' | '{' | '}' | '[' | ']') || u8::try_from(character).is_ok_and(is_plain)
}

/// Reads a value as Bash does, from behind the `=` on.
struct Reader<'a> {
    rest: &'a str,
    word: String,
    is_known: bool,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), Breakage> {
        // How far the word has come to be a `{a,b}` or `{1..3}`, which is many words in one.
        let (mut is_open, mut is_list) = (false, false);
        while let Some(next) = self.next() {
            match next {
                '\'' => self.single_quoted()?,
                '"' => self.double_quoted()?,
                // At the end it escapes the blank that KubeRay writes behind the value.
                '\\' => match self.next() {
                    Some('\n') => {}
                    escaped => self.word.push(escaped.unwrap_or(' ')),
                },
                '$' => self.expansion()?,
                '`' => return Err(Breakage::Unclear),
                ' ' | '\t' => return self.end_of_word(),
                '(' | ')' => return Err(Breakage::Parenthesis),
                '&' => return Err(self.background()),
                ';' | '|' | '<' | '>' | '\n' => return Err(Breakage::Operator),
                _ => {
                    is_open |= next == '{';
                    is_list |= is_open && matches!(next, ',' | '.');
                    self.is_known &= !(is_list && next == '}');
                    self.word.push(next);
                }
            }
        }
        Ok(())
    }

    fn next(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let next = characters.next();
        self.rest = characters.as_str();
        next
    }

    fn single_quoted(&mut self) -> Result<(), Breakage> {
        let (inside, behind) = self.rest.split_once('\'').ok_or(Breakage::OpenQuote)?;
        self.word.push_str(inside);
        self.rest = behind;
        Ok(())
    }

    fn double_quoted(&mut self) -> Result<(), Breakage> {
        loop {
            match self.next().ok_or(Breakage::OpenQuote)? {
                '"' => return Ok(()),
                '\\' => match self.next().ok_or(Breakage::OpenQuote)? {
                    escaped @ ('"' | '\\' | '$' | '`') => self.word.push(escaped),
                    '\n' => {}
                    other => self.word.extend(['\\', other]),
                },
                '$' => self.expansion()?,
                '`' => return Err(Breakage::Unclear),
                other => self.word.push(other),
            }
        }
    }

    /// `$NAME` and `${NAME}` stay one value, whatever is in it; what else there may be is Bash's alone.
    fn expansion(&mut self) -> Result<(), Breakage> {
        self.is_known = false;
        let is_name = |text: &str| {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        };
        if let Some(rest) = self.rest.strip_prefix('{') {
            let (name, behind) = rest.split_once('}').ok_or(Breakage::Unclear)?;
            self.rest = behind;
            return if is_name(name) { Ok(()) } else { Err(Breakage::Unclear) };
        }
        let starts_a_name = |first: char| first.is_ascii_alphabetic() || first == '_';
        if self.rest.starts_with(starts_a_name) { Ok(()) } else { Err(Breakage::Unclear) }
    }

    /// Blanks at the end are none; another word is an argument, unless it looks like an option.
    fn end_of_word(&mut self) -> Result<(), Breakage> {
        let rest = self.rest.trim_matches([' ', '\t']);
        match rest.chars().next() {
            None => Ok(()),
            Some(first) if is_plain_or_json(first) && rest.chars().all(is_plain_or_json) => {
                let has_option = rest.split(' ').any(|word| word.trim_start_matches('"').starts_with('-'));
                let is_open = rest.matches('"').count() % 2 == 1;
                Err(if has_option || is_open { Breakage::Unclear } else { Breakage::ExtraWord })
            }
            Some(';' | '|' | '<' | '>' | '#' | '\n') => Err(Breakage::Operator),
            Some(_) => Err(Breakage::Unclear),
        }
    }

    /// Only where nothing or an assignment follows: another command may keep the container up.
    fn background(&self) -> Breakage {
        let rest = self.rest;
        let is_assignment = rest.split_once('=').is_some_and(|(name, value)| {
            name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
                && value.bytes().all(|byte| is_plain(byte) || byte == b'&')
        });
        match rest.chars().next() {
            None => Breakage::Background,
            Some('&' | '>') => Breakage::Operator,
            Some(_) if is_assignment => Breakage::Background,
            Some(_) => Breakage::Unclear,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Bash 5.2 made of them.
    #[test]
    fn a_value_arrives_as_bash_hands_it_on() {
        for (value, arrives) in [
            ("/tmp/ray", "/tmp/ray"),
            ("", ""),
            (r#"'{"a": 1}'"#, r#"{"a": 1}"#),
            (r#""{\"a\": 1}""#, r#"{"a": 1}"#),
            (r#"{"a":1}"#, "{a:1}"),
            ("'2'", "2"),
            ("\"2\"", "2"),
            ("2 ", "2"),
            ("a\\ b", "a b"),
            ("a\\", "a "),
            ("a\\\nb", "ab"),
            ("'a'\"b\"c", "abc"),
            ("a#b", "a#b"),
            ("~/x", "~/x"),
            ("\"\\x\"", "\\x"),
            ("é", "é"),
        ] {
            assert_eq!(read(value), Ok(Some(arrives.into())), "{value:?}");
        }
        for value in ["$HOME", "${HOME}/x", "\"$HOME\"", r#"{"a":1,"b":2}"#, "{1..3}"] {
            assert_eq!(read(value), Ok(None), "{value:?}");
        }
    }

    #[test]
    fn a_value_that_breaks_the_line_says_how() {
        for (value, breakage) in [
            ("2 3", Breakage::ExtraWord),
            (" 2", Breakage::ExtraWord),
            ("4 # four", Breakage::Operator),
            ("'a", Breakage::OpenQuote),
            ("\"a\\\"", Breakage::OpenQuote),
            ("a(b)", Breakage::Parenthesis),
            ("a; sleep 1", Breakage::Operator),
            ("a && b", Breakage::Unclear),
            ("a|b", Breakage::Operator),
            ("a\nb", Breakage::Operator),
            ("a&", Breakage::Background),
            ("a&b=1", Breakage::Background),
            ("a&&b", Breakage::Operator),
            ("a& wait", Breakage::Unclear),
            ("2 --num-gpus=1", Breakage::Unclear),
            ("2 3 --num-gpus=1", Breakage::Unclear),
            ("$(hostname -i)", Breakage::Unclear),
            ("`nproc`", Breakage::Unclear),
            ("${A:-1}", Breakage::Unclear),
            ("$A 2", Breakage::Unclear),
        ] {
            assert_eq!(read(value), Err(breakage), "{value:?}");
        }
    }
}

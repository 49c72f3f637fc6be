//! Keywords and parentheses: `if`, `while`, `until`, `{ }` and `( )`, from their opening over their parts to their end.
//!
//! The grammar asks here for every word with which a command can begin.

use super::grammar::{Grammar, REQUIRED, State};
use super::problem::{Doubt, Problem, Stop};
use super::script::{Operator, Word};
use super::submission::Dialect;

/// The deepest nesting of compound commands that is followed.
const MAX_DEPTH: usize = 64;

/// A compound command that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    IfCondition,
    IfThen,
    IfElse,
    LoopCondition(&'static str),
    LoopBody,
    Brace,
    Parenthesis,
}

impl Grammar<'_> {
    /// Takes a word where a command can begin; whether it is a keyword.
    pub(super) fn keyword(&mut self, start: usize, word: &Word) -> Result<bool, Stop> {
        if word.is_joined {
            return Err(Doubt::Construct.into());
        }
        match self.plain(word) {
            "if" => self.open(Frame::IfCondition, "if", start)?,
            "while" => self.open(Frame::LoopCondition("while"), "while", start)?,
            "until" => self.open(Frame::LoopCondition("until"), "until", start)?,
            "{" => self.open(Frame::Brace, "{", start)?,
            "then" => self.turn("then", Frame::IfThen, start, |at| at == Frame::IfCondition)?,
            "elif" => self.turn("elif", Frame::IfCondition, start, |at| at == Frame::IfThen)?,
            "else" => self.turn("else", Frame::IfElse, start, |at| at == Frame::IfThen)?,
            "do" => self.turn("do", Frame::LoopBody, start, |at| matches!(at, Frame::LoopCondition(_)))?,
            "fi" => self.close("fi", start, |at| matches!(at, Frame::IfThen | Frame::IfElse))?,
            "done" => self.close("done", start, |at| at == Frame::LoopBody)?,
            "}" => self.close("}", start, |at| at == Frame::Brace)?,
            // Behind `|` some versions of bash refuse it.
            "!" if matches!(self.separator, Some((Operator::Pipe, _))) => return Err(Doubt::Construct.into()),
            "!" => self.state = State::Negated,
            "esac" => return Err(Stop::Refused(Problem::Unexpected("esac"), start)),
            "time" if self.dialect == Dialect::Bash => self.state = State::Negated,
            "time" => return Err(Doubt::Dialect.into()),
            // Aliases and options change what the next line is.
            "case" | "for" | "select" | "function" | "coproc" | "in" | "[[" | "]]" | "alias" | "shopt" => {
                return Err(Doubt::Construct.into());
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn open(&mut self, frame: Frame, word: &'static str, start: usize) -> Result<(), Stop> {
        if self.stack.len() == MAX_DEPTH {
            return Err(Doubt::Depth.into());
        }
        if self.is_in_first {
            self.first.is_compound = true;
        }
        self.stack.push((frame, start));
        self.opened = Some((word, start));
        self.state = REQUIRED;
        Ok(())
    }

    /// A keyword that leads from one part of a compound command to the next.
    fn turn(
        &mut self,
        word: &'static str,
        next: Frame,
        start: usize,
        fits: impl Fn(Frame) -> bool,
    ) -> Result<(), Stop> {
        let is_required = matches!(self.state, REQUIRED | State::Negated);
        match self.stack.last_mut() {
            Some((frame, _)) if fits(*frame) && !is_required => {
                *frame = next;
                self.state = REQUIRED;
                Ok(())
            }
            _ => Err(Stop::Refused(Problem::Unexpected(word), start)),
        }
    }

    /// A keyword or parenthesis that ends a compound command.
    pub(super) fn close(
        &mut self,
        word: &'static str,
        start: usize,
        fits: impl Fn(Frame) -> bool,
    ) -> Result<(), Stop> {
        let is_required = matches!(self.state, REQUIRED | State::Negated);
        if is_required || !self.stack.last().is_some_and(|(frame, _)| fits(*frame)) {
            return Err(Stop::Refused(Problem::Unexpected(word), start));
        }
        self.stack.pop();
        if self.stack.is_empty() && start < self.length {
            self.unwrapped.get_or_insert(start);
        }
        self.state = State::Ended;
        Ok(())
    }

    pub(super) fn open_parenthesis(&mut self, start: usize) -> Result<(), Stop> {
        // `(( … ))`, `name=( … )`, `name ( )` and patterns are not followed; a word of a `case` is none of these.
        let before = start.checked_sub(1).and_then(|before| self.text.as_bytes().get(before).copied());
        let is_doubtful =
            self.text[start + 1..].starts_with('(') || before.is_some_and(|byte| b"=@!*+?".contains(&byte));
        match self.state {
            State::Start { .. } | State::Negated if !is_doubtful => {
                self.begin_command(start);
                self.open(Frame::Parenthesis, "(", start)
            }
            State::Arguments if self.is_in_arguments_of_ray(start) => {
                Err(Stop::Refused(Problem::Unexpected("("), start))
            }
            _ => Err(Doubt::Construct.into()),
        }
    }
}

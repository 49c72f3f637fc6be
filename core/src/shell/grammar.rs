//! Follows the tokens through the shell's grammar, without recursion: a stack of open compound commands.
//!
//! Simple commands, lists, pipelines and what `compound` knows are followed; at any other construct the reading ends in
//! doubt. The text is read together with what KubeRay writes behind it.

use super::compound::Frame;
use super::lexer::{Lexer, Token, is_name};
use super::problem::{Doubt, Fault, Problem, Stop};
use super::script::{Command, End, Operator, Script, Word};
use super::submission::{Dialect, Reader};

/// What can come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// A command; it must come where something that joins or opens stands before.
    Start { is_required: bool },
    /// A command behind `!` or `time`, which may stand alone in some shells.
    Negated,
    /// Words and redirections of a simple command.
    Arguments,
    /// Redirections or an operator, behind the end of a compound command.
    Ended,
}

pub(super) const START: State = State::Start { is_required: false };
pub(super) const REQUIRED: State = State::Start { is_required: true };

/// How far a text is read, and what it was until there.
pub(super) struct Grammar<'t> {
    pub(super) text: &'t str,
    /// Where the entrypoint ends, and what KubeRay writes behind it begins.
    pub(super) length: usize,
    pub(super) dialect: Dialect,
    pub(super) stack: Vec<(Frame, usize)>,
    pub(super) state: State,
    pub(super) first: Command,
    pub(super) is_in_first: bool,
    /// The last operator of the entrypoint.
    pub(super) separator: Option<(Operator, usize)>,
    pub(super) tail: Option<(Operator, usize)>,
    /// The comment that was the last token.
    pub(super) comment: Option<usize>,
    /// Where the last compound command was opened, and with what word.
    pub(super) opened: Option<(&'static str, usize)>,
    /// Where the entrypoint itself closes what KubeRay has opened before it.
    pub(super) unwrapped: Option<usize>,
    /// Whether the entrypoint stands inside of an `if` of KubeRay's.
    pub(super) is_wrapped: bool,
    pub(super) is_late: bool,
}

/// Reads an entrypoint as that reader does.
pub(super) fn read(entrypoint: &str, reader: Reader) -> Script {
    let line = [entrypoint, reader.rest_of_line()].concat();
    let mut lexer = Lexer::new(&line, reader.dialect());
    let mut grammar = Grammar::new(&line, entrypoint.len(), reader);
    let end = loop {
        let step = lexer.next().and_then(|(start, token)| {
            let is_end = matches!(token, Token::End);
            grammar.take(start, token, lexer.unended).map(|()| is_end)
        });
        match step {
            Ok(false) => {}
            Ok(true) => break End::Complete,
            Err(Stop::Unsure(doubt)) => break End::Unsure(doubt),
            Err(Stop::Refused(problem, offset)) => break grammar.refused(problem, offset, reader),
        }
    };
    grammar.finish(lexer, end)
}

impl<'t> Grammar<'t> {
    fn new(text: &'t str, length: usize, reader: Reader) -> Self {
        let (stack, state) = match reader {
            Reader::K8sJob => (vec![(Frame::IfThen, 0)], State::Arguments),
            Reader::Sidecar => (Vec::new(), State::Arguments),
            Reader::Head => (Vec::new(), START),
        };
        Self {
            text,
            length,
            dialect: reader.dialect(),
            stack,
            state,
            first: Command { end: length, ..Command::default() },
            is_in_first: true,
            separator: None,
            tail: None,
            comment: None,
            opened: None,
            unwrapped: None,
            is_wrapped: reader == Reader::K8sJob,
            is_late: false,
        }
    }

    fn take(&mut self, start: usize, token: Token, unended: Option<usize>) -> Result<(), Stop> {
        if !matches!(token, Token::Comment | Token::End) {
            self.comment = None;
        }
        match token {
            Token::Word(word) => self.word(start, word),
            Token::Redirection(redirection) => {
                self.begin_command(start);
                if self.state != State::Ended {
                    self.state = State::Arguments;
                }
                if self.is_in_first && start < self.length {
                    self.first.redirections.push(redirection);
                }
                Ok(())
            }
            Token::Separator(operator) => self.separator(operator, start),
            Token::Open => self.open_parenthesis(start),
            Token::Close => self.close(")", start, |frame| frame == Frame::Parenthesis),
            Token::CaseSeparator => Err(Stop::Refused(Problem::MissingCommand(";;"), start)),
            Token::Comment => {
                self.comment = Some(start);
                if self.is_in_first {
                    self.first.end = self.first.end.min(start);
                }
                Ok(())
            }
            Token::End => self.end(unended),
        }
    }

    /// A command or one of its words begins: what stands before is followed by something.
    pub(super) fn begin_command(&mut self, start: usize) {
        if let (Some(separator), None, true) = (self.separator, self.tail, start < self.length) {
            self.tail = Some(separator);
        }
    }

    fn word(&mut self, start: usize, word: Word) -> Result<(), Stop> {
        self.begin_command(start);
        // For bash `name[` may begin an assignment, whose subscript can have blanks.
        if begins_subscript(&self.text[word.place.clone()]) && !self.is_in_arguments_of_ray(start) {
            return Err(Doubt::Construct.into());
        }
        match self.state {
            State::Arguments => {}
            State::Start { .. } | State::Negated => {
                if self.keyword(start, &word)? {
                    return Ok(());
                }
            }
            State::Ended => {
                return match self.plain(&word) {
                    "then" | "elif" | "else" | "fi" | "do" | "done" | "}" => {
                        self.keyword(start, &word).map(drop)
                    }
                    _ => Err(Stop::Refused(Problem::AfterCompound, start)),
                };
            }
        }
        self.state = State::Arguments;
        if self.is_in_first && start < self.length {
            self.first.words.push(word);
        }
        Ok(())
    }

    pub(super) fn plain(&self, word: &Word) -> &'t str {
        if word.is_plain { &self.text[word.place.clone()] } else { "" }
    }

    /// Whether a parenthesis stands among the arguments of `ray job submit`, where no function can be defined.
    pub(super) fn is_in_arguments_of_ray(&self, start: usize) -> bool {
        self.dialect == Dialect::Bash && self.is_in_first && start < self.length
    }

    fn separator(&mut self, operator: Operator, start: usize) -> Result<(), Stop> {
        match self.state {
            State::Start { is_required } if operator == Operator::NewLine => {
                // A list that ends with `;` or `&` runs at the line break.
                self.is_late |= !is_required && !self.is_in_first && self.stack.is_empty();
                return Ok(());
            }
            State::Negated => return Err(Doubt::Construct.into()),
            State::Start { .. } => {
                return Err(Stop::Refused(Problem::MissingCommand(operator.as_str()), start));
            }
            State::Arguments | State::Ended => {}
        }
        if self.stack.is_empty() && operator == Operator::NewLine {
            self.is_late = true;
        }
        if self.is_in_first {
            self.first.end = self.first.end.min(start);
            self.is_in_first = false;
        }
        if start < self.length {
            self.separator = Some((operator, start));
        }
        self.state = State::Start { is_required: operator.joins() };
        Ok(())
    }

    fn end(&mut self, unended: Option<usize>) -> Result<(), Stop> {
        let refused = |problem, offset| Err(Stop::Refused(problem, offset));
        if !self.stack.is_empty() {
            let is_only_wrapped = self.is_wrapped && self.stack.len() == 1;
            return match (unended, self.comment, self.opened) {
                (Some(offset), ..) if self.is_wrapped => refused(Problem::HereDocumentAtEnd, offset),
                (_, Some(offset), _) if is_only_wrapped => refused(Problem::CommentAtEnd, offset),
                (.., Some((word, offset))) => refused(Problem::Unfinished(word), offset),
                (.., None) => Err(Doubt::Construct.into()),
            };
        }
        match (self.state, self.separator) {
            (State::Negated, _) => Err(Doubt::Construct.into()),
            (REQUIRED, Some((operator, offset))) => {
                refused(Problem::MissingCommand(operator.as_str()), offset)
            }
            _ => Ok(()),
        }
    }

    /// A fault as the reader of the entrypoint sees it: what KubeRay's own words trip over stands before them.
    fn refused(&self, problem: Problem, offset: usize, reader: Reader) -> End {
        // A newer KubeRay may wrap this mode's command in an `if` as well.
        let closes_wrapper = matches!(problem, Problem::Unexpected("fi" | "else" | "elif"));
        if reader == Reader::Sidecar && self.stack.is_empty() && closes_wrapper {
            return End::Unsure(Doubt::Construct);
        }
        let (problem, offset) = if offset < self.length { (problem, offset) } else { self.blamed(problem) };
        End::Refused(Fault { problem, offset, is_late: self.is_late })
    }

    fn blamed(&self, problem: Problem) -> (Problem, usize) {
        let open = self.opened.filter(|_| self.stack.last().is_some_and(|(_, offset)| *offset > 0));
        match (self.unwrapped, open, self.separator) {
            (Some(offset), ..) => (Problem::Unexpected("fi"), offset),
            (None, _, Some((operator, offset))) if self.state == START || self.state == REQUIRED => {
                match open.filter(|(_, opened)| *opened > offset) {
                    Some((word, opened)) => (Problem::Unfinished(word), opened),
                    None => (Problem::MissingCommand(operator.as_str()), offset),
                }
            }
            (None, Some((word, offset)), _) => (Problem::Unfinished(word), offset),
            _ => (problem, self.length.saturating_sub(1)),
        }
    }

    fn finish(self, lexer: Lexer<'_>, end: End) -> Script {
        let mut first = self.first;
        first.expansions = lexer.expansions;
        first.expansions.retain(|expansion| expansion.offset() < first.end);
        let background = match (self.state, self.separator) {
            (START, Some((Operator::Background, offset))) if end == End::Complete => Some(offset),
            _ => None,
        };
        Script { first, tail: self.tail, background, end }
    }
}

fn begins_subscript(word: &str) -> bool {
    let end = word.bytes().position(|byte| !is_name(byte)).unwrap_or(word.len());
    end > 0 && word[end..].starts_with('[')
}

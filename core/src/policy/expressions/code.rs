//! An expression ready to run: names are resolved, patterns compiled, and nothing in it is unknown.

use regex::Regex;
use regex_automata::dfa::dense;
use regex_automata::nfa::thompson;

use super::functions::Function;
use super::syntax::{Literal, Operator};
use super::variables::Variable;

/// A part of an expression.
#[derive(Clone, Debug)]
pub(super) enum Code {
    Literal(Literal),
    Variable(Variable),
    /// The variable of a loop, counted from the outermost.
    Local(usize),
    Select(Box<Code>, String),
    /// Whether the field is there.
    Has(Box<Code>, String),
    Index(Box<[Code; 2]>),
    List(Vec<Code>),
    Map(Vec<[Code; 2]>),
    Not(Box<Code>),
    Negate(Box<Code>),
    All(Vec<Code>),
    Any(Vec<Code>),
    Conditional(Box<[Code; 3]>),
    Binary(Operator, Box<[Code; 2]>),
    Call(Function, Vec<Code>),
    Matches(Box<Code>, Box<Pattern>),
    Loop(Box<Loop>),
}

/// A macro over a list, or the keys of a map.
#[derive(Clone, Debug)]
pub(super) struct Loop {
    pub(super) kind: LoopKind,
    pub(super) range: Code,
    /// For `map` with three arguments, which items are taken.
    pub(super) condition: Option<Code>,
    pub(super) body: Code,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LoopKind {
    All,
    Exists,
    ExistsOne,
    Map,
    Filter,
}

/// A regular expression, and what it may cost.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub(super) regex: Regex,
    /// Steps for 16 bytes that are searched.
    pub(super) steps: usize,
}

impl LoopKind {
    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "all" => Self::All,
            "exists" => Self::Exists,
            "exists_one" => Self::ExistsOne,
            "map" => Self::Map,
            "filter" => Self::Filter,
            _ => return None,
        })
    }
}

impl Pattern {
    /// The most memory that a pattern may take once compiled, in bytes, and the steps for 16 bytes that it searches: in
    /// the worst case each of its states is tried at each byte.
    const SIZES: [(usize, usize); 3] = [(4 << 10, 320), (16 << 10, 1280), (128 << 10, 10_240)];
    /// The same where there is one state at each byte.
    const STEPS_OF_AUTOMATON: usize = 2;

    /// Compiles a pattern.
    pub(super) fn compile(pattern: &str) -> Result<Self, String> {
        let build = |(size, steps)| {
            let regex = regex::RegexBuilder::new(pattern).size_limit(size).build()?;
            let steps = if is_deterministic(pattern) { Self::STEPS_OF_AUTOMATON } else { steps };
            Ok(Self { regex, steps })
        };
        let [small, large, largest] = Self::SIZES;
        let compiled = build(small).or_else(|_| build(large)).or_else(|_| build(largest));
        compiled.map_err(|error: regex::Error| {
            match error {
                regex::Error::CompiledTooBig(_) => "the pattern is too large once it is compiled".to_owned(),
                // What is wrong stands below a drawing of the pattern.
                error => {
                    let text = error.to_string();
                    let line = text.lines().last().unwrap_or_default();
                    format!("not a regular expression: {}", line.trim_start_matches("error: "))
                }
            }
        })
    }
}

/// Whether a small automaton does what the pattern says, from the front and from behind: then whatever text there is, each
/// byte is one look into a table.
fn is_deterministic(pattern: &str) -> bool {
    /// Bytes of the table, and of what is needed to build it.
    const LARGEST: (usize, usize) = (256 << 10, 1 << 20);
    let fits = |from_behind| {
        let limits =
            dense::Config::new().dfa_size_limit(Some(LARGEST.0)).determinize_size_limit(Some(LARGEST.1));
        let mut builder = dense::Builder::new();
        builder.configure(limits).thompson(thompson::Config::new().reverse(from_behind));
        builder.build(pattern).is_ok()
    };
    fits(false) && fits(true)
}

//! The expressions of a policy: CEL over the job, the request and what Raygate computes of both.
//!
//! ```text
//! text ─► lexer ─► parse ─► syntax tree ─► compile (variables, functions, types) ─► Code ─┐   once, with the policy
//!                    └───────── Problems ◄────┘                                           ▼
//! job, request ─► scope (only what the code names) ──────────────────────────────► run, step by step ─► true, false,
//!                                                                                                      Failure
//! ```
//!
//! Nothing here overflows a stack or runs for long: the tree is bounded when it is built, and each step is paid from a
//! budget that ends. What CEL means is held by a test against another implementation.

mod code;
mod compile;
mod functions;
mod lexer;
mod operations;
mod operators;
mod parse;
mod run;
mod scope;
mod syntax;
mod types;
mod value;
mod variables;

#[cfg(test)]
mod tests;

use super::mistakes::{At, Mistakes};
use super::spec::Validation;
use crate::document::{Any, Field};
use crate::quoted::is_printable;
use crate::rayjob::RayJob;
use code::Code;
pub use run::Budget;
pub use scope::Scope;
pub use value::Failure;

/// An expression that must be true of a job.
#[derive(Clone, Debug)]
pub struct Expression {
    /// What whoever wrote the job is told.
    pub message: String,
    /// Its place in the policy's list, from 0.
    pub index: usize,
    /// Whether the labels of the namespace decide too.
    pub needs_namespace_labels: bool,
    code: Code,
    reads: Vec<Vec<String>>,
}

/// What is wrong with an expression.
#[derive(Debug, PartialEq)]
struct Problem {
    /// The byte at which it stands.
    at: usize,
    message: String,
}

impl Problem {
    fn at(at: usize, message: impl Into<String>) -> Self {
        Self { at, message: message.into() }
    }

    /// The problem with its place, as people count.
    fn told_of(&self, text: &str) -> String {
        let before = text.get(..self.at).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let Self { message, .. } = self;
        if text.trim_end().contains('\n') {
            format!("line {line}, column {column} of the expression: {message}")
        } else {
            format!("character {column} of the expression: {message}")
        }
    }
}

impl Expression {
    /// Compiles those without a mistake.
    pub(super) fn compile_all(spec: &[Validation], at: &At<'_>, mistakes: &mut Mistakes) -> Vec<Self> {
        let compile = |(index, validation): (usize, &Validation)| {
            let at = at.index(index);
            let message = one_line(&validation.message);
            if message.is_empty() {
                mistakes.note(
                    &at.key("message"),
                    "whoever wrote the job must be told something: write what is wrong",
                );
            }
            let compiled = parse::parse(&validation.expression)
                .map_err(|problem| vec![problem])
                .and_then(|tree| compile::compile(&tree));
            match compiled {
                Ok(compile::Compiled { code, reads, needs_namespace_labels }) => {
                    Some(Self { message, index, needs_namespace_labels, code, reads })
                }
                Err(problems) => {
                    for problem in problems {
                        mistakes.note(&at.key("expression"), problem.told_of(&validation.expression));
                    }
                    None
                }
            }
        };
        spec.iter().enumerate().filter_map(compile).collect()
    }

    /// Whether it is true, as long as the budget lasts.
    ///
    /// # Errors
    ///
    /// When there is no answer: a field is missing, types do not go together, a number is too large, or it takes too long.
    pub fn is_true<'v>(&'v self, scope: &Scope<'v, '_>, budget: &mut Budget) -> Result<bool, Failure> {
        run::run(&self.code, scope, budget)
    }

    /// The fields of the job that decide, those in front that the expression names first; none when only the request does.
    pub fn fields<'a>(&'a self, job: &RayJob<'a>) -> impl Iterator<Item = Field<'a>> {
        let root = job.object.any();
        self.reads.iter().flat_map(move |way| {
            let way: Vec<&'a str> = way.iter().map(String::as_str).collect();
            match way.as_slice() {
                // Of the metadata as a whole, what the API server writes changes with every update.
                [] => {
                    vec![
                        field_at(root, &["spec"]),
                        field_at(root, &["metadata", "labels"]),
                        field_at(root, &["metadata", "annotations"]),
                    ]
                }
                ["metadata"] => {
                    vec![
                        field_at(root, &["metadata", "labels"]),
                        field_at(root, &["metadata", "annotations"]),
                    ]
                }
                way => vec![field_at(root, way)],
            }
        })
    }
}

fn field_at<'a>(root: Field<'a>, way: &[&'a str]) -> Field<'a, Any> {
    way.iter().fold(root, |field, step| field.child(step))
}

/// The text on one line, without what would disturb a terminal.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    let line: String = words.join(" ").chars().filter(|character| is_printable(*character)).collect();
    line.trim_end_matches('.').to_owned()
}

//! `yaml::Source`: where everything stands in a manifest, what is refused, and that the values are Go's.

#![expect(clippy::panic, reason = "a test fails with what it found")]

mod errors;
mod inside;
mod json;
mod lines;
mod places;
mod writer;
mod written;

use std::borrow::Cow;

use raygate_core::field_path::Step;
use raygate_core::yaml::{Position, Source, SourceError, Span, Syntax};

/// Reads a text that is no error.
fn read(text: &str, syntax: Syntax) -> Source<'_> {
    Source::read(text, syntax).unwrap_or_else(|error| panic!("{text:?}: {error} at {:?}", error.position))
}

fn refused(text: &str, syntax: Syntax) -> SourceError {
    match Source::read(text, syntax) {
        Ok(source) => panic!("{text:?} is read as {:?}", source.root()),
        Err(error) => error,
    }
}

/// The steps of a way such as `a.0.b`; a number is a position in a list, unless it stands in quotes.
fn steps(way: &str) -> Vec<Step<'_>> {
    way.split('.')
        .filter(|step| !step.is_empty())
        .map(|step| match step.parse() {
            Ok(index) => Step::Index(index),
            Err(_) => Step::Key(Cow::Borrowed(step.trim_matches('"'))),
        })
        .collect()
}

fn shown(span: &Span) -> String {
    format!("{}-{}", at(span.start), at(span.end))
}

fn at(position: Position) -> String {
    format!("{}:{}", position.line, position.column)
}

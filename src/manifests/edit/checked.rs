//! The edits of a chunk, tried and read again: what does not say exactly the old value with the patch applied is dropped.

use raygate_core::yaml::{Source, Syntax};
use serde_json::Value;

use super::text_edit::{TextEdit, apply};
use super::{Addition, EditError, edits};
use crate::manifests::chunks::complete;

/// A chunk with what could be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The text.
    pub text: String,
    /// What is not in it.
    pub refused: Vec<EditError>,
}

/// Adds to a text what can be added without changing anything else. The source is what the text reads as.
pub fn add(text: &str, syntax: Syntax, source: &Source<'_>, additions: &[Addition]) -> Edited {
    let trial = Trial { text, syntax, old: Value::from(&source.root().value) };
    let made: Vec<_> =
        additions.iter().map(|addition| (addition, edits(text, source, syntax, addition))).collect();
    // What is shared by an alias may be added by an addition to where it is written.
    let all: Vec<_> = made
        .iter()
        .map(|(addition, edits)| Made { addition, edits: edits.as_deref().unwrap_or_default() })
        .collect();
    if let Some(text) = trial.of(&all) {
        return Edited { text, refused: Vec::new() };
    }
    let possible: Vec<_> = all.into_iter().filter(|made| !made.edits.is_empty()).collect();
    let mut refused: Vec<_> = made.iter().filter_map(|(_, edits)| edits.as_ref().err().cloned()).collect();
    let mut sorted = Sorted { good: Vec::new(), text: text.to_owned(), spoiling: Vec::new() };
    trial.sort_out(&possible, &mut sorted);
    let Sorted { text, spoiling, .. } = sorted;
    refused.extend(spoiling.into_iter().map(|addition| addition.unsafe_here(source)));
    refused.sort_by_key(|error| error.position);
    Edited { text, refused }
}

/// An addition and the edits that make it.
#[derive(Clone, Copy)]
struct Made<'e> {
    addition: &'e Addition,
    edits: &'e [TextEdit],
}

/// A text that is edited to see what it says then.
struct Trial<'t> {
    text: &'t str,
    syntax: Syntax,
    old: Value,
}

impl Trial<'_> {
    /// The text with these edits, if it reads as the old value with all their additions.
    fn of(&self, made: &[Made<'_>]) -> Option<String> {
        let mut expected = self.old.clone();
        for one in made {
            json_patch::patch(&mut expected, &one.addition.operations).ok()?;
        }
        let edits = made.iter().flat_map(|one| one.edits.iter().cloned()).collect();
        let edited = apply(self.text, edits)?;
        let complete = complete(&edited, self.syntax);
        let read = Source::read(&complete, self.syntax).ok()?;
        (Value::from(&read.root().value) == expected).then_some(edited)
    }

    /// Takes as many of these edits as are possible together, and finds the additions that spoil the rest: half by half,
    /// for a list may hold thousands of jobs.
    fn sort_out<'e>(&self, made: &[Made<'e>], sorted: &mut Sorted<'e>) {
        let together: Vec<_> = sorted.good.iter().chain(made).copied().collect();
        match (self.of(&together), made) {
            (_, []) => {}
            (Some(text), _) => (sorted.text, sorted.good) = (text, together),
            (None, [one]) => sorted.spoiling.push(one.addition),
            (None, _) => {
                let (first, second) = made.split_at(made.len() / 2);
                self.sort_out(first, sorted);
                self.sort_out(second, sorted);
            }
        }
    }
}

/// Edits that are possible together, and additions that are not.
struct Sorted<'e> {
    good: Vec<Made<'e>>,
    /// The text with the good ones.
    text: String,
    spoiling: Vec<&'e Addition>,
}

//! All completed inputs as one stream that kubectl reads as it reads the inputs one by one.

use std::borrow::Cow;

use anyhow::bail;
use raygate_core::yaml::Syntax;

use super::complete::Completed;
use crate::manifests;

const MARK: char = '\u{feff}';

/// The parts of the stream, without what holds no object. A single input is left as it is, to the byte.
pub(super) fn join(completed: &[Completed]) -> anyhow::Result<Vec<Cow<'_, str>>> {
    let completed: Vec<_> = completed.iter().filter(|one| !one.is_other).collect();
    if let [only] = completed[..] {
        return Ok(vec![Cow::Borrowed(&only.after)]);
    }
    let values: Vec<_> = completed.iter().map(|one| values_of_json(one)).collect();
    let is_json = values.iter().all(Option::is_some);
    if !is_json && let Some(at) = values.iter().position(|values| values.is_some_and(|values| values > 1)) {
        bail!(
            "{} holds several JSON values, which cannot be printed behind YAML: name it alone, or use --write",
            completed[at].name
        );
    }
    let mut parts = Vec::new();
    let mut is_line_begin = true;
    for (number, one) in completed.iter().enumerate() {
        let text = one.after.trim_start_matches(MARK);
        if !is_line_begin {
            parts.push("\n".into());
        }
        if number > 0 && !is_json && !begins_with_separator(text) {
            parts.push("---\n".into());
        }
        parts.push(text.into());
        is_line_begin = text.is_empty() || text.ends_with('\n');
    }
    Ok(parts)
}

/// How many values an input holds, if it is JSON.
fn values_of_json(completed: &Completed) -> Option<usize> {
    let mut chunks = manifests::chunks(&completed.name, &completed.after).peekable();
    let is_json = matches!(chunks.peek(), Some(Ok(chunk)) if chunk.syntax == Syntax::Json);
    is_json.then(|| chunks.count())
}

fn begins_with_separator(text: &str) -> bool {
    text.strip_prefix("---")
        .is_some_and(|rest| rest.trim_start_matches([' ', '\t']).starts_with(['\n', '\r', '#']))
}

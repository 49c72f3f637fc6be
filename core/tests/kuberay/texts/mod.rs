//! What KubeRay's error texts mean: a text of its validation goes in, the codes of the rules that say the same come out.

mod never;
mod table;

use std::collections::BTreeSet;

use never::NEVER;
use raygate_core::kuberay::KubeRayVersion;
use table::{TABLE, UNTIL_1_4};

/// What KubeRay puts before a text, in some versions and for some texts.
const PREFIXES: [&str; 5] = [
    "The RayJob metadata is invalid: ",
    "The RayJob spec is invalid: ",
    "The RayJob status is invalid: ",
    "The RayCluster spec is invalid: ",
    "invalid RayJob State: ",
];

/// Formats that only carry other texts.
const CARRIERS: [&str; 3] = ["%w", "%s", "deletionRules[%d]: %w"];

/// A known text of KubeRay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Known {
    /// The code of the rule.
    pub(crate) code: &'static str,
    /// The format in KubeRay's source, without prefix.
    pub(crate) format: &'static str,
}

impl Known {
    /// All that this version can say; where a format stands twice, the first row counts.
    fn all(version: KubeRayVersion) -> impl Iterator<Item = Self> {
        let older = if version <= KubeRayVersion::V1_4 { UNTIL_1_4 } else { &[] };
        older.iter().chain(TABLE).map(|&(code, format)| Self { code, format })
    }

    /// Why no job can bring this text about, if so.
    pub(crate) fn never(self) -> Option<&'static str> {
        NEVER.iter().find(|(format, _)| *format == self.format).map(|(_, reason)| *reason)
    }
}

/// All formats of the table.
pub(crate) fn formats() -> BTreeSet<&'static str> {
    TABLE.iter().chain(UNTIL_1_4).map(|(_, format)| *format).collect()
}

/// The codes of all rules that say what KubeRay says.
pub(crate) fn codes() -> BTreeSet<&'static str> {
    TABLE.iter().chain(UNTIL_1_4).map(|(code, _)| *code).collect()
}

/// The known text of this format in KubeRay's source; none for a format that only carries others or never occurs.
///
/// # Errors
///
/// The format, when the table lacks it.
pub(crate) fn of_format(version: KubeRayVersion, format: &str) -> Result<Option<Known>, String> {
    let format = without_prefix(format);
    if CARRIERS.contains(&format) {
        return Ok(None);
    }
    let known = Known::all(version).find(|known| known.format == format);
    let needs_no_rule = NEVER.iter().any(|(never, _)| *never == format);
    if known.is_some() || needs_no_rule { Ok(known) } else { Err(format.to_owned()) }
}

/// What an error of KubeRay says: several things when it found several; nothing when a text is unknown.
pub(crate) fn meanings(version: KubeRayVersion, error: &str) -> Vec<Known> {
    if let Some(known) = meaning(version, error) {
        return vec![known];
    }
    // deletionRules and TTLs are judged one by one, and the errors are joined by line breaks.
    let lines: Option<Vec<_>> = error.lines().map(|line| meaning(version, line)).collect();
    lines.unwrap_or_default()
}

fn meaning(version: KubeRayVersion, error: &str) -> Option<Known> {
    let error = without_prefix(error);
    // The longest format is the most specific one.
    let fitting = Known::all(version).filter(|known| fits(known.format, error));
    let best =
        fitting.reduce(|best, known| if known.format.len() > best.format.len() { known } else { best });
    best.or_else(|| {
        let rest = error.strip_prefix("deletionRules[")?;
        meaning(version, rest.split_once("]: ")?.1)
    })
}

fn without_prefix(text: &str) -> &str {
    PREFIXES.iter().find_map(|prefix| text.strip_prefix(prefix)).unwrap_or(text)
}

/// Whether `fmt.Errorf` can write this text with this format.
fn fits(format: &str, text: &str) -> bool {
    let mut pieces = format.split('%');
    let Some(mut rest) = pieces.next().and_then(|start| text.strip_prefix(start)) else { return false };
    let mut pieces = pieces.peekable();
    while let Some(piece) = pieces.next() {
        // Behind the sign stands the verb.
        let (verb, literal) = piece.split_at(1);
        let is_last = pieces.peek().is_none();
        let found = if is_last { rest.strip_suffix(literal) } else { rest.split(literal).next() };
        let Some(value) = found.filter(|value| can_be(verb, value)) else { return false };
        if !is_last && value.len() == rest.len() {
            return false;
        }
        rest = rest.get(value.len() + literal.len()..).unwrap_or_default();
    }
    rest.is_empty()
}

/// Whether the verb can write this value.
fn can_be(verb: &str, value: &str) -> bool {
    match verb {
        "v" | "w" => true,
        "d" => value.parse::<i64>().is_ok(),
        _ => !value.contains('\n'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes_of(error: &str) -> Vec<&'static str> {
        meanings(KubeRayVersion::NEWEST, error).iter().map(|known| known.code).collect()
    }

    #[test]
    fn errors_are_read_as_the_table_says() {
        assert_eq!(
            codes_of("The RayJob spec is invalid: backoffLimit must be a positive integer"),
            ["RJ109"]
        );
        assert_eq!(codes_of("backoffLimit must be a positive integer"), ["RJ109"]);
        assert_eq!(
            codes_of("failed to unmarshal RuntimeEnvYAML: a:\n\tb: error converting YAML to JSON"),
            ["RJ302"]
        );
        assert_eq!(codes_of("worker group a has minReplicas 2 greater than maxReplicas 1"), ["RJ209"]);
        assert_eq!(
            codes_of("worker group a has minReplicas 2 greater than maxReplicas 1, too"),
            Vec::<&str>::new()
        );
    }

    #[test]
    fn several_errors_are_read_one_by_one() {
        let error = "deletionRules[0]: TTLSeconds must be non-negative\n\
                     for JobStatus 'FAILED': DeleteSelf TTL (1) must be >= DeleteCluster TTL (2)";
        assert_eq!(codes_of(error), ["RJ125", "RJ127"]);
        assert!(codes_of("deletionRules[0]: TTLSeconds must be non-negative\nsomething else").is_empty());
    }
}

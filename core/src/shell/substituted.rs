//! What the submitter's bash replaces in the texts that KubeRay puts between double quotes: the runtime environment,
//! the metadata, the entrypoint's resources.
//!
//! KubeRay quotes them as Go does, so that `"` and `\` come through; `$` and backticks it leaves as they are.

/// Something in a text that bash replaces between double quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Substituted<'t> {
    /// `$NAME` or `${NAME…}`
    Variable(&'t str),
    /// `$(…)` or backticks
    Command,
}

/// Finds all of it. A backslash before `$` does not help: Go doubles it.
pub fn substituted(text: &str) -> impl Iterator<Item = Substituted<'_>> {
    text.match_indices(['$', '`']).filter_map(|(at, character)| {
        let rest = &text[at + 1..];
        if character == "`" {
            return Some(Substituted::Command);
        }
        let name = rest.strip_prefix('{').unwrap_or(rest);
        let is_part = |character: char| character.is_ascii_alphanumeric() || character == '_';
        let length = name.find(|character| !is_part(character)).unwrap_or(name.len());
        match rest.chars().next() {
            Some('(') => Some(Substituted::Command),
            Some(first) if first.is_ascii_alphabetic() || first == '_' => {
                Some(Substituted::Variable(&name[..length]))
            }
            Some('{') if length > 0 => Some(Substituted::Variable(&name[..length])),
            // `$1` is nothing; `$$` becomes a `$` in Kubernetes first.
            Some(first) if first.is_ascii_digit() => Some(Substituted::Variable(&rest[..1])),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{Substituted, substituted};

    #[test]
    fn only_what_bash_replaces_is_found() {
        use Substituted::{Command, Variable};
        for (text, expected) in [
            ("a $HOME b", Some(Variable("HOME"))),
            ("${RAY_DIR}/requirements.txt", Some(Variable("RAY_DIR"))),
            ("${X:-1}", Some(Variable("X"))),
            ("price: 5$1", Some(Variable("1"))),
            ("$(date)", Some(Command)),
            ("`date`", Some(Command)),
            ("\\$HOME", Some(Variable("HOME"))),
            ("5$", None),
            ("5$ a", None),
            ("a$\"", None),
            ("$$", None),
            ("^a$|b", None),
            ("", None),
        ] {
            assert_eq!(substituted(text).next(), expected, "{text}");
        }
    }
}

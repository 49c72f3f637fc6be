//! Addresses from which a runtime environment takes code, without what may be a secret in them: the name before the host,
//! the query and the fragment.

use std::fmt;

/// An address of another machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source<'t> {
    scheme: String,
    host: String,
    path: &'t str,
    /// Whether a backslash stands before the path, where programs differ on what the host is.
    is_ambiguous: bool,
}

/// Schemes for what is in the image, or in the cluster already.
const LOCAL: [&str; 6] = ["file", "local", "gcs", "conda", "pip", "uv"];

impl<'t> Source<'t> {
    /// All addresses in a text: a line of a requirements file, an option, or a list of such.
    pub fn all_in(text: &'t str) -> impl Iterator<Item = Self> {
        text.split_whitespace().take_while(|word| !word.starts_with('#')).filter_map(Self::in_word)
    }

    fn in_word(word: &'t str) -> Option<Self> {
        let (before, rest) = word.split_once("://")?;
        // A short option may have its value right behind it.
        let is_short_option = before.starts_with('-') && !before.starts_with("--");
        let before = if is_short_option { before.get(2..)? } else { before };
        let is_of_scheme = |character: char| character.is_ascii_alphanumeric() || "+.-".contains(character);
        let start = before.rfind(|character| !is_of_scheme(character)).map_or(0, |last| last + 1);
        let scheme = before.get(start..)?.to_ascii_lowercase();
        if scheme.is_empty() || LOCAL.contains(&scheme.as_str()) {
            return None;
        }
        let rest = rest.split(['?', '#']).next()?.trim_end_matches(['"', '\'', ',', ']']);
        let (authority, path) = rest.find('/').map_or((rest, "/"), |slash| rest.split_at(slash));
        let host = authority.rsplit('@').next()?.to_ascii_lowercase();
        Some(Self { scheme, host, path, is_ambiguous: authority.contains('\\') })
    }

    /// What patterns are about: scheme, host and path.
    pub fn pattern_text(&self) -> String {
        [&self.scheme, "://", &self.host, self.path].concat()
    }

    /// Whether it is known which machine and which path is meant: no variable, nothing that programs read differently.
    pub fn is_certain(&self) -> bool {
        let is_plain = |part: &str| !part.contains(['$', '\\', '{']);
        let has_plain_host = !self.host.is_empty() && is_plain(&self.host) && !self.host.contains('%');
        has_plain_host && is_plain(self.path) && !self.is_ambiguous
    }

    /// Whether the path leads back up, perhaps with its dots or slashes encoded: it is another one than it looks.
    pub fn leads_up(&self) -> bool {
        let path = self.path.to_ascii_lowercase();
        ["%2e", "%2f", "%5c"].iter().any(|encoded| path.contains(encoded))
            || path.split('/').any(|part| part == "..")
    }
}

impl fmt::Display for Source<'_> {
    /// Scheme and host; a path may be a secret, too.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}://{}", self.scheme, self.host)
    }
}

#[cfg(test)]
mod tests {
    use super::Source;

    fn texts(text: &str) -> Vec<String> {
        Source::all_in(text).map(|source| source.pattern_text()).collect()
    }

    #[test]
    fn addresses_are_found_wherever_pip_and_uv_take_them() {
        for (text, expected) in [
            ("requests==2.26", &[][..]),
            ("--index-url https://pypi.example.com/simple", &["https://pypi.example.com/simple"]),
            ("--extra-index-url=HTTPS://PyPI.example.com", &["https://pypi.example.com/"]),
            ("-ihttps://a.example/x", &["https://a.example/x"]),
            ("-i https://a.example/x", &["https://a.example/x"]),
            ("torch @ https://a.example/torch.whl#sha256=00", &["https://a.example/torch.whl"]),
            ("torch@https://a.example/torch.whl", &["https://a.example/torch.whl"]),
            (
                "git+https://github.com/org/repo.git@main#egg=repo",
                &["git+https://github.com/org/repo.git@main"],
            ),
            ("-e git+ssh://git@github.com/org/repo", &["git+ssh://github.com/org/repo"]),
            ("mine=https://a.example/1 https://b.example/2", &["https://a.example/1", "https://b.example/2"]),
            ("requests # see https://a.example", &[]),
            ("file:///opt/a.whl", &[]),
            ("s3://bucket/code.zip?versionId=1", &["s3://bucket/code.zip"]),
        ] {
            assert_eq!(texts(text), expected, "{text}");
        }
    }

    #[test]
    fn what_may_be_a_secret_is_in_no_text() {
        let text = "https://me:hunter2@pypi.example.com@evil.example:8080/a/..?token=hunter2#hunter2";
        let source = Source::all_in(text).next().expect("an address");
        assert_eq!(source.pattern_text(), "https://evil.example:8080/a/..");
        assert_eq!(source.to_string(), "https://evil.example:8080");
        assert!(source.is_certain() && source.leads_up());
        let leads_up = |text| Source::all_in(text).next().expect("an address").leads_up();
        assert!(leads_up("https://a.example/x/%2E%2e/y") && !leads_up("https://a.example/a%20b/..c"));
    }

    #[test]
    fn variables_in_host_or_path_leave_it_open_and_those_before_the_host_do_not() {
        let is_certain = |text| Source::all_in(text).next().expect("an address").is_certain();
        assert!(is_certain("https://${USER}:${TOKEN}@pypi.example.com/simple"));
        assert!(!is_certain("https://${HOST}/simple") && !is_certain("https://a.example/${TEAM}"));
        assert!(!is_certain("https://a.example\\@b.example/") && is_certain("https://a.example/a%20b"));
    }
}

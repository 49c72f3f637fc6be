//! One line of `pip` or `uv` as pip and uv read a requirements file: a package with its versions, an option, or
//! something that is left to them.
//!
//! Only what every version of pip and uv refuses counts as malformed; whatever is doubtful is [`Line::Other`].

use super::options::{is_of_commands, option_name, without_options};

/// A line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'t> {
    /// A package by its name.
    Package(Requirement<'t>),
    /// An option of pip's, such as `--index-url`, which may be followed by a secret.
    Option(&'t str),
    /// A line that pip and uv refuse.
    Malformed(Problem),
    /// A comment, a path, an address, a line with a variable, or anything else that is not judged.
    Other,
}

/// A package and what is wanted of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Requirement<'t> {
    /// The name as it is written.
    pub name: &'t str,
    /// `2.26.0` of `==2.26.0`, if that is all that is said of the version.
    pub pin: Option<&'t str>,
    /// Whether it counts only in some environments.
    pub has_marker: bool,
    /// An option behind the package that pip passes over there.
    pub unread_option: Option<&'t str>,
}

/// Why a line is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// `requests=2.26.0`
    SingleEqualsSign,
    /// `requests^2.26`
    UnknownOperator,
    /// `requests>=2 <3`
    MissingComma,
    /// `requests 2.26`, `pip install requests`
    Blank,
    /// `--upgrade`
    OptionOfCommand,
}

impl Problem {
    /// The problem, for a message.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SingleEqualsSign => "has a single `=` before the version",
            Self::UnknownOperator => "has an operator before the version that Python packages do not know",
            Self::MissingComma => "has two conditions on the version without a comma between them",
            Self::Blank => "has a blank inside, where a version operator is expected",
            Self::OptionOfCommand => "is an option that only a command line may have",
        }
    }
}

/// Longest first, so that `===` is not taken for `==`.
const OPERATORS: [&str; 8] = ["===", "==", "~=", "!=", "<=", ">=", "<", ">"];

/// What makes pip take the text for a file.
const ARCHIVES: [&str; 11] =
    [".zip", ".whl", ".gz", ".tgz", ".tar", ".bz2", ".tbz", ".xz", ".txz", ".lzma", ".lz"];

impl<'t> Line<'t> {
    /// Reads one line.
    pub fn of(line: &'t str) -> Self {
        let line = without_comment(line).trim();
        let is_doubtful = |character: char| {
            character.is_control() || !character.is_ascii() || matches!(character, '$' | '\\' | '"' | '\'')
        };
        if line.starts_with('-') {
            let name = option_name(line);
            return if is_of_commands(name) {
                Self::Malformed(Problem::OptionOfCommand)
            } else if name.contains(is_doubtful) {
                Self::Other
            } else {
                Self::Option(name)
            };
        }
        let (line, marker) = line.split_once(';').map_or((line, None), |(line, marker)| (line, Some(marker)));
        let (line, unread_option) = without_options(line);
        if unread_option.is_some_and(is_of_commands) {
            return Self::Malformed(Problem::OptionOfCommand);
        }
        if line.contains(is_doubtful) || is_file_or_address(line) {
            return Self::Other;
        }
        let name_end = line.find(|next: char| !is_of_name(next)).unwrap_or(line.len());
        let (name, rest) = line.split_at(name_end);
        if !name.starts_with(|first: char| first.is_ascii_alphanumeric())
            || !name.ends_with(|last: char| last.is_ascii_alphanumeric())
        {
            return Self::Other;
        }
        let Some(rest) = without_extras(rest.trim()) else { return Self::Other };
        match read_conditions(rest, line) {
            Ok(pin) => Self::Package(Requirement { name, pin, has_marker: marker.is_some(), unread_option }),
            Err(Some(problem)) => Self::Malformed(problem),
            Err(None) => Self::Other,
        }
    }
}

impl Requirement<'_> {
    /// The name as package indexes compare it: case, `-`, `_` and `.` make no difference.
    pub fn package(&self) -> String {
        let mut package = String::with_capacity(self.name.len());
        for letter in self.name.chars() {
            match letter {
                '-' | '_' | '.' if package.ends_with('-') => {}
                '-' | '_' | '.' => package.push('-'),
                _ => package.push(letter.to_ascii_lowercase()),
            }
        }
        package
    }

    /// The numbers of an exact version without zeros at the end; `None` if there is anything but numbers in it.
    pub fn exact_version(&self) -> Option<Vec<u64>> {
        numbers(self.pin?)
    }
}

/// The numbers of a version without zeros at the end: `2.26` is `2.26.0`.
pub fn numbers(version: &str) -> Option<Vec<u64>> {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut numbers: Vec<u64> = version
        .split('.')
        .map(|part| part.parse().ok().filter(|_| is_number(part)))
        .collect::<Option<_>>()?;
    while numbers.last() == Some(&0) {
        numbers.pop();
    }
    Some(numbers)
}

/// A `#` begins a comment at the start of a line and behind a blank.
fn without_comment(line: &str) -> &str {
    let begins = |(at, _): &(usize, &str)| {
        line.get(..*at).is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace))
    };
    let comment = line.match_indices('#').find(begins);
    comment.and_then(|(at, _)| line.get(..at)).unwrap_or(line)
}

fn is_file_or_address(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    line.is_empty()
        || line.starts_with('.')
        || line.contains(['/', '@', '(', ')', '{', '}'])
        || ARCHIVES.iter().any(|archive| lower.ends_with(archive))
}

fn is_of_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.')
}

/// What follows `[extra, …]`; `None` if the brackets do not fit.
fn without_extras(rest: &str) -> Option<&str> {
    match rest.strip_prefix('[') {
        Some(extras) => {
            let (extras, rest) = extras.split_once(']')?;
            let is_plain = |character: char| is_of_name(character) || matches!(character, ',' | ' ');
            extras.chars().all(is_plain).then(|| rest.trim())
        }
        None => (!rest.contains(['[', ']'])).then_some(rest),
    }
}

/// The version, if `==` and a version is all; an error without a problem is left to pip.
fn read_conditions<'t>(rest: &'t str, line: &str) -> Result<Option<&'t str>, Option<Problem>> {
    if rest.is_empty() {
        return Ok(None);
    }
    let mut pin = None;
    let mut count = 0;
    for condition in rest.split(',').map(str::trim) {
        if condition.is_empty() {
            return Err(None);
        }
        let (operator, version) =
            split_operator(condition).ok_or_else(|| Some(problem_with(condition, line)))?;
        let version = version.trim();
        if version.contains(char::is_whitespace) {
            let has_operator = version.contains(['<', '>', '=', '!', '~']);
            return Err(Some(if has_operator { Problem::MissingComma } else { Problem::Blank }));
        }
        // Until version 24.1 pip took anything for a version, and nothing as well.
        if version.is_empty() || version.contains(['<', '>', '=', '!', '~', '^']) {
            return Err(None);
        }
        count += 1;
        pin = (operator == "==").then_some(version);
    }
    Ok(pin.filter(|_| count == 1))
}

fn split_operator(condition: &str) -> Option<(&'static str, &str)> {
    OPERATORS.into_iter().find_map(|operator| Some((operator, condition.strip_prefix(operator)?)))
}

fn problem_with(condition: &str, line: &str) -> Problem {
    match condition.bytes().next() {
        Some(b'=') => Problem::SingleEqualsSign,
        Some(first) if first.is_ascii_alphanumeric() && line.contains(char::is_whitespace) => Problem::Blank,
        _ => Problem::UnknownOperator,
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Problem, numbers};

    #[test]
    fn packages_are_read_with_what_is_wanted_of_them() {
        for (line, name, pin, has_marker, unread_option) in [
            ("requests", "requests", None, false, None),
            ("requests==2.26.0", "requests", Some("2.26.0"), false, None),
            ("requests == 2.26.0  # why", "requests", Some("2.26.0"), false, None),
            ("ray[serve, tune]==2.46.0", "ray", Some("2.46.0"), false, None),
            ("a>=1,<2", "a", None, false, None),
            ("a==1,!=1.1", "a", None, false, None),
            ("a===1", "a", None, false, None),
            ("a==1; python_version < '3.12'", "a", Some("1"), true, None),
            ("a==1 --hash=sha256:00", "a", Some("1"), false, None),
            ("torch --index-url https://u:p@h/whl", "torch", None, false, Some("--index-url")),
            ("a-b_c.d", "a-b_c.d", None, false, None),
        ] {
            let Line::Package(found) = Line::of(line) else { panic!("{line}: {:?}", Line::of(line)) };
            assert_eq!(
                (found.name, found.pin, found.has_marker, found.unread_option),
                (name, pin, has_marker, unread_option),
                "{line}"
            );
        }
    }

    #[test]
    fn what_every_pip_refuses_is_malformed() {
        for (line, problem) in [
            ("requests=2.26.0", Problem::SingleEqualsSign),
            ("requests = 2.26.0", Problem::SingleEqualsSign),
            ("requests^2.26", Problem::UnknownOperator),
            ("requests~2.26", Problem::UnknownOperator),
            ("requests=>2.26", Problem::SingleEqualsSign),
            ("requests>=2 <3", Problem::MissingComma),
            ("requests 2.26", Problem::Blank),
            ("scikit learn", Problem::Blank),
            ("pip install requests", Problem::Blank),
            ("--upgrade", Problem::OptionOfCommand),
            ("-U requests", Problem::OptionOfCommand),
            ("requests --upgrade", Problem::OptionOfCommand),
        ] {
            assert_eq!(Line::of(line), Line::Malformed(problem), "{line}");
        }
    }

    #[test]
    fn the_rest_is_left_to_pip() {
        for line in [
            "",
            "# a",
            "./a b",
            "a @ https://h/a.whl",
            "git+https://h/a.git",
            "/a b.whl",
            "a (>=1)",
            "a ==${VERSION}",
            "a==1,",
            "a==",
            "a==^1",
            "ä b",
            "a=1.zip",
        ] {
            assert_eq!(Line::of(line), Line::Other, "{line}");
        }
        assert_eq!(Line::of("--index-url=https://u:p@h"), Line::Option("--index-url"));
        assert_eq!(Line::of("-r requirements.txt"), Line::Option("-r"));
        assert_eq!(Line::of("-ihttps://u:p@h"), Line::Option("-i"));
    }

    #[test]
    fn versions_are_equal_by_their_numbers() {
        assert_eq!(numbers("2.26"), numbers("2.26.0"));
        assert_ne!(numbers("2.26"), numbers("2.26.1"));
        assert_eq!((numbers("1.0+cu118"), numbers("1.*"), numbers("")), (None, None, None));
    }
}

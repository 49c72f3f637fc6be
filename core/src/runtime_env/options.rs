//! Options in a list of packages: those of a requirements file, and those that only a command line may have.
//!
//! `requirement` asks while it reads a line. Only names are given out: a value may be a secret.

/// Options of `pip install` that neither pip nor uv takes in a requirements file.
const OPTIONS_OF_COMMANDS: [&str; 14] = [
    "--upgrade",
    "-U",
    "--no-deps",
    "--no-cache-dir",
    "--no-cache",
    "--force-reinstall",
    "--ignore-installed",
    "--user",
    "--target",
    "-t",
    "--quiet",
    "-q",
    "--verbose",
    "-v",
];

/// Options that pip reads behind a package.
const READ_BEHIND_PACKAGES: [&str; 4] =
    ["--hash", "--global-option", "--config-settings", "--install-option"];

/// Options that pip takes in a requirements file (pip 21 to 25 `SUPPORTED_OPTIONS`), long and short.
const OPTIONS: [&str; 21] = [
    "--index-url",
    "--extra-index-url",
    "--pypi-url",
    "--no-index",
    "--constraint",
    "--requirement",
    "--editable",
    "--find-links",
    "--no-binary",
    "--only-binary",
    "--prefer-binary",
    "--require-hashes",
    "--pre",
    "--trusted-host",
    "--use-feature",
    "--global-option",
    "-i",
    "-c",
    "-r",
    "-e",
    "-f",
];

/// Whether pip takes an option of that name in a requirements file; long names may be shortened.
pub fn is_option_of_files(name: &str) -> bool {
    if name.starts_with("--") {
        return name.len() > 2 && OPTIONS.iter().any(|option| option.starts_with(name));
    }
    // A short option may have its value behind it.
    OPTIONS.iter().any(|option| option.len() == 2 && name.starts_with(option))
}

/// Whether only a command line may have the option of that name.
pub(super) fn is_of_commands(name: &str) -> bool {
    OPTIONS_OF_COMMANDS.contains(&name)
}

/// The line up to its first option, and the first option that pip does not read there.
pub(super) fn without_options(line: &str) -> (&str, Option<&str>) {
    let options = line.match_indices([' ', '\t']).map(|(at, _)| at + 1);
    let mut options = options.filter(|at| line.get(*at..).is_some_and(|rest| rest.starts_with('-')));
    let Some(first) = options.next() else { return (line.trim(), None) };
    let mut names = std::iter::once(first).chain(options).filter_map(|at| Some(option_name(line.get(at..)?)));
    let mut rest = names.clone();
    // What follows one of these may be its value.
    let is_known = names.any(|name| READ_BEHIND_PACKAGES.contains(&name));
    (line.get(..first).unwrap_or_default().trim(), rest.next().filter(|_| !is_known))
}

/// The name of the option at the start of a text. A short one may have its value, a secret perhaps, right behind it.
pub(super) fn option_name(text: &str) -> &str {
    let name = text.split([' ', '=', '\t']).next().unwrap_or_default();
    let end = if name.starts_with("--") { name.len() } else { 2 };
    name.get(..end).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::{is_option_of_files, without_options};

    #[test]
    fn options_of_files_are_known_by_their_long_short_and_shortened_names() {
        for name in ["--index-url", "-i", "-rrequirements.txt", "--extra-index", "--pre"] {
            assert!(is_option_of_files(name), "{name}");
        }
        for name in ["--upgrade", "-U", "--no-deps", "--", "-", "--target"] {
            assert!(!is_option_of_files(name), "{name}");
        }
    }

    #[test]
    fn options_behind_a_package_are_found_unless_one_is_read_there() {
        for (line, option) in [
            ("a==1", None),
            ("a --upgrade", Some("--upgrade")),
            ("a -U", Some("-U")),
            ("a --hash=sha256:00", None),
            ("a --global-option -v", None),
            ("a-b -ihttps://u:p@h", Some("-i")),
        ] {
            assert_eq!(without_options(line).1, option, "{line}");
        }
    }
}

//! Secrets: which values of an object may be one, so that nothing that Raygate prints holds it, and which plainly are.
//!
//! ```text
//! way to a value ─► may_hold         (reports ask before they print)
//! text ──────────► secret_in ─► scan ─► shape     ┐
//! name and text ─► secret_of ─► name, value, scan ├─► what kind of secret it is, never the secret (rules RJ501 …)
//! command line ──► secret_in_words ─► secret_of   ┘
//! ```

#[cfg(test)]
mod harmless;
mod name;
mod scan;
mod shape;
#[cfg(test)]
mod tests;
mod value;

use crate::field_path::Step;
use name::Announced;

/// Keys under which people put passwords and tokens, at whatever depth.
const SECRETIVE: [&str; 14] = [
    "annotations",
    "args",
    "command",
    "data",
    "entrypoint",
    "entrypointResources",
    "httpHeaders",
    "redisAddress",
    "redisPassword",
    "redisUsername",
    "runtimeEnv",
    "runtimeEnvYAML",
    "stringData",
    "volumeAttributes",
];

/// Parts of the names of Ray's options that take a secret, or something that may contain one.
const TELLING: [&str; 9] =
    ["address", "auth", "config", "credential", "passw", "secret", "storage", "token", "user"];

/// Whether the value at the end of this way, from the object's root, may be a secret.
pub fn may_hold(way: &[Step<'_>]) -> bool {
    let keys = || way.iter().filter_map(Step::key);
    let last = keys().next_back().unwrap_or_default();
    let in_environment = last == "value" && keys().any(|key| key == "env");
    let in_parameters = keys().any(|key| key == "rayStartParams")
        && TELLING.iter().any(|part| last.to_ascii_lowercase().contains(part));
    let in_metadata_of_the_submission = keys().take(2).eq(["spec", "metadata"]);
    in_environment
        || in_parameters
        || in_metadata_of_the_submission
        || keys().any(|key| SECRETIVE.contains(&key))
}

/// What kind of secret the text plainly holds, with its article: a token of a known shape, a password in an address.
pub fn secret_in(text: &str) -> Option<&'static str> {
    scan::secret_in(text)
}

/// What kind of secret the value of that name plainly is; a name announces passwords and keys that have no shape.
pub fn secret_of(name: &str, value: &str) -> Option<&'static str> {
    secret_in(value).or_else(|| announced_secret(name, value))
}

/// What kind of secret a command line plainly holds, and the place of the word with it: a secret of a known shape, or
/// `NAME=value`, `--name=value`, `--name value`, `Bearer value`.
pub fn secret_in_command<'w, P: Copy>(
    parts: impl IntoIterator<Item = (P, &'w str)>,
) -> Option<(P, &'static str)> {
    let mut before = "";
    for (place, part) in parts {
        if let Some(what) = secret_in(part) {
            return Some((place, what));
        }
        for word in part.split_whitespace() {
            if let Some(what) = assigned_secret(before, word) {
                return Some((place, what));
            }
            before = word;
        }
    }
    None
}

fn announced_secret(name: &str, value: &str) -> Option<&'static str> {
    match Announced::by(name)? {
        Announced::Password => value::may_be_password(value).then_some("a password"),
        Announced::Token => value::looks_made(value).then_some("a secret"),
    }
}

/// A secret that a word gives to a name, or to the option that stands before it.
fn assigned_secret(before: &str, word: &str) -> Option<&'static str> {
    // Most words are given to nothing.
    if !before.starts_with(['-', 'B', 'b']) && !word.contains('=') {
        return None;
    }
    let bare = word.trim_start_matches(['"', '\'', '(']).trim_end_matches(['"', '\'', ';', ',', ')']);
    let (name, value) = match bare.split_once('=') {
        Some((name, value)) if !name.is_empty() => (name, value),
        _ if bare.starts_with('-') => return None,
        _ if before.starts_with('-') && !before.contains('=') => (before, bare),
        _ if before.trim_end_matches(['"', '\'']).eq_ignore_ascii_case("bearer") => (before, bare),
        _ => return None,
    };
    // In program text a name without quotes is a variable, and a comparison assigns nothing.
    let is_program = name.contains(['(', ')']) || word.ends_with([',', ')']);
    let is_expression = is_program && !value.starts_with(['"', '\'']) || value.contains(['(', '[']);
    if is_expression || value.starts_with('=') || Announced::by(value).is_some() {
        return None;
    }
    announced_secret(name, value.trim_matches(['"', '\'']))
}

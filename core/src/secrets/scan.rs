//! One pass over a text: tokens at the beginnings of words, passwords in addresses, keys in connection strings, armoured
//! private keys.
//!
//! `mod` gives it every text that a rule suspects. Nothing of the text comes back, only what kind of secret it holds.

use std::ops::Range;

use super::shape::{self, token_at};
use super::value::{looks_made, may_be_password};

/// The shortest text with a secret: `a://b:pass@c`.
const SHORTEST: usize = 12;

/// The parts of connection strings and addresses whose value is a key, and how long it is at least.
const KEYED: [(&str, usize, &str); 12] = [
    ("AccountKey", 80, "an Azure storage key"),
    ("SharedAccessKey", 40, "an Azure access key"),
    ("SharedAccessSignature", 40, "an Azure access signature"),
    ("X-Amz-Signature", 64, "a signed address"),
    ("X-Goog-Signature", 64, "a signed address"),
    ("sig", 40, "a signed address"),
    ("access_token", 12, "an address with a token"),
    ("api_key", 12, "an address with a token"),
    ("apikey", 12, "an address with a token"),
    ("private_token", 12, "an address with a token"),
    ("token", 12, "an address with a token"),
    ("password", 4, "an address with a password"),
];

/// The longest of the names above.
const LONGEST_NAME: usize = 21;

/// The first word of a private key's armour; a blank follows.
const ARMOUR_BEGINS: &str = "-----BEGIN";

/// How far the name of a private key's kind, and its first line, may be from the beginning of its armour.
const ARMOUR: (usize, usize) = (40, 400);

/// What kind of secret the text holds, with its article; the first one, if there are several.
pub(super) fn secret_in(text: &str) -> Option<&'static str> {
    if text.len() < SHORTEST {
        return None;
    }
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let found = match byte {
            b':' => at_colon(text, at),
            b'=' => at_equals_sign(text, at),
            _ if is_inside(*byte) => {
                let length = bytes.iter().skip(at).take_while(|byte| is_inside(**byte)).count();
                let found = in_word(text, at..at + length);
                at += length - 1;
                found
            }
            _ => None,
        };
        if found.is_some() {
            return found;
        }
        at += 1;
    }
    None
}

/// Whether a word goes on with that byte.
fn is_inside(byte: u8) -> bool {
    static INSIDE: [bool; 256] = {
        let mut inside = [false; 256];
        let mut byte = 0u8;
        while byte < 128 {
            inside[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
            byte += 1;
        }
        inside
    };
    INSIDE[usize::from(byte)]
}

/// A token begins where a word does; the first line of a private key has blanks, and one word of dashes at its beginning.
fn in_word(text: &str, word: Range<usize>) -> Option<&'static str> {
    let (rest, before) = (text.as_bytes().get(word.start..)?, text.as_bytes().get(..word.end)?);
    if rest.len() >= shape::SHORTEST
        && shape::may_begin(rest)
        && let Some(token) = text.get(word.start..).and_then(token_at)
    {
        return Some(token);
    }
    let is_armour = before.ends_with(b"N") && before.ends_with(ARMOUR_BEGINS.as_bytes());
    if is_armour { armour_at(text, word.end.checked_sub(ARMOUR_BEGINS.len())?) } else { None }
}

/// `scheme://user:password@host`; the part before the host has no slash, so that no byte is read twice.
fn at_colon(text: &str, colon: usize) -> Option<&'static str> {
    let rest = text.get(colon..)?.strip_prefix("://")?;
    let ends = |character: char| {
        matches!(character, '/' | '?' | '#' | '"' | '\'' | '<' | '>') || character.is_whitespace()
    };
    let authority = rest.get(..rest.find(ends).unwrap_or(rest.len()))?;
    let (user, host) = authority.rsplit_once('@')?;
    let (_name, password) = user.split_once(':')?;
    // `docker://image:tag@sha256:…` looks the same.
    let is_image = host.starts_with("sha256:");
    (!is_image && may_be_password(password)).then_some("an address with a password")
}

/// `AccountKey=…` of a connection string, `?sig=…` of an address.
fn at_equals_sign(text: &str, equals_sign: usize) -> Option<&'static str> {
    let before = text.as_bytes().get(..equals_sign)?;
    let is_of_name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(**byte, b'_' | b'-');
    let length = before.iter().rev().take(LONGEST_NAME + 1).take_while(is_of_name).count();
    let name = text.get(equals_sign - length..equals_sign)?;
    let (_, least, what) = KEYED.into_iter().find(|(key, ..)| key.eq_ignore_ascii_case(name))?;
    let separator = before.get(..equals_sign - length)?.last().copied();
    // Names that are also those of options and variables count only where an address has them.
    let is_of_address = matches!(separator, Some(b'?' | b'&'));
    let is_of_connection = what.starts_with("an Azure")
        && matches!(separator, None | Some(b';' | b'"' | b'\'' | b' ' | b'=' | b'\n'));
    if !is_of_address && !is_of_connection {
        return None;
    }
    let ends = |byte: &u8| {
        matches!(*byte, b'&' | b';' | b'#' | b'"' | b'\'' | b'>' | b')') || byte.is_ascii_whitespace()
    };
    let value = text.as_bytes().get(equals_sign + 1..)?;
    let length = value.iter().take(1024).take_while(|byte| !ends(byte)).count();
    let value = text.get(equals_sign + 1..equals_sign + 1 + length)?;
    let is_secret =
        if least < 12 { may_be_password(value) } else { value.len() >= least && looks_made(value) };
    is_secret.then_some(what)
}

/// `-----BEGIN RSA PRIVATE KEY-----`, with a key behind.
fn armour_at(text: &str, dash: usize) -> Option<&'static str> {
    let (near, far) = ARMOUR;
    let rest = text.as_bytes().get(dash..)?.strip_prefix(ARMOUR_BEGINS.as_bytes())?.strip_prefix(b" ")?;
    let label = rest.get(..rest.len().min(near))?;
    let end = label.windows(11).position(|part| part == b"PRIVATE KEY")? + 11;
    let body = rest.get(end..rest.len().min(far))?;
    let is_of_key = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(*byte, b'+' | b'/');
    let has_key = body.split(|byte| !is_of_key(byte)).any(|line| line.len() >= 32);
    has_key.then_some("a private key")
}

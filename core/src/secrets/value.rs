//! Values that are plainly no secret: references, placeholders, names of things. And those that look made by a machine.
//!
//! `mod` weighs with it what a `name` announces and what stands in an address.

/// Words that stand where a secret is to be filled in, or that everybody knows for a default.
const KNOWN_TO_ALL: [&str; 34] = [
    "5241590000000000", // Ray's own default until 2.0.
    "admin",
    "apikey",
    "bearer",
    "default",
    "disabled",
    "empty",
    "enabled",
    "false",
    "guest",
    "hidden",
    "key",
    "minioadmin",
    "mysql",
    "none",
    "null",
    "off",
    "on",
    "pass",
    "passwd",
    "password",
    "pat",
    "postgres",
    "pwd",
    "ray",
    "redis",
    "root",
    "secret",
    "string",
    "test",
    "token",
    "true",
    "undefined",
    "user",
];

/// Parts of texts that somebody is to replace.
const TO_BE_REPLACED: [&str; 18] = [
    "change-me",
    "change_me",
    "changeit",
    "changeme",
    "dummy",
    "example",
    "fake",
    "fill-me",
    "fixme",
    "insert-",
    "placeholder",
    "redacted",
    "replace",
    "sample",
    "todo",
    "your-",
    "your_",
    "xxx",
];

/// How a reference to a secret begins, in the words of those who resolve it.
const REFERENCES: [&str; 16] = [
    "$", "`", "%(", "@", "ENC[", "arn:", "aws-sm:", "awssm:", "env:", "file:", "gcp-sm:", "op://", "ref+",
    "ssm:", "vault:", "!",
];

/// The fewest characters of a token that a machine made.
const SHORTEST_TOKEN: usize = 12;

/// Whether the value stands for another that is somewhere else, or for one that is still to be filled in.
pub(super) fn is_stand_in(value: &str) -> bool {
    let value = value.trim().trim_matches(['"', '\'']);
    let is_wrapped = |open, close| value.starts_with(open) && value.ends_with(close);
    value.len() < 4
        || REFERENCES.iter().any(|begin| value.starts_with(begin))
        || ["${", "$(", "{{", "<%", "sha256:"].iter().any(|part| value.contains(part))
        || is_wrapped('<', '>')
        || is_wrapped('[', ']')
        || is_wrapped('{', '}')
        || is_wrapped('%', '%')
        || is_wrapped('_', '_')
        || KNOWN_TO_ALL.iter().any(|known| value.eq_ignore_ascii_case(known))
        || is_monotonous(value)
        || is_to_be_replaced(value)
}

/// Whether the text says that it is an example, or that somebody is to replace it.
pub(super) fn is_to_be_replaced(text: &str) -> bool {
    let contains = |part: &&str| {
        text.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
    };
    TO_BE_REPLACED.iter().any(contains)
}

/// Whether a password may be meant: neither a stand-in nor the path of a file that holds it.
pub(super) fn may_be_password(value: &str) -> bool {
    !is_stand_in(value) && !is_path(value) && !value.contains("://") && !value.trim().contains('\n')
}

/// Whether the value looks made by a machine: letters and digits, and no words.
pub(super) fn looks_made(value: &str) -> bool {
    let value = value.trim().trim_matches(['"', '\'']);
    let has = |is: fn(&u8) -> bool| value.as_bytes().iter().any(is);
    value.len() >= SHORTEST_TOKEN
        && value.bytes().all(|byte| byte.is_ascii_graphic())
        && has(u8::is_ascii_alphabetic)
        && has(u8::is_ascii_digit)
        && !value.contains("://")
        && !is_stand_in(value)
        && !is_path(value)
        && !is_of_words(value)
}

/// Whether a text has so few different characters that nobody made it to be kept secret.
pub(super) fn is_monotonous(text: &str) -> bool {
    let mut seen = [false; 256];
    for byte in text.bytes() {
        seen[usize::from(byte)] = true;
    }
    let different = seen.into_iter().filter(|seen| *seen).count();
    different < if text.len() < 16 { 3 } else { 8 }
}

fn is_path(value: &str) -> bool {
    ["/", "./", "../", "~"].iter().any(|begin| value.starts_with(begin))
}

/// Whether the value is words and numbers with something between them, as names are: `my-hf-token-v2`, `team1/8x22B`.
fn is_of_words(value: &str) -> bool {
    let is_word = |part: &str| {
        let digits = part.trim_start_matches(|first: char| first.is_ascii_digit());
        if digits.len() < part.len() && (part.len() <= 5 || digits.len() <= 1) {
            return true;
        }
        let letters = part.trim_end_matches(|last: char| last.is_ascii_digit());
        let has_one_case = letters.bytes().all(|byte| byte.is_ascii_lowercase())
            || letters.bytes().all(|byte| byte.is_ascii_uppercase())
            || letters.bytes().skip(1).all(|byte| byte.is_ascii_lowercase());
        letters.bytes().all(|byte| byte.is_ascii_alphabetic()) && has_one_case && letters.len() < 20
    };
    value.split(|character: char| !character.is_ascii_alphanumeric()).all(is_word)
}

#[cfg(test)]
mod tests {
    use super::{is_stand_in, looks_made, may_be_password};

    #[test]
    fn references_and_placeholders_stand_for_something_else() {
        for value in [
            "",
            "true",
            "none",
            "password",
            "$(DB_PASSWORD)",
            "$REDIS_PASSWORD",
            "prefix-${TOKEN}",
            "{{ .Values.token }}",
            "<token>",
            "<your token here>",
            "[PAD]",
            "%TOKEN%",
            "__TOKEN__",
            "changeme",
            "Change-Me-Now",
            "your-api-key-1234567890",
            "XXXXXXXXXXXXXXXXXXXX",
            "********************",
            "REDACTED-0123456789",
            "vault:secret/data/train#token",
            "op://vault/item/field",
            "arn:aws:secretsmanager:us-east-1:123456789012:secret:token",
            "ENC[AES256_GCM,data:abc]",
            "minioadmin",
        ] {
            assert!(is_stand_in(value), "{value}");
            assert!(!looks_made(value) && !may_be_password(value), "{value}");
        }
    }

    #[test]
    fn names_of_things_are_not_made_by_a_machine() {
        for value in [
            "my-hf-token-v2",
            "ray-cluster-secret-2024",
            "projects/my-project/secrets/hf/versions/3",
            "team1/keys",
            "/var/run/secrets/token1",
            "https://example.com/path123",
            "meta-llama/Llama3",
            "onlyletterswithoutdigits",
            "short1",
            "two words 123456",
        ] {
            assert!(!looks_made(value), "{value}");
        }
        for value in [
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
            "Zx81-qP0_9mN2/bT7",
            "550e8400-e29b-41d4-a716-446655440000",
        ] {
            assert!(looks_made(value), "{value}");
        }
    }

    #[test]
    fn a_password_needs_no_look() {
        for value in ["hunter2", "correct-horse", "S3cr et"] {
            assert!(may_be_password(value), "{value}");
        }
        for value in ["/run/secrets/password", "https://vault/password"] {
            assert!(!may_be_password(value), "{value}");
        }
    }
}

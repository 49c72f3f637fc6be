//! Names that announce a secret: `WANDB_API_KEY`, `db-password`, `hfToken`.
//!
//! `mod` asks it about variables, options and parameters, and weighs the value with `value` before anybody is warned.

/// What a name says about its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Announced {
    /// A password: anything that a person can think of.
    Password,
    /// A token or key: made by a machine, and it looks so.
    Token,
}

const PASSWORDS: [&str; 4] = ["PASSWORD", "PASSWD", "PASSPHRASE", "PASSCODE"];

const TOKENS: [&str; 16] = [
    "ACCESSKEY",
    "ACCESSTOKEN",
    "APIKEY",
    "APITOKEN",
    "AUTHTOKEN",
    "BEARER",
    "CREDENTIAL",
    "CREDENTIALS",
    "PASS",
    "PAT",
    "PRIVATEKEY",
    "PWD",
    "SECRET",
    "SECRETKEY",
    "SECRETS",
    "TOKEN",
];

/// What stands before `KEY` in the name of a secret one; there are public, primary and sorting keys as well.
const SECRET_KEYS: [&str; 11] = [
    "ACCESS",
    "ACCOUNT",
    "API",
    "AUTH",
    "ENCRYPTION",
    "LICENSE",
    "MASTER",
    "PRIVATE",
    "SECRET",
    "SIGNING",
    "STORAGE",
];

impl Announced {
    /// What the name announces by its last words; `TOKEN_FILE` and `MAX_TOKENS` announce nothing.
    pub(super) fn by(name: &str) -> Option<Self> {
        let mut words = words_from_the_end(name);
        let last = words.next()?;
        let is_one_of =
            |words: &[&str], word: &str| words.iter().any(|known| word.eq_ignore_ascii_case(known));
        if is_one_of(&PASSWORDS, last) {
            Some(Self::Password)
        } else if is_one_of(&TOKENS, last) {
            Some(Self::Token)
        } else {
            let is_key = last.eq_ignore_ascii_case("KEY");
            (is_key && words.next().is_some_and(|word| is_one_of(&SECRET_KEYS, word))).then_some(Self::Token)
        }
    }
}

/// The words of a name, the last first; a capital behind a small letter begins one.
fn words_from_the_end(name: &str) -> impl Iterator<Item = &str> {
    name.rsplit(|character: char| !character.is_ascii_alphanumeric())
        .flat_map(|part| {
            let mut rest = part;
            std::iter::from_fn(move || {
                let begins = |(at, pair): (usize, &[u8])| match pair {
                    [before, here] if before.is_ascii_lowercase() && here.is_ascii_uppercase() => {
                        Some(at + 1)
                    }
                    _ => None,
                };
                let begin = rest.as_bytes().windows(2).enumerate().rev().find_map(begins).unwrap_or(0);
                let (before, word) = rest.split_at_checked(begin)?;
                rest = before;
                Some(word).filter(|word| !word.is_empty())
            })
        })
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::Announced;

    #[test]
    fn the_last_words_of_a_name_announce_a_secret() {
        for name in [
            "REDIS_PASSWORD",
            "password",
            "db-passwd",
            "--redis-password",
            "mysqlPassword",
            "os.environ[\"PASSWORD\"]",
        ] {
            assert_eq!(Announced::by(name), Some(Announced::Password), "{name}");
        }
        for name in [
            "HF_TOKEN",
            "HUGGING_FACE_HUB_TOKEN",
            "AWS_SECRET_ACCESS_KEY",
            "WANDB_API_KEY",
            "OPENAI_APIKEY",
            "CLIENT_SECRET",
            "--api-key",
            "hfToken",
            "secretKey",
            "DB_PASS",
            "GH_PAT",
        ] {
            assert_eq!(Announced::by(name), Some(Announced::Token), "{name}");
        }
    }

    #[test]
    fn other_names_announce_nothing() {
        for name in [
            "",
            "_",
            "TOKENIZERS_PARALLELISM",
            "MAX_TOKENS",
            "TOKEN_FILE",
            "SECRET_NAME",
            "PASSWORD_FILE",
            "AWS_ACCESS_KEY_ID",
            "PUBLIC_KEY",
            "PARTITION_KEY",
            "KEY",
            "COMPASS",
            "PATH",
            "BYPASS",
            "NUM_SECRETS_COUNT",
            "AUTHOR",
            "MONKEY",
        ] {
            assert_eq!(Announced::by(name), None, "{name}");
        }
    }
}

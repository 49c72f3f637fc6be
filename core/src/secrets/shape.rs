//! Shapes of tokens: what each issuer puts in front, of which characters the rest is, and how long.
//!
//! `scan` asks it at each beginning of a word. A token is known by its shape alone, so each shape here is one that
//! nothing else has.

use super::value::{is_monotonous, is_to_be_replaced};

/// The characters of a token behind its beginning.
#[derive(Clone, Copy, Debug)]
enum Characters {
    /// `0-9a-f`
    Hex,
    /// `A-Z2-7`
    Base32,
    /// `A-Za-z0-9`
    Alphanumeric,
    /// `A-Za-z0-9_-`
    Word,
    /// `A-Za-z0-9_.-`
    Dotted,
    /// `A-Za-z0-9+/=`
    Base64,
}

/// The tokens of one issuer.
#[derive(Debug)]
struct Shape {
    /// What a message calls one.
    what: &'static str,
    begins: &'static [&'static str],
    characters: Characters,
    least: usize,
    most: usize,
}

/// No token is followed beyond this many bytes, so that a text is read in linear time. As `most` it means any length.
const FAR: usize = 256;

/// The armour of private keys, itself in Base64, as people put keys into one line.
const PRIVATE_KEYS_IN_BASE64: [&str; 4] = [
    "LS0tLS1CRUdJTiBQUklWQVRF",
    "LS0tLS1CRUdJTiBSU0EgUFJJ",
    "LS0tLS1CRUdJTiBPUEVOU1NI",
    "LS0tLS1CRUdJTiBFQyBQUklW",
];

const fn shape(
    what: &'static str,
    begins: &'static [&'static str],
    characters: Characters,
    (least, most): (usize, usize),
) -> Shape {
    Shape { what, begins, characters, least, most }
}

static SHAPES: [Shape; 43] = {
    use Characters::{Alphanumeric, Base32, Base64, Dotted, Hex, Word};
    [
        shape("a 1Password token", &["ops_eyJ"], Base64, (200, FAR)),
        shape("a DigitalOcean token", &["dop_v1_", "doo_v1_", "dor_v1_"], Hex, (64, 64)),
        shape("a Databricks token", &["dapi"], Hex, (32, 32)),
        shape("a Docker token", &["dckr_pat_", "dckr_oat_"], Word, (27, 40)),
        shape("a Doppler token", &["dp.pt.", "dp.st."], Dotted, (40, 80)),
        shape("a GitHub token", &["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], Alphanumeric, (36, FAR)),
        shape("a GitHub token", &["github_pat_"], Word, (82, 82)),
        shape(
            "a GitLab token",
            &["glpat-", "gldt-", "glrt-", "glft-", "glsoat-", "glcbt-"],
            Dotted,
            (20, 64),
        ),
        shape("a GitLab token", &["glptt-"], Hex, (40, 40)),
        shape("a Google API key", &["AIza"], Word, (35, 35)),
        shape("a Google access token", &["ya29."], Dotted, (60, FAR)),
        shape("a Google client secret", &["GOCSPX-"], Word, (28, 28)),
        shape("a Grafana token", &["glc_eyJ"], Base64, (32, FAR)),
        shape("a Grafana token", &["glsa_"], Word, (41, 41)),
        shape("a Groq key", &["gsk_"], Alphanumeric, (52, 52)),
        shape("a Hugging Face token", &["hf_", "api_org_"], Alphanumeric, (34, 40)),
        shape("a LangSmith key", &["lsv2_pt_", "lsv2_sk_"], Word, (43, 43)),
        shape("a Linear key", &["lin_api_"], Alphanumeric, (40, 40)),
        shape("a Perplexity key", &["pplx-"], Alphanumeric, (48, 56)),
        shape("a PlanetScale token", &["pscale_tkn_", "pscale_pw_", "pscale_oauth_"], Dotted, (32, 64)),
        shape("a Postman key", &["PMAK-"], Word, (59, 59)),
        shape("a Pulumi token", &["pul-"], Hex, (40, 40)),
        shape("a PyPI token", &["pypi-AgEIcHlwaS5vcmc"], Word, (50, FAR)),
        shape("a Replicate token", &["r8_"], Alphanumeric, (37, 37)),
        shape("a SendGrid key", &["SG."], Dotted, (66, 66)),
        shape("a Shopify token", &["shpat_", "shpss_", "shppa_", "shpca_"], Hex, (32, 32)),
        shape("a Slack token", &["xapp-1-"], Word, (40, FAR)),
        shape("a Slack token", &["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-"], Word, (24, FAR)),
        shape("a Stripe key", &["sk_live_", "rk_live_"], Alphanumeric, (24, 110)),
        shape("a Supabase token", &["sbp_"], Hex, (40, 40)),
        shape("a Tailscale key", &["tskey-auth-", "tskey-api-", "tskey-client-"], Word, (20, 64)),
        shape("a Vault token", &["hvs.", "hvb.", "hvr."], Dotted, (80, FAR)),
        shape("a Weights & Biases key", &["wandb_v1_"], Word, (60, 100)),
        shape("a private key", &PRIVATE_KEYS_IN_BASE64, Base64, (40, FAR)),
        shape("an AWS access key", &["AKIA", "ASIA", "ABIA", "ACCA"], Base32, (16, 16)),
        shape("an Anthropic key", &["sk-ant-api03-", "sk-ant-admin01-", "sk-ant-oat01-"], Word, (80, FAR)),
        shape("an Atlassian token", &["ATATT3xFfGF0"], Word, (150, FAR)),
        shape("an NVIDIA key", &["nvapi-"], Word, (60, 80)),
        shape("an OpenAI key", &["sk-proj-", "sk-svcacct-", "sk-admin-"], Word, (58, FAR)),
        shape("an OpenRouter key", &["sk-or-v1-"], Hex, (64, 64)),
        shape("an age key", &["AGE-SECRET-KEY-1"], Alphanumeric, (58, 58)),
        shape("an npm token", &["npm_"], Alphanumeric, (36, 36)),
        shape("an xAI key", &["xai-"], Alphanumeric, (80, 80)),
    ]
};

/// Which shapes begin with a byte, a bit for each: few bytes begin any.
static BY_FIRST_BYTE: [u64; 256] = {
    let mut by_first = [0; 256];
    let mut at = 0;
    while at < SHAPES.len() {
        let mut begin = 0;
        while begin < SHAPES[at].begins.len() {
            by_first[SHAPES[at].begins[begin].as_bytes()[0] as usize] |= 1 << at;
            begin += 1;
        }
        at += 1;
    }
    by_first
};

/// Second bytes of tokens by their first, a bit for the lower six of each: few words begin like any.
static SECOND_BYTES: [u64; 256] = {
    let mut second_bytes = [0; 256];
    let mut at = 0;
    while at < SHAPES.len() {
        let mut begin = 0;
        while begin < SHAPES[at].begins.len() {
            let bytes = SHAPES[at].begins[begin].as_bytes();
            second_bytes[bytes[0] as usize] |= 1 << (bytes[1] & 63);
            begin += 1;
        }
        at += 1;
    }
    second_bytes[b'e' as usize] |= 1 << (b'y' & 63);
    second_bytes[b's' as usize] |= 1 << (b'k' & 63);
    second_bytes
};

/// Whether the first two bytes are those of some token.
pub(super) fn may_begin(text: &[u8]) -> bool {
    matches!(text, [first, second, ..] if SECOND_BYTES[usize::from(*first)] >> (second & 63) & 1 == 1)
}

/// The fewest bytes of a text that has one of these shapes.
pub(super) const SHORTEST: usize = 20;

/// The token with which the text begins. The caller has seen that a word begins there.
pub(super) fn token_at(text: &str) -> Option<&'static str> {
    let first = text.as_bytes().first()?;
    let mut candidates = *BY_FIRST_BYTE.get(usize::from(*first))?;
    let next = || {
        let at = candidates.trailing_zeros();
        candidates &= candidates.checked_sub(1)?;
        SHAPES.get(at as usize)
    };
    let by_issuer = std::iter::from_fn(next).find_map(|shape| {
        let begin = shape.begins.iter().find(|begin| text.starts_with(**begin))?;
        shape.fits(text.get(begin.len()..)?).then_some(shape.what)
    });
    by_issuer.or_else(|| match first {
        b'e' => is_web_token(text).then_some("a JSON Web Token"),
        b's' => is_older_openai_key(text).then_some("an OpenAI key"),
        _ => None,
    })
}

impl Characters {
    fn contain(self, byte: u8) -> bool {
        match self {
            Self::Hex => byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'),
            Self::Base32 => matches!(byte, b'A'..=b'Z' | b'2'..=b'7'),
            Self::Alphanumeric => byte.is_ascii_alphanumeric(),
            Self::Word => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'),
            Self::Dotted => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'),
            Self::Base64 => byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='),
        }
    }

    /// The characters of this kind with which the text begins, not many more than a token has.
    fn lead(self, text: &str) -> &str {
        let length = text.bytes().take(FAR + 1).take_while(|byte| self.contain(*byte)).count();
        text.get(..length).unwrap_or_default()
    }
}

impl Shape {
    fn fits(&self, rest: &str) -> bool {
        // A full stop behind a token ends a sentence.
        let body = self.characters.lead(rest).trim_end_matches('.');
        let is_long_enough = body.len() >= self.least;
        is_long_enough && (self.most == FAR || body.len() <= self.most) && is_random(body)
    }
}

/// Whether many characters of several kinds are mixed, and nobody wrote there that it is an example.
fn is_random(body: &str) -> bool {
    let has = |is: fn(&u8) -> bool| usize::from(body.as_bytes().iter().any(is));
    let kinds = has(u8::is_ascii_lowercase) + has(u8::is_ascii_uppercase) + has(u8::is_ascii_digit);
    kinds >= 2 && !is_monotonous(body) && !is_to_be_replaced(body)
}

/// Three parts in Base64, of which the first two are JSON objects: `{"` is `eyJ`.
fn is_web_token(text: &str) -> bool {
    if !text.starts_with("eyJ") {
        return false;
    }
    // Headers may be longer than any other token, but not by much.
    let part =
        |text: &str| text.bytes().take(4 * FAR).take_while(|byte| Characters::Word.contain(*byte)).count();
    let header = part(text);
    let Some(claims) = text.get(header..).and_then(|rest| rest.strip_prefix('.')) else { return false };
    let Some(signature) = claims.get(part(claims)..).and_then(|rest| rest.strip_prefix('.')) else {
        return false;
    };
    header >= 16
        && claims.starts_with("eyJ")
        && is_random(Characters::Word.lead(signature))
        && part(signature) >= 16
}

/// `sk-`, twenty characters, the name of the company in Base64, twenty characters.
fn is_older_openai_key(text: &str) -> bool {
    let Some(body) = text.strip_prefix("sk-").map(|rest| Characters::Alphanumeric.lead(rest)) else {
        return false;
    };
    body.len() == 48 && body.get(20..28) == Some("T3BlbkFJ") && is_random(body)
}

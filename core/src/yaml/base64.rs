//! `!!binary` as Go decodes it: standard base64 with padding, line breaks ignored, broken UTF-8 replaced.
//!
//! `decode` asks for the text of such a scalar.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig};

/// Go does not mind bits that the last character has too many.
const GO: GeneralPurpose =
    GeneralPurpose::new(&STANDARD, GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true));

/// The text behind base64, or `None` if it is no base64.
pub(super) fn decode(text: &str) -> Option<String> {
    GO.decode(text.replace(['\r', '\n'], "")).ok().map(|bytes| lossy(&bytes))
}

/// Go's JSON encoder writes one U+FFFD for every broken byte; Rust's `from_utf8_lossy` one for several.
fn lossy(mut bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    while let Some(chunk) = bytes.utf8_chunks().next() {
        text.push_str(chunk.valid());
        text.extend(std::iter::repeat_n('\u{fffd}', chunk.invalid().len()));
        bytes = &bytes[chunk.valid().len() + chunk.invalid().len()..];
    }
    text
}

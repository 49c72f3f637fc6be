//! `!!binary` as Go decodes it: standard base64 with padding, line breaks ignored, broken UTF-8 replaced.
//!
//! `decode` asks for the text of such a scalar.

/// The text behind base64, or `None` if it is no base64.
pub(super) fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let mut quantum = [0_u8; 4];
    let mut filled = 0;
    let mut characters = text.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n'));
    while let Some(character) = characters.next() {
        if character == b'=' {
            // Padding ends the text and completes the last four characters.
            let padded = match filled {
                2 => characters.next() == Some(b'='),
                3 => true,
                _ => false,
            };
            if !padded || characters.next().is_some() {
                return None;
            }
            push(&mut bytes, quantum, filled - 1);
            return Some(lossy(&bytes));
        }
        quantum[filled] = sextet(character)?;
        filled += 1;
        if filled == 4 {
            push(&mut bytes, quantum, 3);
            (quantum, filled) = ([0; 4], 0);
        }
    }
    (filled == 0).then(|| lossy(&bytes))
}

fn push(bytes: &mut Vec<u8>, [a, b, c, d]: [u8; 4], count: usize) {
    bytes.extend_from_slice(&[a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d][..count]);
}

const fn sextet(character: u8) -> Option<u8> {
    match character {
        b'A'..=b'Z' => Some(character - b'A'),
        b'a'..=b'z' => Some(character - b'a' + 26),
        b'0'..=b'9' => Some(character - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
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

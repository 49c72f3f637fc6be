//! One thing to read: a file or the standard input. `find` makes it, `chunks` takes its text.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use raygate_core::yaml::Position;

use super::Failure;
use super::failure::Problem;
use super::kind::Kind;

/// The largest input that is read, in bytes.
pub const MAX_BYTES: u64 = 64 << 20;

/// A file or the standard input, named but not opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// What it is called in the report: with forward slashes, and relative where that is possible.
    pub name: Arc<str>,
    /// Whether it was typed by its name, and must be a manifest. What a folder or glob brought along may be none at all.
    pub named: bool,
    pub(super) origin: Origin,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    StandardInput,
    File(PathBuf),
}

impl Input {
    /// The file, if it is one: what may be written back.
    pub fn path(&self) -> Option<&Path> {
        match &self.origin {
            Origin::StandardInput => None,
            Origin::File(path) => Some(path),
        }
    }

    /// The file of that name, which has not been looked for.
    pub fn file(path: &Path) -> Self {
        let name = path.to_string_lossy().into();
        Self { name, named: true, origin: Origin::File(path.to_owned()) }
    }

    /// Reads all of it, as it is: a byte order mark and the ends of the lines are kept.
    ///
    /// # Errors
    ///
    /// When it cannot be opened, is too large, or is no UTF-8 text.
    pub fn read(&self) -> Result<Arc<str>, Failure> {
        let bytes = match &self.origin {
            Origin::StandardInput => read_all(io::stdin().lock()),
            Origin::File(path) => {
                File::open(path).map_err(Problem::Unreadable).and_then(|file| read_file(&file))
            }
        };
        bytes.map_err(|problem| problem.of(self.name.clone())).and_then(|bytes| text(&self.name, bytes))
    }
}

fn read_file(file: &File) -> Result<Vec<u8>, Problem> {
    let metadata = file.metadata().map_err(Problem::Unreadable)?;
    match Kind::of(&metadata) {
        Kind::File if metadata.len() > MAX_BYTES => Err(Problem::TooLarge(metadata.len())),
        Kind::File | Kind::Pipe => read_all(file),
        Kind::Folder => Err(Problem::Special("folder")),
        Kind::Special(name) => Err(Problem::Special(name)),
    }
}

/// Reads to the end, and not far beyond the limit.
fn read_all(reader: impl Read) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    reader.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(Problem::Unreadable)?;
    if bytes.len() as u64 > MAX_BYTES { Err(Problem::Endless) } else { Ok(bytes) }
}

fn text(name: &Arc<str>, bytes: Vec<u8>) -> Result<Arc<str>, Failure> {
    if is_utf16(&bytes) {
        return Err(Problem::Utf16.of(name.clone()));
    }
    let zero = bytes.iter().position(|byte| *byte == 0);
    match String::from_utf8(bytes) {
        Ok(text) if zero.is_none() => Ok(text.into()),
        Ok(text) => {
            let offset = zero.unwrap_or_default();
            Err(Problem::Binary(offset + 1).at(name.clone(), position(&text[..offset])))
        }
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            // A text never holds a zero, in whatever encoding of one byte.
            let (problem, offset) = match zero {
                Some(offset) => (Problem::Binary(offset + 1), offset.min(valid)),
                None => (Problem::Encoding(valid + 1), valid),
            };
            let before = str::from_utf8(&error.as_bytes()[..offset]).unwrap_or_default();
            Err(problem.at(name.clone(), position(before)))
        }
    }
}

/// UTF-16 by its mark, or by how the ASCII looks with which every manifest begins.
fn is_utf16(bytes: &[u8]) -> bool {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => true,
        [0, b, 0, d, ..] | [b, 0, d, 0, ..] => *b != 0 && *d != 0,
        _ => false,
    }
}

/// The place behind a text.
fn position(before: &str) -> Position {
    let lines = before.matches('\n').count();
    let columns =
        before.rsplit('\n').next().unwrap_or_default().chars().filter(|next| *next != '\u{feff}').count();
    let number = |count: usize| u32::try_from(count + 1).unwrap_or(u32::MAX);
    Position { line: number(lines), column: number(columns) }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read};
    use std::sync::Arc;

    use raygate_core::yaml::Position;

    use super::{MAX_BYTES, read_all, text};
    use crate::manifests::failure::Problem;

    #[test]
    fn text_is_kept_to_the_byte() {
        for kept in ["", "a", "\u{feff}a: 1\r\n", "é: ü\n"] {
            assert_eq!(text(&Arc::from("a"), kept.into()).as_deref(), Ok(kept));
        }
    }

    #[test]
    fn what_is_no_utf_8_text_is_told_with_its_place() {
        let at = |line, column| Some(Position { line, column });
        for (bytes, position, words) in [
            (&b"\xff\xfea\0"[..], None, "UTF-16"),
            (b"\xfe\xff\0a", None, "UTF-16"),
            (b"a\0p\0i\0", None, "UTF-16"),
            (b"\0a\0p\0i", None, "UTF-16"),
            (b"a: 1\n\xc3\xa9b\0", at(2, 3), "byte 9 is zero"),
            (b"\0\0", at(1, 1), "byte 1 is zero"),
            (b"\x7fELF\x02\x01\x01\0\xff", at(1, 8), "byte 8 is zero"),
            (b"\x1f\x8b\x08\0", at(1, 2), "byte 4 is zero"),
            (b"a: 1\nb: \xe9t\xe9\n", at(2, 4), "byte 9 is not UTF-8"),
            (b"\xef\xbb\xbfa\xe9", at(1, 2), "byte 5 is not UTF-8"),
        ] {
            let failure = text(&Arc::from("a"), bytes.to_vec()).expect_err("no text");
            assert_eq!(failure.position, position, "{bytes:?}");
            assert!(failure.message.contains(words), "{bytes:?}: {}", failure.message);
        }
    }

    #[test]
    fn nothing_is_read_far_beyond_the_limit() {
        let mut endless = io::repeat(b' ').take(MAX_BYTES * 4);
        assert!(matches!(read_all(&mut endless), Err(Problem::Endless)));
        assert_eq!(endless.limit(), MAX_BYTES * 3 - 1);
        let largest = read_all(io::repeat(b' ').take(MAX_BYTES)).map(|bytes| bytes.len() as u64);
        assert!(largest.is_ok_and(|length| length == MAX_BYTES));
    }

    #[test]
    fn what_breaks_off_is_told() {
        let broken = io::Error::other("the disk is gone");
        let failure = read_all(Broken(Some(broken))).expect_err("broken").of("a");
        assert!(failure.message.contains("the disk is gone"), "{}", failure.message);
    }

    struct Broken(Option<io::Error>);

    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            self.0.take().map_or(Ok(0), Err)
        }
    }
}

//! What a path leads to, links followed. `find` and `input` ask.

use std::fs::Metadata;
use std::os::unix::fs::FileTypeExt;

/// What a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    /// A pipe, as the shell makes one for `<(…)`.
    Pipe,
    /// Something that has no end or no text, and what it is called.
    Special(&'static str),
}

impl Kind {
    pub(super) fn of(metadata: &Metadata) -> Self {
        let kind = metadata.file_type();
        if kind.is_file() {
            Self::File
        } else if kind.is_dir() {
            Self::Folder
        } else if kind.is_fifo() {
            Self::Pipe
        } else if kind.is_socket() {
            Self::Special("socket")
        } else {
            Self::Special("device")
        }
    }
}

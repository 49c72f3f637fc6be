//! A file is replaced by its completed self in one step: whoever reads it sees the old text or the new one.

use std::fs::{self, Metadata};
use std::io::{self, Write as _};
use std::os::unix::fs::{MetadataExt as _, fchown};
use std::path::Path;

use tempfile::NamedTempFile;

use super::complete::Completed;
use crate::manifests::Failure;

/// Writes the new text where the old one is. A link is kept, and the file behind it written.
pub(super) fn replace(completed: &Completed) -> Result<(), Failure> {
    let fail = |error: io::Error| Failure {
        file: completed.name.clone(),
        position: None,
        message: format!("it cannot be written, and is as it was: {}", reason(&error)),
    };
    let Some(path) = &completed.path else { return Ok(()) };
    write(path, &completed.after).map_err(fail)
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    let file = fs::canonicalize(path)?;
    let metadata = fs::metadata(&file)?;
    if !metadata.is_file() {
        return Err(io::Error::from(io::ErrorKind::Unsupported));
    }
    // Its folder may be writable where the file is meant not to be.
    fs::OpenOptions::new().write(true).open(&file)?;
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut new = tempfile::Builder::new().prefix(".raygate-").tempfile_in(folder)?;
    new.write_all(text.as_bytes())?;
    adopt(&new, &metadata)?;
    new.as_file().sync_all()?;
    new.persist(&file)?;
    Ok(())
}

/// Gives the new file the owner and the permissions of the old one.
fn adopt(new: &NamedTempFile, old: &Metadata) -> io::Result<()> {
    let own = new.as_file().metadata()?;
    if (own.uid(), own.gid()) != (old.uid(), old.gid()) {
        fchown(new.as_file(), Some(old.uid()), Some(old.gid()))?;
    }
    new.as_file().set_permissions(old.permissions())
}

/// For people, without the number of the error.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => {
            "permission denied; the file and its folder must be writable, and the file your own".to_owned()
        }
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::Unsupported => "it is no file".to_owned(),
        _ => error.to_string(),
    }
}

//! Globs that reach us because a shell did not expand them: in quotes, in CI, on its own. Expanded as a shell does it,
//! part by part, so that no folder is read that cannot match.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};

use super::find::names_in;

/// A path some parts of which are patterns: `*`, `?`, `[a-z]`, `{a,b}`, and `**` for any folders or none.
#[derive(Debug)]
pub(super) struct Glob {
    parts: Vec<Part>,
    /// Whether its last part says how names end, as `*.yaml` does.
    pub(super) names_an_ending: bool,
}

#[derive(Debug)]
enum Part {
    Name(OsString),
    Pattern(GlobMatcher),
    AnyFolders,
}

/// What a glob matches.
#[derive(Debug, Default)]
pub(super) struct Matches {
    /// In order; links are not followed, and a path may lead to the same file as another.
    pub(super) paths: Vec<PathBuf>,
    /// Folders that may hold more, and cannot be read.
    pub(super) unreadable: Vec<(PathBuf, io::Error)>,
}

impl Glob {
    /// Reads a path as a glob; `None` when no part of it is a pattern.
    pub(super) fn read(typed: &Path) -> Result<Option<Self>, globset::Error> {
        let mut parts = typed.components().map(part).collect::<Result<Vec<_>, _>>()?;
        parts.dedup_by(|next, last| matches!((next, last), (Part::AnyFolders, Part::AnyFolders)));
        if parts.iter().all(|part| matches!(part, Part::Name(_))) {
            return Ok(None);
        }
        if matches!(parts.last(), Some(Part::AnyFolders)) {
            parts.push(Part::Pattern(globset::Glob::new("*")?.compile_matcher()));
        }
        let last = typed.file_name().unwrap_or_default().as_encoded_bytes();
        Ok(Some(Self { parts, names_an_ending: last.contains(&b'.') }))
    }

    /// All paths that match, as they would have been typed in this folder.
    pub(super) fn matches(&self, folder: &Path) -> Matches {
        let mut expansion = Expansion { folder, matches: Matches::default() };
        expansion.expand(Path::new(""), &self.parts);
        expansion.matches.paths.sort_unstable();
        expansion.matches.paths.dedup();
        expansion.matches
    }
}

fn part(component: Component<'_>) -> Result<Part, globset::Error> {
    let name = component.as_os_str();
    match name.to_str() {
        Some("**") => Ok(Part::AnyFolders),
        Some(text) if text.contains(['*', '?', '[', '{']) => {
            let pattern = GlobBuilder::new(text).empty_alternates(true).build()?;
            Ok(Part::Pattern(pattern.compile_matcher()))
        }
        _ => Ok(Part::Name(name.to_owned())),
    }
}

struct Expansion<'a> {
    folder: &'a Path,
    matches: Matches,
}

impl Expansion<'_> {
    fn expand(&mut self, path: &Path, parts: &[Part]) {
        let Some((part, rest)) = parts.split_first() else {
            self.matches.paths.push(path.to_owned());
            return;
        };
        match part {
            Part::Name(name) => {
                let path = path.join(name);
                if fs::symlink_metadata(self.folder.join(&path)).is_ok() {
                    self.expand(&path, rest);
                }
            }
            Part::Pattern(pattern) => {
                for name in self.names(path).into_iter().filter(|name| pattern.is_match(name)) {
                    let path = path.join(name);
                    if rest.is_empty() || self.folder.join(&path).is_dir() {
                        self.expand(&path, rest);
                    }
                }
            }
            Part::AnyFolders => {
                self.expand(path, rest);
                for name in self.names(path) {
                    let path = path.join(name);
                    // A link to a folder above would never end; shells do not follow it here either.
                    if fs::symlink_metadata(self.folder.join(&path)).is_ok_and(|metadata| metadata.is_dir()) {
                        self.expand(&path, parts);
                    }
                }
            }
        }
    }

    fn names(&mut self, path: &Path) -> Vec<OsString> {
        match names_in(&self.folder.join(path)) {
            Ok(names) => names,
            // What is no folder matches nothing.
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                Vec::new()
            }
            Err(error) => {
                self.matches.unreadable.push((path.to_owned(), error));
                Vec::new()
            }
        }
    }
}

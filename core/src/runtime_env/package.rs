//! One `working_dir` or item of `py_modules`: a path, or an address with a scheme and an archive's name, as Ray's
//! `parse_uri` and Python's `urlparse` take it apart.
//!
//! Parts that may hold a secret (user, query, fragment) are cut off first and are never given out.

use crate::ray_version::Release;

/// A text that names a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Package<'t> {
    /// No scheme: a path where Ray reads it.
    Path(&'t str),
    /// An address.
    Address(Address<'t>),
    /// Blanks or control characters, which versions of Python treat differently.
    Unsure,
}

/// A package's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address<'t> {
    /// What Ray does with it.
    pub scheme: Scheme,
    /// The scheme as it is written.
    pub written: &'t str,
    /// Whether two slashes follow the scheme.
    pub has_slashes: bool,
    /// Host and path.
    location: &'t str,
}

/// What Ray does with a scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// It downloads an archive; older releases do not know all of these schemes.
    Remote(Since),
    /// It takes a package that it has itself stored in the cluster.
    Store,
    /// It uses a folder of the image.
    Folder,
    /// It means something inside Ray only.
    Internal,
    /// It knows none such.
    Unknown,
}

/// Since which release Ray knows a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Since {
    /// The newest release that was seen without it; none if all supported ones know it.
    pub absent_in: Option<Release>,
    /// The oldest one that was seen with it.
    pub known_in: Release,
}

const ALWAYS: Since = Since { absent_in: None, known_in: [2, 0] };
const AZURE: Since = Since { absent_in: Some([2, 46]), known_in: [2, 52] };
const HTTP_AND_TAR: Since = Since { absent_in: Some([2, 55]), known_in: [2, 56] };
const FOLDER_AND_XZ: Since = Since { absent_in: Some([2, 59]), known_in: [2, 60] };

/// Archives that Ray unpacks; a wheel only in `py_modules`.
const ARCHIVES: [(&str, Since); 5] = [
    (".zip", ALWAYS),
    (".whl", ALWAYS),
    (".tar.gz", HTTP_AND_TAR),
    (".tgz", HTTP_AND_TAR),
    (".tar.xz", FOLDER_AND_XZ),
];

impl<'t> Package<'t> {
    /// Takes the text apart.
    pub fn of(text: &'t str) -> Self {
        let is_kept = |character: char| !character.is_whitespace() && !character.is_control();
        if text.contains(|character| !is_kept(character)) && text.contains(':') {
            return Self::Unsure;
        }
        let Some((written, rest)) = text.split_once(':').filter(|(scheme, _)| is_scheme(scheme)) else {
            return Self::Path(text);
        };
        let rest = rest.split(['#', '?']).next().unwrap_or_default();
        let (has_slashes, location) = match rest.strip_prefix("//") {
            Some(location) => (true, location),
            None => (false, rest),
        };
        let lower = written.to_ascii_lowercase();
        // Python cuts parameters off the last part of the path for these.
        let location = match lower.as_str() {
            "http" | "https" => without_parameters(location),
            _ => location,
        };
        Self::Address(Address { scheme: Scheme::of(&lower), written, has_slashes, location })
    }
}

impl Scheme {
    fn of(lower: &str) -> Self {
        match lower {
            "https" | "s3" | "gs" | "file" => Self::Remote(ALWAYS),
            "azure" | "abfss" => Self::Remote(AZURE),
            "http" => Self::Remote(HTTP_AND_TAR),
            "gcs" => Self::Store,
            "local" => Self::Folder,
            "conda" | "pip" | "uv" => Self::Internal,
            _ => Self::Unknown,
        }
    }

    /// Since when Ray knows the scheme, if it knows it.
    pub fn since(self) -> Option<Since> {
        match self {
            Self::Remote(since) => Some(since),
            Self::Folder => Some(FOLDER_AND_XZ),
            Self::Store | Self::Internal | Self::Unknown => None,
        }
    }
}

impl<'t> Address<'t> {
    /// The archive's extension and since when Ray unpacks such, in the most lenient reading of all versions.
    pub fn archive(&self) -> Option<(&'static str, Since)> {
        let name = self.location.trim_end_matches('/');
        ARCHIVES.into_iter().find(|(extension, _)| name.ends_with(extension))
    }

    /// What follows the last dot of the last part, for a message: never a whole name.
    pub fn extension(&self) -> Option<&'t str> {
        let (_, name) = self.location.trim_end_matches('/').rsplit_once('/')?;
        let (_, extension) = name.rsplit_once('.')?;
        let is_short = extension.len() <= 8 && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_short.then_some(extension)
    }

    /// Whether more than a host is given.
    pub fn has_path(&self) -> bool {
        self.location.split_once('/').is_some_and(|(_, path)| !path.is_empty())
    }

    /// Whether a folder of the image is named from the root on. `C:/` may be one as well.
    pub fn is_absolute(&self) -> bool {
        self.has_slashes && (self.location.starts_with('/') || self.location.contains(':'))
    }
}

/// Python's idea of a scheme.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

fn without_parameters(location: &str) -> &str {
    let last = location.rfind('/').map_or(0, |slash| slash + 1);
    let parameters = location.get(last..).and_then(|name| name.find(';'));
    parameters.and_then(|at| location.get(..last + at)).unwrap_or(location)
}

#[cfg(test)]
mod tests {
    use super::{Package, Scheme};

    fn extension(text: &str) -> Option<&'static str> {
        let Package::Address(address) = Package::of(text) else { panic!("{text} is an address") };
        address.archive().map(|(extension, _)| extension)
    }

    #[test]
    fn archives_are_found_behind_queries_fragments_and_parameters() {
        for (text, archive) in [
            ("https://h/a.zip", Some(".zip")),
            ("https://user:secret@h/a.zip?sig=1", Some(".zip")),
            ("https://h/a.zip#main", Some(".zip")),
            ("https://h/a.zip;v=1", Some(".zip")),
            ("s3://b/a.zip;v=1", None),
            ("s3://b/a.tar.gz", Some(".tar.gz")),
            ("HTTPS://h/a.zip/", Some(".zip")),
            ("s3://a.zip", Some(".zip")),
            ("s3://b/a.ZIP", None),
            ("s3://b/", None),
            ("https://h/x?file=a.zip", None),
            ("file:///a.tar.xz", Some(".tar.xz")),
            ("https://h/a.tar.bz2", None),
        ] {
            assert_eq!(extension(text), archive, "{text}");
        }
    }

    #[test]
    fn paths_and_schemes_are_told_apart_as_python_does() {
        for path in ["", ".", "./a", "/app", "~/a", "a/b:c", "_a:b", "1a:b", "my app"] {
            assert_eq!(Package::of(path), Package::Path(path));
        }
        for (text, scheme) in [
            ("gcs://b/a.zip", Scheme::Store),
            ("git+https://h/a.git", Scheme::Unknown),
            ("git@h:a/b.git", Scheme::Unknown),
            ("LOCAL:///a", Scheme::Folder),
            ("pip://a", Scheme::Internal),
        ] {
            match Package::of(text) {
                Package::Address(address) => assert_eq!(address.scheme, scheme, "{text}"),
                Package::Path(_) if text.contains('@') => {}
                other => panic!("{text} is {other:?}"),
            }
        }
        assert_eq!(Package::of(" https://h/a.zip"), Package::Unsure);
    }
}

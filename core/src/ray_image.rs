//! The images that the Ray project publishes, and what their tags promise: `rayproject/ray:2.46.0.0e19ea-py311-cu128`.
//!
//! Rules ask it which Ray, which Python and which accelerator is inside. Of all other images nothing is known.

use crate::ray_version::Release;

/// An image of the Ray project, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RayImage<'a> {
    /// `ray`, `ray-ml` or `ray-llm`.
    pub repository: &'a str,
    /// Which build of Ray it is.
    pub build: Build<'a>,
    /// `py311`; without it the version that the project took for its default at that time.
    pub python: Option<&'a str>,
    /// `cpu`, `gpu`, `tpu` or `cu128`.
    pub platform: Option<&'a str>,
    /// Whether it is for 64-bit Arm; the others are for x86.
    pub is_for_arm: bool,
    /// Whether a digest says which image it is, whatever the tag.
    pub is_pinned: bool,
}

/// Which Ray an image has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Build<'a> {
    /// A release, as `2.46.0`, perhaps with a commit behind.
    Release {
        /// Major and minor.
        release: Release,
        /// The version with its patch number and without its commit.
        version: &'a str,
    },
    /// Another one each day or month: `latest`, `nightly`, or no tag at all.
    Moving(&'a str),
    /// A commit, a pull request, or a tag that the project does not make.
    Other,
}

impl<'a> RayImage<'a> {
    /// Takes an image apart; `None` for images of other projects, which number their versions as they like.
    pub fn of(image: &'a str) -> Option<Self> {
        let (name, is_pinned) = image.split_once('@').map_or((image, false), |(name, _)| (name, true));
        let last_part = name.rsplit('/').next()?;
        let (repository, tag) = last_part.split_once(':').map_or((last_part, ""), |(name, tag)| (name, tag));
        let owner = name.rsplit('/').nth(1);
        if owner != Some("rayproject") || !matches!(repository, "ray" | "ray-ml" | "ray-llm") {
            return None;
        }
        let mut rest = tag;
        let is_for_arm = take_suffix(&mut rest, |suffix| suffix == "aarch64").is_some();
        let platform = take_suffix(&mut rest, is_platform);
        let python = take_suffix(&mut rest, is_python);
        take_suffix(&mut rest, |suffix| suffix == "extra");
        let build = Build::of(rest, is_pinned && tag.is_empty());
        Some(Self { repository, build, python, platform, is_for_arm, is_pinned })
    }

    /// The release of Ray inside, if the tag tells.
    pub fn release(&self) -> Option<Release> {
        match self.build {
            Build::Release { release, .. } => Some(release),
            Build::Moving(_) | Build::Other => None,
        }
    }
}

impl<'a> Build<'a> {
    fn of(tag: &'a str, is_only_pinned: bool) -> Self {
        match tag {
            "" if is_only_pinned => Self::Other,
            "" => Self::Moving("latest"),
            "latest" | "nightly" => Self::Moving(tag),
            _ => match release_of(tag) {
                Some(release) => Self::Release { release, version: without_commit(tag) },
                None => Self::Other,
            },
        }
    }
}

/// Major and minor of a text that begins with two numbers, and has a third or nothing behind them.
pub fn release_of(version: &str) -> Option<Release> {
    let mut numbers = version.splitn(3, '.');
    let (major, minor) = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    let goes_on = |rest: &str| rest.starts_with(|first: char| first.is_ascii_digit());
    numbers.next().is_none_or(goes_on).then_some([major, minor])
}

/// `2.46.0` of `2.46.0.0e19ea`.
fn without_commit(version: &str) -> &str {
    version.match_indices('.').nth(2).map_or(version, |(end, _)| version.get(..end).unwrap_or(version))
}

/// Removes what stands behind the last `-`, if it is of that kind.
fn take_suffix<'a>(text: &mut &'a str, is_of_kind: fn(&str) -> bool) -> Option<&'a str> {
    let (rest, suffix) = text.rsplit_once('-').filter(|(_, suffix)| is_of_kind(suffix))?;
    *text = rest;
    Some(suffix)
}

fn is_platform(suffix: &str) -> bool {
    let is_cuda = |digits: &str| digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
    matches!(suffix, "cpu" | "gpu" | "tpu") || suffix.strip_prefix("cu").is_some_and(is_cuda)
}

fn is_python(suffix: &str) -> bool {
    let is_version = |digits: &str| {
        matches!(digits.len(), 2 | 3)
            && digits.starts_with('3')
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    suffix.strip_prefix("py").is_some_and(is_version)
}

#[cfg(test)]
mod tests {
    use super::{Build, RayImage, release_of};

    #[test]
    fn a_release_is_read_where_it_is_certain() {
        for (text, release) in [
            ("2.46.0", Some([2, 46])),
            ("2.46.0.0e19ea-py39-gpu", Some([2, 46])),
            ("2.53.0rc1", Some([2, 53])),
            ("2.46", Some([2, 46])),
            ("2.x", None),
            ("2.46.x", None),
            ("nightly", None),
            ("nightly.2.46", None),
            ("latest-py310", None),
            ("", None),
        ] {
            assert_eq!(release_of(text), release, "{text}");
        }
    }

    #[test]
    fn tags_are_taken_apart_as_the_ray_project_puts_them_together() {
        let release = |release, version| Build::Release { release, version };
        for (image, build, python, platform, is_for_arm) in [
            ("rayproject/ray:2.46.0", release([2, 46], "2.46.0"), None, None, false),
            (
                "rayproject/ray:2.52.0-py311-cu128",
                release([2, 52], "2.52.0"),
                Some("py311"),
                Some("cu128"),
                false,
            ),
            ("rayproject/ray-ml:2.46.0.0e19ea-py39", release([2, 46], "2.46.0"), Some("py39"), None, false),
            (
                "docker.io/rayproject/ray:2.9.3-py310-gpu",
                release([2, 9], "2.9.3"),
                Some("py310"),
                Some("gpu"),
                false,
            ),
            ("r.example:5000/rayproject/ray:2.55.1-aarch64", release([2, 55], "2.55.1"), None, None, true),
            (
                "rayproject/ray-llm:2.56.0-py311-cu128",
                release([2, 56], "2.56.0"),
                Some("py311"),
                Some("cu128"),
                false,
            ),
            (
                "rayproject/ray:2.56.0-extra-py312-tpu",
                release([2, 56], "2.56.0"),
                Some("py312"),
                Some("tpu"),
                false,
            ),
            ("rayproject/ray:2.46.0@sha256:00", release([2, 46], "2.46.0"), None, None, false),
            ("rayproject/ray", Build::Moving("latest"), None, None, false),
            ("rayproject/ray:latest-py310-gpu", Build::Moving("latest"), Some("py310"), Some("gpu"), false),
            ("rayproject/ray:nightly-py39", Build::Moving("nightly"), Some("py39"), None, false),
            ("rayproject/ray:nightly.260101.0e19ea-py310", Build::Other, Some("py310"), None, false),
            ("rayproject/ray:0e19ea", Build::Other, None, None, false),
            ("rayproject/ray:pr-123.0e19ea", Build::Other, None, None, false),
            ("rayproject/ray@sha256:00", Build::Other, None, None, false),
        ] {
            let read = RayImage::of(image).unwrap_or_else(|| panic!("{image} is the project's"));
            assert_eq!(
                (read.build, read.python, read.platform, read.is_for_arm),
                (build, python, platform, is_for_arm),
                "{image}"
            );
        }
        for image in [
            "",
            "ray:2.46.0",
            "acme/ray:2.46.0",
            "rayproject/ray-operator:2.46.0",
            "acme/rayproject:2.46.0",
            "rayproject/x/ray:1",
        ] {
            assert_eq!(RayImage::of(image), None, "{image}");
        }
    }
}

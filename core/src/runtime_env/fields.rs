//! The fields of a runtime environment that Ray reads, and the one that somebody meant who wrote another.

use crate::likeness;
use crate::ray_version::Release;

/// What `RuntimeEnv` takes (Ray 2.46 to 2.60), with the internal names that it takes from anybody.
const KNOWN: [&str; 20] = [
    "working_dir",
    "py_modules",
    "excludes",
    "pip",
    "uv",
    "conda",
    "env_vars",
    "config",
    "worker_process_setup_hook",
    "py_executable",
    "image_uri",
    "container",
    "nsight",
    "rocprof_sys",
    "java_jars",
    "_nsight",
    "_rocprof_sys",
    "_ray_release",
    "_ray_commit",
    "_inject_current_ray",
];

/// What Ray 2.46 still took and Ray 2.52 does not.
const REMOVED: [&str; 2] = ["mpi", "docker"];

/// Fields that not every Ray reads, with the newest release that was seen to pass over them and the oldest that reads them.
const NEWER: [(&str, Release, Release); 4] = [
    ("uv", [2, 9], [2, 40]),
    ("image_uri", [2, 9], [2, 40]),
    ("py_executable", [2, 40], [2, 46]),
    ("rocprof_sys", [2, 46], [2, 52]),
];

/// What `config` takes.
const CONFIG: [&str; 3] = ["setup_timeout_seconds", "eager_install", "log_files"];

/// Names that are not alike and yet mean these.
const SYNONYMS: [(&str, &str); 7] = [
    ("workingdirectory", "working_dir"),
    ("env", "env_vars"),
    ("environment", "env_vars"),
    ("requirements", "pip"),
    ("packages", "pip"),
    ("image", "image_uri"),
    ("timeout", "setup_timeout_seconds"),
];

/// Names closer than this are probably meant: 1 is the same.
const NEAR: f64 = 0.7;

/// A set of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fields {
    /// Those of the environment itself.
    Environment,
    /// Those of its `config`.
    Config,
}

impl Fields {
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Environment => &KNOWN,
            Self::Config => &CONFIG,
        }
    }

    /// Whether Ray reads that name.
    pub fn knows(self, name: &str) -> bool {
        self.names().contains(&name)
    }

    /// Whether Ray read that name until 2.46.
    pub fn knew(self, name: &str) -> bool {
        self == Self::Environment && REMOVED.contains(&name)
    }

    /// The newest release that was seen to pass over a known name, and the oldest that was seen to read it.
    pub fn came(self, name: &str) -> Option<[Release; 2]> {
        let newer = NEWER.iter().find(|(newer, ..)| self == Self::Environment && *newer == name);
        newer.map(|(_, absent_in, known_in)| [*absent_in, *known_in])
    }

    /// The name that is most like this one.
    pub fn nearest(self, name: &str) -> Option<&'static str> {
        let plain = plain(name);
        let synonym = SYNONYMS.iter().find(|(word, _)| *word == plain).map(|(_, meant)| *meant);
        let public = self.names().iter().copied().filter(|known| !known.starts_with('_'));
        let alike = likeness::nearest(&plain, public, NEAR, self::plain);
        synonym.filter(|meant| self.names().contains(meant)).or(alike)
    }
}

/// A name without what people write differently: `envVars`, `env-vars`, `ENV_VARS`.
fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::Fields::{Config, Environment};

    #[test]
    fn the_name_that_was_meant_is_found() {
        for (written, meant) in [
            ("workingDir", Some("working_dir")),
            ("working-dir", Some("working_dir")),
            ("working_directory", Some("working_dir")),
            ("envVars", Some("env_vars")),
            ("env_var", Some("env_vars")),
            ("env", Some("env_vars")),
            ("pyModules", Some("py_modules")),
            ("pips", Some("pip")),
            ("exclude", Some("excludes")),
            ("requirements", Some("pip")),
            ("setupHook", None),
            ("", None),
            ("owner", None),
        ] {
            assert_eq!(Environment.nearest(written), meant, "{written}");
            assert!(!Environment.knows(written), "{written}");
        }
        assert_eq!(Config.nearest("setupTimeoutSeconds"), Some("setup_timeout_seconds"));
        assert_eq!(Config.nearest("eager_instal"), Some("eager_install"));
        assert_eq!(Config.nearest("env"), None);
        assert!(Environment.knew("mpi") && !Config.knew("mpi"));
    }
}

//! What Ray refuses and no rule denies, and why none does.

use super::judge::Mode::{self, Command, Http};

/// Something that is let through.
pub(super) struct Miss {
    /// A part of what Ray says.
    pub(super) error: &'static str,
    /// A part of the environments that it is about.
    pub(super) part: &'static str,
    /// One of them.
    pub(super) example: &'static str,
    pub(super) mode: Mode,
    /// Why it is not denied.
    pub(super) why: &'static str,
}

const fn miss(
    why: &'static str,
    error: &'static str,
    part: &'static str,
    mode: Mode,
    example: &'static str,
) -> Miss {
    Miss { error, part, example, mode, why }
}

const PATHS: &str =
    "which files the image holds is not known; RJ320 warns of those that look like another machine's";
const SHELL: &str = "the submitter's shell runs a part of the text, which may change the rest";
const VARIABLE: &str = "pip puts a variable of the cluster in";
const OLD_PIP: &str = "pip before 24.1 takes it, and which pip the image has is not known";
const NEW_PIP: &str = "pip from 24.1 on takes it, and which pip the image has is not known";
const NULL: &str = "another Ray passes over its null";
const RARE: &str = "nobody writes it";

/// All that is let through.
pub(super) const MISSES: &[Miss] = &[
    miss(PATHS, "must be an existing directory", "", Command, "working_dir: gone"),
    miss(PATHS, "py_modules entry must be", "", Command, "py_modules: [gone]"),
    miss(PATHS, "gone.txt is not a valid file", "", Http, "pip: gone.txt"),
    miss(PATHS, "six is not a valid file", "", Command, "uv: six"),
    miss(PATHS, "Can't find conda YAML file", "", Http, "conda: gone.yaml"),
    miss(PATHS, "Can't find conda env directory", "", Command, "conda: /gone"),
    miss(PATHS, "Could not open requirements file", "", Command, "pip: [-r gone.txt]"),
    miss(PATHS, "File './six' does not exist", "", Http, "pip: [./six]"),
    miss(SHELL, "env_vars", "`", Command, "env_vars: {A: '`a', B: 1}"),
    miss(SHELL, "env_vars", "$(", Command, "env_vars: {A: '$(a)', B: 1}"),
    miss(SHELL, "env_vars", "${B:-", Command, "env_vars: {A: '${B:-c}', B: 1}"),
    miss(VARIABLE, "Invalid requirement", "$", Http, "pip: ['six==${V}']"),
    miss(OLD_PIP, "'six=='", "", Http, "pip: [six==]"),
    miss(OLD_PIP, "'six<>1'", "", Http, "pip: [six<>1]"),
    miss(OLD_PIP, "'six==^1'", "", Http, "pip: [six==^1]"),
    miss(NEW_PIP, "'six>=1,'", "", Http, "pip: ['six>=1,']"),
    miss(RARE, "Invalid requirement: 'six,foo'", "", Http, "pip: ['six,foo']"),
    miss(RARE, "Invalid requirement: 'é==1'", "", Http, "pip: ['é==1']"),
    miss(RARE, "files are supported", "/.zip", Http, "working_dir: https://h/.zip"),
    miss(RARE, "Only .zip", ".zip/", Command, "working_dir: https://h/a.zip/"),
    miss("Ray 2.46 takes it at first", "files are supported", ".whl", Http, "working_dir: https://h/a.whl"),
    miss(
        "a package of Ray's own store is named without a path",
        "gcs",
        "gcs:",
        Http,
        "working_dir: gcs://a.zip",
    ),
    miss(NULL, "Specified fields: {'rocprof_sys'}", "", Command, "{image_uri: a, rocprof_sys: ~}"),
    miss(NULL, "Specified fields: {'mpi'}", "", Http, "{container: {image: a}, mpi: ~}"),
    miss("RJ325 warns: pip learns options", "no such option: --timeout", "", Http, "pip: [--timeout 5]"),
    miss(PATHS, "No such file or directory", "-r", Command, "pip: [six, -r gone.txt]"),
    miss(RARE, "InvalidWheelFilename", "six=1.whl", Command, "uv: [six=1.whl]"),
    miss(RARE, "", "_validate", Http, "{_validate: false, env_vars: {A: 1}}"),
    miss(RARE, "multiple values for", "self", Http, "self: 1"),
];

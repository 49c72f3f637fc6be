//! `--write`: files change in one step, keep what they are, and are left alone when nothing is missing.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::os::unix::process::CommandExt as _;
use std::path::Path;

use crate::program::{COMPLETE, Folder, JOB, command_of, ran};

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<_> = entries.map(|name| name.into_string().expect("UTF-8")).collect();
    names.sort();
    names
}

#[test]
fn files_are_written_and_named() {
    let folder = Folder::with(&[("a.yaml", JOB), ("b.yaml", COMPLETE), ("c/d.yaml", JOB)]);
    let ran = folder.run(&["--write", "."]);
    assert_eq!((ran.code, ran.out.as_str(), ran.errors.as_str()), (Some(0), "a.yaml\nc/d.yaml\n", ""));
    for name in ["a.yaml", "b.yaml", "c/d.yaml"] {
        assert_eq!(folder.read(name), COMPLETE);
    }
    assert_eq!(names(folder.root()), ["a.yaml", "b.yaml", "c"]);
    let again = folder.run(&["--write", "."]);
    assert_eq!((again.code, again.out.as_str()), (Some(0), ""));
}

#[test]
fn permissions_are_kept() {
    let folder = Folder::with(&[("a.yaml", JOB), ("b.yaml", JOB)]);
    for (name, mode) in [("a.yaml", 0o640), ("b.yaml", 0o755)] {
        fs::set_permissions(folder.path(name), Permissions::from_mode(mode)).expect("permissions");
        assert_eq!(folder.run(&["--write", name]).code, Some(0));
        let metadata = fs::metadata(folder.path(name)).expect("metadata");
        assert_eq!((metadata.mode() & 0o7777, folder.read(name).as_str()), (mode, COMPLETE));
    }
}

#[test]
fn files_in_which_nothing_is_missing_are_not_touched() {
    let folder = Folder::with(&[("a.yaml", COMPLETE)]);
    let identity = || {
        let metadata = fs::metadata(folder.path("a.yaml")).expect("metadata");
        (metadata.ino(), metadata.mtime(), metadata.mtime_nsec(), metadata.ctime_nsec())
    };
    let before = identity();
    assert_eq!(folder.run(&["--write", "a.yaml"]).code, Some(0));
    assert_eq!(identity(), before);
}

#[test]
fn a_link_stays_a_link() {
    let folder = Folder::with(&[("below/real.yaml", JOB)]);
    symlink("below/real.yaml", folder.path("link.yaml")).expect("a link");
    let ran = folder.run(&["--write", "link.yaml"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "link.yaml\n"));
    assert_eq!(fs::read_link(folder.path("link.yaml")).expect("a link"), Path::new("below/real.yaml"));
    assert_eq!(folder.read("below/real.yaml"), COMPLETE);
    assert_eq!(names(folder.root()), ["below", "link.yaml"]);
}

#[test]
fn standard_input_is_not_written() {
    for arguments in [&["--write"][..], &["--write", "-"]] {
        let ran = Folder::with(&[]).run_with(arguments, JOB);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
        assert!(ran.errors.contains("standard input"), "{}", ran.errors);
    }
}

#[test]
fn a_diff_can_be_seen_while_files_are_written() {
    let folder = Folder::with(&[("a.yaml", JOB)]);
    let ran = folder.run(&["--write", "--diff", "a.yaml"]);
    assert!(ran.code == Some(0) && ran.out.starts_with("--- a.yaml\n"), "{}", ran.out);
    assert_eq!(folder.read("a.yaml"), COMPLETE);
}

#[test]
fn a_file_in_a_folder_that_cannot_be_written_stays_whole() {
    let folder = Folder::with(&[("read-only/a.yaml", JOB), ("b.yaml", JOB)]);
    let program = folder.path("raygate");
    fs::copy(env!("CARGO_BIN_EXE_raygate"), &program).expect("a copy of the program");
    let read_only = folder.path("read-only");
    let mode =
        |path: &Path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).expect("permissions");
    let mut command = command_of(&program);
    if rustix::process::geteuid().is_root() {
        // Permissions mean nothing to root.
        const NOBODY: u32 = 65534;
        std::os::unix::fs::chown(folder.root(), Some(NOBODY), Some(NOBODY)).expect("an owner");
        for name in ["read-only", "read-only/a.yaml", "b.yaml"] {
            std::os::unix::fs::chown(folder.path(name), Some(NOBODY), Some(NOBODY)).expect("an owner");
        }
        command.uid(NOBODY).gid(NOBODY);
    }
    mode(&read_only, 0o555);
    let ran = ran(command.current_dir(folder.root()).args(["--write", "read-only", "b.yaml"]), "");
    mode(&read_only, 0o755);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), "b.yaml\n"));
    assert!(
        ran.errors.starts_with("read-only/a.yaml: ") && ran.errors.contains("permission"),
        "{}",
        ran.errors
    );
    assert_eq!((folder.read("read-only/a.yaml").as_str(), folder.read("b.yaml").as_str()), (JOB, COMPLETE));
    assert_eq!(names(&read_only), ["a.yaml"]);
}

#[test]
fn a_file_that_must_not_be_written_is_not_replaced() {
    let folder = Folder::with(&[("a.yaml", JOB)]);
    let program = folder.path("raygate");
    fs::copy(env!("CARGO_BIN_EXE_raygate"), &program).expect("a copy of the program");
    let mut command = command_of(&program);
    if rustix::process::geteuid().is_root() {
        const NOBODY: u32 = 65534;
        for path in [folder.root(), &folder.path("a.yaml")] {
            std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY)).expect("an owner");
        }
        command.uid(NOBODY).gid(NOBODY);
    }
    fs::set_permissions(folder.path("a.yaml"), Permissions::from_mode(0o444)).expect("permissions");
    let ran = ran(command.current_dir(folder.root()).args(["--write", "a.yaml"]), "");
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert_eq!(folder.read("a.yaml"), JOB);
}

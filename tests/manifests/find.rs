//! What paths lead to, in folders made for each test.

use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use raygate::manifests::{Found, Input, MAX_BYTES, Surroundings, find};

/// A folder with these files in it, one line in each.
fn folder(test: &str, files: &[&str]) -> Surroundings {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("manifests").join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a new folder");
    for file in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("a folder above")).expect("a new folder");
        fs::write(path, format!("file: {file}\n")).expect("a new file");
    }
    let folder = folder.canonicalize().expect("the new folder");
    Surroundings {
        folder,
        stdin_name: "<stdin>".into(),
        stdin_is_terminal: true,
        piped_into: Some("raygate check -"),
        skips_others: false,
    }
}

fn typed(paths: &[&str], surroundings: &Surroundings) -> Found {
    find(&paths.iter().map(PathBuf::from).collect::<Vec<_>>(), surroundings)
}

fn names(inputs: &[Input]) -> Vec<&str> {
    inputs.iter().map(|input| input.name.as_ref()).collect()
}

/// Names of the inputs; there must be no failure.
fn found(paths: &[&str], surroundings: &Surroundings) -> Vec<String> {
    let found = typed(paths, surroundings);
    assert_eq!(found.failures, [], "{paths:?}");
    found.inputs.iter().map(|input| input.name.to_string()).collect()
}

/// The name and message of the one failure.
fn failure(paths: &[&str], surroundings: &Surroundings) -> (String, String) {
    let found = typed(paths, surroundings);
    let [failure] = &found.failures[..] else { panic!("{paths:?}: {found:?}") };
    assert_eq!(failure.position, None);
    (failure.file.to_string(), failure.message.clone())
}

#[test]
fn files_are_read_in_the_order_typed_and_each_once() {
    let here = folder("order", &["b.yaml", "a.txt", "d/c.json"]);
    symlink("b.yaml", here.folder.join("link.yaml")).expect("a link");
    let absolute = here.folder.join("d/c.json");
    let absolute = absolute.to_str().expect("UTF-8");
    let paths = ["b.yaml", "./a.txt", "./b.yaml", "d/../b.yaml", "link.yaml", absolute, "d/c.json"];
    assert_eq!(found(&paths, &here), ["b.yaml", "a.txt", "d/c.json"]);
    let inputs = typed(&["d", "a.txt", "d/c.json"], &here).inputs;
    assert!(inputs.iter().all(|input| input.named), "what is typed by name too is named: {inputs:?}");
    let text = inputs[0].read().expect("a text");
    assert_eq!(text.as_ref(), "file: d/c.json\n");
}

#[test]
fn folders_are_read_by_name_without_what_is_hidden() {
    let files = [
        "z.yaml",
        "a/b.yml",
        "a/c.YAML",
        "a/d/e.jsonl",
        "b.ndjson",
        "b.txt",
        "README.md",
        "a.json",
        "yaml",
        ".hidden.yaml",
        ".git/x.yaml",
        ".github/x.yaml",
        "node_modules/x.yaml",
        "a/node_modules/x.yaml",
        "empty/x.txt",
    ];
    let here = folder("folders", &files);
    let all = ["a/b.yml", "a/c.YAML", "a/d/e.jsonl", "a.json", "b.ndjson", "z.yaml"];
    assert_eq!(found(&["."], &here), all);
    assert_eq!(found(&[".", "a", "a/d/e.jsonl", "./"], &here), all);
    assert_eq!(
        found(&["a/d", "."], &here),
        ["a/d/e.jsonl", "a/b.yml", "a/c.YAML", "a.json", "b.ndjson", "z.yaml"]
    );
    // Whoever names it means it.
    assert_eq!(found(&[".git", ".hidden.yaml"], &here), [".git/x.yaml", ".hidden.yaml"]);
    assert!(typed(&["."], &here).inputs.iter().all(|input| !input.named));
    let (file, message) = failure(&["empty"], &here);
    assert_eq!(file, "empty");
    assert!(message.contains(".yaml, .yml, .json, .jsonl, .ndjson"), "{message}");
}

#[test]
fn linked_folders_are_followed_once_and_circles_end() {
    let here = folder("links", &["jobs/a.yaml", "jobs/deep/b.yaml", "elsewhere/c.yaml"]);
    for (target, link) in
        [("..", "jobs/deep/up"), (".", "jobs/self"), ("../elsewhere", "jobs/k"), ("../elsewhere", "jobs/l")]
    {
        symlink(target, here.folder.join(link)).expect("a link");
    }
    assert_eq!(found(&["jobs"], &here), ["jobs/a.yaml", "jobs/deep/b.yaml", "jobs/k/c.yaml"]);
    assert_eq!(found(&["jobs/**/*.yaml"], &here), ["jobs/a.yaml", "jobs/deep/b.yaml"]);
    assert_eq!(found(&["jobs/l/*.yaml"], &here), ["jobs/l/c.yaml"]);
    symlink("b", here.folder.join("a")).expect("a link");
    symlink("a", here.folder.join("b")).expect("a link");
    assert!(failure(&["a"], &here).1.contains("cannot be read"));
}

#[test]
fn globs_match_as_in_a_shell() {
    let files = [
        "a.yaml",
        "b.yml",
        "c.md",
        "x/a.yaml",
        "x/y/b.yaml",
        "x/y/c.txt",
        "x/.h/d.yaml",
        "[1].yaml",
        "w/d/e.json",
    ];
    let here = folder("globs", &files);
    for (glob, matches) in [
        ("*.yaml", &["[1].yaml", "a.yaml"][..]),
        ("?.y{a,}ml", &["a.yaml", "b.yml"]),
        ("*.md", &["c.md"]),
        ("x/*", &["x/a.yaml", "x/y/b.yaml"]),
        ("*/a.yaml", &["x/a.yaml"]),
        ("**/a.yaml", &["a.yaml", "x/a.yaml"]),
        ("x/**", &["x/a.yaml", "x/y/b.yaml"]),
        ("./x/**/**/[a-b].yaml", &["x/a.yaml", "x/y/b.yaml"]),
        ("w*", &["w/d/e.json"]),
        ("[1].yaml", &["[1].yaml"]),
        ("[ab].*", &["a.yaml", "b.yml"]),
    ] {
        assert_eq!(found(&[glob], &here), matches, "{glob}");
    }
    for (glob, words) in [
        ("*.json", "matches no manifest"),
        ("c*", "matches no manifest"),
        ("nowhere/*.yaml", "matches no manifest"),
        ("a.yaml/*", "matches no manifest"),
        ("a[.yaml", "no glob either"),
    ] {
        let (file, message) = failure(&[glob], &here);
        assert_eq!(file, glob);
        assert!(message.contains(words), "{glob}: {message}");
    }
}

#[test]
fn what_is_not_there_is_told_and_the_rest_is_found() {
    let here = folder("missing", &["a.yaml"]);
    symlink("nowhere", here.folder.join("dangling.yaml")).expect("a link");
    let found = typed(&["nope.yaml", "a.yaml", "a.yaml/b", "", "dangling.yaml"], &here);
    assert_eq!(names(&found.inputs), ["a.yaml"]);
    let files: Vec<_> = found.failures.iter().map(|failure| failure.file.as_ref()).collect();
    assert_eq!(files, ["nope.yaml", "a.yaml/b", "\"\"", "dangling.yaml"]);
    assert!(found.failures[0].message.contains("no such file"), "{found:?}");
    assert!(found.failures[3].message.contains("leads nowhere"), "{found:?}");
    // In a folder too, a manifest that cannot be read is not passed over; a link to nowhere is, if it is no manifest's.
    symlink("nowhere", here.folder.join("dangling")).expect("a link");
    assert_eq!(failure(&["."], &here).0, "dangling.yaml");
}

#[test]
fn urls_are_told_apart_without_their_passwords() {
    let here = folder("urls", &[]);
    let (file, message) =
        failure(&["https://user:secret@example.com/jobs/a.yaml?token=secret#secret"], &here);
    assert_eq!(file, "https://example.com/jobs/a.yaml");
    assert!(message.contains("curl") && !message.contains("secret"), "{message}");
}

#[test]
fn standard_input_is_read_when_asked_for_or_piped_in() {
    let here = folder("stdin", &["a.yaml"]);
    assert_eq!(found(&["-", "a.yaml", "-"], &here), ["<stdin>", "a.yaml"]);
    let (_, message) = failure(&[], &here);
    assert!(message.contains("| raygate check -"), "{message}");
    let piped = Surroundings { stdin_is_terminal: false, stdin_name: "ci.yaml".into(), ..here };
    assert_eq!(found(&[], &piped), ["ci.yaml"]);
    assert_eq!(found(&["a.yaml"], &piped), ["a.yaml"]);
}

#[test]
fn pipes_are_read_when_named_and_devices_and_sockets_never() {
    let here = folder("special", &["a.yaml"]);
    let pipe = here.folder.join("pipe.yaml");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let _socket = UnixListener::bind(here.folder.join("s.yaml")).expect("a socket");
    let in_folder = typed(&["."], &here);
    assert_eq!(names(&in_folder.inputs), ["a.yaml"]);
    let messages: Vec<_> = in_folder.failures.iter().map(|failure| failure.message.as_str()).collect();
    assert!(messages[0].contains("pipe") && messages[1].contains("socket"), "{messages:?}");
    assert!(failure(&["s.yaml"], &here).1.contains("socket"));
    assert!(failure(&["/dev/null"], &here).1.contains("device"));

    let inputs = typed(&["pipe.yaml"], &here).inputs;
    let writer = std::thread::spawn(move || {
        fs::OpenOptions::new()
            .write(true)
            .open(pipe)
            .expect("the pipe")
            .write_all(b"a: 1\n")
            .expect("a reader");
    });
    assert_eq!(inputs[0].read().expect("a text").as_ref(), "a: 1\n");
    writer.join().expect("written");
}

#[test]
fn a_file_beyond_the_limit_is_refused_by_its_size() {
    let here = folder("large", &["a.yaml"]);
    let file = fs::File::options().write(true).open(here.folder.join("a.yaml")).expect("the file");
    file.set_len(MAX_BYTES + (36 << 20)).expect("a sparse file");
    let failure = typed(&["a.yaml"], &here).inputs[0].read().expect_err("too large");
    assert_eq!(failure.file.as_ref(), "a.yaml");
    assert!(failure.message.contains("100 MiB") && failure.message.contains("64 MiB"), "{}", failure.message);
}

#[test]
fn a_file_that_is_gone_by_now_is_told() {
    let here = folder("gone", &["a.yaml"]);
    let inputs = typed(&["a.yaml"], &here).inputs;
    fs::remove_file(here.folder.join("a.yaml")).expect("removed");
    assert!(inputs[0].read().expect_err("gone").message.contains("removed"));
}

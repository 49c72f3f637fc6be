//! What is printed, and what is written beside it.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use crate::folder::{DENIED, Folder, WARNED, manifest};

#[test]
fn every_format_is_what_it_says() {
    let folder = Folder::with("job.yaml", &manifest(DENIED));
    let answer = |format: &str| folder.check(&format!("job.yaml --format {format}"));
    assert!(answer("text").stdout.contains("error: RJ102 ttl-without-shutdown: "));
    assert_eq!(answer("json").json()["version"], 1);
    let sarif = answer("sarif").json();
    assert_eq!(
        (&sarif["version"], &sarif["runs"][0]["tool"]["driver"]["name"]),
        (&"2.1.0".into(), &"raygate".into())
    );
    assert_eq!(failures_of_junit(&answer("junit").stdout), 1);
    let github = answer("github").stdout;
    assert!(github.starts_with("::warning file=job.yaml,line="), "{github}");
    assert!(github.contains("\n::error file=job.yaml,line="), "{github}");
}

/// Reads it to its end.
fn failures_of_junit(text: &str) -> usize {
    let mut reader = Reader::from_str(text);
    let mut failures = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == "failure" => failures += 1,
            Event::Empty(tag) if tag.name().as_ref() == "failure" => failures += 1,
            Event::Eof => return failures,
            _ => {}
        }
    }
}

#[test]
fn outputs_are_written_beside_what_is_printed() {
    let folder = Folder::with("job.yaml", &manifest(DENIED));
    let outputs = "--output json=a.json --output sarif=a.sarif --output junit=a.xml --output github=a.github";
    let answer = folder.check(&format!("job.yaml {outputs} --output text=a.txt --output json=b.json"));
    assert_eq!(answer.code, 1);
    assert_eq!(folder.read("a.txt"), answer.stdout);
    assert_eq!(folder.read("a.json"), folder.check("job.yaml --format json").stdout);
    assert_eq!(folder.read("a.json"), folder.read("b.json"));
    assert_eq!(folder.read("a.sarif"), folder.check("job.yaml --format sarif").stdout);
    assert_eq!(folder.read("a.github"), folder.check("job.yaml --format github").stdout);
    assert_eq!(failures_of_junit(&folder.read("a.xml")), 1);
}

#[test]
fn outputs_are_written_in_silence_too() {
    let folder = Folder::with("job.yaml", &manifest(""));
    folder.write("result.json", "of an earlier run, and much longer than what is written now".repeat(100));
    let answer = folder.check("job.yaml --quiet --output json=result.json");
    assert_eq!((answer.code, answer.stdout.as_str()), (0, ""));
    let report: Value = serde_json::from_str(&folder.read("result.json")).unwrap();
    assert_eq!(report["summary"]["rayJobs"], 1);
}

#[test]
fn what_cannot_be_written_hides_nothing() {
    let folder = Folder::with("job.yaml", &manifest(DENIED));
    let outputs = "--output text=no/such/folder/a.txt --output json=a.json --output sarif=/dev/full";
    let answer = folder.check(&format!("job.yaml {outputs}"));
    assert_eq!((answer.code, answer.stdout), (2, folder.check("job.yaml").stdout));
    assert_eq!(folder.read("a.json"), folder.check("job.yaml --format json").stdout);
    for words in ["--output: cannot write no/such/folder/a.txt", "--output: cannot write /dev/full"] {
        assert!(answer.stderr.contains(words), "no `{words}` in {}", answer.stderr);
    }
    let silent = folder.check("job.yaml --quiet --output text=no/such/folder/a.txt");
    assert_eq!((silent.code, silent.stdout.contains("RJ102")), (2, true), "{silent:?}");
}

#[test]
fn quiet_is_broken_only_by_what_somebody_should_see() {
    for (change, is_silent) in [("", true), (WARNED, false), (DENIED, false), ("spec: null", false)] {
        let folder = Folder::with("job.yaml", &manifest(change));
        let (quiet, loud) = (folder.check("job.yaml --quiet"), folder.check("job.yaml"));
        assert_eq!(quiet.stdout.is_empty(), is_silent, "{change}: {quiet:?}");
        assert_eq!(quiet.code, loud.code, "{change}");
        assert!(is_silent || quiet.stdout == loud.stdout, "{change}: {quiet:?}");
    }
    let folder = Folder::with("broken.yaml", "[");
    assert!(!folder.check("broken.yaml -q").stdout.is_empty());
}

#[test]
fn colours_are_for_terminals_and_for_those_who_ask() {
    let folder = Folder::with("job.yaml", &manifest(DENIED));
    let is_coloured = |arguments: &str, environment: &[(&str, &str)]| {
        folder.check_with(&format!("job.yaml {arguments}"), environment, "").stdout.contains('\u{1b}')
    };
    assert!(!is_coloured("", &[]));
    assert!(!is_coloured("--color auto", &[("TERM", "xterm-256color")]));
    assert!(!is_coloured("--color never", &[]));
    assert!(is_coloured("--color always", &[]));
    assert!(is_coloured("--color always", &[("NO_COLOR", "1")]), "a flag wins over the environment");
    for format in ["json", "sarif", "junit", "github"] {
        assert!(!is_coloured(&format!("--color always --format {format}"), &[]), "{format}");
    }
}

#[test]
fn a_terminal_is_coloured_unless_no_color_is_set() {
    let folder = Folder::with("job.yaml", &manifest(DENIED));
    // `script` gives a command a terminal of its own.
    let in_terminal = |environment: &str| {
        let command = format!("{environment} {} check job.yaml", env!("CARGO_BIN_EXE_raygate"));
        let mut script = std::process::Command::new("script");
        script.args(["--quiet", "--return", "--command", &command, "/dev/null"]).current_dir(folder.path());
        let output = script.env("TERM", "xterm-256color").env_remove("NO_COLOR").output();
        let output = output.expect("`script` runs: install Debian's package bsdutils");
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(in_terminal("").contains("\u{1b}["));
    assert!(in_terminal("NO_COLOR=").contains("\u{1b}["), "an empty NO_COLOR is not set");
    assert!(!in_terminal("NO_COLOR=1").contains("\u{1b}["));
}

#[test]
fn an_excused_warning_is_shown_as_such_and_counts_nowhere() {
    let excused = "metadata: {annotations: {raygate.dev/ignore: cluster-outlives-job}}\nspec: {shutdownAfterJobFinishes: null}";
    let folder = Folder::with("job.yaml", &manifest(excused));
    let answer = folder.check("job.yaml --fail-on warn");
    assert_eq!(answer.code, 0, "{answer:?}");
    assert!(answer.stdout.contains("note: RJ106") && answer.stdout.contains("; 1 suppressed"), "{answer:?}");
    let json = folder.check("job.yaml --format json");
    assert_eq!((json.count("suppressed"), json.count("warned")), (1, 0));
    assert_eq!(json.json()["findings"][0]["suppressed"], true);
    let sarif = folder.check("job.yaml --format sarif").json();
    assert_eq!(sarif["runs"][0]["results"][0]["suppressions"][0]["kind"], "inSource");
    assert!(!folder.check("job.yaml --format github").stdout.contains("::warning"));
    assert_eq!(folder.check("job.yaml --quiet").stdout, "");
}

#[test]
fn a_denial_cannot_be_excused() {
    let excused = "metadata: {annotations: {raygate.dev/ignore: RJ102}}\nspec: {shutdownAfterJobFinishes: null, ttlSecondsAfterFinished: 600}";
    let answer = Folder::with("job.yaml", &manifest(excused)).check("job.yaml --format json");
    assert_eq!((answer.code, answer.count("suppressed")), (1, 0));
    assert!(answer.stdout.contains("RJ102"), "{answer:?}");
}

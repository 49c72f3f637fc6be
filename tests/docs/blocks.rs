//! Manifests and policies in the documentation are what the documentation says of them, and its commands print what it shows.
//!
//! A `yaml` block with a RayJob is admitted without a finding, unless its info string says `denied`, `warned` and the
//! codes; one with a `RayJobPolicy` has no mistake, unless it says `mistaken`. A block whose first line is `# NAME.yaml` is
//! that file for the `console` blocks of its page.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use super::markdown::{Block, Page, pages};

/// Pages whose manifests have tests of their own: `core` tries the examples of all rules, tests/policy the guide's files.
const TRIED_ELSEWHERE: [&str; 2] = ["docs/rules.md", "docs/policy.md"];

/// Pages whose `console` blocks are run, and print to the letter what stands there.
const RUN: [&str; 2] = ["docs/start.md", "docs/troubleshooting.md"];

#[test]
fn every_manifest_in_the_documentation_gets_the_verdict_that_it_is_said_to_get() {
    let (mut wrong, mut judged) = (Vec::new(), 0);
    for page in pages().iter().filter(|page| !TRIED_ELSEWHERE.iter().any(|path| page.path == Path::new(path)))
    {
        for block in page.blocks.iter().filter(|block| block.language() == "yaml") {
            let mut words = block.info.split(' ').skip(1);
            let (verdict, codes) = (words.next(), words.collect::<BTreeSet<_>>());
            let judgement = match kind(block) {
                Some("RayJob") => judge(block, verdict, &codes),
                Some("RayJobPolicy") => look(block, verdict),
                _ => continue,
            };
            judged += 1;
            if let Err(what) = judgement {
                wrong.push(format!("{}:{}: {what}", page.path.display(), block.line));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(judged >= 4, "only {judged} manifests are seen");
}

#[test]
fn what_a_page_shows_of_the_program_is_what_it_prints() {
    let mut ran = 0;
    for page in pages().iter().filter(|page| RUN.iter().any(|path| page.path == Path::new(path))) {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, block) in page.blocks.iter().filter_map(|block| Some((file_name(block)?, block))) {
            fs::write(folder.path().join(name), &block.text).expect("a file");
        }
        for block in page.blocks.iter().filter(|block| block.language() == "console") {
            ran += usize::from(run_as_shown(page, block, folder.path()));
        }
    }
    assert!(ran >= 3, "only {ran} commands are run");
}

/// Whether the block shows a command that needs nothing but files, and what it prints.
fn run_as_shown(page: &Page, block: &Block, folder: &Path) -> bool {
    let (command, shown) = block.text.split_once('\n').expect("a line");
    let Some(arguments) = command.strip_prefix("$ raygate ") else { return false };
    if shown.is_empty() {
        return false;
    }
    let output = raygate(folder, &arguments.split(' ').collect::<Vec<_>>(), "");
    let printed = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(printed == shown, "{}:{}: {command} prints\n{printed}", page.path.display(), block.line);
    true
}

fn judge(block: &Block, verdict: Option<&str>, codes: &BTreeSet<&str>) -> Result<(), String> {
    let output = raygate(Path::new("."), &["check", "-", "--format", "json"], &block.text);
    let report: Value = serde_json::from_slice(&output.stdout)
        .map_err(|_| format!("check cannot read it: {}", String::from_utf8_lossy(&output.stderr)))?;
    let findings = report["findings"].as_array().ok_or("check tells of no findings")?;
    let at = |level: &str| {
        let of_level = findings.iter().filter(|finding| finding["level"] == level);
        of_level.filter_map(|finding| finding["code"].as_str()).collect::<BTreeSet<_>>()
    };
    let (denied, warned) = (at("deny"), at("warn"));
    let as_said = match verdict {
        None => denied.is_empty() && warned.is_empty(),
        Some("warned") => denied.is_empty() && warned == *codes,
        Some("denied") => denied == *codes && !codes.is_empty(),
        Some(other) => return Err(format!("`{other}` is no verdict: write denied or warned, and the codes")),
    };
    if as_said {
        Ok(())
    } else {
        Err(format!("said to be {verdict:?} {codes:?}; denied {denied:?}, warned {warned:?}"))
    }
}

fn look(block: &Block, verdict: Option<&str>) -> Result<(), String> {
    let output = raygate(Path::new("."), &["policy", "check", "-"], &block.text);
    match (verdict, output.status.code()) {
        (None, Some(0)) | (Some("mistaken"), Some(1)) => Ok(()),
        _ => Err(format!("policy check says {}", String::from_utf8_lossy(&output.stdout))),
    }
}

fn kind(block: &Block) -> Option<&str> {
    block.text.lines().find_map(|line| line.strip_prefix("kind: "))
}

fn file_name(block: &Block) -> Option<&str> {
    let name = block.text.lines().next()?.strip_prefix("# ")?;
    let is_file = name.strip_suffix(".yaml").is_some_and(|stem| !stem.contains(' '));
    (block.language() == "yaml" && is_file).then_some(name)
}

/// Runs the program with none of the settings of whoever runs the tests.
fn raygate(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let given = tempfile::NamedTempFile::new().expect("a file");
    fs::write(given.path(), input).expect("a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_raygate"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("RAYGATE_")) {
        command.env_remove(name);
    }
    let input = fs::File::open(given.path()).expect("a file");
    command.current_dir(folder).args(arguments).stdin(input).output().expect("the binary runs")
}

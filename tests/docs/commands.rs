//! Commands in `console` and `sh` blocks: Raygate's own must be understood, and Helm must know the values that are set.

use std::ffi::OsString;
use std::fs;

use clap::error::ErrorKind;
use raygate::cli::Cli;

use super::markdown::{Block, pages, root};

#[test]
fn every_command_of_raygate_in_the_documentation_is_understood() {
    let (mut wrong, mut read) = (Vec::new(), 0);
    for page in pages() {
        for block in page.blocks.iter().filter(|block| matches!(block.language(), "console" | "sh")) {
            for words in commands(block) {
                let Some(arguments) = of_raygate(&words) else { continue };
                read += 1;
                if let Err(what) = understand(&arguments) {
                    wrong.push(format!(
                        "{}:{}: {}: {what}",
                        page.path.display(),
                        block.line,
                        words.join(" ")
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(read > 30, "only {read} commands are seen");
}

#[test]
fn every_value_that_the_documentation_sets_exists_in_the_chart() {
    let values = fs::read_to_string(root().join("charts/raygate/values.yaml")).expect("the chart's values");
    let values: serde_json::Value = serde_saphyr::from_str(&values).expect("YAML");
    let mut seen = 0;
    for page in pages() {
        for block in page.blocks.iter().filter(|block| matches!(block.language(), "console" | "sh")) {
            for words in commands(block).filter(|words| words.first().is_some_and(|word| word == "helm")) {
                let after =
                    words.iter().skip_while(|word| !word.ends_with("charts/raygate")).collect::<Vec<_>>();
                for pair in after
                    .windows(2)
                    .filter(|pair| matches!(pair[0].as_str(), "--set" | "--set-file" | "--set-string"))
                {
                    let key = pair[1].split('=').next().unwrap_or_default();
                    seen += 1;
                    assert!(exists(&values, key), "{}:{}: no value {key}", page.path.display(), block.line);
                }
            }
        }
    }
    assert!(seen > 5, "only {seen} values are seen");
}

/// An empty map takes whatever stands below it.
fn exists(values: &serde_json::Value, key: &str) -> bool {
    let mut value = values;
    for part in key.split('.') {
        match value.get(part.split('[').next().unwrap_or_default()) {
            Some(below) => value = below,
            None => return value.as_object().is_some_and(serde_json::Map::is_empty),
        }
    }
    true
}

fn understand(arguments: &[String]) -> Result<(), String> {
    let is_abridged = arguments.iter().any(|word| word == "…");
    let words = arguments.iter().filter(|word| *word != "…").map(OsString::from);
    match Cli::read([OsString::from("raygate")].into_iter().chain(words)) {
        Ok(_) => Ok(()),
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Ok(()),
            ErrorKind::MissingRequiredArgument if is_abridged => Ok(()),
            _ => Err(error.to_string()),
        },
    }
}

/// What the program is given, if it is the one that is called.
fn of_raygate(words: &[String]) -> Option<Vec<String>> {
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let (["raygate", rest @ ..]
    | ["kubectl", "raygate", rest @ ..]
    | ["cargo", "run", "--release", "--", rest @ ..]) = words.as_slice()
    else {
        return None;
    };
    Some(rest.iter().map(|word| (*word).to_owned()).collect())
}

/// The commands of a block, in words. In a block with prompts only their lines are commands.
fn commands(block: &Block) -> impl Iterator<Item = Vec<String>> {
    let text = block.text.replace("\\\n", " ");
    let has_prompts = text.lines().any(|line| line.starts_with("$ "));
    let lines =
        text.lines().filter_map(|line| if has_prompts { line.strip_prefix("$ ") } else { Some(line) });
    lines.flat_map(split).filter(|words| !words.is_empty()).collect::<Vec<_>>().into_iter()
}

/// What a shell would run for a line, as far as the documentation goes: quotes, pipes, lists, redirections, comments.
fn split(line: &str) -> Vec<Vec<String>> {
    let (mut commands, mut word, mut quote, mut is_word) = (vec![Vec::new()], String::new(), None, false);
    for c in line.chars().chain([' ']) {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (None, '\'' | '"') => (quote, is_word) = (Some(c), true),
            (None, '#') if !is_word => break,
            (None, ' ' | '|' | ';' | '&') => {
                if is_word {
                    commands.last_mut().expect("at least one").push(std::mem::take(&mut word));
                    is_word = false;
                }
                if c != ' ' {
                    commands.push(Vec::new());
                }
            }
            _ => {
                word.push(c);
                is_word = true;
            }
        }
    }
    for command in &mut commands {
        let end = command.iter().position(|word| word.starts_with('>')).unwrap_or(command.len());
        command.truncate(end);
    }
    commands
}

#[test]
fn a_line_is_split_as_a_shell_does() {
    let words = |line| split(line).into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>();
    assert_eq!(
        words("helm template x | raygate check - # all"),
        [vec!["helm", "template", "x"], vec!["raygate", "check", "-"]]
    );
    assert_eq!(
        words("raygate check 'a b' > out; raygate rules"),
        [vec!["raygate", "check", "a b"], vec!["raygate", "rules"]]
    );
    assert!(understand(&["check".into(), "--no-such-flag".into()]).is_err());
}

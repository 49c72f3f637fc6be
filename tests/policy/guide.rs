//! What docs/policy.md shows of `raygate policy` is what it prints.

use std::fs;

use crate::program::{Folder, project};

/// The blocks of that language.
pub(crate) fn blocks<'t>(text: &'t str, language: &str) -> Vec<&'t str> {
    let fence = format!("```{language}\n");
    text.split(fence.as_str()).skip(1).map(|rest| rest.split("```").next().unwrap_or_default()).collect()
}

#[test]
fn every_command_in_the_guide_prints_what_the_guide_says() {
    let text = |file: &str| fs::read_to_string(project().join(file)).expect("a file");
    let guide = text("docs/policy.md");
    let examples = ["gpu-teams.yaml", "good-manners.yaml", "good-manners.test.yaml"];
    let examples = examples.map(|name| (name, text(&format!("examples/policies/{name}"))));
    // A block that begins with a file's name is that file.
    let shown = blocks(&guide, "yaml").into_iter();
    let shown = shown.filter_map(|block| Some((block.strip_prefix("# ")?.split_once('\n')?.0, block)));
    let files = examples.iter().map(|(name, text)| (*name, text.as_str())).chain(shown);
    let folder = Folder::with(&files.collect::<Vec<_>>());
    let mut tried = 0;
    for block in blocks(&guide, "console") {
        let (command, printed) = block.split_once('\n').expect("a command and what it prints");
        let Some(arguments) = command.strip_prefix("$ raygate policy ") else { continue };
        let ran = folder.run(&arguments.split(' ').collect::<Vec<_>>());
        assert!(
            ran.out == printed,
            "{command} prints\n{}\nand the guide says\n{printed}\n{}",
            ran.out,
            ran.errors
        );
        tried += 1;
    }
    assert_eq!(tried, 3, "check, explain and test are shown");
}

//! What docs/policy.md shows of `raygate policy` is what it prints.

use std::fs;

use crate::program::{project, run_in};

#[test]
fn every_command_in_the_guide_prints_what_the_guide_says() {
    let guide = fs::read_to_string(project().join("docs/policy.md")).expect("the guide");
    let blocks = guide.split("```console\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default());
    let mut tried = 0;
    for block in blocks {
        let (command, printed) = block.split_once('\n').expect("a command and what it prints");
        let Some(arguments) = command.strip_prefix("$ raygate policy ") else { continue };
        let arguments: Vec<_> = arguments.split(' ').collect();
        let ran = run_in(&project().join("examples"), &arguments);
        assert!(ran.out == printed, "{command} prints\n{}\nand the guide says\n{printed}\n{}", ran.out, ran.errors);
        tried += 1;
    }
    assert_eq!(tried, 3, "check, explain and test are shown");
}

//! docs/check.md, as far as a machine can hold it: its settings are read, its flags are there, its output is the program's.

use std::fs;
use std::path::Path;

use crate::folder::{Folder, WARNED, manifest};

fn document(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The blocks of that language.
fn blocks<'t>(text: &'t str, language: &str) -> Vec<&'t str> {
    let fence = format!("```{language}\n");
    text.split(fence.as_str()).skip(1).map(|rest| rest.split("\n```").next().unwrap()).collect()
}

#[test]
fn the_settings_that_it_shows_are_read() {
    let guide = document("docs/check.md");
    let settings = blocks(&guide, "toml");
    assert_eq!(settings.len(), 1);
    let folder = Folder::with("raygate.toml", settings[0]);
    folder.write("job.yaml", manifest(WARNED));
    folder.write("policies/gpu-teams.yaml", document("examples/policies/gpu-teams.yaml"));
    assert_eq!(folder.check("job.yaml").code, 1, "fail-on = warn");
    let keys = settings[0].lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key);
    folder.write("raygate.toml", "no-such-key = 1\n");
    let known = folder.check("job.yaml").stderr;
    let all = known.split("expected one of ").nth(1).unwrap().trim();
    let all: Vec<_> = all.split(", ").map(|key| key.trim_matches('`')).collect();
    assert_eq!(keys.collect::<Vec<_>>(), all, "the guide shows all keys");
}

#[test]
fn the_flags_that_it_names_are_there() {
    let (guide, reference) = (document("docs/check.md"), document("docs/cli.md"));
    let check = reference.split("\n## raygate check\n").nth(1).unwrap().split("\n## ").next().unwrap();
    let commands = blocks(&guide, "sh").join("\n") + &blocks(&guide, "console").join("\n");
    let named = guide.split('`').skip(1).step_by(2).filter(|code| code.starts_with("--"));
    let typed =
        commands.split("raygate check").skip(1).flat_map(|rest| rest.lines().next().unwrap().split(' '));
    let own = |word: &&str| word.starts_with("--") && word.len() > 2;
    let flags: Vec<_> =
        named.chain(typed).filter_map(|code| code.split(' ').find(|word| own(word))).collect();
    assert!(flags.len() > 10, "{flags:?}");
    for flag in flags {
        assert!(check.contains(&format!("{flag} <")) || check.contains(&format!("{flag}`")), "{flag}");
    }
}

#[test]
fn what_it_shows_is_printed() {
    let guide = document("docs/check.md");
    let shown = blocks(&guide, "console")[0].lines().skip(1);
    let job = "apiVersion: ray.io/v1\nkind: RayJob\nmetadata:\n  name: train\nspec:\n  entrypoint: python train.py\n  \
        ttlSecondsAfterFinished: 600\n  rayClusterSpec:\n    headGroupSpec:\n      template:\n        spec:\n          \
        containers:\n            - name: ray-head\n              image: rayproject/ray:2.56.0\n";
    let printed = Folder::with("job.yaml", job).check("job.yaml").stdout;
    for line in shown {
        assert!(printed.lines().any(|own| own == line), "`{line}` is not in:\n{printed}");
    }
}

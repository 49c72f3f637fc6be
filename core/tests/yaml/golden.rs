//! `core/tests/yaml-golden.jsonl`: what Go says of every scalar, as a value and as a key, and of what manifests are
//! made of.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::{corpus, oracle};

/// One line of the table.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Row {
    pub(crate) yaml: String,
    /// The JSON that Go makes of it; null where Go refuses.
    pub(crate) json: Option<String>,
}

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/yaml-golden.jsonl")
}

/// The committed table.
pub(crate) fn table() -> Vec<Row> {
    let text = std::fs::read_to_string(path()).expect("core/tests/yaml-golden.jsonl is committed");
    let rows: Vec<Row> =
        text.lines().map(|line| serde_json::from_str(line).expect("one row a line")).collect();
    assert_eq!(
        rows.len(),
        2 * corpus::SCALARS.len() + corpus::MANIFESTS.len(),
        "the table is not of these scalars: run with RAYGATE_UPDATE=1"
    );
    rows
}

/// Compares the committed table with what Go says now, or writes it.
pub(crate) fn check_or_update(update: bool) {
    let scalars = corpus::SCALARS.iter().flat_map(|scalar| [format!("a: {scalar}"), format!("{scalar} : a")]);
    let manifests = corpus::MANIFESTS.iter().map(|text| (*text).to_owned());
    let texts: Vec<String> = scalars.chain(manifests).collect();
    let answers = oracle::ask(&texts);
    let rows: Vec<Row> = texts
        .into_iter()
        .zip(answers)
        .map(|(yaml, answer)| Row { yaml, json: answer.ok.then_some(answer.json) })
        .collect();
    if update {
        let mut text = String::new();
        for row in &rows {
            writeln!(text, "{}", serde_json::to_string(row).expect("a row is JSON"))
                .expect("a string takes all");
        }
        std::fs::write(path(), text).expect("core/tests is writable");
    }
    assert_eq!(table(), rows, "Go says otherwise now: run with RAYGATE_UPDATE=1 and look at the difference");
}

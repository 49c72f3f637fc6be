//! JSON schemas and the Go library that holds documents against them; SARIF's own is read from a Go module that ships it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use crate::go_command::{go, run};

/// The module in whose source the schema stands.
const SARIF_MODULE: &str = "github.com/owenrumney/go-sarif/v3";

/// The schema of SARIF 2.1.0 as OASIS published it.
pub(crate) fn sarif() -> &'static Path {
    static SCHEMA: LazyLock<PathBuf> = LazyLock::new(|| {
        let folder = run(go(source()).args(["list", "-m", "-f", "{{.Dir}}", SARIF_MODULE]));
        let path = Path::new(folder.trim()).join("pkg/report/v210/sarif/schema.go");
        let code = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        // One raw literal holds it.
        let schema = code.split('`').nth(1).expect("a raw literal");
        let parsed: serde_json::Value = serde_json::from_str(schema).expect("the literal is JSON");
        assert!(
            parsed["id"].as_str().is_some_and(|id| id.ends_with("sarif-schema-2.1.0.json")),
            "another schema"
        );
        let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sarif-schema-2.1.0.json");
        fs::write(&copy, schema).expect("the schema can be copied");
        copy
    });
    &SCHEMA
}

/// The schema of Raygate's own JSON.
pub(crate) fn check() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/check.schema.json"))
}

/// What of the document does not fit the schema, one line each.
pub(crate) fn misfits(schema: &Path, document: &str) -> String {
    static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
        let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report-schemas");
        run(go(source()).args(["build", "-o"]).arg(&program).arg("."));
        program
    });
    let mut child = Command::new(&*PROGRAM)
        .arg(schema)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program that was just built starts");
    let mut input = child.stdin.take().expect("stdin is piped");
    input.write_all(document.as_bytes()).expect("the program reads the document");
    drop(input);
    let output = child.wait_with_output().expect("the program ends");
    assert!(output.status.success(), "{} cannot be used", schema.display());
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn source() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/report/schemas"))
}

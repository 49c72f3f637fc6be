//! The manifests for those who do not use Helm: what the chart renders, and nothing by hand.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::release::{CHART, call, text};

const HEADER: &str = "\
# Raygate without Helm, made from charts/raygate with deploy/values.yaml; docs/install.md says how to use it.
# cert-manager must be installed, and the image `raygate:VERSION` be replaced by one that your nodes can pull.
";

/// `UPDATE=1 cargo test --test chart plain` rewrites the copy.
#[test]
fn the_plain_manifests_are_what_the_chart_renders() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy");
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
    let values: Value = serde_saphyr::from_str(&read("values.yaml")).expect("deploy/values.yaml is YAML");
    let output = call(&["template", "raygate", CHART, "--skip-tests"], &values);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let rendered = [HEADER, &text(&output.stdout)].concat();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(folder.join("raygate.yaml"), &rendered).expect("the copy can be written");
    }
    assert!(
        read("raygate.yaml") == rendered,
        "deploy/raygate.yaml is not what the chart renders: run UPDATE=1 cargo test --test chart plain"
    );
    assert!(rendered.contains("kind: Namespace"), "it brings its own namespace");
}

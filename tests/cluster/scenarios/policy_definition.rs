//! The `CustomResourceDefinition` of `RayJobPolicy`, as the chart has it, in the hands of the API server and of kubectl.

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};
use raygate_control_plane::{ControlPlane, eventually};
use serde_json::{Value, json};

use super::scenarios;
use crate::clusters::Clusters;
use crate::manifests::policy;

scenarios![
    the_definition_is_accepted_and_explained,
    what_has_not_the_shape_of_a_policy_is_refused_at_its_field,
    a_policy_is_stored_as_it_was_written
];

const SERVED_WITHIN: Duration = Duration::from_secs(30);

fn defined(clusters: &Clusters) -> Result<&ControlPlane> {
    let control_plane = clusters.bare()?;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("charts/raygate/files/rayjobpolicies.yaml");
    control_plane.install_crds(&path)?;
    Ok(control_plane)
}

fn the_definition_is_accepted_and_explained(clusters: &Clusters) -> Result<()> {
    let control_plane = defined(clusters)?;
    let admin = control_plane.admin()?;
    let crd = admin.kubectl(["get", "crd", "rayjobpolicies.raygate.dev", "-o", "json"]).json()?;
    let conditions = crd["status"]["conditions"].as_array().expect("conditions");
    let non_structural = conditions.iter().find(|condition| condition["type"] == "NonStructuralSchema");
    assert_eq!(non_structural, None, "{crd}");
    for (field, said) in [
        ("rayjobpolicy.spec.limits.totals", "The most that the whole job may"),
        ("rjp.spec.match.subjects.kind", "ENUM:\n    User\n    Group\n    ServiceAccount"),
        ("rjp.status.lastAccepted", "as it was last accepted"),
    ] {
        // Explanations come from a document that the API server writes a moment after it has taken the CRD.
        let explained = eventually(field, SERVED_WITHIN, || {
            let explained = admin.kubectl(["explain", field]).run()?;
            Ok(explained.status.success().then_some(explained))
        })?;
        ensure!(explained.stdout.contains(said), "{explained}");
    }
    Ok(())
}

fn what_has_not_the_shape_of_a_policy_is_refused_at_its_field(clusters: &Clusters) -> Result<()> {
    let admin = defined(clusters)?.admin()?;
    for (spec, field) in [
        (json!({"enforcement": "deny"}), "spec.enforcement"),
        (json!({"priority": "high"}), "spec.priority"),
        (json!({"expiresAt": "tomorrow"}), "spec.expiresAt"),
        (json!({"rules": [{"rules": [], "action": "Off"}]}), "spec.rules[0].rules"),
        (json!({"limits": {"workers": {"min": 5, "max": 4}}}), "spec.limits.workers"),
        (json!({"limits": {"workers": {}}}), "spec.limits.workers"),
        (json!({"match": {"subjects": [{"kind": "ServiceAccount", "name": "a"}]}}), "spec.match.subjects[0]"),
        (
            json!({"match": {"subjects": [{"kind": "User", "name": "a", "namespace": "b"}]}}),
            "spec.match.subjects[0]",
        ),
        (
            json!({"exclude": {"objectSelector": {"matchExpressions": [{"key": "a", "operator": "In"}]}}}),
            "spec.exclude.objectSelector.matchExpressions[0]",
        ),
        (json!({"validations": [{"expression": "true"}]}), "spec.validations[0].message"),
        (json!({"defaults": {"ttlSecondsAfterFinished": -1}}), "spec.defaults.ttlSecondsAfterFinished"),
        (json!({"prioritty": 1}), "spec.prioritty"),
    ] {
        let object = policy("broken", &spec).to_string();
        let refused = admin.kubectl(["create", "-f", "-"]).stdin(object).run()?.expect_failure()?;
        ensure!(refused.stderr.contains(field), "{field} is not named: {refused}");
    }
    Ok(())
}

fn a_policy_is_stored_as_it_was_written(clusters: &Clusters) -> Result<()> {
    let admin = defined(clusters)?.admin()?;
    let spec = json!({
        "priority": 100,
        "enforcement": "Warn",
        "match": {
            "namespaces": ["stored-*"],
            "subjects": [{"kind": "ServiceAccount", "namespace": "*", "name": "a"}, {"kind": "Group", "name": "b"}],
        },
        "limits": {"workers": {"min": 0, "max": 4}, "rayVersion": ">=2.46"},
        "require": {"labels": {"cost-center": "[A-Z]{3}"}},
    });
    let apply = ["apply", "--server-side", "-f", "-"];
    admin.kubectl(apply).stdin(policy("stored", &spec).to_string()).run()?.expect_success()?;
    let stored = admin.kubectl(["get", "rjp", "stored", "-o", "json"]).json()?;
    assert_eq!(stored["spec"], spec);
    let shown = admin.kubectl(["get", "rayjobpolicies"]).run()?.expect_success()?;
    let mut lines = shown.stdout.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    assert_eq!(lines.next(), Some(vec!["NAME", "PRIORITY", "ENFORCEMENT", "ACCEPTED", "ENFORCED", "AGE"]));
    assert_eq!(
        lines.next().as_deref().map(|line| &line[..3]),
        Some(&["stored", "100", "Warn"][..]),
        "{shown}"
    );

    admin.kubectl(apply).stdin(policy("empty", &json!({})).to_string()).run()?.expect_success()?;
    let stored: Value = admin.kubectl(["get", "rjp", "empty", "-o", "json"]).json()?;
    assert_eq!(stored["spec"], json!({"priority": 0, "enforcement": "Deny"}));
    admin.kubectl(["delete", "rjp", "stored", "empty"]).run()?.expect_success().map(drop)
}

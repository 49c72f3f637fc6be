//! The API server calls a webhook behind a Service as it does in production, though there is neither pod nor kube-proxy.

use anyhow::{Context, Result};
use raygate_control_plane::{Identity, Recorder};
use serde_json::Value;

use super::scenarios;
use crate::clusters::Clusters;
use crate::manifests::rayjob;

scenarios![both_webhooks_are_called, without_the_webhook_nothing_is_admitted];

fn both_webhooks_are_called(clusters: &Clusters) -> Result<()> {
    let control_plane = clusters.bare()?;
    let namespace = control_plane.namespace("recorded")?;
    let recorder = Recorder::install(control_plane, &namespace)?;
    let alice = control_plane.user(Identity::Alice)?;
    alice.create(&namespace, &rayjob("seen")).run()?.expect_success()?;

    let calls = recorder.take();
    let paths: Vec<_> = calls.iter().map(|call| call.path.as_str()).collect();
    assert_eq!(paths, ["/mutate", "/validate"]);
    for call in calls {
        let review: Value = serde_json::from_slice(&call.body).context("the API server sends JSON")?;
        let request = &review["request"];
        assert_eq!(request["operation"], "CREATE");
        assert_eq!(request["userInfo"]["username"], Identity::Alice.name());
        assert_eq!(request["object"]["metadata"]["name"], "seen");
    }
    Ok(())
}

fn without_the_webhook_nothing_is_admitted(clusters: &Clusters) -> Result<()> {
    let control_plane = clusters.bare()?;
    let namespace = control_plane.namespace("unreachable")?;
    drop(Recorder::install(control_plane, &namespace)?);
    let alice = control_plane.user(Identity::Alice)?;
    let refused = alice.create(&namespace, &rayjob("unseen")).run()?.expect_failure()?;
    assert!(refused.stderr.contains("failed calling webhook"), "{refused}");
    Ok(())
}

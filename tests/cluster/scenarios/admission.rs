//! Raygate as its chart installs it, called by the API server.

use std::time::Duration;

use anyhow::Result;
use raygate_control_plane::{Identity, eventually};

use super::scenarios;
use crate::clusters::{Clusters, Guarded};
use crate::manifests::rayjob;
use crate::raygate;

scenarios![raygate_sees_a_new_rayjob, while_raygate_is_down_no_rayjob_enters];

const PATIENCE: Duration = Duration::from_secs(10);

fn raygate_sees_a_new_rayjob(clusters: &Clusters) -> Result<()> {
    let guarded = clusters.guarded()?;
    let namespace = guarded.control_plane.namespace("seen")?;
    let alice = guarded.control_plane.user(Identity::Alice)?;
    alice.create(&namespace, &rayjob("seen")).run()?.expect_success()?;
    // Answers do not wait for the log.
    eventually("both webhooks are in Raygate's log", PATIENCE, || {
        let log = guarded.raygate.log()?;
        let mentions = log.lines().filter(|line| line.contains(&namespace));
        let (mutate, validate): (Vec<_>, Vec<_>) = mentions.partition(|line| line.contains("\"mutate\""));
        Ok((!mutate.is_empty() && !validate.is_empty()).then_some(()))
    })?;
    Ok(())
}

fn while_raygate_is_down_no_rayjob_enters(_: &Clusters) -> Result<()> {
    let mut chart = raygate::chart()?;
    chart.values["drainDelaySeconds"] = 0.into();
    // A control plane of its own: everybody else's jobs would be refused too.
    let Guarded { control_plane, raygate: mut installed } = Guarded::start(&chart)?;
    let alice = control_plane.user(Identity::Alice)?;
    let ended = installed.stop()?;
    assert!(ended.success(), "{ended}: {}", installed.log()?);
    let refused = alice.create("default", &rayjob("early")).run()?.expect_failure()?;
    assert!(refused.stderr.contains("failed calling webhook \"validate.rayjobs.raygate.dev\""), "{refused}");

    installed.start()?;
    alice.create("default", &rayjob("late")).run()?.expect_success()?;
    let metrics = installed.metrics()?;
    assert!(
        metrics.contains("raygate_request_duration_seconds_count{endpoint=\"validate\"} 1\n"),
        "{metrics}"
    );
    Ok(())
}

//! What every other scenario takes for granted: versions, identities, rights.

use anyhow::Result;
use raygate_control_plane::Identity;

use super::scenarios;
use crate::clusters::Clusters;

scenarios![
    server_and_clients_say_their_versions,
    everybody_is_who_they_say,
    alice_may_touch_ray_and_nothing_else
];

fn server_and_clients_say_their_versions(clusters: &Clusters) -> Result<()> {
    let admin = clusters.bare()?.admin()?;
    let versions = admin.kubectl(["version", "-o", "json"]).json()?;
    assert_eq!(versions["serverVersion"]["gitVersion"], "v1.35.4");
    assert_eq!(versions["clientVersion"]["minor"], "35");
    let helm = admin.helm(["version", "--short"]).run()?.expect_success()?;
    assert!(helm.stdout.starts_with("v4.1."), "{helm}");
    Ok(())
}

fn everybody_is_who_they_say(clusters: &Clusters) -> Result<()> {
    for identity in Identity::ALL {
        let me = clusters.bare()?.user(identity)?.kubectl(["auth", "whoami", "-o", "json"]).json()?;
        assert_eq!(me["status"]["userInfo"]["username"], identity.name());
    }
    Ok(())
}

fn alice_may_touch_ray_and_nothing_else(clusters: &Clusters) -> Result<()> {
    let alice = clusters.bare()?.user(Identity::Alice)?;
    for (verb, resource, answer) in
        [("create", "rayjobs.ray.io", "yes\n"), ("create", "deployments", "no\n"), ("get", "secrets", "no\n")]
    {
        let output = alice.kubectl(["auth", "can-i", verb, resource, "-n", "default"]).run()?;
        assert_eq!(output.stdout, answer, "{output}");
    }
    Ok(())
}

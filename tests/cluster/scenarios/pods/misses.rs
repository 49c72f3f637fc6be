//! What the API server refuses and Raygate lets through: grouped by message, and known with a reason.

use std::collections::BTreeMap;
use std::fmt;

use anyhow::{Result, ensure};
use serde_json::Value;

use super::Area;

/// Part of an area and message, and why Raygate is silent.
#[rustfmt::skip]
const KNOWN: &[(&str, &str, &str)] = &[
    (":", "cannot be handled as a Pod", "what cannot be decoded is not for rules about pods"),
    ("spec.affinity", "a lowercase RFC  label must consist of", "names of namespaces: rare"),
    ("spec.affinity", "a valid label must be an empty string", "values of node affinities: Kubernetes v1.27 takes any"),
    ("spec.containers.env", "name part must consist of", "keys of labels inside fieldPath: rare"),
    ("spec.containers.env", "only divisor's values", "divisors: rare"),
    ("spec.containers.env", "Unsupported value", "newer versions of Kubernetes know more fields of spec and status"),
    ("spec.containers.env", "error converting fieldPath", "newer versions of Kubernetes know more fields of spec and status"),
    ("spec.containers.lifecycle", "may not specify more than  handler type", "an older Kubernetes does not know sleep and takes the other one"),
    ("spec.containers.volumeMounts", "Not found: \"shared-mem\"", "KubeRay may add a volume of that name"),
    ("spec.containers.volumeMounts", "Not found: \"ray-logs\"", "KubeRay may add a volume of that name"),
    ("spec.dnsConfig", "a lowercase RFC  subdomain", "search domains: rare"),
    ("spec.nodeName", "until all schedulingGates have been cleared", "rare"),
    ("spec.readinessGates", "name part must", "rare"),
    ("spec.schedulingGates", "name part must", "rare"),
    ("spec.schedulingGates", "Duplicate value", "the CRD refuses it: a map-list"),
    ("spec.securityContext", "must have at most", "names of sysctls: rare"),
    ("spec.securityContext", "Duplicate value", "sysctls: rare"),
    ("spec.tolerations", "Unsupported value", "Lt and Gt are new in v1.35"),
    ("spec.securityContext.sysctls", "may not be specified when", "sysctls: rare"),
    ("spec.volumes.csi", "a lowercase RFC  subdomain", "names of drivers: rare"),
    ("spec.volumes.downwardAPI", "one of fieldRef and resourceFieldRef is required", "files of the downward API: rare"),
    ("spec.volumes.ephemeral", "must be greater than", "the claim of an ephemeral volume: rare"),
    ("spec.volumes.ephemeral", "Unsupported value", "the claim of an ephemeral volume: rare"),
    ("spec.volumes.projected", "may not specify more than  volume type per source", "sources of projected volumes: rare"),
    ("spec.volumes.projected", "Required value", "sources of projected volumes: rare"),
    ("spec.volumes.name", "PVC name", "follows from the group's name, of which the claim's is made"),
    ("spec.restartPolicy", "Unsupported value", "the autoscaler's second version has KubeRay replace it"),
    ("spec.serviceAccountName", "a lowercase RFC", "KubeRay mends some names of an autoscaled head's account"),
];

/// Misses by area and message, each with how often it came and a pod.
#[derive(Default)]
pub(super) struct Misses(BTreeMap<String, (u32, String)>);

impl Misses {
    pub(super) fn add(&mut self, area: &Area, message: &str, pod: &Value) {
        // What a volume or such is called says whether KubeRay may add it.
        let message =
            if message.starts_with("Not found") { message.to_owned() } else { without_values(message) };
        let key = format!("{}: {message}", area.0.join("."));
        let (count, _) = self.0.entry(key).or_insert_with(|| (0, pod.to_string()));
        *count += 1;
    }

    /// Fails for a miss that nobody has thought about.
    pub(super) fn expect_known(&self) -> Result<()> {
        let unknown: Vec<_> = self.0.iter().filter(|(key, _)| reason(key).is_none()).collect();
        ensure!(unknown.is_empty(), "let through for no known reason: {unknown:#?}");
        Ok(())
    }
}

impl fmt::Display for Misses {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (key, (count, _)) in &self.0 {
            writeln!(formatter, "{count:5} {key} ({})", reason(key).unwrap_or("unknown"))?;
        }
        Ok(())
    }
}

fn reason(key: &str) -> Option<&'static str> {
    let known = KNOWN.iter().find(|(area, message, _)| key.starts_with(area) && key.contains(message));
    known.map(|(_, _, reason)| *reason)
}

/// The message less what stands in double quotes and all numbers, so that one kind of miss has one message.
fn without_values(message: &str) -> String {
    let outside = message.split('"').step_by(2).collect::<Vec<_>>().join("\"\"");
    outside.chars().filter(|character| !character.is_ascii_digit()).take(120).collect()
}

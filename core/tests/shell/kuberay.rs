//! The command that KubeRay's submitter runs, made here as KubeRay makes it; `oracle` compares it with KubeRay's own.

use raygate_core::kuberay::KubeRayVersion;
use serde::Serialize;

/// A submission, as `../kuberay/oracle/command` reads it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Asked {
    pub(crate) mode: &'static str,
    pub(crate) address: &'static str,
    #[serde(rename = "jobId")]
    pub(crate) job_id: &'static str,
    pub(crate) entrypoint: String,
}

impl Asked {
    pub(crate) fn of(mode: &'static str, entrypoint: &str) -> Self {
        Self {
            mode,
            address: "train-head-svc:8265",
            job_id: "train-x7k2p",
            entrypoint: entrypoint.to_owned(),
        }
    }
}

/// The versions in which KubeRay has that mode.
pub(crate) fn versions(mode: &str) -> &'static [KubeRayVersion] {
    if mode == "SidecarMode" { &KubeRayVersion::ALL[2..] } else { &KubeRayVersion::ALL }
}

/// The program with its arguments.
pub(crate) fn command(version: KubeRayVersion, asked: &Asked) -> Vec<String> {
    let line = line(version, asked);
    let words: &[&str] =
        if version == KubeRayVersion::V1_3 { &["/bin/bash", "-ce"] } else { &["/bin/bash", "-ce", "--"] };
    words.iter().map(|word| (*word).to_owned()).chain([line]).collect()
}

fn line(version: KubeRayVersion, asked: &Asked) -> String {
    let is_sidecar = asked.mode == "SidecarMode";
    let Asked { address, job_id, entrypoint, .. } = asked;
    let address = if is_sidecar { "http://127.0.0.1:8265".to_owned() } else { format!("http://{address}") };
    let entrypoint = entrypoint.trim();
    let wait = wait(version, is_sidecar, &address);
    if is_sidecar {
        return format!(
            "{wait}ray job submit --address {address} --submission-id {job_id} -- {entrypoint} ;"
        );
    }
    format!(
        "{wait}if ! ray job status --address {address} {job_id} >/dev/null 2>&1 ; then \
         ray job submit --address {address} --no-wait --submission-id {job_id} -- {entrypoint} ; \
         fi ; ray job logs --address {address} --follow {job_id}"
    )
}

/// The loop that waits for the dashboard.
fn wait(version: KubeRayVersion, is_sidecar: bool, address: &str) -> String {
    let path = "api/gcs_healthz";
    let probed = match (version, is_sidecar) {
        (KubeRayVersion::V1_7, false) => format!("{address}/{path}"),
        (_, true) => format!("http://localhost:8265/{path}"),
        _ => return String::new(),
    };
    let probe = if version < KubeRayVersion::V1_6 {
        format!("wget --tries 1 -T 10 -q -O- {probed} | grep success")
    } else {
        format!(
            "python -c \"import urllib.request; r=urllib.request.urlopen('{probed}', timeout=10); \
             exit(0 if b'success' in r.read() else 1)\""
        )
    };
    format!(
        "until {probe} >/dev/null 2>&1 ; do echo \"Waiting for Ray Dashboard GCS to become healthy at {address} ...\" ; \
         sleep 2 ; done ; "
    )
}

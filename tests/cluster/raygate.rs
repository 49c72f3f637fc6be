//! How Raygate is installed here: the chart of this repository, with a certificate of our own and a port that needs no root.

use std::path::Path;

use anyhow::Result;
use raygate_control_plane::{Certificate, Chart};
use serde_json::json;

const NAME: &str = "raygate";
const NAMESPACE: &str = "raygate-system";

/// The chart with the values that every installation needs, and those that fit KubeRay 1.6.
pub(crate) fn chart() -> Result<Chart> {
    let Certificate { authority, certificate, key } = Certificate::for_service(NAME, NAMESPACE)?;
    Ok(Chart {
        path: Path::new(env!("CARGO_MANIFEST_DIR")).join("charts/raygate"),
        release: NAME.to_owned(),
        namespace: NAMESPACE.to_owned(),
        values: json!({
            "certificates": {"caBundle": authority, "cert": certificate, "key": key},
            "kuberay": {"version": "1.6"},
            "service": {"port": 8443},
        }),
    })
}

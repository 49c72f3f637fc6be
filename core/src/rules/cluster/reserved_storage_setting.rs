//! RJ219 `reserved-storage-setting`.

use crate::document::{Field, List, Text};
use crate::rayjob::{GcsFaultToleranceOptions, volume_mounts};
use crate::rules::prelude::*;

const VARIABLES: [&str; 2] = ["RAY_gcs_storage", "RAY_gcs_storage_path"];
const VOLUME: &str = "gcs-storage";
const PATH: &str = "/data/gcs";

rule! {
    /// The head has a variable, a mount or a volume that the backend `rocksdb` needs for itself.
    ///
    /// ## Why
    /// KubeRay adds the volume `gcs-storage`, mounts it at `/data/gcs` and tells Ray of it in `RAY_gcs_storage` and
    /// `RAY_gcs_storage_path`. It leaves none of these to the job. KubeRay accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions:
    ///       backend: rocksdb
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             env:
    ///             - {name: RAY_gcs_storage_path, value: /data}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions:
    ///       backend: rocksdb
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             env:
    ///             - {name: RAY_gcs_storage, value: rocksdb}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions:
    ///       backend: rocksdb
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           volumes:
    ///           - {name: state, emptyDir: {}}
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             volumeMounts:
    ///             - {name: state, mountPath: /data/gcs}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions:
    ///       backend: rocksdb
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           volumes:
    ///           - {name: gcs-storage, emptyDir: {}}
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             volumeMounts:
    ///             - {name: gcs-storage, mountPath: /data}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions:
    ///       backend: rocksdb
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           volumes:
    ///           - {name: data, emptyDir: {}}
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             volumeMounts:
    ///             - {name: data, mountPath: /data}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     gcsFaultToleranceOptions: {redisAddress: "redis:6379"}
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           volumes:
    ///           - {name: gcs-storage, emptyDir: {}}
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             volumeMounts:
    ///             - {name: gcs-storage, mountPath: /data/gcs}
    /// ```
    "RJ219" "reserved-storage-setting" Deny since "0.1.0" because
        KubeRayRefuses [from V1_7] [where GCSFaultToleranceEmbeddedStorage is true] "`when the embedded GCS FT backend is used`, in reconcile (validateGcsFaultToleranceBackend)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let embedded = cluster.gcs_fault_tolerance_options().filter(GcsFaultToleranceOptions::is_embedded);
    let Some(options) = embedded else { return };
    let template = &cluster.head.template;
    let Some(head) = template.ray_container() else { return };
    let mut report = |part: Field<'a>, list: Field<'a, List>, what: String| {
        findings
            .report(part, format!("{what} is KubeRay's own while the backend is `rocksdb`"))
            .because_of(list)
            .because_of(options.backend)
            .reason(Reason::Forbidden)
            .help("remove it, or choose another name and path: KubeRay adds what the backend needs");
    };
    for name in VARIABLES {
        if let Some(variable) = head.env_var(name) {
            report(variable.object.any(), head.env, format!("the head's variable {name}"));
        }
    }
    for mount in volume_mounts(head.volume_mounts) {
        if mount.name.value() == Some(VOLUME) || mount.mount_path.value() == Some(PATH) {
            let what = format!("a mount named `{VOLUME}` or at `{PATH}`");
            report(mount.object.any(), head.volume_mounts, what);
        }
    }
    for volume in template.spec.volumes.items() {
        if volume.child::<Text>("name").value() == Some(VOLUME) {
            report(volume, template.spec.volumes, format!("a volume named `{VOLUME}`"));
        }
    }
}

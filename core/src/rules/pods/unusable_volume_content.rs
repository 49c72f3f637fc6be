//! RJ614 `unusable-volume-content`.

use crate::document::{Field, Integer, List, Object, Text};
use crate::rayjob::Volume;
use crate::rules::prelude::*;

rule! {
    /// A file or folder of a volume has a path, mode or size that Kubernetes does not take.
    ///
    /// ## Why
    /// Paths in a volume stay inside it, modes are between 0 and 0777, and no size is negative. The pod is refused each
    /// time KubeRay creates it, and the job waits for it while the rest of its cluster holds its nodes.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           volumes:
    ///           - name: keys
    ///             secret:
    ///               secretName: keys
    ///               items: [{key: token, path: ../token}]
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           volumes:
    ///           - {name: settings, configMap: {name: settings, defaultMode: 777}}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           volumes:
    ///           - {name: data, hostPath: {path: /mnt/../data}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           volumes:
    ///           - name: keys
    ///             secret:
    ///               secretName: keys
    ///               defaultMode: 256
    ///               items: [{key: token, path: keys/token}]
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `validateKeyToPath`, `validateHostPathVolumeSource`, `validateVolumeSource`
    "RJ614" "unusable-volume-content" Deny since "0.1.0" because
        KubernetesRefuses "`must not contain '..'`, `must be a relative path`, `must be a number between 0 and 0777 (octal), both inclusive`, when the pod is created",
}

/// The largest mode of a file: 0777.
const ALL_RIGHTS: i64 = 0o777;
const HOST_PATHS: [&str; 8] =
    ["", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"];

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods() {
        for source in pod.volumes().filter_map(Volume::source) {
            let mut report = |field: Field<'a>, message: &'static str, help: &'static str| {
                findings.report(field, message).because_of_all(pod.used_because_of()).help(help);
            };
            match source.key() {
                "secret" | "configMap" => judge_files(source, &mut report),
                "projected" => {
                    judge_files(source, &mut report);
                    let parts = source.child::<List>("sources").objects().flat_map(Field::children);
                    let parts = parts.filter(|part| matches!(part.key(), "secret" | "configMap"));
                    parts.filter_map(Field::present_object).for_each(|part| judge_files(part, &mut report));
                }
                "hostPath" => judge_host_path(source, &mut report),
                "nfs" => {
                    let path = source.child::<Text>("path");
                    if path.non_empty().is_some_and(|path| !path.starts_with('/')) {
                        report(
                            path.any(),
                            "the path of an NFS volume is absolute",
                            "begin the path with `/`",
                        );
                    }
                }
                "emptyDir" => {
                    let limit = source.child::<Text>("sizeLimit").any();
                    if limit.quantity().is_some_and(|limit| limit.is_negative()) {
                        report(
                            limit,
                            "a directory cannot hold less than nothing",
                            "write a size such as 10Gi",
                        );
                    }
                }
                _ => {}
            }
        }
    }
}

fn judge_files<'a>(
    source: Field<'a, Object>,
    report: &mut impl FnMut(Field<'a>, &'static str, &'static str),
) {
    let judge_mode = |mode: Field<'a, Integer>,
                      report: &mut dyn FnMut(Field<'a>, &'static str, &'static str)| {
        if mode.value().is_some_and(|mode| !(0..=ALL_RIGHTS).contains(&mode)) {
            let help = "write an octal number (0644 in YAML), or 420 for 0644";
            report(mode.any(), "the mode of a file is between 0 and 0777, which is 511", help);
        }
    };
    judge_mode(source.child("defaultMode"), report);
    for item in source.child::<List>("items").objects() {
        judge_mode(item.child("mode"), report);
        let (key, path) = (item.child::<Text>("key"), item.child::<Text>("path"));
        for text in [key, path] {
            if !text.is_present() || text.value() == Some("") {
                report(
                    text.any(),
                    "each item has a key and the path of its file",
                    "write both, or remove the item",
                );
            }
        }
        if path
            .value()
            .is_some_and(|path| path.starts_with('/') || path.starts_with("..") || steps_back(path))
        {
            report(
                path.any(),
                "the path of a file stays inside its volume",
                "write a relative path without `..`",
            );
        }
    }
}

fn judge_host_path<'a>(
    source: Field<'a, Object>,
    report: &mut impl FnMut(Field<'a>, &'static str, &'static str),
) {
    let (path, kind) = (source.child::<Text>("path"), source.child::<Text>("type"));
    if path.value().is_some_and(steps_back) {
        report(path.any(), "the path on the host contains `..`", "write the path without `..`");
    }
    if kind.value().is_some_and(|kind| !HOST_PATHS.contains(&kind)) {
        report(
            kind.any(),
            "Kubernetes knows no such type of a host's path",
            "write Directory, File, or leave it out",
        );
    }
}

fn steps_back(path: &str) -> bool {
    path.split('/').any(|step| step == "..")
}

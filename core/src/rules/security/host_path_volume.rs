//! RJ508 `host-path-volume`.

use crate::document::Text;
use crate::quoted::Quoted;
use crate::rayjob::Volume;
use crate::rules::prelude::*;

/// Paths, with all below them, that give the node away.
const OF_THE_NODE: [&str; 11] = [
    "/boot",
    "/etc",
    "/home",
    "/lib/systemd",
    "/proc",
    "/root",
    "/sys",
    "/usr",
    "/var/lib/containerd",
    "/var/lib/docker",
    "/var/lib/kubelet",
];

/// What is in the paths of sockets at which the node takes orders to run containers.
const SOCKETS: [&str; 4] = ["docker.sock", "containerd.sock", "crio.sock", "cri-dockerd.sock"];

rule! {
    /// A volume is a directory or file of the node.
    ///
    /// ## Why
    /// The job reads and writes what belongs to the node, and to every other pod that has the same path: with `/`,
    /// `/etc`, `/var/lib/kubelet` or the socket of the container runtime it can take over the node, and elsewhere it leaves
    /// files behind, or finds those of others. A scratch disk is better had as an `emptyDir`, an `ephemeral` or a local
    /// persistent volume.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           volumes: [{name: runtime, hostPath: {path: /run/containerd/containerd.sock}}]
    ///           containers: [{name: ray-head, image: rayproject/ray:2.52.0}]
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           volumes: [{name: scratch, hostPath: {path: /mnt/nvme0}}]
    ///           containers: [{name: ray-head, image: rayproject/ray:2.52.0}]
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           volumes: [{name: scratch, emptyDir: {}}]
    ///           containers: [{name: ray-head, image: rayproject/ray:2.52.0}]
    /// ```
    ///
    /// ## References
    /// - [Kubernetes: hostPath](https://kubernetes.io/docs/concepts/storage/volumes/#hostpath)
    "RJ508" "host-path-volume" Warn since "0.1.0" because
        Security "the pod has files of its node, and shares them with whatever else runs there",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods() {
        for source in pod.volumes().flat_map(Volume::sources).filter(|source| source.key() == "hostPath") {
            let path = source.child::<Text>("path");
            let Some(text) = path.non_empty() else { continue };
            findings
                .report(
                    path,
                    format!(
                        "{} has {} of its node: {}",
                        pod.name_for_people(),
                        Quoted(text),
                        what_it_opens(text)
                    ),
                )
                .because_of_all(pod.used_because_of())
                .help("use an emptyDir, an ephemeral volume or a persistentVolumeClaim");
        }
    }
}

fn what_it_opens(path: &str) -> &'static str {
    let path = path.trim_end_matches('/');
    let is_below =
        |node: &str| path.strip_prefix(node).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if SOCKETS.iter().any(|socket| path.ends_with(socket)) {
        "whoever has this socket starts containers there as root"
    } else if path.is_empty()
        || ["/var", "/var/lib", "/var/run", "/run"].contains(&path)
        || OF_THE_NODE.iter().any(|node| is_below(node))
    {
        "with these files the node can be taken over, or its secrets read"
    } else if path == "/dev" || path.starts_with("/dev/") && !path.starts_with("/dev/shm") {
        "a device plugin brings devices without the node's own directory"
    } else {
        "other pods may read and change these files, and they stay behind"
    }
}

#[cfg(test)]
mod tests {
    use super::what_it_opens;

    #[test]
    fn a_path_says_what_it_opens() {
        for (path, words) in [
            ("/", "taken over"),
            ("/etc/kubernetes/", "taken over"),
            ("/var/lib/kubelet", "taken over"),
            ("/var/run/docker.sock", "starts containers"),
            ("/dev/infiniband", "device plugin"),
            ("/dev/shm", "stay behind"),
            ("/etcetera", "stay behind"),
            ("/mnt/nvme0", "stay behind"),
        ] {
            assert!(what_it_opens(path).contains(words), "{path}: {}", what_it_opens(path));
        }
    }
}

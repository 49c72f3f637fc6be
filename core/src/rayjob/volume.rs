//! Volumes of a pod template: a name, and one source under a key of its own.

use crate::document::{Field, Object, Text};

/// The kinds of volumes that every Kubernetes from v1.27 on knows.
const SOURCES: [&str; 29] = [
    "awsElasticBlockStore",
    "azureDisk",
    "azureFile",
    "cephfs",
    "cinder",
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "fc",
    "flexVolume",
    "flocker",
    "gcePersistentDisk",
    "gitRepo",
    "glusterfs",
    "hostPath",
    "iscsi",
    "nfs",
    "persistentVolumeClaim",
    "photonPersistentDisk",
    "portworxVolume",
    "projected",
    "quobyte",
    "rbd",
    "scaleIO",
    "secret",
    "storageos",
    "vsphereVolume",
];

/// One item of `volumes` (Kubernetes v1.35 `Volume`).
#[derive(Clone, Copy, Debug)]
pub struct Volume<'a>(pub(super) Field<'a, Object>);

impl<'a> Volume<'a> {
    /// `name`
    pub fn name(self) -> Field<'a, Text> {
        self.0.child("name")
    }

    /// The sources that are written there; one is right, and without any it is an empty directory.
    pub fn sources(self) -> impl Iterator<Item = Field<'a, Object>> {
        self.0.children().filter(|child| SOURCES.contains(&child.key())).filter_map(Field::present_object)
    }

    /// The source, if there is just one.
    pub fn source(self) -> Option<Field<'a, Object>> {
        let mut sources = self.sources();
        sources.next().filter(|_| sources.next().is_none())
    }
}

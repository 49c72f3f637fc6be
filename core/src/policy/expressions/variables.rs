//! What an expression can name: the variables, their fields, and which fields of the job each of them stands on.

use super::types::{Item, Type};

/// A variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variable {
    Object,
    OldObject,
    Request,
    NamespaceObject,
    Job,
}

/// An object whose fields are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Record {
    Job,
    Totals,
    Group,
    Request,
    UserInfo,
    Namespace,
    NamespaceMetadata,
}

impl Variable {
    pub(super) const ALL: [(&'static str, Self, Type); 5] = [
        ("object", Self::Object, Type::Dyn),
        ("oldObject", Self::OldObject, Type::Dyn),
        ("request", Self::Request, Type::Record(Record::Request)),
        ("namespaceObject", Self::NamespaceObject, Type::Record(Record::Namespace)),
        ("job", Self::Job, Type::Record(Record::Job)),
    ];

    pub(super) fn of(name: &str) -> Option<(Self, Type)> {
        Self::ALL.into_iter().find(|(known, ..)| *known == name).map(|(_, variable, kind)| (variable, kind))
    }
}

impl Record {
    /// The fields, with their types. `values` gives them their values, by the same names.
    pub(super) const fn fields(self) -> &'static [(&'static str, Type)] {
        use Type::{Bool, Double, Dyn, List, Map, Text};
        const TOTALS: Type = Type::Record(Record::Totals);
        match self {
            Self::Job => &[
                ("totals", TOTALS),
                ("workers", Double),
                ("head", Type::Record(Self::Group)),
                ("groups", List(Item::Record(Self::Group))),
                ("activeDeadlineHours", Double),
                ("gpuHours", Double),
                ("submissionMode", Text),
                ("rayVersion", Text),
                ("queueName", Text),
                ("usesClusterSelector", Bool),
                ("isAutoscaled", Bool),
                ("runtimeEnv", Dyn),
            ],
            Self::Totals => &[("gpus", Double), ("cpu", Double), ("memory", Double)],
            Self::Group => &[
                ("name", Text),
                ("replicas", Double),
                ("minReplicas", Double),
                ("maxReplicas", Double),
                ("hosts", Double),
                ("pods", Double),
                ("gpus", Double),
                ("cpu", Double),
                ("memory", Double),
                ("totals", TOTALS),
                ("image", Text),
                ("rayStartParams", Map(Item::Text)),
            ],
            Self::Request => &[
                ("operation", Text),
                ("name", Text),
                ("namespace", Text),
                ("dryRun", Bool),
                ("userInfo", Type::Record(Self::UserInfo)),
            ],
            Self::UserInfo => &[("username", Text), ("groups", List(Item::Text))],
            Self::Namespace => &[("metadata", Type::Record(Self::NamespaceMetadata))],
            Self::NamespaceMetadata => &[("name", Text), ("labels", Map(Item::Text))],
        }
    }

    pub(super) fn field(self, name: &str) -> Option<Type> {
        self.fields().iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
    }

    /// What the object is called where a field of it is not known.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Job => "job",
            Self::Totals => "totals",
            Self::Group => "a group of `job`",
            Self::Request => "request",
            Self::UserInfo => "request.userInfo",
            Self::Namespace => "namespaceObject",
            Self::NamespaceMetadata => "namespaceObject.metadata",
        }
    }
}

/// The fields of the object that a field of `job` is computed from.
pub(super) const fn reads_of(field: &str) -> &'static [&'static [&'static str]] {
    const CLUSTER: &[&str] = &["spec", "rayClusterSpec"];
    const SELECTOR: &[&str] = &["spec", "clusterSelector"];
    const MODE: &[&str] = &["spec", "submissionMode"];
    const SUBMITTER: &[&str] = &["spec", "submitterPodTemplate"];
    const DEADLINE: &[&str] = &["spec", "activeDeadlineSeconds"];
    match field.as_bytes() {
        b"totals" => &[CLUSTER, SELECTOR, MODE, SUBMITTER],
        b"gpuHours" => &[CLUSTER, DEADLINE, SELECTOR, MODE, SUBMITTER],
        b"activeDeadlineHours" => &[DEADLINE],
        b"submissionMode" => &[MODE],
        b"rayVersion" => &[&["spec", "rayClusterSpec", "rayVersion"]],
        b"queueName" => &[&["metadata", "labels", "kueue.x-k8s.io/queue-name"]],
        b"usesClusterSelector" => &[SELECTOR],
        b"isAutoscaled" => &[&["spec", "rayClusterSpec", "enableInTreeAutoscaling"], SELECTOR],
        b"runtimeEnv" => &[&["spec", "runtimeEnvYAML"]],
        _ => &[CLUSTER, SELECTOR],
    }
}

//! A pod as Kubernetes will see it: what the job says, and the containers that KubeRay puts beside.

use crate::document::{Bool, Field, List, Map, Object, Text};
use crate::quoted::Quoted;
use crate::rayjob::{MadePod, Place, RayJob, Role, SubmissionMode};

/// A pod that is judged.
pub(super) struct Pod<'a> {
    /// The pod as a message names it.
    pub(super) name: String,
    /// Annotations of the pod.
    pub(super) annotations: Option<Field<'a, Map>>,
    /// `spec` of the pod; none of the submitter that KubeRay writes itself.
    pub(super) spec: Option<Field<'a, Object>>,
    /// Its containers, but those that have the security context of another.
    pub(super) containers: Vec<Contained<'a>>,
}

/// A container of a pod that is judged.
pub(super) struct Contained<'a> {
    /// The container as a message names it.
    pub(super) name: String,
    /// The container as the job describes it; none of those that KubeRay adds.
    pub(super) object: Option<Field<'a, Object>>,
    /// Where its security context is, or would be.
    pub(super) security: Security<'a>,
}

/// Where the security context of a container is.
#[derive(Clone, Copy)]
pub(super) enum Security<'a> {
    /// There, or nowhere.
    At(Field<'a, Object>),
    /// Nowhere, and there is no field for it: the container is there because of this one.
    Never(Field<'a>, &'static str),
}

impl<'a> Pod<'a> {
    pub(super) fn made(made: MadePod<'_, 'a>, job: &RayJob<'a>) -> Self {
        let spec = made.template.spec.object;
        let mut containers: Vec<_> = made
            .containers()
            .map(|container| {
                let described = container.spec.object;
                let (name, object) = match container.place {
                    // Of the options KubeRay takes no ports, probes or hooks (v1.3 to v1.7 `mergeAutoscalerOverrides`).
                    Place::Autoscaler => ("the autoscaler".to_owned(), None),
                    Place::Container | Place::InitContainer => (named(container.spec.name), Some(described)),
                };
                Contained { name, object, security: Security::At(container.spec.security_context) }
            })
            .collect();
        // None can be created with such, but if it could, they would be judged.
        let debuggers: Field<'a, List> = spec.child("ephemeralContainers");
        containers.extend(debuggers.objects().map(|object| Contained {
            name: named(object.child("name")),
            object: Some(object),
            security: Security::At(object.child("securityContext")),
        }));
        containers.extend(added(made, job));
        let metadata: Field<'a, Object> = made.template.object.child("metadata");
        Self {
            name: made.name_for_people(),
            annotations: Some(metadata.child("annotations")),
            spec: Some(spec),
            containers,
        }
    }

    /// The submitter that KubeRay writes when the job describes none (v1.3 to v1.7 `GetDefaultSubmitterContainer`).
    pub(super) fn submitter(job: &RayJob<'a>) -> Self {
        let because = job.spec.submitter_pod_template.any();
        let help = "write a submitterPodTemplate with a securityContext";
        let container = Contained {
            name: "the container that KubeRay writes for it".to_owned(),
            object: None,
            security: Security::Never(because, help),
        };
        Self { name: "the submitter".to_owned(), annotations: None, spec: None, containers: vec![container] }
    }

    /// A field of the pod's `spec`.
    pub(super) fn field<T>(&self, key: &'a str) -> Option<Field<'a, T>> {
        self.spec.map(|spec| spec.child(key))
    }

    /// The pod's own `securityContext`, if there can be one.
    pub(super) fn security(&self) -> Option<Field<'a, Object>> {
        self.field("securityContext")
    }

    /// A field of all security contexts that are there: the pod's own first, each with the name of whose it is.
    pub(super) fn secured<T>(&self, key: &'a str) -> Vec<(&str, Field<'a, T>)> {
        let of_pod = self.security().map(|security| (self.name.as_str(), security));
        let of_containers = self.containers.iter().filter_map(|container| match container.security {
            Security::At(security) => Some((container.name.as_str(), security)),
            Security::Never(..) => None,
        });
        of_pod.into_iter().chain(of_containers).map(|(name, security)| (name, security.child(key))).collect()
    }

    /// The security contexts of the containers that can have one.
    pub(super) fn contexts(&self) -> impl Iterator<Item = (&str, Field<'a, Object>)> {
        self.containers.iter().filter_map(|container| match container.security {
            Security::At(security) => Some((container.name.as_str(), security)),
            Security::Never(..) => None,
        })
    }

    /// The containers that can have none.
    pub(super) fn without_context(&self) -> impl Iterator<Item = (&str, Field<'a>, &'static str)> {
        self.containers.iter().filter_map(|container| match container.security {
            Security::At(_) => None,
            Security::Never(because, help) => Some((container.name.as_str(), because, help)),
        })
    }

    /// The containers as the job describes them.
    pub(super) fn described(&self) -> impl Iterator<Item = (&str, Field<'a, Object>)> {
        self.containers.iter().filter_map(|container| Some((container.name.as_str(), container.object?)))
    }

    /// Whether the pod has users of its own, which are nobody on the node (v1.35 `relaxPolicyForUserNamespacePod`).
    pub(super) fn has_own_users(&self) -> bool {
        self.field::<Bool>("hostUsers").is_some_and(|users| users.value() == Some(false))
    }

    /// Whether it says that it runs on Windows, where some fields mean nothing.
    pub(super) fn is_of_windows(&self) -> bool {
        self.os().is_some_and(|os| os.value() == Some("windows"))
    }

    /// `os.name`
    pub(super) fn os(&self) -> Option<Field<'a, Text>> {
        self.field::<Object>("os").map(|os| os.child("name"))
    }
}

/// What KubeRay adds to the containers of a template. Its init containers have the security context of the first
/// container (v1.3 to v1.7 `DefaultWorkerPodTemplate`, v1.7 `configureTLS`), and are judged with it.
fn added<'a>(made: MadePod<'_, 'a>, job: &RayJob<'a>) -> Vec<Contained<'a>> {
    let Some(cluster) = made.cluster() else { return Vec::new() };
    let mut added = Vec::new();
    let mut add = |name: &str, security| {
        added.push(Contained { name: name.to_owned(), object: None, security });
    };
    if made.has_autoscaler() && cluster.autoscaler.is_none() {
        add("the autoscaler", Security::At(cluster.spec.autoscaler_options.child("securityContext")));
    }
    if matches!(made.role, Role::Head(_)) && job.submission_mode() == SubmissionMode::SidecarMode {
        let help = "take another submissionMode, such as K8sJobMode with a submitterPodTemplate that has a securityContext";
        add("the submitter beside the head", Security::Never(job.spec.submission_mode.any(), help));
    }
    let collector: Field<'a, Object> = cluster.spec.history_server_options.child("collectorOptions");
    if collector.is_present() {
        let help = "remove historyServerOptions, or ask whoever runs the cluster";
        add("the collector of the history server", Security::Never(collector.any(), help));
    }
    added
}

fn named(name: Field<'_, Text>) -> String {
    name.non_empty()
        .map_or_else(|| "a container".to_owned(), |name| format!("the container {}", Quoted(name)))
}

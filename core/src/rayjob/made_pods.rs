//! The pods that KubeRay makes of a job: which templates it uses, with which containers.
//!
//! Rules about pods walk these instead of the templates, so that a template from which nothing is made is never judged.

use std::cell::OnceCell;

use super::{
    Cluster, Container, ContainerPort, EnvVar, Group, PodTemplate, RayJob, ResourceRequirements,
    SubmissionMode, Volume, VolumeMount,
};
use crate::document::{Any, Field, Object, Text};
use crate::ray_start::Start;

/// A template from which KubeRay makes pods.
#[derive(Clone, Copy, Debug)]
pub struct MadePod<'j, 'a> {
    /// What the pods do.
    pub role: Role<'j, 'a>,
    /// The template as the job has it.
    pub template: &'j PodTemplate<'a>,
    made: &'j Made<'a>,
    job: &'j RayJob<'a>,
}

/// What a pod does for a job.
#[derive(Clone, Copy, Debug)]
pub enum Role<'j, 'a> {
    /// Runs Ray's head, and Ray's autoscaler beside it if there is one.
    Head(&'j Group<'a>),
    /// Runs a worker.
    Worker(&'j Group<'a>),
    /// Submits the Ray job; made by a batch Job.
    Submitter,
}

/// One container of a pod that KubeRay makes.
#[derive(Clone, Copy, Debug)]
pub struct MadeContainer<'j, 'a> {
    /// What the job says about it.
    pub spec: &'j Container<'a>,
    /// Where it stands in the pod.
    pub place: Place,
    laid: &'j Laid<'a>,
}

/// Which templates are used, found out once for all rules; places are those in the lists of the job.
#[derive(Debug)]
pub(super) struct Made<'a> {
    template: Template,
    containers: Vec<Laid<'a>>,
    start: OnceCell<Option<Start<'a>>>,
}

#[derive(Clone, Copy, Debug)]
enum Template {
    Head,
    Worker(usize),
    Submitter,
}

/// A container of a used template.
#[derive(Debug)]
struct Laid<'a> {
    place: Place,
    at: usize,
    resources: Option<ResourceRequirements<'a>>,
}

/// Where a container stands in its pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// `containers`
    Container,
    /// `initContainers`
    InitContainer,
    /// Added by KubeRay; the job writes some of its fields in `autoscalerOptions`.
    Autoscaler,
}

impl<'a> RayJob<'a> {
    /// All templates from which KubeRay makes pods (KubeRay v1.3 to v1.7).
    pub fn made_pods<'j>(&'j self) -> impl Iterator<Item = MadePod<'j, 'a>> {
        self.made.get_or_init(|| self.find_made()).iter().filter_map(|made| self.made_pod(made))
    }

    fn find_made(&self) -> Vec<Made<'a>> {
        let made = |template, pod: &PodTemplate<'a>, autoscaler| Made {
            template,
            containers: laid(pod, autoscaler),
            start: OnceCell::new(),
        };
        // A selected cluster is there already: the job's own is never made, whatever it says.
        let cluster = self.cluster().filter(|_| !self.selects_cluster());
        let head = cluster.map(|cluster| {
            made(
                Template::Head,
                &cluster.head.template,
                cluster.autoscaler.as_ref().filter(|_| cluster.is_autoscaled()),
            )
        });
        let workers = cluster.into_iter().flat_map(|cluster| {
            let groups = cluster.workers.iter().enumerate();
            let used = groups.filter(|(_, group)| group.wants_pods(cluster.is_autoscaled()));
            used.map(|(at, group)| made(Template::Worker(at), &group.template, None))
        });
        let submitter = self.submitter().filter(|_| self.submission_mode() == SubmissionMode::K8sJobMode);
        let submitter = submitter.map(|template| made(Template::Submitter, template, None));
        head.into_iter().chain(workers).chain(submitter).collect()
    }

    fn made_pod<'j>(&'j self, made: &'j Made<'a>) -> Option<MadePod<'j, 'a>> {
        let (role, template) = match (made.template, self.cluster()) {
            (Template::Head, Some(cluster)) => (Role::Head(&cluster.head), &cluster.head.template),
            (Template::Worker(at), Some(cluster)) => {
                let group = cluster.workers.get(at)?;
                (Role::Worker(group), &group.template)
            }
            (Template::Submitter, _) => (Role::Submitter, self.submitter()?),
            _ => return None,
        };
        Some(MadePod { role, template, made, job: self })
    }

    /// All containers of all pods that KubeRay makes, as far as the job describes them.
    pub fn made_containers<'j>(&'j self) -> impl Iterator<Item = (MadePod<'j, 'a>, MadeContainer<'j, 'a>)> {
        self.made_pods().flat_map(|pod| pod.containers().map(move |container| (pod, container)))
    }
}

impl<'j, 'a> MadePod<'j, 'a> {
    /// The containers that the job describes.
    pub fn containers(self) -> impl Iterator<Item = MadeContainer<'j, 'a>> + use<'j, 'a> {
        self.made.containers.iter().filter_map(move |laid| {
            let spec = match laid.place {
                Place::Container => self.template.containers.get(laid.at),
                Place::InitContainer => self.template.init_containers.get(laid.at),
                Place::Autoscaler => self.job.cluster()?.autoscaler.as_ref(),
            };
            Some(MadeContainer { spec: spec?, place: laid.place, laid })
        })
    }

    /// How KubeRay starts Ray in the pod, if it does.
    pub(crate) fn start(self) -> Option<&'j Start<'a>> {
        self.made.start.get_or_init(|| Start::of(self.job, self)).as_ref()
    }

    /// `volumes`
    pub fn volumes(self) -> impl Iterator<Item = Volume<'a>> + use<'a> {
        self.template.spec.volumes.objects().map(Volume)
    }

    /// The cluster that the pod is a part of; none for the submitter.
    pub fn cluster(self) -> Option<&'j Cluster<'a>> {
        self.job.cluster().filter(|_| !matches!(self.role, Role::Submitter))
    }

    /// Whether KubeRay puts Ray's autoscaler beside the containers of the template.
    pub fn has_autoscaler(self) -> bool {
        matches!(self.role, Role::Head(_)) && self.cluster_is_autoscaled()
    }

    /// Whether Ray's autoscaler decides how many workers the cluster has.
    pub fn cluster_is_autoscaled(self) -> bool {
        self.job.cluster().is_some_and(Cluster::is_autoscaled)
    }

    /// The pod as a message names it.
    pub fn name_for_people(self) -> String {
        match self.role {
            Role::Head(group) | Role::Worker(group) => group.name_for_people(),
            Role::Submitter => "the submitter".to_owned(),
        }
    }

    /// The field that gives the head an autoscaler.
    pub fn autoscaled_because_of(self) -> Option<Field<'a, Any>> {
        let cluster = self.job.cluster().filter(|_| matches!(self.role, Role::Head(_)))?;
        Some(cluster.spec.enable_in_tree_autoscaling.any())
    }

    /// The fields that make KubeRay use the template: a mistake in it is one only while these have their values.
    pub fn used_because_of(self) -> Vec<Field<'a, Any>> {
        let (job, cluster) = (self.job, self.job.cluster());
        let autoscaling = cluster.map(|cluster| cluster.spec.enable_in_tree_autoscaling.any());
        match self.role {
            Role::Head(_) => {
                let options = cluster.and_then(|cluster| cluster.autoscaler.as_ref());
                [job.spec.cluster_selector.any()]
                    .into_iter()
                    .chain(autoscaling.filter(|_| options.is_some()))
                    .collect()
            }
            Role::Worker(Group { spec: group, .. }) => {
                let numbers = [group.replicas, group.min_replicas, group.max_replicas, group.num_of_hosts];
                let fields = [job.spec.cluster_selector.any(), group.suspend.any()];
                fields.into_iter().chain(numbers.map(Field::any)).chain(autoscaling).collect()
            }
            Role::Submitter => vec![job.spec.submission_mode.any()],
        }
    }
}

impl<'j, 'a> MadeContainer<'j, 'a> {
    /// `resources`, if it is there and an object.
    pub fn resources(&self) -> Option<&'j ResourceRequirements<'a>> {
        self.laid.resources.as_ref()
    }

    /// The probes that are there and objects.
    pub fn probes(&self) -> impl Iterator<Item = Field<'a, Object>> + use<'a> {
        let probes = [self.spec.liveness_probe, self.spec.readiness_probe, self.spec.startup_probe];
        probes.into_iter().filter_map(Field::present_object)
    }

    /// Whether some Kubernetes lets the container have probes and lifecycle hooks: init containers without a restart
    /// policy of their own have none.
    pub fn may_have_probes(&self) -> bool {
        self.place != Place::InitContainer || self.restart_policy().is_present()
    }

    /// `restartPolicy`, which makes a sidecar of an init container (from Kubernetes v1.28 on).
    pub fn restart_policy(&self) -> Field<'a, Text> {
        self.spec.object.child("restartPolicy")
    }

    /// `volumeMounts`
    pub fn volume_mounts(&self) -> impl Iterator<Item = VolumeMount<'a>> + use<'a> {
        self.spec.volume_mounts.objects().map(VolumeMount::of)
    }

    /// `env`
    pub fn env(&self) -> impl Iterator<Item = EnvVar<'a>> + use<'a> {
        self.spec.env.objects().map(EnvVar::of)
    }

    /// `ports`
    pub fn ports(&self) -> impl Iterator<Item = ContainerPort<'a>> + use<'a> {
        self.spec.ports.objects().map(ContainerPort::of)
    }
}

/// The containers that a job describes of one pod.
fn laid<'a>(template: &PodTemplate<'a>, autoscaler: Option<&Container<'a>>) -> Vec<Laid<'a>> {
    let lay = |place| {
        move |(at, container): (usize, &Container<'a>)| {
            let resources = container.resources.present_object().map(ResourceRequirements::of);
            Laid { place, at, resources }
        }
    };
    let containers = template.containers.iter().enumerate().map(lay(Place::Container));
    let init_containers = template.init_containers.iter().enumerate().map(lay(Place::InitContainer));
    let autoscaler = autoscaler.map(|container| lay(Place::Autoscaler)((0, container)));
    containers.chain(init_containers).chain(autoscaler).collect()
}

impl Group<'_> {
    /// Whether a worker group has pods, or may get some from the autoscaler. The CRD's defaults are no replicas and
    /// no bound above (KubeRay v1.3 to v1.7 `GetWorkerGroupDesiredReplicas`).
    fn wants_pods(&self, is_autoscaled: bool) -> bool {
        let spec = &self.spec;
        let least = spec.min_replicas.value().unwrap_or(0);
        let most = spec.max_replicas.value().unwrap_or(i64::MAX);
        let wanted = match spec.replicas.value().unwrap_or(0) {
            _ if is_autoscaled => most,
            replicas if replicas < least => least,
            replicas => replicas.min(most),
        };
        wanted > 0 && spec.num_of_hosts.value().unwrap_or(1) > 0 && !spec.suspend.is_true()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    /// Paths of the templates that a job with this spec uses, each with the fields that it names for that.
    fn made(spec: &str) -> Vec<(String, Vec<String>)> {
        let json = format!(r#"{{"spec":{spec}}}"#);
        let document: Document<'_> = serde_json::from_str(&json).expect("JSON");
        let path = |field: Field<'_>| field.path().to_string();
        let pods = RayJob::of(&document);
        let pods = pods.made_pods();
        pods.map(|pod| {
            (path(pod.template.object.any()), pod.used_because_of().into_iter().map(path).collect())
        })
        .collect()
    }

    fn templates(spec: &str) -> Vec<String> {
        made(spec).into_iter().map(|(path, _)| path).collect()
    }

    const HEAD: &str = "spec.rayClusterSpec.headGroupSpec.template";
    const WORKER: &str = "spec.rayClusterSpec.workerGroupSpecs[0].template";
    const SUBMITTER: &str = "spec.submitterPodTemplate";

    #[test]
    fn a_template_is_used_as_kuberay_uses_it() {
        let worker = |fields: &str| {
            templates(&format!(
                r#"{{"rayClusterSpec":{{"headGroupSpec":{{"template":{{}}}},"workerGroupSpecs":[{{"template":{{}}{fields}}}]}}}}"#
            ))
        };
        for unused in [
            "",
            r#","replicas":0"#,
            r#","replicas":2,"maxReplicas":0"#,
            r#","replicas":2,"suspend":true"#,
            r#","replicas":2,"numOfHosts":0"#,
        ] {
            assert_eq!(worker(unused), [HEAD], "{unused}");
        }
        for used in
            [r#","replicas":1"#, r#","minReplicas":1"#, r#","replicas":0,"minReplicas":2,"maxReplicas":1"#]
        {
            assert_eq!(worker(used), [HEAD, WORKER], "{used}");
        }
        let autoscaled = r#"{"rayClusterSpec":{"enableInTreeAutoscaling":true,"headGroupSpec":{"template":{}},"workerGroupSpecs":[{"template":{}}]}}"#;
        assert_eq!(templates(autoscaled), [HEAD, WORKER]);
        let selected =
            r#"{"clusterSelector":{"ray.io/cluster":"a"},"rayClusterSpec":{},"submitterPodTemplate":{}}"#;
        assert_eq!(templates(selected), [SUBMITTER]);
        assert!(templates(r#"{"submissionMode":"HTTPMode","submitterPodTemplate":{}}"#).is_empty());
    }

    #[test]
    fn pods_name_all_fields_that_decide_whether_there_are_any() {
        let job = r#"{"submitterPodTemplate":{},"rayClusterSpec":{"headGroupSpec":{"template":{}},
            "workerGroupSpecs":[{"replicas":1,"template":{}}]}}"#;
        let [head, worker, submitter] = made(job).try_into().expect("three pods");
        assert_eq!(head.1, ["spec.clusterSelector"]);
        assert_eq!(submitter.1, ["spec.submissionMode"]);
        for (field, change) in [
            ("spec.clusterSelector", r#"{"clusterSelector":{"ray.io/cluster":"a"},"#),
            ("suspend", r#""workerGroupSpecs":[{"suspend":true,"#),
            ("maxReplicas", r#""workerGroupSpecs":[{"maxReplicas":0,"#),
            ("numOfHosts", r#""workerGroupSpecs":[{"numOfHosts":0,"#),
        ] {
            let open = if field == "spec.clusterSelector" { "{" } else { r#""workerGroupSpecs":[{"# };
            let changed = made(&job.replacen(open, change, 1));
            assert!(changed.iter().all(|(path, _)| path != WORKER), "{field}: {changed:?}");
            assert!(worker.1.iter().any(|named| named.ends_with(field)), "{field}: {worker:?}");
        }
    }
}

//! Pod templates, as far as rules read them.

use std::cell::OnceCell;

use super::{EnvVar, VolumeMount, view};
use crate::document::{Any, Bool, Field, Integer, List, Map, Object, Text};
use crate::ray_image::RayImage;

view! {
    /// `spec` of a pod template (Kubernetes v1.35 `PodSpec`).
    pub struct PodSpec {
        affinity: Object = "affinity",
        automount_service_account_token: Bool = "automountServiceAccountToken",
        containers: List = "containers",
        host_ipc: Bool = "hostIPC",
        host_network: Bool = "hostNetwork",
        host_pid: Bool = "hostPID",
        image_pull_secrets: List = "imagePullSecrets",
        init_containers: List = "initContainers",
        node_selector: Map = "nodeSelector",
        priority_class_name: Text = "priorityClassName",
        restart_policy: Text = "restartPolicy",
        security_context: Object = "securityContext",
        service_account_name: Text = "serviceAccountName",
        termination_grace_period_seconds: Integer = "terminationGracePeriodSeconds",
        tolerations: List = "tolerations",
        topology_spread_constraints: List = "topologySpreadConstraints",
        volumes: List = "volumes",
    }
}

view! {
    /// One container of a pod template (Kubernetes v1.35 `Container`).
    pub struct Container {
        args: List = "args",
        command: List = "command",
        env: List = "env",
        env_from: List = "envFrom",
        image: Text = "image",
        image_pull_policy: Text = "imagePullPolicy",
        lifecycle: Object = "lifecycle",
        liveness_probe: Object = "livenessProbe",
        name: Text = "name",
        ports: List = "ports",
        readiness_probe: Object = "readinessProbe",
        resources: Object = "resources",
        security_context: Object = "securityContext",
        startup_probe: Object = "startupProbe",
        volume_mounts: List = "volumeMounts",
        working_dir: Text = "workingDir",
    }
}

impl<'a> Container<'a> {
    /// The first environment variable of that name: KubeRay looks at no later one (v1.3 to v1.7 `EnvVarByName`).
    pub fn env_var(&self, name: &str) -> Option<EnvVar<'a>> {
        env_var(self.env, name)
    }
}

/// The first environment variable of that name in a list of them.
pub(crate) fn env_var<'a>(env: Field<'a, List>, name: &str) -> Option<EnvVar<'a>> {
    env_vars(env).find(|entry| entry.name.value() == Some(name))
}

/// A list of environment variables, those items that are objects.
pub(crate) fn env_vars(env: Field<'_, List>) -> impl Iterator<Item = EnvVar<'_>> {
    env.items().filter_map(Field::<Any>::present_object).map(EnvVar::of)
}

/// A list of a container's mounts, those items that are objects.
pub(crate) fn volume_mounts(mounts: Field<'_, List>) -> impl Iterator<Item = VolumeMount<'_>> {
    mounts.items().filter_map(Field::<Any>::present_object).map(VolumeMount::of)
}

/// The template of the pods of one group, or of the submitter.
#[derive(Debug)]
pub struct PodTemplate<'a> {
    /// The template itself.
    pub object: Field<'a, Object>,
    /// `spec`
    pub spec: PodSpec<'a>,
    /// `spec.containers`, those items that are objects; KubeRay takes the first for Ray's own.
    pub containers: Vec<Container<'a>>,
    /// `spec.initContainers`, those items that are objects.
    pub init_containers: Vec<Container<'a>>,
    ray_image: OnceCell<Option<RayImage<'a>>>,
}

impl<'a> PodTemplate<'a> {
    /// The first container: KubeRay starts Ray in it and looks at no other (v1.3 to v1.7 `RayContainerIndex`).
    pub fn ray_container(&self) -> Option<&Container<'a>> {
        self.containers.first()
    }

    /// The image of that container, if it is one of the Ray project's.
    pub fn ray_image(&self) -> Option<RayImage<'a>> {
        *self.ray_image.get_or_init(|| RayImage::of(self.ray_container()?.image.value()?))
    }

    pub(super) fn of(object: Field<'a, Object>) -> Self {
        let spec = PodSpec::of(object.child("spec"));
        let containers = spec.containers.objects().map(Container::of).collect();
        let init_containers = spec.init_containers.objects().map(Container::of).collect();
        Self { object, spec, containers, init_containers, ray_image: OnceCell::new() }
    }
}

//! The cluster that a RayJob brings along: head, worker groups, and what is set for both.

use super::{
    AuthOptions, AutoscalerOptions, CollectorOptions, Container, EnvVar, GcsFaultToleranceOptions,
    NetworkPolicy, PodTemplate, view,
};
use crate::document::{Bool, Field, Integer, List, Map, Object, Text};
use crate::quoted::Quoted;

view! {
    /// `spec.rayClusterSpec` (KubeRay v1.7 `RayClusterSpec`).
    pub struct RayClusterSpec {
        auth_options: Object = "authOptions",
        autoscaler_options: Object = "autoscalerOptions",
        enable_in_tree_autoscaling: Bool = "enableInTreeAutoscaling",
        gcs_fault_tolerance_options: Object = "gcsFaultToleranceOptions",
        head_group_spec: Object = "headGroupSpec",
        head_service_annotations: Map = "headServiceAnnotations",
        history_server_options: Object = "historyServerOptions",
        managed_by: Text = "managedBy",
        network_policy: Object = "networkPolicy",
        ray_version: Text = "rayVersion",
        suspend: Bool = "suspend",
        tls_options: Object = "tlsOptions",
        upgrade_strategy: Object = "upgradeStrategy",
        worker_group_specs: List = "workerGroupSpecs",
    }
}

view! {
    /// The head group or one worker group (KubeRay v1.7 `HeadGroupSpec`, `WorkerGroupSpec`).
    pub struct GroupSpec {
        enable_ingress: Bool = "enableIngress",
        group_name: Text = "groupName",
        head_service: Object = "headService",
        idle_timeout_seconds: Integer = "idleTimeoutSeconds",
        labels: Map = "labels",
        max_replicas: Integer = "maxReplicas",
        min_replicas: Integer = "minReplicas",
        num_of_hosts: Integer = "numOfHosts",
        priority: Integer = "priority",
        ray_start_params: Map = "rayStartParams",
        replicas: Integer = "replicas",
        resources: Map = "resources",
        scale_strategy: Object = "scaleStrategy",
        service_type: Text = "serviceType",
        suspend: Bool = "suspend",
        template: Object = "template",
    }
}

/// A group of pods that run Ray.
#[derive(Debug)]
pub struct Group<'a> {
    /// The group's own fields.
    pub spec: GroupSpec<'a>,
    /// `template`
    pub template: PodTemplate<'a>,
}

impl<'a> Group<'a> {
    fn of(object: Field<'a, Object>) -> Self {
        let spec = GroupSpec::of(object);
        Self { template: PodTemplate::of(spec.template), spec }
    }

    /// How many replicas KubeRay makes at first: as many as asked for, within the bounds, and none while the group is
    /// suspended (v1.3 to v1.7 `GetWorkerGroupDesiredReplicas`).
    pub fn desired_replicas(&self) -> i64 {
        let spec = &self.spec;
        if spec.suspend.is_true() {
            return 0;
        }
        let at_least = spec.min_replicas.value().unwrap_or(0);
        let at_most = spec.max_replicas.value().unwrap_or(i32::MAX.into());
        spec.replicas.value().unwrap_or(at_least).min(at_most).max(at_least)
    }

    /// What [`Self::desired_replicas`] reads.
    pub(crate) fn replica_fields(&self) -> [Field<'a>; 4] {
        let spec = &self.spec;
        [spec.replicas.any(), spec.min_replicas.any(), spec.max_replicas.any(), spec.suspend.any()]
    }

    /// The group as a message names it; only worker groups have names.
    pub fn name_for_people(&self) -> String {
        match self.spec.group_name.non_empty() {
            Some(name) => format!("the worker group {}", Quoted(name)),
            None if self.spec.object.key() == "headGroupSpec" => "the head group".to_owned(),
            None => "the worker group".to_owned(),
        }
    }
}

/// A Ray cluster: one head and any number of worker groups.
#[derive(Debug)]
pub struct Cluster<'a> {
    /// The cluster's own fields.
    pub spec: RayClusterSpec<'a>,
    /// `headGroupSpec`; its fields are absent when it is.
    pub head: Group<'a>,
    /// `workerGroupSpecs`, those items that are objects.
    pub workers: Vec<Group<'a>>,
    /// `autoscalerOptions`, if it is an object: its fields are those of the container that KubeRay adds to the head.
    pub autoscaler: Option<Container<'a>>,
}

impl<'a> Cluster<'a> {
    pub(super) fn of(object: Field<'a, Object>) -> Self {
        let spec = RayClusterSpec::of(object);
        let workers = spec.worker_group_specs.objects().map(Group::of);
        let autoscaler = spec.autoscaler_options.present_object().map(Container::of);
        Self { head: Group::of(spec.head_group_spec), workers: workers.collect(), autoscaler, spec }
    }

    /// `authOptions`, if it is there and an object.
    pub fn auth_options(&self) -> Option<AuthOptions<'a>> {
        self.spec.auth_options.present_object().map(AuthOptions::of)
    }

    /// `autoscalerOptions`, if it is there and an object.
    pub fn autoscaler_options(&self) -> Option<AutoscalerOptions<'a>> {
        self.spec.autoscaler_options.present_object().map(AutoscalerOptions::of)
    }

    /// `gcsFaultToleranceOptions`, if it is there and an object.
    pub fn gcs_fault_tolerance_options(&self) -> Option<GcsFaultToleranceOptions<'a>> {
        self.spec.gcs_fault_tolerance_options.present_object().map(GcsFaultToleranceOptions::of)
    }

    /// `networkPolicy`, if it is there and an object.
    pub fn network_policy(&self) -> Option<NetworkPolicy<'a>> {
        self.spec.network_policy.present_object().map(NetworkPolicy::of)
    }

    /// `historyServerOptions.collectorOptions`, if there are such options; absent in them, all its fields are absent.
    pub fn collector_options(&self) -> Option<CollectorOptions<'a>> {
        let history_server = self.spec.history_server_options.present_object()?;
        Some(CollectorOptions::of(history_server.child("collectorOptions")))
    }

    /// `tlsOptions.enabled`
    pub fn tls_enabled(&self) -> Field<'a, Bool> {
        self.spec.tls_options.child("enabled")
    }

    /// Whether Ray's autoscaler decides how many workers run.
    pub fn is_autoscaled(&self) -> bool {
        self.spec.enable_in_tree_autoscaling.is_true()
    }

    /// `autoscalerOptions.version`
    pub fn autoscaler_version(&self) -> Field<'a, Text> {
        self.spec.autoscaler_options.child("version")
    }

    /// Whether the options choose the second autoscaler (KubeRay v1.4 to v1.7 `IsAutoscalingV2Enabled`).
    pub fn chooses_autoscaler_v2(&self) -> bool {
        self.autoscaler_version().value() == Some("v2")
    }

    /// The head's variable that chose the second autoscaler before there was an option, in the container that runs Ray.
    pub fn autoscaler_v2_variable(&self) -> Option<EnvVar<'a>> {
        self.head.template.ray_container()?.env_var("RAY_enable_autoscaler_v2")
    }

    /// Whether the head's variable chooses the second autoscaler: KubeRay knows two spellings (v1.5 to v1.7).
    pub fn sets_autoscaler_v2_variable(&self) -> bool {
        self.autoscaler_v2_variable()
            .is_some_and(|variable| matches!(variable.value.value(), Some("1" | "true")))
    }

    /// Whether autoscaler v2 is chosen by name, with the option or the variable; autoscaling may still be off (KubeRay
    /// v1.6, v1.7 `validateWorkerGroupIdleTimeout`).
    pub fn uses_autoscaler_v2(&self) -> bool {
        self.chooses_autoscaler_v2() || self.sets_autoscaler_v2_variable()
    }

    /// The head and all worker groups.
    pub fn groups(&self) -> impl Iterator<Item = &Group<'a>> {
        std::iter::once(&self.head).chain(&self.workers)
    }
}

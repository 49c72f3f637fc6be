//! The parts of a job that few jobs have. A view of one is laid when a rule asks for it.

use super::pod::{env_var, env_vars};
use super::view;
use crate::document::{Bool, Integer, List, Map, Object, Text};

view! {
    /// `spec.deletionStrategy` (KubeRay v1.7 `DeletionStrategy`).
    pub struct DeletionStrategy {
        deletion_rules: List = "deletionRules",
        on_failure: Object = "onFailure",
        on_success: Object = "onSuccess",
    }
}

view! {
    /// One item of `deletionRules` (KubeRay v1.7 `DeletionRule`).
    pub struct DeletionRule {
        condition: Object = "condition",
        policy: Text = "policy",
    }
}

view! {
    /// `condition` of a deletion rule (KubeRay v1.7 `DeletionCondition`).
    pub struct DeletionCondition {
        job_deployment_status: Text = "jobDeploymentStatus",
        job_status: Text = "jobStatus",
        ttl_seconds: Integer = "ttlSeconds",
    }
}

view! {
    /// `rayClusterSpec.authOptions` (KubeRay v1.7 `AuthOptions`).
    pub struct AuthOptions {
        enable_k8s_token_auth: Bool = "enableK8sTokenAuth",
        mode: Text = "mode",
        secret_name: Text = "secretName",
    }
}

view! {
    /// `rayClusterSpec.autoscalerOptions` (KubeRay v1.7 `AutoscalerOptions`).
    pub struct AutoscalerOptions {
        args: List = "args",
        command: List = "command",
        env: List = "env",
        env_from: List = "envFrom",
        idle_timeout_seconds: Integer = "idleTimeoutSeconds",
        image: Text = "image",
        image_pull_policy: Text = "imagePullPolicy",
        resources: Object = "resources",
        security_context: Object = "securityContext",
        upscaling_mode: Text = "upscalingMode",
        version: Text = "version",
        volume_mounts: List = "volumeMounts",
    }
}

impl<'a> AutoscalerOptions<'a> {
    /// The first environment variable of that name.
    pub fn env_var(&self, name: &str) -> Option<EnvVar<'a>> {
        env_var(self.env, name)
    }
}

view! {
    /// `rayClusterSpec.gcsFaultToleranceOptions` (KubeRay v1.7 `GcsFaultToleranceOptions`).
    pub struct GcsFaultToleranceOptions {
        backend: Text = "backend",
        external_storage_namespace: Text = "externalStorageNamespace",
        redis_address: Text = "redisAddress",
        redis_password: Object = "redisPassword",
        redis_username: Object = "redisUsername",
        storage: Object = "storage",
    }
}

view! {
    /// `gcsFaultToleranceOptions.storage` (KubeRay v1.7 `GcsEmbeddedStorage`).
    pub struct GcsEmbeddedStorage {
        access_modes: List = "accessModes",
        claim_name: Text = "claimName",
        deletion_policy: Text = "deletionPolicy",
        size: Text = "size",
        storage_class_name: Text = "storageClassName",
        sub_path: Text = "subPath",
    }
}

impl<'a> GcsFaultToleranceOptions<'a> {
    /// Whether the state is kept on a volume rather than in Redis, which is what any other text means (KubeRay v1.7
    /// `validateGcsFaultToleranceBackend`).
    pub fn is_embedded(&self) -> bool {
        self.backend.value() == Some("rocksdb")
    }

    /// `storage`, if it is there and an object.
    pub fn storage(&self) -> Option<GcsEmbeddedStorage<'a>> {
        self.storage.present_object().map(GcsEmbeddedStorage::of)
    }
}

view! {
    /// `historyServerOptions.collectorOptions` (KubeRay v1.7 `CollectorOptions`).
    pub struct CollectorOptions {
        env: List = "env",
        image: Text = "image",
        image_pull_policy: Text = "imagePullPolicy",
        resources: Object = "resources",
    }
}

impl<'a> CollectorOptions<'a> {
    /// The last environment variable of that name: the one that KubeRay looks at (v1.7 `validateCollectorOptions`).
    pub fn env_var(&self, name: &str) -> Option<EnvVar<'a>> {
        env_vars(self.env).filter(|entry| entry.name.value() == Some(name)).last()
    }
}

view! {
    /// `rayClusterSpec.networkPolicy` (KubeRay v1.7 `NetworkPolicyConfig`).
    pub struct NetworkPolicy {
        head: Object = "head",
        mode: Text = "mode",
        worker: Object = "worker",
        worker_groups: List = "workerGroups",
    }
}

view! {
    /// What `networkPolicy` says about the head, the workers, or one worker group (KubeRay v1.7 `NetworkPolicyRules`).
    pub struct NetworkPolicyRules {
        egress_rules: List = "egressRules",
        /// Only in `networkPolicy.workerGroups`.
        group_name: Text = "groupName",
        ingress_rules: List = "ingressRules",
    }
}

view! {
    /// One environment variable of a container (Kubernetes v1.35 `EnvVar`).
    pub struct EnvVar {
        name: Text = "name",
        value: Text = "value",
        value_from: Object = "valueFrom",
    }
}

view! {
    /// One mount of a container (Kubernetes v1.35 `VolumeMount`).
    pub struct VolumeMount {
        mount_path: Text = "mountPath",
        name: Text = "name",
        sub_path: Text = "subPath",
        sub_path_expr: Text = "subPathExpr",
    }
}

view! {
    /// One port of a container (Kubernetes v1.35 `ContainerPort`).
    pub struct ContainerPort {
        container_port: Integer = "containerPort",
        host_ip: Text = "hostIP",
        host_port: Integer = "hostPort",
        name: Text = "name",
        protocol: Text = "protocol",
    }
}

view! {
    /// `resources` of a container (Kubernetes v1.35 `ResourceRequirements`).
    pub struct ResourceRequirements {
        claims: List = "claims",
        limits: Map = "limits",
        requests: Map = "requests",
    }
}

//! The Go types behind a RayJob of KubeRay v1.6.0.
//!
//! Generated: in `core/src/go_types/generator`, `go run . > ../table.rs` writes it. Do not edit.

#![allow(clippy::enum_glob_use, reason = "a row reads like the Go field it stands for")]

use super::Leaf::*;
use super::Type::*;
use super::{Struct, always, omitempty};

pub(super) static AFFINITY: Struct = Struct::new("v1.Affinity", &[
    omitempty("nodeAffinity", Pointer(&Struct(&NODE_AFFINITY))),
    omitempty("podAffinity", Pointer(&Struct(&POD_AFFINITY))),
    omitempty("podAntiAffinity", Pointer(&Struct(&POD_ANTI_AFFINITY))),
]);

pub(super) static APP_ARMOR_PROFILE: Struct = Struct::new("v1.AppArmorProfile", &[
    omitempty("localhostProfile", Pointer(&Leaf(String))),
    always("type", Leaf(String)),
]);

pub(super) static AUTH_OPTIONS: Struct = Struct::new("v1.AuthOptions", &[
    omitempty("enableK8sTokenAuth", Pointer(&Leaf(Bool))),
    omitempty("mode", Leaf(String)),
    omitempty("secretName", Pointer(&Leaf(String))),
]);

pub(super) static AUTOSCALER_OPTIONS: Struct = Struct::new("v1.AutoscalerOptions", &[
    omitempty("env", List(&Struct(&ENV_VAR))),
    omitempty("envFrom", List(&Struct(&ENV_FROM_SOURCE))),
    omitempty("idleTimeoutSeconds", Pointer(&Leaf(Int32))),
    omitempty("image", Pointer(&Leaf(String))),
    omitempty("imagePullPolicy", Pointer(&Leaf(String))),
    omitempty("resources", Pointer(&Struct(&RESOURCE_REQUIREMENTS))),
    omitempty("securityContext", Pointer(&Struct(&SECURITY_CONTEXT))),
    omitempty("upscalingMode", Pointer(&Leaf(String))),
    omitempty("version", Pointer(&Leaf(String))),
    omitempty("volumeMounts", List(&Struct(&VOLUME_MOUNT))),
]);

pub(super) static AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE: Struct = Struct::new("v1.AWSElasticBlockStoreVolumeSource", &[
    omitempty("fsType", Leaf(String)),
    omitempty("partition", Leaf(Int32)),
    omitempty("readOnly", Leaf(Bool)),
    always("volumeID", Leaf(String)),
]);

pub(super) static AZURE_DISK_VOLUME_SOURCE: Struct = Struct::new("v1.AzureDiskVolumeSource", &[
    omitempty("cachingMode", Pointer(&Leaf(String))),
    always("diskName", Leaf(String)),
    always("diskURI", Leaf(String)),
    omitempty("fsType", Pointer(&Leaf(String))),
    omitempty("kind", Pointer(&Leaf(String))),
    omitempty("readOnly", Pointer(&Leaf(Bool))),
]);

pub(super) static AZURE_FILE_VOLUME_SOURCE: Struct = Struct::new("v1.AzureFileVolumeSource", &[
    omitempty("readOnly", Leaf(Bool)),
    always("secretName", Leaf(String)),
    always("shareName", Leaf(String)),
]);

pub(super) static CAPABILITIES: Struct = Struct::new("v1.Capabilities", &[
    omitempty("add", List(&Leaf(String))),
    omitempty("drop", List(&Leaf(String))),
]);

pub(super) static CEPH_FS_VOLUME_SOURCE: Struct = Struct::new("v1.CephFSVolumeSource", &[
    always("monitors", List(&Leaf(String))),
    omitempty("path", Leaf(String)),
    omitempty("readOnly", Leaf(Bool)),
    omitempty("secretFile", Leaf(String)),
    omitempty("secretRef", Pointer(&Struct(&LOCAL_OBJECT_REFERENCE))),
    omitempty("user", Leaf(String)),
]);

pub(super) static CINDER_VOLUME_SOURCE: Struct = Struct::new("v1.CinderVolumeSource", &[
    omitempty("fsType", Leaf(String)),
    omitempty("readOnly", Leaf(Bool)),
    omitempty("secretRef", Pointer(&Struct(&LOCAL_OBJECT_REFERENCE))),
    always("volumeID", Leaf(String)),
]);

pub(super) static CLIENT_IP_CONFIG: Struct = Struct::new("v1.ClientIPConfig", &[
    omitempty("timeoutSeconds", Pointer(&Leaf(Int32))),
]);

pub(super) static CLUSTER_TRUST_BUNDLE_PROJECTION: Struct = Struct::new("v1.ClusterTrustBundleProjection", &[
    omitempty("labelSelector", Pointer(&Struct(&LABEL_SELECTOR))),
    omitempty("name", Pointer(&Leaf(String))),
    omitempty("optional", Pointer(&Leaf(Bool))),
    always("path", Leaf(String)),
    omitempty("signerName", Pointer(&Leaf(String))),
]);

pub(super) static CONDITION: Struct = Struct::new("v1.Condition", &[
    always("lastTransitionTime", Leaf(Time)),
    always("message", Leaf(String)),
    omitempty("observedGeneration", Leaf(Int64)),
    always("reason", Leaf(String)),
    always("status", Leaf(String)),
    always("type", Leaf(String)),
]);

pub(super) static CONFIG_MAP_ENV_SOURCE: Struct = Struct::new("v1.ConfigMapEnvSource", &[
    omitempty("name", Leaf(String)),
    omitempty("optional", Pointer(&Leaf(Bool))),
]);

pub(super) static CONFIG_MAP_KEY_SELECTOR: Struct = Struct::new("v1.ConfigMapKeySelector", &[
    always("key", Leaf(String)),
    omitempty("name", Leaf(String)),
    omitempty("optional", Pointer(&Leaf(Bool))),
]);

pub(super) static CONFIG_MAP_PROJECTION: Struct = Struct::new("v1.ConfigMapProjection", &[
    omitempty("items", List(&Struct(&KEY_TO_PATH))),
    omitempty("name", Leaf(String)),
    omitempty("optional", Pointer(&Leaf(Bool))),
]);

pub(super) static CONFIG_MAP_VOLUME_SOURCE: Struct = Struct::new("v1.ConfigMapVolumeSource", &[
    omitempty("defaultMode", Pointer(&Leaf(Int32))),
    omitempty("items", List(&Struct(&KEY_TO_PATH))),
    omitempty("name", Leaf(String)),
    omitempty("optional", Pointer(&Leaf(Bool))),
]);

pub(super) static CONTAINER: Struct = Struct::new("v1.Container", &[
    omitempty("args", List(&Leaf(String))),
    omitempty("command", List(&Leaf(String))),
    omitempty("env", List(&Struct(&ENV_VAR))),
    omitempty("envFrom", List(&Struct(&ENV_FROM_SOURCE))),
    omitempty("image", Leaf(String)),
    omitempty("imagePullPolicy", Leaf(String)),
    omitempty("lifecycle", Pointer(&Struct(&LIFECYCLE))),
    omitempty("livenessProbe", Pointer(&Struct(&PROBE))),
    always("name", Leaf(String)),
    omitempty("ports", List(&Struct(&CONTAINER_PORT))),
    omitempty("readinessProbe", Pointer(&Struct(&PROBE))),
    omitempty("resizePolicy", List(&Struct(&CONTAINER_RESIZE_POLICY))),
    omitempty("resources", Struct(&RESOURCE_REQUIREMENTS)),
    omitempty("restartPolicy", Pointer(&Leaf(String))),
    omitempty("restartPolicyRules", List(&Struct(&CONTAINER_RESTART_RULE))),
    omitempty("securityContext", Pointer(&Struct(&SECURITY_CONTEXT))),
    omitempty("startupProbe", Pointer(&Struct(&PROBE))),
    omitempty("stdin", Leaf(Bool)),
    omitempty("stdinOnce", Leaf(Bool)),
    omitempty("terminationMessagePath", Leaf(String)),
    omitempty("terminationMessagePolicy", Leaf(String)),
    omitempty("tty", Leaf(Bool)),
    omitempty("volumeDevices", List(&Struct(&VOLUME_DEVICE))),
    omitempty("volumeMounts", List(&Struct(&VOLUME_MOUNT))),
    omitempty("workingDir", Leaf(String)),
]);

pub(super) static CONTAINER_PORT: Struct = Struct::new("v1.ContainerPort", &[
    always("containerPort", Leaf(Int32)),
    omitempty("hostIP", Leaf(String)),
    omitempty("hostPort", Leaf(Int32)),
    omitempty("name", Leaf(String)),
    omitempty("protocol", Leaf(String)),
]);

pub(super) static CONTAINER_RESIZE_POLICY: Struct = Struct::new("v1.ContainerResizePolicy", &[
    always("resourceName", Leaf(String)),
    always("restartPolicy", Leaf(String)),
]);

pub(super) static CONTAINER_RESTART_RULE: Struct = Struct::new("v1.ContainerRestartRule", &[
    omitempty("action", Leaf(String)),
    omitempty("exitCodes", Pointer(&Struct(&CONTAINER_RESTART_RULE_ON_EXIT_CODES))),
]);

pub(super) static CONTAINER_RESTART_RULE_ON_EXIT_CODES: Struct = Struct::new("v1.ContainerRestartRuleOnExitCodes", &[
    omitempty("operator", Leaf(String)),
    omitempty("values", List(&Leaf(Int32))),
]);

pub(super) static CSI_VOLUME_SOURCE: Struct = Struct::new("v1.CSIVolumeSource", &[
    always("driver", Leaf(String)),
    omitempty("fsType", Pointer(&Leaf(String))),
    omitempty("nodePublishSecretRef", Pointer(&Struct(&LOCAL_OBJECT_REFERENCE))),
    omitempty("readOnly", Pointer(&Leaf(Bool))),
    omitempty("volumeAttributes", Map(&Leaf(String))),
]);

pub(super) static DELETION_CONDITION: Struct = Struct::new("v1.DeletionCondition", &[
    omitempty("jobDeploymentStatus", Pointer(&Leaf(String))),
    omitempty("jobStatus", Pointer(&Leaf(String))),
    omitempty("ttlSeconds", Leaf(Int32)),
]);

pub(super) static DELETION_POLICY: Struct = Struct::new("v1.DeletionPolicy", &[
    omitempty("policy", Pointer(&Leaf(String))),
]);

pub(super) static DELETION_RULE: Struct = Struct::new("v1.DeletionRule", &[
    always("condition", Struct(&DELETION_CONDITION)),
    always("policy", Leaf(String)),
]);

pub(super) static DELETION_STRATEGY: Struct = Struct::new("v1.DeletionStrategy", &[
    omitempty("deletionRules", List(&Struct(&DELETION_RULE))),
    omitempty("onFailure", Pointer(&Struct(&DELETION_POLICY))),
    omitempty("onSuccess", Pointer(&Struct(&DELETION_POLICY))),
]);

pub(super) static DOWNWARD_API_PROJECTION: Struct = Struct::new("v1.DownwardAPIProjection", &[
    omitempty("items", List(&Struct(&DOWNWARD_API_VOLUME_FILE))),
]);

pub(super) static DOWNWARD_API_VOLUME_FILE: Struct = Struct::new("v1.DownwardAPIVolumeFile", &[
    omitempty("fieldRef", Pointer(&Struct(&OBJECT_FIELD_SELECTOR))),
    omitempty("mode", Pointer(&Leaf(Int32))),
    always("path", Leaf(String)),
    omitempty("resourceFieldRef", Pointer(&Struct(&RESOURCE_FIELD_SELECTOR))),
]);

pub(super) static DOWNWARD_API_VOLUME_SOURCE: Struct = Struct::new("v1.DownwardAPIVolumeSource", &[
    omitempty("defaultMode", Pointer(&Leaf(Int32))),
    omitempty("items", List(&Struct(&DOWNWARD_API_VOLUME_FILE))),
]);

pub(super) static EMPTY_DIR_VOLUME_SOURCE: Struct = Struct::new("v1.EmptyDirVolumeSource", &[
    omitempty("medium", Leaf(String)),
    omitempty("sizeLimit", Pointer(&Leaf(Quantity))),
]);

pub(super) static ENV_FROM_SOURCE: Struct = Struct::new("v1.EnvFromSource", &[
    omitempty("configMapRef", Pointer(&Struct(&CONFIG_MAP_ENV_SOURCE))),
    omitempty("prefix", Leaf(String)),
    omitempty("secretRef", Pointer(&Struct(&SECRET_ENV_SOURCE))),
]);

pub(super) static ENV_VAR: Struct = Struct::new("v1.EnvVar", &[
    always("name", Leaf(String)),
    omitempty("value", Leaf(String)),
    omitempty("valueFrom", Pointer(&Struct(&ENV_VAR_SOURCE))),
]);

pub(super) static ENV_VAR_SOURCE: Struct = Struct::new("v1.EnvVarSource", &[
    omitempty("configMapKeyRef", Pointer(&Struct(&CONFIG_MAP_KEY_SELECTOR))),
    omitempty("fieldRef", Pointer(&Struct(&OBJECT_FIELD_SELECTOR))),
    omitempty("fileKeyRef", Pointer(&Struct(&FILE_KEY_SELECTOR))),
    omitempty("resourceFieldRef", Pointer(&Struct(&RESOURCE_FIELD_SELECTOR))),
    omitempty("secretKeyRef", Pointer(&Struct(&SECRET_KEY_SELECTOR))),
]);

pub(super) static EPHEMERAL_CONTAINER: Struct = Struct::new("v1.EphemeralContainer", &[
    omitempty("args", List(&Leaf(String))),
    omitempty("command", List(&Leaf(String))),
    omitempty("env", List(&Struct(&ENV_VAR))),
    omitempty("envFrom", List(&Struct(&ENV_FROM_SOURCE))),
    omitempty("image", Leaf(String)),
    omitempty("imagePullPolicy", Leaf(String)),
    omitempty("lifecycle", Pointer(&Struct(&LIFECYCLE))),
    omitempty("livenessProbe", Pointer(&Struct(&PROBE))),
    always("name", Leaf(String)),
    omitempty("ports", List(&Struct(&CONTAINER_PORT))),
    omitempty("readinessProbe", Pointer(&Struct(&PROBE))),
    omitempty("resizePolicy", List(&Struct(&CONTAINER_RESIZE_POLICY))),
    omitempty("resources", Struct(&RESOURCE_REQUIREMENTS)),
    omitempty("restartPolicy", Pointer(&Leaf(String))),
    omitempty("restartPolicyRules", List(&Struct(&CONTAINER_RESTART_RULE))),
    omitempty("securityContext", Pointer(&Struct(&SECURITY_CONTEXT))),
    omitempty("startupProbe", Pointer(&Struct(&PROBE))),
    omitempty("stdin", Leaf(Bool)),
    omitempty("stdinOnce", Leaf(Bool)),
    omitempty("targetContainerName", Leaf(String)),
    omitempty("terminationMessagePath", Leaf(String)),
    omitempty("terminationMessagePolicy", Leaf(String)),
    omitempty("tty", Leaf(Bool)),
    omitempty("volumeDevices", List(&Struct(&VOLUME_DEVICE))),
    omitempty("volumeMounts", List(&Struct(&VOLUME_MOUNT))),
    omitempty("workingDir", Leaf(String)),
]);

pub(super) static EPHEMERAL_VOLUME_SOURCE: Struct = Struct::new("v1.EphemeralVolumeSource", &[
    omitempty("volumeClaimTemplate", Pointer(&Struct(&PERSISTENT_VOLUME_CLAIM_TEMPLATE))),
]);

pub(super) static EXEC_ACTION: Struct = Struct::new("v1.ExecAction", &[
    omitempty("command", List(&Leaf(String))),
]);

pub(super) static FC_VOLUME_SOURCE: Struct = Struct::new("v1.FCVolumeSource", &[
    omitempty("fsType", Leaf(String)),
    omitempty("lun", Pointer(&Leaf(Int32))),
    omitempty("readOnly", Leaf(Bool)),
    omitempty("targetWWNs", List(&Leaf(String))),
    omitempty("wwids", List(&Leaf(String))),
]);

pub(super) static FILE_KEY_SELECTOR: Struct = Struct::new("v1.FileKeySelector", &[
    always("key", Leaf(String)),
    omitempty("optional", Pointer(&Leaf(Bool))),
    always("path", Leaf(String)),
    always("volumeName", Leaf(String)),
]);

pub(super) static FLEX_VOLUME_SOURCE: Struct = Struct::new("v1.FlexVolumeSource", &[
    always("driver", Leaf(String)),
    omitempty("fsType", Leaf(String)),
    omitempty("options", Map(&Leaf(String))),
    omitempty("readOnly", Leaf(Bool)),
    omitempty("secretRef", Pointer(&Struct(&LOCAL_OBJECT_REFERENCE))),
]);

pub(super) static FLOCKER_VOLUME_SOURCE: Struct = Struct::new("v1.FlockerVolumeSource", &[
    omitempty("datasetName", Leaf(String)),
    omitempty("datasetUUID", Leaf(String)),
]);

pub(super) static GCE_PERSISTENT_DISK_VOLUME_SOURCE: Struct = Struct::new("v1.GCEPersistentDiskVolumeSource", &[
    omitempty("fsType", Leaf(String)),
    omitempty("partition", Leaf(Int32)),
    always("pdName", Leaf(String)),
    omitempty("readOnly", Leaf(Bool)),
]);

pub(super) static GCS_FAULT_TOLERANCE_OPTIONS: Struct = Struct::new("v1.GcsFaultToleranceOptions", &[
    omitempty("externalStorageNamespace", Leaf(String)),
    always("redisAddress", Leaf(String)),
    omitempty("redisPassword", Pointer(&Struct(&REDIS_CREDENTIAL))),
    omitempty("redisUsername", Pointer(&Struct(&REDIS_CREDENTIAL))),
]);

pub(super) static GIT_REPO_VOLUME_SOURCE: Struct = Struct::new("v1.GitRepoVolumeSource", &[
    omitempty("directory", Leaf(String)),
    always("repository", Leaf(String)),
    omitempty("revision", Leaf(String)),
]);

pub(super) static GLUSTERFS_VOLUME_SOURCE: Struct = Struct::new("v1.GlusterfsVolumeSource", &[
    always("endpoints", Leaf(String)),
    always("path", Leaf(String)),
    omitempty("readOnly", Leaf(Bool)),
]);

pub(super) static GRPC_ACTION: Struct = Struct::new("v1.GRPCAction", &[
    always("port", Leaf(Int32)),
    always("service", Pointer(&Leaf(String))),
]);

pub(super) static HEAD_GROUP_SPEC: Struct = Struct::new("v1.HeadGroupSpec", &[
    omitempty("enableIngress", Pointer(&Leaf(Bool))),
    omitempty("headService", Pointer(&Struct(&SERVICE))),
    omitempty("labels", Map(&Leaf(String))),
    always("rayStartParams", Map(&Leaf(String))),
    omitempty("resources", Map(&Leaf(String))),
    omitempty("serviceType", Leaf(String)),
    always("template", Struct(&POD_TEMPLATE_SPEC)),
]);

pub(super) static HEAD_INFO: Struct = Struct::new("v1.HeadInfo", &[
    omitempty("podIP", Leaf(String)),
    omitempty("podName", Leaf(String)),
    omitempty("serviceIP", Leaf(String)),
    omitempty("serviceName", Leaf(String)),
]);

pub(super) static HOST_ALIAS: Struct = Struct::new("v1.HostAlias", &[
    omitempty("hostnames", List(&Leaf(String))),
    always("ip", Leaf(String)),
]);

pub(super) static HOST_PATH_VOLUME_SOURCE: Struct = Struct::new("v1.HostPathVolumeSource", &[
    always("path", Leaf(String)),
    omitempty("type", Pointer(&Leaf(String))),
]);

pub(super) static HTTP_GET_ACTION: Struct = Struct::new("v1.HTTPGetAction", &[
    omitempty("host", Leaf(String)),
    omitempty("httpHeaders", List(&Struct(&HTTP_HEADER))),
    omitempty("path", Leaf(String)),
    always("port", Leaf(IntOrString)),
    omitempty("scheme", Leaf(String)),
]);

pub(super) static HTTP_HEADER: Struct = Struct::new("v1.HTTPHeader", &[
    always("name", Leaf(String)),
    always("value", Leaf(String)),
]);

pub(super) static IMAGE_VOLUME_SOURCE: Struct = Struct::new("v1.ImageVolumeSource", &[
    omitempty("pullPolicy", Leaf(String)),
    omitempty("reference", Leaf(String)),
]);

pub(super) static ISCSI_VOLUME_SOURCE: Struct = Struct::new("v1.ISCSIVolumeSource", &[
    omitempty("chapAuthDiscovery", Leaf(Bool)),
    omitempty("chapAuthSession", Leaf(Bool)),
    omitempty("fsType", Leaf(String)),
    omitempty("initiatorName", Pointer(&Leaf(String))),
    always("iqn", Leaf(String)),
    omitempty("iscsiInterface", Leaf(String)),
    always("lun", Leaf(Int32)),
    omitempty("portals", List(&Leaf(String))),
    omitempty("readOnly", Leaf(Bool)),
    omitempty("secretRef", Pointer(&Struct(&LOCAL_OBJECT_REFERENCE))),
    always("targetPortal", Leaf(String)),
]);

pub(super) static KEY_TO_PATH: Struct = Struct::new("v1.KeyToPath", &[
    always("key", Leaf(String)),
    omitempty("mode", Pointer(&Leaf(Int32))),
    always("path", Leaf(String)),
]);

pub(super) static LABEL_SELECTOR: Struct = Struct::new("v1.LabelSelector", &[
    omitempty("matchExpressions", List(&Struct(&LABEL_SELECTOR_REQUIREMENT))),
    omitempty("matchLabels", Map(&Leaf(String))),
]);

pub(super) static LABEL_SELECTOR_REQUIREMENT: Struct = Struct::new("v1.LabelSelectorRequirement", &[
    always("key", Leaf(String)),
    always("operator", Leaf(String)),
    omitempty("values", List(&Leaf(String))),
]);

pub(super) static LIFECYCLE: Struct = Struct::new("v1.Lifecycle", &[
    omitempty("postStart", Pointer(&Struct(&LIFECYCLE_HANDLER))),
    omitempty("preStop", Pointer(&Struct(&LIFECYCLE_HANDLER))),
    omitempty("stopSignal", Pointer(&Leaf(String))),
]);

pub(super) static LIFECYCLE_HANDLER: Struct = Struct::new("v1.LifecycleHandler", &[
    omitempty("exec", Pointer(&Struct(&EXEC_ACTION))),
    omitempty("httpGet", Pointer(&Struct(&HTTP_GET_ACTION))),
    omitempty("sleep", Pointer(&Struct(&SLEEP_ACTION))),
    omitempty("tcpSocket", Pointer(&Struct(&TCP_SOCKET_ACTION))),
]);

pub(super) static LOAD_BALANCER_INGRESS: Struct = Struct::new("v1.LoadBalancerIngress", &[
    omitempty("hostname", Leaf(String)),
    omitempty("ip", Leaf(String)),
    omitempty("ipMode", Pointer(&Leaf(String))),
    omitempty("ports", List(&Struct(&PORT_STATUS))),
]);

pub(super) static LOAD_BALANCER_STATUS: Struct = Struct::new("v1.LoadBalancerStatus", &[
    omitempty("ingress", List(&Struct(&LOAD_BALANCER_INGRESS))),
]);

pub(super) static LOCAL_OBJECT_REFERENCE: Struct = Struct::new("v1.LocalObjectReference", &[
    omitempty("name", Leaf(String)),
]);

pub(super) static MANAGED_FIELDS_ENTRY: Struct = Struct::new("v1.ManagedFieldsEntry", &[
    omitempty("apiVersion", Leaf(String)),
    omitempty("fieldsType", Leaf(String)),
    omitempty("fieldsV1", Pointer(&Leaf(Raw))),
    omitempty("manager", Leaf(String)),
    omitempty("operation", Leaf(String)),
    omitempty("subresource", Leaf(String)),
    omitempty("time", Pointer(&Leaf(Time))),
]);

pub(super) static NFS_VOLUME_SOURCE: Struct = Struct::new("v1.NFSVolumeSource", &[
    always("path", Leaf(String)),
    omitempty("readOnly", Leaf(Bool)),
    always("server", Leaf(String)),
]);

pub(super) static NODE_AFFINITY: Struct = Struct::new("v1.NodeAffinity", &[
    omitempty("preferredDuringSchedulingIgnoredDuringExecution", List(&Struct(&PREFERRED_SCHEDULING_TERM))),
    omitempty("requiredDuringSchedulingIgnoredDuringExecution", Pointer(&Struct(&NODE_SELECTOR))),
]);

pub(super) static NODE_SELECTOR: Struct = Struct::new("v1.NodeSelector", &[
    always("nodeSelectorTerms", List(&Struct(&NODE_SELECTOR_TERM))),
]);

pub(super) static NODE_SELECTOR_REQUIREMENT: Struct = Struct::new("v1.NodeSelectorRequirement", &[
    always("key", Leaf(String)),
    always("operator", Leaf(String)),
    omitempty("values", List(&Leaf(String))),
]);

pub(super) static NODE_SELECTOR_TERM: Struct = Struct::new("v1.NodeSelectorTerm", &[
    omitempty("matchExpressions", List(&Struct(&NODE_SELECTOR_REQUIREMENT))),
    omitempty("matchFields", List(&Struct(&NODE_SELECTOR_REQUIREMENT))),
]);

pub(super) static OBJECT_FIELD_SELECTOR: Struct = Struct::new("v1.ObjectFieldSelector", &[
    omitempty("apiVersion", Leaf(String)),
    always("fieldPath", Leaf(String)),
]);

pub(super) static OBJECT_META: Struct = Struct::new("v1.ObjectMeta", &[
    omitempty("annotations", Map(&Leaf(String))),
    omitempty("creationTimestamp", Leaf(Time)),
    omitempty("deletionGracePeriodSeconds", Pointer(&Leaf(Int64))),
    omitempty("deletionTimestamp", Pointer(&Leaf(Time))),
    omitempty("finalizers", List(&Leaf(String))),
    omitempty("generateName", Leaf(String)),
    omitempty("generation", Leaf(Int64)),
    omitempty("labels", Map(&Leaf(String))),
    omitempty("managedFields", List(&Struct(&MANAGED_FIELDS_ENTRY))),
    omitempty("name", Leaf(String)),
    omitempty("namespace", Leaf(String)),
    omitempty("ownerReferences", List(&Struct(&OWNER_REFERENCE))),
    omitempty("resourceVersion", Leaf(String)),
    omitempty("selfLink", Leaf(String)),
    omitempty("uid", Leaf(String)),
]);

pub(super) static OWNER_REFERENCE: Struct = Struct::new("v1.OwnerReference", &[
    always("apiVersion", Leaf(String)),
    omitempty("blockOwnerDeletion", Pointer(&Leaf(Bool))),
    omitempty("controller", Pointer(&Leaf(Bool))),
    always("kind", Leaf(String)),
    always("name", Leaf(String)),
    always("uid", Leaf(String)),
]);

pub(super) static PERSISTENT_VOLUME_CLAIM_SPEC: Struct = Struct::new("v1.PersistentVolumeClaimSpec", &[
    omitempty("accessModes", List(&Leaf(String))),
    omitempty("dataSource", Pointer(&Struct(&TYPED_LOCAL_OBJECT_REFERENCE))),
    omitempty("dataSourceRef", Pointer(&Struct(&TYPED_OBJECT_REFERENCE))),
    omitempty("resources", Struct(&VOLUME_RESOURCE_REQUIREMENTS)),
    omitempty("selector", Pointer(&Struct(&LABEL_SELECTOR))),
    omitempty("storageClassName", Pointer(&Leaf(String))),
    omitempty("volumeAttributesClassName", Pointer(&Leaf(String))),
    omitempty("volumeMode", Pointer(&Leaf(String))),
    omitempty("volumeName", Leaf(String)),
]);

pub(super) static PERSISTENT_VOLUME_CLAIM_TEMPLATE: Struct = Struct::new("v1.PersistentVolumeClaimTemplate", &[
    omitempty("metadata", Struct(&OBJECT_META)),
    always("spec", Struct(&PERSISTENT_VOLUME_CLAIM_SPEC)),
]);

pub(super) static PERSISTENT_VOLUME_CLAIM_VOLUME_SOURCE: Struct = Struct::new("v1.PersistentVolumeClaimVolumeSource", &[
    always("claimName", Leaf(String)),
    omitempty("readOnly", Leaf(Bool)),
]);

pub(super) static PHOTON_PERSISTENT_DISK_VOLUME_SOURCE: Struct = Struct::new("v1.PhotonPersistentDiskVolumeSource", &[
    omitempty("fsType", Leaf(String)),
    always("pdID", Leaf(String)),
]);

pub(super) static POD_AFFINITY: Struct = Struct::new("v1.PodAffinity", &[
    omitempty("preferredDuringSchedulingIgnoredDuringExecution", List(&Struct(&WEIGHTED_POD_AFFINITY_TERM))),
    omitempty("requiredDuringSchedulingIgnoredDuringExecution", List(&Struct(&POD_AFFINITY_TERM))),
]);

pub(super) static POD_AFFINITY_TERM: Struct = Struct::new("v1.PodAffinityTerm", &[
    omitempty("labelSelector", Pointer(&Struct(&LABEL_SELECTOR))),
    omitempty("matchLabelKeys", List(&Leaf(String))),
    omitempty("mismatchLabelKeys", List(&Leaf(String))),
    omitempty("namespaceSelector", Pointer(&Struct(&LABEL_SELECTOR))),
    omitempty("namespaces", List(&Leaf(String))),
    always("topologyKey", Leaf(String)),
]);

pub(super) static POD_ANTI_AFFINITY: Struct = Struct::new("v1.PodAntiAffinity", &[
    omitempty("preferredDuringSchedulingIgnoredDuringExecution", List(&Struct(&WEIGHTED_POD_AFFINITY_TERM))),
    omitempty("requiredDuringSchedulingIgnoredDuringExecution", List(&Struct(&POD_AFFINITY_TERM))),
]);

pub(super) static POD_CERTIFICATE_PROJECTION: Struct = Struct::new("v1.PodCertificateProjection", &[
    omitempty("certificateChainPath", Leaf(String)),
    omitempty("credentialBundlePath", Leaf(String)),
    omitempty("keyPath", Leaf(String)),
    omitempty("keyType", Leaf(String)),
    omitempty("maxExpirationSeconds", Pointer(&Leaf(Int32))),
    omitempty("signerName", Leaf(String)),
    omitempty("userAnnotations", Map(&Leaf(String))),
]);

pub(super) static POD_DNS_CONFIG: Struct = Struct::new("v1.PodDNSConfig", &[
    omitempty("nameservers", List(&Leaf(String))),
    omitempty("options", List(&Struct(&POD_DNS_CONFIG_OPTION))),
    omitempty("searches", List(&Leaf(String))),
]);

pub(super) static POD_DNS_CONFIG_OPTION: Struct = Struct::new("v1.PodDNSConfigOption", &[
    omitempty("name", Leaf(String)),
    omitempty("value", Pointer(&Leaf(String))),
]);

pub(super) static POD_OS: Struct = Struct::new("v1.PodOS", &[
    always("name", Leaf(String)),
]);

pub(super) static POD_READINESS_GATE: Struct = Struct::new("v1.PodReadinessGate", &[
    always("conditionType", Leaf(String)),
]);

pub(super) static POD_RESOURCE_CLAIM: Struct = Struct::new("v1.PodResourceClaim", &[
    always("name", Leaf(String)),
    omitempty("resourceClaimName", Pointer(&Leaf(String))),
    omitempty("resourceClaimTemplateName", Pointer(&Leaf(String))),
]);

pub(super) static POD_SCHEDULING_GATE: Struct = Struct::new("v1.PodSchedulingGate", &[
    always("name", Leaf(String)),
]);

pub(super) static POD_SECURITY_CONTEXT: Struct = Struct::new("v1.PodSecurityContext", &[
    omitempty("appArmorProfile", Pointer(&Struct(&APP_ARMOR_PROFILE))),
    omitempty("fsGroup", Pointer(&Leaf(Int64))),
    omitempty("fsGroupChangePolicy", Pointer(&Leaf(String))),
    omitempty("runAsGroup", Pointer(&Leaf(Int64))),
    omitempty("runAsNonRoot", Pointer(&Leaf(Bool))),
    omitempty("runAsUser", Pointer(&Leaf(Int64))),
    omitempty("seLinuxChangePolicy", Pointer(&Leaf(String))),
    omitempty("seLinuxOptions", Pointer(&Struct(&SE_LINUX_OPTIONS))),
    omitempty("seccompProfile", Pointer(&Struct(&SECCOMP_PROFILE))),
    omitempty("supplementalGroups", List(&Leaf(Int64))),
    omitempty("supplementalGroupsPolicy", Pointer(&Leaf(String))),
    omitempty("sysctls", List(&Struct(&SYSCTL))),
    omitempty("windowsOptions", Pointer(&Struct(&WINDOWS_SECURITY_CONTEXT_OPTIONS))),
]);

pub(super) static POD_SPEC: Struct = Struct::new("v1.PodSpec", &[
    omitempty("activeDeadlineSeconds", Pointer(&Leaf(Int64))),
    omitempty("affinity", Pointer(&Struct(&AFFINITY))),
    omitempty("automountServiceAccountToken", Pointer(&Leaf(Bool))),
    always("containers", List(&Struct(&CONTAINER))),
    omitempty("dnsConfig", Pointer(&Struct(&POD_DNS_CONFIG))),
    omitempty("dnsPolicy", Leaf(String)),
    omitempty("enableServiceLinks", Pointer(&Leaf(Bool))),
    omitempty("ephemeralContainers", List(&Struct(&EPHEMERAL_CONTAINER))),
    omitempty("hostAliases", List(&Struct(&HOST_ALIAS))),
    omitempty("hostIPC", Leaf(Bool)),
    omitempty("hostNetwork", Leaf(Bool)),
    omitempty("hostPID", Leaf(Bool)),
    omitempty("hostUsers", Pointer(&Leaf(Bool))),
    omitempty("hostname", Leaf(String)),
    omitempty("hostnameOverride", Pointer(&Leaf(String))),
    omitempty("imagePullSecrets", List(&Struct(&LOCAL_OBJECT_REFERENCE))),
    omitempty("initContainers", List(&Struct(&CONTAINER))),
    omitempty("nodeName", Leaf(String)),
    omitempty("nodeSelector", Map(&Leaf(String))),
    omitempty("os", Pointer(&Struct(&POD_OS))),
    omitempty("overhead", Map(&Leaf(Quantity))),
    omitempty("preemptionPolicy", Pointer(&Leaf(String))),
    omitempty("priority", Pointer(&Leaf(Int32))),
    omitempty("priorityClassName", Leaf(String)),
    omitempty("readinessGates", List(&Struct(&POD_READINESS_GATE))),
    omitempty("resourceClaims", List(&Struct(&POD_RESOURCE_CLAIM))),
    omitempty("resources", Pointer(&Struct(&RESOURCE_REQUIREMENTS))),
    omitempty("restartPolicy", Leaf(String)),
    omitempty("runtimeClassName", Pointer(&Leaf(String))),
    omitempty("schedulerName", Leaf(String)),
    omitempty("schedulingGates", List(&Struct(&POD_SCHEDULING_GATE))),
    omitempty("securityContext", Pointer(&Struct(&POD_SECURITY_CONTEXT))),
    omitempty("serviceAccount", Leaf(String)),
    omitempty("serviceAccountName", Leaf(String)),
    omitempty("setHostnameAsFQDN", Pointer(&Leaf(Bool))),
    omitempty("shareProcessNamespace", Pointer(&Leaf(Bool))),
    omitempty("subdomain", Leaf(String)),
    omitempty("terminationGracePeriodSeconds", Pointer(&Leaf(Int64))),
    omitempty("tolerations", List(&Struct(&TOLERATION))),
    omitempty("topologySpreadConstraints", List(&Struct(&TOPOLOGY_SPREAD_CONSTRAINT))),
    omitempty("volumes", List(&Struct(&VOLUME))),
    omitempty("workloadRef", Pointer(&Struct(&WORKLOAD_REFERENCE))),
]);

pub(super) static POD_TEMPLATE_SPEC: Struct = Struct::new("v1.PodTemplateSpec", &[
    omitempty("metadata", Struct(&OBJECT_META)),
    omitempty("spec", Struct(&POD_SPEC)),
]);

pub(super) static PORTWORX_VOLUME_SOURCE: Struct = Struct::new("v1.PortworxVolumeSource", &[
    omitempty("fsType", Leaf(String)),
    omitempty("readOnly", Leaf(Bool)),
    always("volumeID", Leaf(String)),
]);

pub(super) static PORT_STATUS: Struct = Struct::new("v1.PortStatus", &[
    omitempty("error", Pointer(&Leaf(String))),
    always("port", Leaf(Int32)),
    always("protocol", Leaf(String)),
]);

pub(super) static PREFERRED_SCHEDULING_TERM: Struct = Struct::new("v1.PreferredSchedulingTerm", &[
    always("preference", Struct(&NODE_SELECTOR_TERM)),
    always("weight", Leaf(Int32)),
]);

pub(super) static PROBE: Struct = Struct::new("v1.Probe", &[
    omitempty("exec", Pointer(&Struct(&EXEC_ACTION))),
    omitempty("failureThreshold", Leaf(Int32)),
    omitempty("grpc", Pointer(&Struct(&GRPC_ACTION))),
    omitempty("httpGet", Pointer(&Struct(&HTTP_GET_ACTION))),
    omitempty("initialDelaySeconds", Leaf(Int32)),
    omitempty("periodSeconds", Leaf(Int32)),
    omitempty("successThreshold", Leaf(Int32)),
    omitempty("tcpSocket", Pointer(&Struct(&TCP_SOCKET_ACTION))),
    omitempty("terminationGracePeriodSeconds", Pointer(&Leaf(Int64))),
    omitempty("timeoutSeconds", Leaf(Int32)),
]);

pub(super) static PROJECTED_VOLUME_SOURCE: Struct = Struct::new("v1.ProjectedVolumeSource", &[
    omitempty("defaultMode", Pointer(&Leaf(Int32))),
    always("sources", List(&Struct(&VOLUME_PROJECTION))),
]);

pub(super) static QUOBYTE_VOLUME_SOURCE: Struct = Struct::new("v1.QuobyteVolumeSource", &[
    omitempty("group", Leaf(String)),
    omitempty("readOnly", Leaf(Bool)),
    always("registry", Leaf(String)),
    omitempty("tenant", Leaf(String)),
    omitempty("user", Leaf(String)),
    always("volume", Leaf(String)),
]);

pub(super) static RAY_CLUSTER_SPEC: Struct = Struct::new("v1.RayClusterSpec", &[
    omitempty("authOptions", Pointer(&Struct(&AUTH_OPTIONS))),
    omitempty("autoscalerOptions", Pointer(&Struct(&AUTOSCALER_OPTIONS))),
    omitempty("enableInTreeAutoscaling", Pointer(&Leaf(Bool))),
    omitempty("gcsFaultToleranceOptions", Pointer(&Struct(&GCS_FAULT_TOLERANCE_OPTIONS))),
    always("headGroupSpec", Struct(&HEAD_GROUP_SPEC)),
    omitempty("headServiceAnnotations", Map(&Leaf(String))),
    omitempty("managedBy", Pointer(&Leaf(String))),
    omitempty("rayVersion", Leaf(String)),
    omitempty("suspend", Pointer(&Leaf(Bool))),
    omitempty("upgradeStrategy", Pointer(&Struct(&RAY_CLUSTER_UPGRADE_STRATEGY))),
    omitempty("workerGroupSpecs", List(&Struct(&WORKER_GROUP_SPEC))),
]);

pub(super) static RAY_CLUSTER_STATUS: Struct = Struct::new("v1.RayClusterStatus", &[
    omitempty("availableWorkerReplicas", Leaf(Int32)),
    omitempty("conditions", List(&Struct(&CONDITION))),
    omitempty("desiredCPU", Leaf(Quantity)),
    omitempty("desiredGPU", Leaf(Quantity)),
    omitempty("desiredMemory", Leaf(Quantity)),
    omitempty("desiredTPU", Leaf(Quantity)),
    omitempty("desiredWorkerReplicas", Leaf(Int32)),
    omitempty("endpoints", Map(&Leaf(String))),
    omitempty("head", Struct(&HEAD_INFO)),
    omitempty("lastUpdateTime", Pointer(&Leaf(Time))),
    omitempty("maxWorkerReplicas", Leaf(Int32)),
    omitempty("minWorkerReplicas", Leaf(Int32)),
    omitempty("observedGeneration", Leaf(Int64)),
    omitempty("readyWorkerReplicas", Leaf(Int32)),
    omitempty("reason", Leaf(String)),
    omitempty("state", Leaf(String)),
    omitempty("stateTransitionTimes", Map(&Pointer(&Leaf(Time)))),
]);

pub(super) static RAY_CLUSTER_UPGRADE_STRATEGY: Struct = Struct::new("v1.RayClusterUpgradeStrategy", &[
    omitempty("type", Pointer(&Leaf(String))),
]);

pub(super) static RAY_JOB: Struct = Struct::new("v1.RayJob", &[
    omitempty("apiVersion", Leaf(String)),
    omitempty("kind", Leaf(String)),
    omitempty("metadata", Struct(&OBJECT_META)),
    omitempty("spec", Struct(&RAY_JOB_SPEC)),
    omitempty("status", Struct(&RAY_JOB_STATUS)),
]);

pub(super) static RAY_JOB_SPEC: Struct = Struct::new("v1.RayJobSpec", &[
    omitempty("activeDeadlineSeconds", Pointer(&Leaf(Int32))),
    omitempty("backoffLimit", Pointer(&Leaf(Int32))),
    omitempty("clusterSelector", Map(&Leaf(String))),
    omitempty("deletionStrategy", Pointer(&Struct(&DELETION_STRATEGY))),
    omitempty("entrypoint", Leaf(String)),
    omitempty("entrypointNumCpus", Leaf(Float32)),
    omitempty("entrypointNumGpus", Leaf(Float32)),
    omitempty("entrypointResources", Leaf(String)),
    omitempty("jobId", Leaf(String)),
    omitempty("managedBy", Pointer(&Leaf(String))),
    omitempty("metadata", Map(&Leaf(String))),
    omitempty("preRunningDeadlineSeconds", Pointer(&Leaf(Int32))),
    omitempty("rayClusterSpec", Pointer(&Struct(&RAY_CLUSTER_SPEC))),
    omitempty("runtimeEnvYAML", Leaf(String)),
    omitempty("shutdownAfterJobFinishes", Leaf(Bool)),
    omitempty("submissionMode", Leaf(String)),
    omitempty("submitterConfig", Pointer(&Struct(&SUBMITTER_CONFIG))),
    omitempty("submitterPodTemplate", Pointer(&Struct(&POD_TEMPLATE_SPEC))),
    omitempty("suspend", Leaf(Bool)),
    omitempty("ttlSecondsAfterFinished", Leaf(Int32)),
]);

pub(super) static RAY_JOB_STATUS: Struct = Struct::new("v1.RayJobStatus", &[
    omitempty("dashboardURL", Leaf(String)),
    omitempty("endTime", Pointer(&Leaf(Time))),
    omitempty("failed", Pointer(&Leaf(Int32))),
    omitempty("jobDeploymentStatus", Leaf(String)),
    omitempty("jobId", Leaf(String)),
    omitempty("jobStatus", Leaf(String)),
    omitempty("message", Leaf(String)),
    omitempty("observedGeneration", Leaf(Int64)),
    omitempty("rayClusterName", Leaf(String)),
    omitempty("rayClusterStatus", Struct(&RAY_CLUSTER_STATUS)),
    omitempty("rayJobInfo", Struct(&RAY_JOB_STATUS_INFO)),
    omitempty("reason", Leaf(String)),
    omitempty("startTime", Pointer(&Leaf(Time))),
    omitempty("succeeded", Pointer(&Leaf(Int32))),
]);

pub(super) static RAY_JOB_STATUS_INFO: Struct = Struct::new("v1.RayJobStatusInfo", &[
    omitempty("endTime", Pointer(&Leaf(Time))),
    omitempty("startTime", Pointer(&Leaf(Time))),
]);

pub(super) static RBD_VOLUME_SOURCE: Struct = Struct::new("v1.RBDVolumeSource", &[
    omitempty("fsType", Leaf(String)),
    always("image", Leaf(String)),
    omitempty("keyring", Leaf(String)),
    always("monitors", List(&Leaf(String))),
    omitempty("pool", Leaf(String)),
    omitempty("readOnly", Leaf(Bool)),
    omitempty("secretRef", Pointer(&Struct(&LOCAL_OBJECT_REFERENCE))),
    omitempty("user", Leaf(String)),
]);

pub(super) static REDIS_CREDENTIAL: Struct = Struct::new("v1.RedisCredential", &[
    omitempty("value", Leaf(String)),
    omitempty("valueFrom", Pointer(&Struct(&ENV_VAR_SOURCE))),
]);

pub(super) static RESOURCE_CLAIM: Struct = Struct::new("v1.ResourceClaim", &[
    always("name", Leaf(String)),
    omitempty("request", Leaf(String)),
]);

pub(super) static RESOURCE_FIELD_SELECTOR: Struct = Struct::new("v1.ResourceFieldSelector", &[
    omitempty("containerName", Leaf(String)),
    omitempty("divisor", Leaf(Quantity)),
    always("resource", Leaf(String)),
]);

pub(super) static RESOURCE_REQUIREMENTS: Struct = Struct::new("v1.ResourceRequirements", &[
    omitempty("claims", List(&Struct(&RESOURCE_CLAIM))),
    omitempty("limits", Map(&Leaf(Quantity))),
    omitempty("requests", Map(&Leaf(Quantity))),
]);

pub(super) static SCALE_IO_VOLUME_SOURCE: Struct = Struct::new("v1.ScaleIOVolumeSource", &[
    omitempty("fsType", Leaf(String)),
    always("gateway", Leaf(String)),
    omitempty("protectionDomain", Leaf(String)),
    omitempty("readOnly", Leaf(Bool)),
    always("secretRef", Pointer(&Struct(&LOCAL_OBJECT_REFERENCE))),
    omitempty("sslEnabled", Leaf(Bool)),
    omitempty("storageMode", Leaf(String)),
    omitempty("storagePool", Leaf(String)),
    always("system", Leaf(String)),
    omitempty("volumeName", Leaf(String)),
]);

pub(super) static SCALE_STRATEGY: Struct = Struct::new("v1.ScaleStrategy", &[
    omitempty("workersToDelete", List(&Leaf(String))),
]);

pub(super) static SECCOMP_PROFILE: Struct = Struct::new("v1.SeccompProfile", &[
    omitempty("localhostProfile", Pointer(&Leaf(String))),
    always("type", Leaf(String)),
]);

pub(super) static SECRET_ENV_SOURCE: Struct = Struct::new("v1.SecretEnvSource", &[
    omitempty("name", Leaf(String)),
    omitempty("optional", Pointer(&Leaf(Bool))),
]);

pub(super) static SECRET_KEY_SELECTOR: Struct = Struct::new("v1.SecretKeySelector", &[
    always("key", Leaf(String)),
    omitempty("name", Leaf(String)),
    omitempty("optional", Pointer(&Leaf(Bool))),
]);

pub(super) static SECRET_PROJECTION: Struct = Struct::new("v1.SecretProjection", &[
    omitempty("items", List(&Struct(&KEY_TO_PATH))),
    omitempty("name", Leaf(String)),
    omitempty("optional", Pointer(&Leaf(Bool))),
]);

pub(super) static SECRET_VOLUME_SOURCE: Struct = Struct::new("v1.SecretVolumeSource", &[
    omitempty("defaultMode", Pointer(&Leaf(Int32))),
    omitempty("items", List(&Struct(&KEY_TO_PATH))),
    omitempty("optional", Pointer(&Leaf(Bool))),
    omitempty("secretName", Leaf(String)),
]);

pub(super) static SECURITY_CONTEXT: Struct = Struct::new("v1.SecurityContext", &[
    omitempty("allowPrivilegeEscalation", Pointer(&Leaf(Bool))),
    omitempty("appArmorProfile", Pointer(&Struct(&APP_ARMOR_PROFILE))),
    omitempty("capabilities", Pointer(&Struct(&CAPABILITIES))),
    omitempty("privileged", Pointer(&Leaf(Bool))),
    omitempty("procMount", Pointer(&Leaf(String))),
    omitempty("readOnlyRootFilesystem", Pointer(&Leaf(Bool))),
    omitempty("runAsGroup", Pointer(&Leaf(Int64))),
    omitempty("runAsNonRoot", Pointer(&Leaf(Bool))),
    omitempty("runAsUser", Pointer(&Leaf(Int64))),
    omitempty("seLinuxOptions", Pointer(&Struct(&SE_LINUX_OPTIONS))),
    omitempty("seccompProfile", Pointer(&Struct(&SECCOMP_PROFILE))),
    omitempty("windowsOptions", Pointer(&Struct(&WINDOWS_SECURITY_CONTEXT_OPTIONS))),
]);

pub(super) static SERVICE: Struct = Struct::new("v1.Service", &[
    omitempty("apiVersion", Leaf(String)),
    omitempty("kind", Leaf(String)),
    omitempty("metadata", Struct(&OBJECT_META)),
    omitempty("spec", Struct(&SERVICE_SPEC)),
    omitempty("status", Struct(&SERVICE_STATUS)),
]);

pub(super) static SERVICE_ACCOUNT_TOKEN_PROJECTION: Struct = Struct::new("v1.ServiceAccountTokenProjection", &[
    omitempty("audience", Leaf(String)),
    omitempty("expirationSeconds", Pointer(&Leaf(Int64))),
    always("path", Leaf(String)),
]);

pub(super) static SERVICE_PORT: Struct = Struct::new("v1.ServicePort", &[
    omitempty("appProtocol", Pointer(&Leaf(String))),
    omitempty("name", Leaf(String)),
    omitempty("nodePort", Leaf(Int32)),
    always("port", Leaf(Int32)),
    omitempty("protocol", Leaf(String)),
    omitempty("targetPort", Leaf(IntOrString)),
]);

pub(super) static SERVICE_SPEC: Struct = Struct::new("v1.ServiceSpec", &[
    omitempty("allocateLoadBalancerNodePorts", Pointer(&Leaf(Bool))),
    omitempty("clusterIP", Leaf(String)),
    omitempty("clusterIPs", List(&Leaf(String))),
    omitempty("externalIPs", List(&Leaf(String))),
    omitempty("externalName", Leaf(String)),
    omitempty("externalTrafficPolicy", Leaf(String)),
    omitempty("healthCheckNodePort", Leaf(Int32)),
    omitempty("internalTrafficPolicy", Pointer(&Leaf(String))),
    omitempty("ipFamilies", List(&Leaf(String))),
    omitempty("ipFamilyPolicy", Pointer(&Leaf(String))),
    omitempty("loadBalancerClass", Pointer(&Leaf(String))),
    omitempty("loadBalancerIP", Leaf(String)),
    omitempty("loadBalancerSourceRanges", List(&Leaf(String))),
    omitempty("ports", List(&Struct(&SERVICE_PORT))),
    omitempty("publishNotReadyAddresses", Leaf(Bool)),
    omitempty("selector", Map(&Leaf(String))),
    omitempty("sessionAffinity", Leaf(String)),
    omitempty("sessionAffinityConfig", Pointer(&Struct(&SESSION_AFFINITY_CONFIG))),
    omitempty("trafficDistribution", Pointer(&Leaf(String))),
    omitempty("type", Leaf(String)),
]);

pub(super) static SERVICE_STATUS: Struct = Struct::new("v1.ServiceStatus", &[
    omitempty("conditions", List(&Struct(&CONDITION))),
    omitempty("loadBalancer", Struct(&LOAD_BALANCER_STATUS)),
]);

pub(super) static SESSION_AFFINITY_CONFIG: Struct = Struct::new("v1.SessionAffinityConfig", &[
    omitempty("clientIP", Pointer(&Struct(&CLIENT_IP_CONFIG))),
]);

pub(super) static SE_LINUX_OPTIONS: Struct = Struct::new("v1.SELinuxOptions", &[
    omitempty("level", Leaf(String)),
    omitempty("role", Leaf(String)),
    omitempty("type", Leaf(String)),
    omitempty("user", Leaf(String)),
]);

pub(super) static SLEEP_ACTION: Struct = Struct::new("v1.SleepAction", &[
    always("seconds", Leaf(Int64)),
]);

pub(super) static STORAGE_OS_VOLUME_SOURCE: Struct = Struct::new("v1.StorageOSVolumeSource", &[
    omitempty("fsType", Leaf(String)),
    omitempty("readOnly", Leaf(Bool)),
    omitempty("secretRef", Pointer(&Struct(&LOCAL_OBJECT_REFERENCE))),
    omitempty("volumeName", Leaf(String)),
    omitempty("volumeNamespace", Leaf(String)),
]);

pub(super) static SUBMITTER_CONFIG: Struct = Struct::new("v1.SubmitterConfig", &[
    omitempty("backoffLimit", Pointer(&Leaf(Int32))),
]);

pub(super) static SYSCTL: Struct = Struct::new("v1.Sysctl", &[
    always("name", Leaf(String)),
    always("value", Leaf(String)),
]);

pub(super) static TCP_SOCKET_ACTION: Struct = Struct::new("v1.TCPSocketAction", &[
    omitempty("host", Leaf(String)),
    always("port", Leaf(IntOrString)),
]);

pub(super) static TOLERATION: Struct = Struct::new("v1.Toleration", &[
    omitempty("effect", Leaf(String)),
    omitempty("key", Leaf(String)),
    omitempty("operator", Leaf(String)),
    omitempty("tolerationSeconds", Pointer(&Leaf(Int64))),
    omitempty("value", Leaf(String)),
]);

pub(super) static TOPOLOGY_SPREAD_CONSTRAINT: Struct = Struct::new("v1.TopologySpreadConstraint", &[
    omitempty("labelSelector", Pointer(&Struct(&LABEL_SELECTOR))),
    omitempty("matchLabelKeys", List(&Leaf(String))),
    always("maxSkew", Leaf(Int32)),
    omitempty("minDomains", Pointer(&Leaf(Int32))),
    omitempty("nodeAffinityPolicy", Pointer(&Leaf(String))),
    omitempty("nodeTaintsPolicy", Pointer(&Leaf(String))),
    always("topologyKey", Leaf(String)),
    always("whenUnsatisfiable", Leaf(String)),
]);

pub(super) static TYPED_LOCAL_OBJECT_REFERENCE: Struct = Struct::new("v1.TypedLocalObjectReference", &[
    always("apiGroup", Pointer(&Leaf(String))),
    always("kind", Leaf(String)),
    always("name", Leaf(String)),
]);

pub(super) static TYPED_OBJECT_REFERENCE: Struct = Struct::new("v1.TypedObjectReference", &[
    always("apiGroup", Pointer(&Leaf(String))),
    always("kind", Leaf(String)),
    always("name", Leaf(String)),
    omitempty("namespace", Pointer(&Leaf(String))),
]);

pub(super) static VOLUME: Struct = Struct::new("v1.Volume", &[
    omitempty("awsElasticBlockStore", Pointer(&Struct(&AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE))),
    omitempty("azureDisk", Pointer(&Struct(&AZURE_DISK_VOLUME_SOURCE))),
    omitempty("azureFile", Pointer(&Struct(&AZURE_FILE_VOLUME_SOURCE))),
    omitempty("cephfs", Pointer(&Struct(&CEPH_FS_VOLUME_SOURCE))),
    omitempty("cinder", Pointer(&Struct(&CINDER_VOLUME_SOURCE))),
    omitempty("configMap", Pointer(&Struct(&CONFIG_MAP_VOLUME_SOURCE))),
    omitempty("csi", Pointer(&Struct(&CSI_VOLUME_SOURCE))),
    omitempty("downwardAPI", Pointer(&Struct(&DOWNWARD_API_VOLUME_SOURCE))),
    omitempty("emptyDir", Pointer(&Struct(&EMPTY_DIR_VOLUME_SOURCE))),
    omitempty("ephemeral", Pointer(&Struct(&EPHEMERAL_VOLUME_SOURCE))),
    omitempty("fc", Pointer(&Struct(&FC_VOLUME_SOURCE))),
    omitempty("flexVolume", Pointer(&Struct(&FLEX_VOLUME_SOURCE))),
    omitempty("flocker", Pointer(&Struct(&FLOCKER_VOLUME_SOURCE))),
    omitempty("gcePersistentDisk", Pointer(&Struct(&GCE_PERSISTENT_DISK_VOLUME_SOURCE))),
    omitempty("gitRepo", Pointer(&Struct(&GIT_REPO_VOLUME_SOURCE))),
    omitempty("glusterfs", Pointer(&Struct(&GLUSTERFS_VOLUME_SOURCE))),
    omitempty("hostPath", Pointer(&Struct(&HOST_PATH_VOLUME_SOURCE))),
    omitempty("image", Pointer(&Struct(&IMAGE_VOLUME_SOURCE))),
    omitempty("iscsi", Pointer(&Struct(&ISCSI_VOLUME_SOURCE))),
    always("name", Leaf(String)),
    omitempty("nfs", Pointer(&Struct(&NFS_VOLUME_SOURCE))),
    omitempty("persistentVolumeClaim", Pointer(&Struct(&PERSISTENT_VOLUME_CLAIM_VOLUME_SOURCE))),
    omitempty("photonPersistentDisk", Pointer(&Struct(&PHOTON_PERSISTENT_DISK_VOLUME_SOURCE))),
    omitempty("portworxVolume", Pointer(&Struct(&PORTWORX_VOLUME_SOURCE))),
    omitempty("projected", Pointer(&Struct(&PROJECTED_VOLUME_SOURCE))),
    omitempty("quobyte", Pointer(&Struct(&QUOBYTE_VOLUME_SOURCE))),
    omitempty("rbd", Pointer(&Struct(&RBD_VOLUME_SOURCE))),
    omitempty("scaleIO", Pointer(&Struct(&SCALE_IO_VOLUME_SOURCE))),
    omitempty("secret", Pointer(&Struct(&SECRET_VOLUME_SOURCE))),
    omitempty("storageos", Pointer(&Struct(&STORAGE_OS_VOLUME_SOURCE))),
    omitempty("vsphereVolume", Pointer(&Struct(&VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE))),
]);

pub(super) static VOLUME_DEVICE: Struct = Struct::new("v1.VolumeDevice", &[
    always("devicePath", Leaf(String)),
    always("name", Leaf(String)),
]);

pub(super) static VOLUME_MOUNT: Struct = Struct::new("v1.VolumeMount", &[
    always("mountPath", Leaf(String)),
    omitempty("mountPropagation", Pointer(&Leaf(String))),
    always("name", Leaf(String)),
    omitempty("readOnly", Leaf(Bool)),
    omitempty("recursiveReadOnly", Pointer(&Leaf(String))),
    omitempty("subPath", Leaf(String)),
    omitempty("subPathExpr", Leaf(String)),
]);

pub(super) static VOLUME_PROJECTION: Struct = Struct::new("v1.VolumeProjection", &[
    omitempty("clusterTrustBundle", Pointer(&Struct(&CLUSTER_TRUST_BUNDLE_PROJECTION))),
    omitempty("configMap", Pointer(&Struct(&CONFIG_MAP_PROJECTION))),
    omitempty("downwardAPI", Pointer(&Struct(&DOWNWARD_API_PROJECTION))),
    omitempty("podCertificate", Pointer(&Struct(&POD_CERTIFICATE_PROJECTION))),
    omitempty("secret", Pointer(&Struct(&SECRET_PROJECTION))),
    omitempty("serviceAccountToken", Pointer(&Struct(&SERVICE_ACCOUNT_TOKEN_PROJECTION))),
]);

pub(super) static VOLUME_RESOURCE_REQUIREMENTS: Struct = Struct::new("v1.VolumeResourceRequirements", &[
    omitempty("limits", Map(&Leaf(Quantity))),
    omitempty("requests", Map(&Leaf(Quantity))),
]);

pub(super) static VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE: Struct = Struct::new("v1.VsphereVirtualDiskVolumeSource", &[
    omitempty("fsType", Leaf(String)),
    omitempty("storagePolicyID", Leaf(String)),
    omitempty("storagePolicyName", Leaf(String)),
    always("volumePath", Leaf(String)),
]);

pub(super) static WEIGHTED_POD_AFFINITY_TERM: Struct = Struct::new("v1.WeightedPodAffinityTerm", &[
    always("podAffinityTerm", Struct(&POD_AFFINITY_TERM)),
    always("weight", Leaf(Int32)),
]);

pub(super) static WINDOWS_SECURITY_CONTEXT_OPTIONS: Struct = Struct::new("v1.WindowsSecurityContextOptions", &[
    omitempty("gmsaCredentialSpec", Pointer(&Leaf(String))),
    omitempty("gmsaCredentialSpecName", Pointer(&Leaf(String))),
    omitempty("hostProcess", Pointer(&Leaf(Bool))),
    omitempty("runAsUserName", Pointer(&Leaf(String))),
]);

pub(super) static WORKER_GROUP_SPEC: Struct = Struct::new("v1.WorkerGroupSpec", &[
    always("groupName", Leaf(String)),
    omitempty("idleTimeoutSeconds", Pointer(&Leaf(Int32))),
    omitempty("labels", Map(&Leaf(String))),
    always("maxReplicas", Pointer(&Leaf(Int32))),
    always("minReplicas", Pointer(&Leaf(Int32))),
    omitempty("numOfHosts", Leaf(Int32)),
    always("rayStartParams", Map(&Leaf(String))),
    omitempty("replicas", Pointer(&Leaf(Int32))),
    omitempty("resources", Map(&Leaf(String))),
    omitempty("scaleStrategy", Struct(&SCALE_STRATEGY)),
    omitempty("suspend", Pointer(&Leaf(Bool))),
    always("template", Struct(&POD_TEMPLATE_SPEC)),
]);

pub(super) static WORKLOAD_REFERENCE: Struct = Struct::new("v1.WorkloadReference", &[
    always("name", Leaf(String)),
    always("podGroup", Leaf(String)),
    omitempty("podGroupReplicaKey", Leaf(String)),
]);

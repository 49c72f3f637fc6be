//! The Go types behind the objects of KubeRay v1.3.2, v1.4.2, v1.5.1, v1.6.0, v1.7.0, in one table.
//!
//! Generated: `UPDATE=1 cargo test -p raygate-core --test go_types` writes it. Do not edit.

#![allow(clippy::enum_glob_use, reason = "a row reads like the Go field it stands for")]

use super::ApiVersion::*;
use super::Keyword::*;
use super::Leaf::*;
use super::Scalar::*;
use super::Type::*;
use super::{Struct, field};
use crate::kuberay::KubeRayVersion::*;

pub(super) static AFFINITY: Struct = Struct::new("v1.Affinity", &[
    field("nodeAffinity", Pointer(&Struct(&NODE_AFFINITY))),
    field("podAffinity", Pointer(&Struct(&POD_AFFINITY))),
    field("podAntiAffinity", Pointer(&Struct(&POD_ANTI_AFFINITY))),
]);

pub(super) static APP_ARMOR_PROFILE: Struct = Struct::new("v1.AppArmorProfile", &[
    field("localhostProfile", Pointer(&Leaf(String))),
    field("type", Leaf(String)).says(&[Required]),
]);

pub(super) static APP_STATUS: Struct = Struct::new("v1.AppStatus", &[
    field("message", Leaf(String)),
    field("serveDeploymentStatuses", Map(&Struct(&SERVE_DEPLOYMENT_STATUS))),
    field("status", Leaf(String)),
]);

pub(super) static AUTH_OPTIONS: Struct = Struct::new("v1.AuthOptions", &[
    field("enableK8sTokenAuth", Pointer(&Leaf(Bool))).added_in(V1_6),
    field("mode", Leaf(String)).says(&[OneOf(&["disabled", "token"])]),
    field("secretName", Pointer(&Leaf(String))).added_in(V1_6),
]);

pub(super) static AUTOSCALER_OPTIONS: Struct = Struct::new("v1.AutoscalerOptions", &[
    field("args", List(&Leaf(String))).says(&[OnlyIn(V1)]).added_in(V1_7),
    field("command", List(&Leaf(String))).says(&[OnlyIn(V1)]).added_in(V1_7),
    field("env", List(&Struct(&ENV_VAR))),
    field("envFrom", List(&Struct(&ENV_FROM_SOURCE))),
    field("idleTimeoutSeconds", Pointer(&Leaf(Int32))),
    field("image", Pointer(&Leaf(String))),
    field("imagePullPolicy", Pointer(&Leaf(String))),
    field("resources", Pointer(&Struct(&RESOURCE_REQUIREMENTS))),
    field("securityContext", Pointer(&Struct(&SECURITY_CONTEXT))),
    field("upscalingMode", Pointer(&Leaf(String))).says(&[OneOf(&["Default", "Aggressive", "Conservative"])]),
    field("version", Pointer(&Leaf(String))).says(&[OneOf(&["v1", "v2"]), OnlyIn(V1)]).added_in(V1_4),
    field("volumeMounts", List(&Struct(&VOLUME_MOUNT))),
]);

pub(super) static AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE: Struct = Struct::new("v1.AWSElasticBlockStoreVolumeSource", &[
    field("fsType", Leaf(String)),
    field("partition", Leaf(Int32)),
    field("readOnly", Leaf(Bool)),
    field("volumeID", Leaf(String)).says(&[Required]),
]);

pub(super) static AZURE_DISK_VOLUME_SOURCE: Struct = Struct::new("v1.AzureDiskVolumeSource", &[
    field("cachingMode", Pointer(&Leaf(String))),
    field("diskName", Leaf(String)).says(&[Required]),
    field("diskURI", Leaf(String)).says(&[Required]),
    field("fsType", Pointer(&Leaf(String))).says(&[DefaultsTo(Text("ext4"))]),
    field("kind", Pointer(&Leaf(String))),
    field("readOnly", Pointer(&Leaf(Bool))).says(&[DefaultsTo(Flag(false))]),
]);

pub(super) static AZURE_FILE_VOLUME_SOURCE: Struct = Struct::new("v1.AzureFileVolumeSource", &[
    field("readOnly", Leaf(Bool)),
    field("secretName", Leaf(String)).says(&[Required]),
    field("shareName", Leaf(String)).says(&[Required]),
]);

pub(super) static CAPABILITIES: Struct = Struct::new("v1.Capabilities", &[
    field("add", List(&Leaf(String))),
    field("drop", List(&Leaf(String))),
]);

pub(super) static CEPH_FS_VOLUME_SOURCE: Struct = Struct::new("v1.CephFSVolumeSource", &[
    field("monitors", List(&Leaf(String))).says(&[Required]),
    field("path", Leaf(String)),
    field("readOnly", Leaf(Bool)),
    field("secretFile", Leaf(String)),
    field("secretRef", Pointer(&Struct(&LOCAL_OBJECT_REFERENCE))),
    field("user", Leaf(String)),
]);

pub(super) static CINDER_VOLUME_SOURCE: Struct = Struct::new("v1.CinderVolumeSource", &[
    field("fsType", Leaf(String)),
    field("readOnly", Leaf(Bool)),
    field("secretRef", Pointer(&Struct(&LOCAL_OBJECT_REFERENCE))),
    field("volumeID", Leaf(String)).says(&[Required]),
]);

pub(super) static CLIENT_IP_CONFIG: Struct = Struct::new("v1.ClientIPConfig", &[
    field("timeoutSeconds", Pointer(&Leaf(Int32))),
]);

pub(super) static CLUSTER_TRUST_BUNDLE_PROJECTION: Struct = Struct::new("v1.ClusterTrustBundleProjection", &[
    field("labelSelector", Pointer(&Struct(&LABEL_SELECTOR))),
    field("name", Pointer(&Leaf(String))),
    field("optional", Pointer(&Leaf(Bool))),
    field("path", Leaf(String)).says(&[Required]),
    field("signerName", Pointer(&Leaf(String))),
]);

pub(super) static CLUSTER_UPGRADE_OPTIONS: Struct = Struct::new("v1.ClusterUpgradeOptions", &[
    field("gatewayClassName", Leaf(String)).says(&[Required]),
    field("intervalSeconds", Pointer(&Leaf(Int32))).says(&[Required]),
    field("maxSurgePercent", Pointer(&Leaf(Int32))).says(&[DefaultsTo(Number(100))]),
    field("stepSizePercent", Pointer(&Leaf(Int32))).says(&[Required]),
]);

pub(super) static COLLECTOR_OPTIONS: Struct = Struct::new("v1.CollectorOptions", &[
    field("env", List(&Struct(&ENV_VAR))),
    field("image", Pointer(&Leaf(String))),
    field("imagePullPolicy", Pointer(&Leaf(String))),
    field("resources", Pointer(&Struct(&RESOURCE_REQUIREMENTS))),
]);

pub(super) static CONDITION: Struct = Struct::new("v1.Condition", &[
    field("lastTransitionTime", Leaf(Time)),
    field("message", Leaf(String)),
    field("observedGeneration", Leaf(Int64)),
    field("reason", Leaf(String)),
    field("status", Leaf(String)),
    field("type", Leaf(String)),
]);

pub(super) static CONFIG_MAP_ENV_SOURCE: Struct = Struct::new("v1.ConfigMapEnvSource", &[
    field("name", Leaf(String)).says(&[DefaultsTo(Text(""))]),
    field("optional", Pointer(&Leaf(Bool))),
]);

pub(super) static CONFIG_MAP_KEY_SELECTOR: Struct = Struct::new("v1.ConfigMapKeySelector", &[
    field("key", Leaf(String)).says(&[Required]),
    field("name", Leaf(String)).says(&[DefaultsTo(Text(""))]),
    field("optional", Pointer(&Leaf(Bool))),
]);

pub(super) static CONFIG_MAP_PROJECTION: Struct = Struct::new("v1.ConfigMapProjection", &[
    field("items", List(&Struct(&KEY_TO_PATH))),
    field("name", Leaf(String)).says(&[DefaultsTo(Text(""))]),
    field("optional", Pointer(&Leaf(Bool))),
]);

pub(super) static CONFIG_MAP_VOLUME_SOURCE: Struct = Struct::new("v1.ConfigMapVolumeSource", &[
    field("defaultMode", Pointer(&Leaf(Int32))),
    field("items", List(&Struct(&KEY_TO_PATH))),
    field("name", Leaf(String)).says(&[DefaultsTo(Text(""))]),
    field("optional", Pointer(&Leaf(Bool))),
]);

pub(super) static CONTAINER: Struct = Struct::new("v1.Container", &[
    field("args", List(&Leaf(String))),
    field("command", List(&Leaf(String))),
    field("env", List(&Struct(&ENV_VAR))).says(&[KeyedBy(&["name"])]),
    field("envFrom", List(&Struct(&ENV_FROM_SOURCE))),
    field("image", Leaf(String)),
    field("imagePullPolicy", Leaf(String)),
    field("lifecycle", Pointer(&Struct(&LIFECYCLE))),
    field("livenessProbe", Pointer(&Struct(&PROBE))),
    field("name", Leaf(String)).says(&[Required]),
    field("ports", List(&Struct(&CONTAINER_PORT))).says(&[KeyedBy(&["containerPort", "protocol"])]),
    field("readinessProbe", Pointer(&Struct(&PROBE))),
    field("resizePolicy", List(&Struct(&CONTAINER_RESIZE_POLICY))),
    field("resources", Struct(&RESOURCE_REQUIREMENTS)),
    field("restartPolicy", Pointer(&Leaf(String))),
    field("restartPolicyRules", List(&Struct(&CONTAINER_RESTART_RULE))).added_in(V1_5),
    field("securityContext", Pointer(&Struct(&SECURITY_CONTEXT))),
    field("startupProbe", Pointer(&Struct(&PROBE))),
    field("stdin", Leaf(Bool)),
    field("stdinOnce", Leaf(Bool)),
    field("terminationMessagePath", Leaf(String)),
    field("terminationMessagePolicy", Leaf(String)),
    field("tty", Leaf(Bool)),
    field("volumeDevices", List(&Struct(&VOLUME_DEVICE))).says(&[KeyedBy(&["devicePath"])]),
    field("volumeMounts", List(&Struct(&VOLUME_MOUNT))).says(&[KeyedBy(&["mountPath"])]),
    field("workingDir", Leaf(String)),
]);

pub(super) static CONTAINER_PORT: Struct = Struct::new("v1.ContainerPort", &[
    field("containerPort", Leaf(Int32)).says(&[Required]),
    field("hostIP", Leaf(String)),
    field("hostPort", Leaf(Int32)),
    field("name", Leaf(String)),
    field("protocol", Leaf(String)).says(&[DefaultsTo(Text("TCP"))]),
]);

pub(super) static CONTAINER_RESIZE_POLICY: Struct = Struct::new("v1.ContainerResizePolicy", &[
    field("resourceName", Leaf(String)).says(&[Required]),
    field("restartPolicy", Leaf(String)).says(&[Required]),
]);

pub(super) static CONTAINER_RESTART_RULE: Struct = Struct::new("v1.ContainerRestartRule", &[
    field("action", Leaf(String)).says(&[Required]),
    field("exitCodes", Pointer(&Struct(&CONTAINER_RESTART_RULE_ON_EXIT_CODES))),
]);

pub(super) static CONTAINER_RESTART_RULE_ON_EXIT_CODES: Struct = Struct::new("v1.ContainerRestartRuleOnExitCodes", &[
    field("operator", Leaf(String)).says(&[Required]),
    field("values", List(&Leaf(Int32))).says(&[Set]),
]);

pub(super) static CSI_VOLUME_SOURCE: Struct = Struct::new("v1.CSIVolumeSource", &[
    field("driver", Leaf(String)).says(&[Required]),
    field("fsType", Pointer(&Leaf(String))),
    field("nodePublishSecretRef", Pointer(&Struct(&LOCAL_OBJECT_REFERENCE))),
    field("readOnly", Pointer(&Leaf(Bool))),
    field("volumeAttributes", Map(&Leaf(String))),
]);

pub(super) static DELETION_CONDITION: Struct = Struct::new("v1.DeletionCondition", &[
    field("jobDeploymentStatus", Pointer(&Leaf(String))).says(&[OneOf(&["Failed"])]).added_in(V1_6),
    field("jobStatus", Leaf(String)).says(&[Required, OneOf(&["SUCCEEDED", "FAILED"])]).removed_after(V1_5),
    field("jobStatus", Pointer(&Leaf(String))).says(&[OneOf(&["SUCCEEDED", "FAILED"])]).added_in(V1_6),
    field("ttlSeconds", Leaf(Int32)).says(&[DefaultsTo(Number(0)), Minimum(0)]),
]);

pub(super) static DELETION_POLICY: Struct = Struct::new("v1.DeletionPolicy", &[
    field("policy", Pointer(&Leaf(String))).says(&[OneOf(&["DeleteCluster", "DeleteWorkers", "DeleteSelf", "DeleteNone"])]),
]);

pub(super) static DELETION_RULE: Struct = Struct::new("v1.DeletionRule", &[
    field("condition", Struct(&DELETION_CONDITION)).says(&[Required]),
    field("policy", Leaf(String)).says(&[Required, OneOf(&["DeleteCluster", "DeleteWorkers", "DeleteSelf", "DeleteNone"])]),
]);

pub(super) static DELETION_STRATEGY: Struct = Struct::new("v1.DeletionStrategy", &[
    field("deletionRules", List(&Struct(&DELETION_RULE))).says(&[NotEmpty]),
    field("onFailure", Pointer(&Struct(&DELETION_POLICY))),
    field("onSuccess", Pointer(&Struct(&DELETION_POLICY))),
]);

pub(super) static DOWNWARD_API_PROJECTION: Struct = Struct::new("v1.DownwardAPIProjection", &[
    field("items", List(&Struct(&DOWNWARD_API_VOLUME_FILE))),
]);

pub(super) static DOWNWARD_API_VOLUME_FILE: Struct = Struct::new("v1.DownwardAPIVolumeFile", &[
    field("fieldRef", Pointer(&Struct(&OBJECT_FIELD_SELECTOR))),
    field("mode", Pointer(&Leaf(Int32))),
    field("path", Leaf(String)).says(&[Required]),
    field("resourceFieldRef", Pointer(&Struct(&RESOURCE_FIELD_SELECTOR))),
]);

pub(super) static DOWNWARD_API_VOLUME_SOURCE: Struct = Struct::new("v1.DownwardAPIVolumeSource", &[
    field("defaultMode", Pointer(&Leaf(Int32))),
    field("items", List(&Struct(&DOWNWARD_API_VOLUME_FILE))),
]);

pub(super) static EMPTY_DIR_VOLUME_SOURCE: Struct = Struct::new("v1.EmptyDirVolumeSource", &[
    field("medium", Leaf(String)),
    field("sizeLimit", Pointer(&Leaf(Quantity))),
]);

pub(super) static ENV_FROM_SOURCE: Struct = Struct::new("v1.EnvFromSource", &[
    field("configMapRef", Pointer(&Struct(&CONFIG_MAP_ENV_SOURCE))),
    field("prefix", Leaf(String)),
    field("secretRef", Pointer(&Struct(&SECRET_ENV_SOURCE))),
]);

pub(super) static ENV_VAR: Struct = Struct::new("v1.EnvVar", &[
    field("name", Leaf(String)).says(&[Required]),
    field("value", Leaf(String)),
    field("valueFrom", Pointer(&Struct(&ENV_VAR_SOURCE))),
]);

pub(super) static ENV_VAR_SOURCE: Struct = Struct::new("v1.EnvVarSource", &[
    field("configMapKeyRef", Pointer(&Struct(&CONFIG_MAP_KEY_SELECTOR))),
    field("fieldRef", Pointer(&Struct(&OBJECT_FIELD_SELECTOR))),
    field("fileKeyRef", Pointer(&Struct(&FILE_KEY_SELECTOR))).added_in(V1_5),
    field("resourceFieldRef", Pointer(&Struct(&RESOURCE_FIELD_SELECTOR))),
    field("secretKeyRef", Pointer(&Struct(&SECRET_KEY_SELECTOR))),
]);

pub(super) static EPHEMERAL_CONTAINER: Struct = Struct::new("v1.EphemeralContainer", &[
    field("args", List(&Leaf(String))),
    field("command", List(&Leaf(String))),
    field("env", List(&Struct(&ENV_VAR))).says(&[KeyedBy(&["name"])]),
    field("envFrom", List(&Struct(&ENV_FROM_SOURCE))),
    field("image", Leaf(String)),
    field("imagePullPolicy", Leaf(String)),
    field("lifecycle", Pointer(&Struct(&LIFECYCLE))),
    field("livenessProbe", Pointer(&Struct(&PROBE))),
    field("name", Leaf(String)).says(&[Required]),
    field("ports", List(&Struct(&CONTAINER_PORT))).says(&[KeyedBy(&["containerPort", "protocol"])]),
    field("readinessProbe", Pointer(&Struct(&PROBE))),
    field("resizePolicy", List(&Struct(&CONTAINER_RESIZE_POLICY))),
    field("resources", Struct(&RESOURCE_REQUIREMENTS)),
    field("restartPolicy", Pointer(&Leaf(String))),
    field("restartPolicyRules", List(&Struct(&CONTAINER_RESTART_RULE))).added_in(V1_5),
    field("securityContext", Pointer(&Struct(&SECURITY_CONTEXT))),
    field("startupProbe", Pointer(&Struct(&PROBE))),
    field("stdin", Leaf(Bool)),
    field("stdinOnce", Leaf(Bool)),
    field("targetContainerName", Leaf(String)),
    field("terminationMessagePath", Leaf(String)),
    field("terminationMessagePolicy", Leaf(String)),
    field("tty", Leaf(Bool)),
    field("volumeDevices", List(&Struct(&VOLUME_DEVICE))).says(&[KeyedBy(&["devicePath"])]),
    field("volumeMounts", List(&Struct(&VOLUME_MOUNT))).says(&[KeyedBy(&["mountPath"])]),
    field("workingDir", Leaf(String)),
]);

pub(super) static EPHEMERAL_VOLUME_SOURCE: Struct = Struct::new("v1.EphemeralVolumeSource", &[
    field("volumeClaimTemplate", Pointer(&Struct(&PERSISTENT_VOLUME_CLAIM_TEMPLATE))),
]);

pub(super) static EXEC_ACTION: Struct = Struct::new("v1.ExecAction", &[
    field("command", List(&Leaf(String))),
]);

pub(super) static FC_VOLUME_SOURCE: Struct = Struct::new("v1.FCVolumeSource", &[
    field("fsType", Leaf(String)),
    field("lun", Pointer(&Leaf(Int32))),
    field("readOnly", Leaf(Bool)),
    field("targetWWNs", List(&Leaf(String))),
    field("wwids", List(&Leaf(String))),
]);

pub(super) static FILE_KEY_SELECTOR: Struct = Struct::new("v1.FileKeySelector", &[
    field("key", Leaf(String)).says(&[Required]),
    field("optional", Pointer(&Leaf(Bool))).says(&[DefaultsTo(Flag(false))]),
    field("path", Leaf(String)).says(&[Required]),
    field("volumeName", Leaf(String)).says(&[Required]),
]);

pub(super) static FLEX_VOLUME_SOURCE: Struct = Struct::new("v1.FlexVolumeSource", &[
    field("driver", Leaf(String)).says(&[Required]),
    field("fsType", Leaf(String)),
    field("options", Map(&Leaf(String))),
    field("readOnly", Leaf(Bool)),
    field("secretRef", Pointer(&Struct(&LOCAL_OBJECT_REFERENCE))),
]);

pub(super) static FLOCKER_VOLUME_SOURCE: Struct = Struct::new("v1.FlockerVolumeSource", &[
    field("datasetName", Leaf(String)),
    field("datasetUUID", Leaf(String)),
]);

pub(super) static GCE_PERSISTENT_DISK_VOLUME_SOURCE: Struct = Struct::new("v1.GCEPersistentDiskVolumeSource", &[
    field("fsType", Leaf(String)),
    field("partition", Leaf(Int32)),
    field("pdName", Leaf(String)).says(&[Required]),
    field("readOnly", Leaf(Bool)),
]);

pub(super) static GCS_EMBEDDED_STORAGE: Struct = Struct::new("v1.GcsEmbeddedStorage", &[
    field("accessModes", List(&Leaf(String))),
    field("claimName", Leaf(String)),
    field("deletionPolicy", Pointer(&Leaf(String))).says(&[OneOf(&["DeleteWithCluster", "Retain"])]),
    field("size", Pointer(&Leaf(Quantity))),
    field("storageClassName", Pointer(&Leaf(String))),
    field("subPath", Leaf(String)),
]);

pub(super) static GCS_FAULT_TOLERANCE_OPTIONS: Struct = Struct::new("v1.GcsFaultToleranceOptions", &[
    field("backend", Leaf(String)).says(&[OneOf(&["redis", "rocksdb"])]).added_in(V1_7),
    field("externalStorageNamespace", Leaf(String)),
    field("redisAddress", Leaf(String)).says(&[Required]).removed_after(V1_6),
    field("redisAddress", Leaf(String)).added_in(V1_7),
    field("redisPassword", Pointer(&Struct(&REDIS_CREDENTIAL))),
    field("redisUsername", Pointer(&Struct(&REDIS_CREDENTIAL))),
    field("storage", Pointer(&Struct(&GCS_EMBEDDED_STORAGE))).added_in(V1_7),
]);

pub(super) static GIT_REPO_VOLUME_SOURCE: Struct = Struct::new("v1.GitRepoVolumeSource", &[
    field("directory", Leaf(String)),
    field("repository", Leaf(String)).says(&[Required]),
    field("revision", Leaf(String)),
]);

pub(super) static GLUSTERFS_VOLUME_SOURCE: Struct = Struct::new("v1.GlusterfsVolumeSource", &[
    field("endpoints", Leaf(String)).says(&[Required]),
    field("path", Leaf(String)).says(&[Required]),
    field("readOnly", Leaf(Bool)),
]);

pub(super) static GRPC_ACTION: Struct = Struct::new("v1.GRPCAction", &[
    field("port", Leaf(Int32)).says(&[Required]),
    field("service", Pointer(&Leaf(String))).says(&[DefaultsTo(Text(""))]),
]);

pub(super) static HEAD_GROUP_SPEC: Struct = Struct::new("v1.HeadGroupSpec", &[
    field("enableIngress", Pointer(&Leaf(Bool))),
    field("headService", Pointer(&Struct(&SERVICE))),
    field("ingressOptions", Pointer(&Struct(&INGRESS_OPTIONS))).says(&[OnlyIn(V1)]).added_in(V1_7),
    field("labels", Map(&Leaf(String))).says(&[OnlyIn(V1)]).added_in(V1_5),
    field("rayStartParams", Map(&Leaf(String))).says(&[Required]).removed_after(V1_3),
    field("rayStartParams", Map(&Leaf(String))).says(&[RequiredIn(V1Alpha1)]).added_in(V1_4),
    field("resources", Map(&Leaf(String))).says(&[OnlyIn(V1)]).added_in(V1_5),
    field("serviceType", Leaf(String)),
    field("template", Struct(&POD_TEMPLATE_SPEC)).says(&[Required]),
]);

pub(super) static HEAD_INFO: Struct = Struct::new("v1.HeadInfo", &[
    field("podIP", Leaf(String)),
    field("podName", Leaf(String)),
    field("serviceIP", Leaf(String)),
    field("serviceName", Leaf(String)),
]);

pub(super) static HISTORY_SERVER_OPTIONS: Struct = Struct::new("v1.HistoryServerOptions", &[
    field("collectorOptions", Pointer(&Struct(&COLLECTOR_OPTIONS))),
]);

pub(super) static HOST_ALIAS: Struct = Struct::new("v1.HostAlias", &[
    field("hostnames", List(&Leaf(String))),
    field("ip", Leaf(String)).says(&[Required]),
]);

pub(super) static HOST_PATH_VOLUME_SOURCE: Struct = Struct::new("v1.HostPathVolumeSource", &[
    field("path", Leaf(String)).says(&[Required]),
    field("type", Pointer(&Leaf(String))),
]);

pub(super) static HTTP_GET_ACTION: Struct = Struct::new("v1.HTTPGetAction", &[
    field("host", Leaf(String)),
    field("httpHeaders", List(&Struct(&HTTP_HEADER))),
    field("path", Leaf(String)),
    field("port", Leaf(IntOrString)).says(&[Required]),
    field("scheme", Leaf(String)),
]);

pub(super) static HTTP_HEADER: Struct = Struct::new("v1.HTTPHeader", &[
    field("name", Leaf(String)).says(&[Required]),
    field("value", Leaf(String)).says(&[Required]),
]);

pub(super) static IMAGE_VOLUME_SOURCE: Struct = Struct::new("v1.ImageVolumeSource", &[
    field("pullPolicy", Leaf(String)),
    field("reference", Leaf(String)),
]);

pub(super) static INGRESS_OPTIONS: Struct = Struct::new("v1.IngressOptions", &[
    field("host", Pointer(&Leaf(String))),
    field("path", Pointer(&Leaf(String))),
    field("pathType", Pointer(&Leaf(String))).says(&[OneOf(&["Exact", "Prefix", "ImplementationSpecific"])]),
    field("tls", List(&Struct(&INGRESS_TLS))),
]);

pub(super) static INGRESS_TLS: Struct = Struct::new("v1.IngressTLS", &[
    field("hosts", List(&Leaf(String))),
    field("secretName", Leaf(String)),
]);

pub(super) static IP_BLOCK: Struct = Struct::new("v1.IPBlock", &[
    field("cidr", Leaf(String)).says(&[Required]),
    field("except", List(&Leaf(String))),
]);

pub(super) static ISCSI_VOLUME_SOURCE: Struct = Struct::new("v1.ISCSIVolumeSource", &[
    field("chapAuthDiscovery", Leaf(Bool)),
    field("chapAuthSession", Leaf(Bool)),
    field("fsType", Leaf(String)),
    field("initiatorName", Pointer(&Leaf(String))),
    field("iqn", Leaf(String)).says(&[Required]),
    field("iscsiInterface", Leaf(String)).says(&[DefaultsTo(Text("default"))]),
    field("lun", Leaf(Int32)).says(&[Required]),
    field("portals", List(&Leaf(String))),
    field("readOnly", Leaf(Bool)),
    field("secretRef", Pointer(&Struct(&LOCAL_OBJECT_REFERENCE))),
    field("targetPortal", Leaf(String)).says(&[Required]),
]);

pub(super) static KEY_TO_PATH: Struct = Struct::new("v1.KeyToPath", &[
    field("key", Leaf(String)).says(&[Required]),
    field("mode", Pointer(&Leaf(Int32))),
    field("path", Leaf(String)).says(&[Required]),
]);

pub(super) static LABEL_SELECTOR: Struct = Struct::new("v1.LabelSelector", &[
    field("matchExpressions", List(&Struct(&LABEL_SELECTOR_REQUIREMENT))),
    field("matchLabels", Map(&Leaf(String))),
]);

pub(super) static LABEL_SELECTOR_REQUIREMENT: Struct = Struct::new("v1.LabelSelectorRequirement", &[
    field("key", Leaf(String)).says(&[Required]),
    field("operator", Leaf(String)).says(&[Required]),
    field("values", List(&Leaf(String))),
]);

pub(super) static LIFECYCLE: Struct = Struct::new("v1.Lifecycle", &[
    field("postStart", Pointer(&Struct(&LIFECYCLE_HANDLER))),
    field("preStop", Pointer(&Struct(&LIFECYCLE_HANDLER))),
    field("stopSignal", Pointer(&Leaf(String))).added_in(V1_4),
]);

pub(super) static LIFECYCLE_HANDLER: Struct = Struct::new("v1.LifecycleHandler", &[
    field("exec", Pointer(&Struct(&EXEC_ACTION))),
    field("httpGet", Pointer(&Struct(&HTTP_GET_ACTION))),
    field("sleep", Pointer(&Struct(&SLEEP_ACTION))),
    field("tcpSocket", Pointer(&Struct(&TCP_SOCKET_ACTION))),
]);

pub(super) static LOAD_BALANCER_INGRESS: Struct = Struct::new("v1.LoadBalancerIngress", &[
    field("hostname", Leaf(String)),
    field("ip", Leaf(String)),
    field("ipMode", Pointer(&Leaf(String))),
    field("ports", List(&Struct(&PORT_STATUS))),
]);

pub(super) static LOAD_BALANCER_STATUS: Struct = Struct::new("v1.LoadBalancerStatus", &[
    field("ingress", List(&Struct(&LOAD_BALANCER_INGRESS))),
]);

pub(super) static LOCAL_OBJECT_REFERENCE: Struct = Struct::new("v1.LocalObjectReference", &[
    field("name", Leaf(String)).says(&[DefaultsTo(Text(""))]),
]);

pub(super) static MANAGED_FIELDS_ENTRY: Struct = Struct::new("v1.ManagedFieldsEntry", &[
    field("apiVersion", Leaf(String)),
    field("fieldsType", Leaf(String)),
    field("fieldsV1", Pointer(&Leaf(Raw))),
    field("manager", Leaf(String)),
    field("operation", Leaf(String)),
    field("subresource", Leaf(String)),
    field("time", Pointer(&Leaf(Time))),
]);

pub(super) static NETWORK_POLICY_CONFIG: Struct = Struct::new("v1.NetworkPolicyConfig", &[
    field("head", Pointer(&Struct(&NETWORK_POLICY_RULES))),
    field("mode", Pointer(&Leaf(String))).says(&[DefaultsTo(Text("DenyAll")), OneOf(&["DenyAll", "DenyAllIngress", "DenyAllEgress"])]),
    field("worker", Pointer(&Struct(&NETWORK_POLICY_RULES))),
    field("workerGroups", List(&Struct(&WORKER_GROUP_NETWORK_POLICY_RULES))).says(&[KeyedBy(&["groupName"])]),
]);

pub(super) static NETWORK_POLICY_EGRESS_RULE: Struct = Struct::new("v1.NetworkPolicyEgressRule", &[
    field("ports", List(&Struct(&NETWORK_POLICY_PORT))),
    field("to", List(&Struct(&NETWORK_POLICY_PEER))),
]);

pub(super) static NETWORK_POLICY_INGRESS_RULE: Struct = Struct::new("v1.NetworkPolicyIngressRule", &[
    field("from", List(&Struct(&NETWORK_POLICY_PEER))),
    field("ports", List(&Struct(&NETWORK_POLICY_PORT))),
]);

pub(super) static NETWORK_POLICY_PEER: Struct = Struct::new("v1.NetworkPolicyPeer", &[
    field("ipBlock", Pointer(&Struct(&IP_BLOCK))),
    field("namespaceSelector", Pointer(&Struct(&LABEL_SELECTOR))),
    field("podSelector", Pointer(&Struct(&LABEL_SELECTOR))),
]);

pub(super) static NETWORK_POLICY_PORT: Struct = Struct::new("v1.NetworkPolicyPort", &[
    field("endPort", Pointer(&Leaf(Int32))),
    field("port", Pointer(&Leaf(IntOrString))),
    field("protocol", Pointer(&Leaf(String))),
]);

pub(super) static NETWORK_POLICY_RULES: Struct = Struct::new("v1.NetworkPolicyRules", &[
    field("egressRules", List(&Struct(&NETWORK_POLICY_EGRESS_RULE))),
    field("ingressRules", List(&Struct(&NETWORK_POLICY_INGRESS_RULE))),
]);

pub(super) static NFS_VOLUME_SOURCE: Struct = Struct::new("v1.NFSVolumeSource", &[
    field("path", Leaf(String)).says(&[Required]),
    field("readOnly", Leaf(Bool)),
    field("server", Leaf(String)).says(&[Required]),
]);

pub(super) static NODE_AFFINITY: Struct = Struct::new("v1.NodeAffinity", &[
    field("preferredDuringSchedulingIgnoredDuringExecution", List(&Struct(&PREFERRED_SCHEDULING_TERM))),
    field("requiredDuringSchedulingIgnoredDuringExecution", Pointer(&Struct(&NODE_SELECTOR))),
]);

pub(super) static NODE_SELECTOR: Struct = Struct::new("v1.NodeSelector", &[
    field("nodeSelectorTerms", List(&Struct(&NODE_SELECTOR_TERM))).says(&[Required]),
]);

pub(super) static NODE_SELECTOR_REQUIREMENT: Struct = Struct::new("v1.NodeSelectorRequirement", &[
    field("key", Leaf(String)).says(&[Required]),
    field("operator", Leaf(String)).says(&[Required]),
    field("values", List(&Leaf(String))),
]);

pub(super) static NODE_SELECTOR_TERM: Struct = Struct::new("v1.NodeSelectorTerm", &[
    field("matchExpressions", List(&Struct(&NODE_SELECTOR_REQUIREMENT))),
    field("matchFields", List(&Struct(&NODE_SELECTOR_REQUIREMENT))),
]);

pub(super) static OBJECT_FIELD_SELECTOR: Struct = Struct::new("v1.ObjectFieldSelector", &[
    field("apiVersion", Leaf(String)),
    field("fieldPath", Leaf(String)).says(&[Required]),
]);

pub(super) static OBJECT_META: Struct = Struct::new("v1.ObjectMeta", &[
    field("annotations", Map(&Leaf(String))),
    field("creationTimestamp", Leaf(Time)).says(&[OnlyAtTheRoot]),
    field("deletionGracePeriodSeconds", Pointer(&Leaf(Int64))).says(&[OnlyAtTheRoot]),
    field("deletionTimestamp", Pointer(&Leaf(Time))).says(&[OnlyAtTheRoot]),
    field("finalizers", List(&Leaf(String))),
    field("generateName", Leaf(String)).says(&[OnlyAtTheRoot]),
    field("generation", Leaf(Int64)).says(&[OnlyAtTheRoot]),
    field("labels", Map(&Leaf(String))),
    field("managedFields", List(&Struct(&MANAGED_FIELDS_ENTRY))).says(&[OnlyAtTheRoot]),
    field("name", Leaf(String)),
    field("namespace", Leaf(String)),
    field("ownerReferences", List(&Struct(&OWNER_REFERENCE))).says(&[OnlyAtTheRoot]),
    field("resourceVersion", Leaf(String)).says(&[OnlyAtTheRoot]),
    field("selfLink", Leaf(String)).says(&[OnlyAtTheRoot]),
    field("uid", Leaf(String)).says(&[OnlyAtTheRoot]),
]);

pub(super) static OWNER_REFERENCE: Struct = Struct::new("v1.OwnerReference", &[
    field("apiVersion", Leaf(String)),
    field("blockOwnerDeletion", Pointer(&Leaf(Bool))),
    field("controller", Pointer(&Leaf(Bool))),
    field("kind", Leaf(String)),
    field("name", Leaf(String)),
    field("uid", Leaf(String)),
]);

pub(super) static PERSISTENT_VOLUME_CLAIM_SPEC: Struct = Struct::new("v1.PersistentVolumeClaimSpec", &[
    field("accessModes", List(&Leaf(String))),
    field("dataSource", Pointer(&Struct(&TYPED_LOCAL_OBJECT_REFERENCE))),
    field("dataSourceRef", Pointer(&Struct(&TYPED_OBJECT_REFERENCE))),
    field("resources", Struct(&VOLUME_RESOURCE_REQUIREMENTS)),
    field("selector", Pointer(&Struct(&LABEL_SELECTOR))),
    field("storageClassName", Pointer(&Leaf(String))),
    field("volumeAttributesClassName", Pointer(&Leaf(String))),
    field("volumeMode", Pointer(&Leaf(String))),
    field("volumeName", Leaf(String)),
]);

pub(super) static PERSISTENT_VOLUME_CLAIM_TEMPLATE: Struct = Struct::new("v1.PersistentVolumeClaimTemplate", &[
    field("metadata", Struct(&OBJECT_META)),
    field("spec", Struct(&PERSISTENT_VOLUME_CLAIM_SPEC)).says(&[Required]),
]);

pub(super) static PERSISTENT_VOLUME_CLAIM_VOLUME_SOURCE: Struct = Struct::new("v1.PersistentVolumeClaimVolumeSource", &[
    field("claimName", Leaf(String)).says(&[Required]),
    field("readOnly", Leaf(Bool)),
]);

pub(super) static PHOTON_PERSISTENT_DISK_VOLUME_SOURCE: Struct = Struct::new("v1.PhotonPersistentDiskVolumeSource", &[
    field("fsType", Leaf(String)),
    field("pdID", Leaf(String)).says(&[Required]),
]);

pub(super) static POD_AFFINITY: Struct = Struct::new("v1.PodAffinity", &[
    field("preferredDuringSchedulingIgnoredDuringExecution", List(&Struct(&WEIGHTED_POD_AFFINITY_TERM))),
    field("requiredDuringSchedulingIgnoredDuringExecution", List(&Struct(&POD_AFFINITY_TERM))),
]);

pub(super) static POD_AFFINITY_TERM: Struct = Struct::new("v1.PodAffinityTerm", &[
    field("labelSelector", Pointer(&Struct(&LABEL_SELECTOR))),
    field("matchLabelKeys", List(&Leaf(String))),
    field("mismatchLabelKeys", List(&Leaf(String))),
    field("namespaceSelector", Pointer(&Struct(&LABEL_SELECTOR))),
    field("namespaces", List(&Leaf(String))),
    field("topologyKey", Leaf(String)).says(&[Required]),
]);

pub(super) static POD_ANTI_AFFINITY: Struct = Struct::new("v1.PodAntiAffinity", &[
    field("preferredDuringSchedulingIgnoredDuringExecution", List(&Struct(&WEIGHTED_POD_AFFINITY_TERM))),
    field("requiredDuringSchedulingIgnoredDuringExecution", List(&Struct(&POD_AFFINITY_TERM))),
]);

pub(super) static POD_CERTIFICATE_PROJECTION: Struct = Struct::new("v1.PodCertificateProjection", &[
    field("certificateChainPath", Leaf(String)),
    field("credentialBundlePath", Leaf(String)),
    field("keyPath", Leaf(String)),
    field("keyType", Leaf(String)).says(&[Required]),
    field("maxExpirationSeconds", Pointer(&Leaf(Int32))),
    field("signerName", Leaf(String)).says(&[Required]),
    field("userAnnotations", Map(&Leaf(String))).added_in(V1_6),
]);

pub(super) static POD_DNS_CONFIG: Struct = Struct::new("v1.PodDNSConfig", &[
    field("nameservers", List(&Leaf(String))),
    field("options", List(&Struct(&POD_DNS_CONFIG_OPTION))),
    field("searches", List(&Leaf(String))),
]);

pub(super) static POD_DNS_CONFIG_OPTION: Struct = Struct::new("v1.PodDNSConfigOption", &[
    field("name", Leaf(String)),
    field("value", Pointer(&Leaf(String))),
]);

pub(super) static POD_OS: Struct = Struct::new("v1.PodOS", &[
    field("name", Leaf(String)).says(&[Required]),
]);

pub(super) static POD_READINESS_GATE: Struct = Struct::new("v1.PodReadinessGate", &[
    field("conditionType", Leaf(String)).says(&[Required]),
]);

pub(super) static POD_RESOURCE_CLAIM: Struct = Struct::new("v1.PodResourceClaim", &[
    field("name", Leaf(String)).says(&[Required]),
    field("resourceClaimName", Pointer(&Leaf(String))),
    field("resourceClaimTemplateName", Pointer(&Leaf(String))),
]);

pub(super) static POD_SCHEDULING_GATE: Struct = Struct::new("v1.PodSchedulingGate", &[
    field("name", Leaf(String)).says(&[Required]),
]);

pub(super) static POD_SCHEDULING_GROUP: Struct = Struct::new("v1.PodSchedulingGroup", &[
    field("podGroupName", Pointer(&Leaf(String))),
]);

pub(super) static POD_SECURITY_CONTEXT: Struct = Struct::new("v1.PodSecurityContext", &[
    field("appArmorProfile", Pointer(&Struct(&APP_ARMOR_PROFILE))),
    field("fsGroup", Pointer(&Leaf(Int64))),
    field("fsGroupChangePolicy", Pointer(&Leaf(String))),
    field("runAsGroup", Pointer(&Leaf(Int64))),
    field("runAsNonRoot", Pointer(&Leaf(Bool))),
    field("runAsUser", Pointer(&Leaf(Int64))),
    field("seLinuxChangePolicy", Pointer(&Leaf(String))),
    field("seLinuxOptions", Pointer(&Struct(&SE_LINUX_OPTIONS))),
    field("seccompProfile", Pointer(&Struct(&SECCOMP_PROFILE))),
    field("supplementalGroups", List(&Leaf(Int64))),
    field("supplementalGroupsPolicy", Pointer(&Leaf(String))),
    field("sysctls", List(&Struct(&SYSCTL))),
    field("windowsOptions", Pointer(&Struct(&WINDOWS_SECURITY_CONTEXT_OPTIONS))),
]);

pub(super) static POD_SPEC: Struct = Struct::new("v1.PodSpec", &[
    field("activeDeadlineSeconds", Pointer(&Leaf(Int64))),
    field("affinity", Pointer(&Struct(&AFFINITY))),
    field("automountServiceAccountToken", Pointer(&Leaf(Bool))),
    field("containers", List(&Struct(&CONTAINER))).says(&[Required, KeyedBy(&["name"])]),
    field("dnsConfig", Pointer(&Struct(&POD_DNS_CONFIG))),
    field("dnsPolicy", Leaf(String)),
    field("enableServiceLinks", Pointer(&Leaf(Bool))),
    field("ephemeralContainers", List(&Struct(&EPHEMERAL_CONTAINER))).says(&[KeyedBy(&["name"])]),
    field("hostAliases", List(&Struct(&HOST_ALIAS))).says(&[KeyedBy(&["ip"])]),
    field("hostIPC", Leaf(Bool)),
    field("hostNetwork", Leaf(Bool)),
    field("hostPID", Leaf(Bool)),
    field("hostUsers", Pointer(&Leaf(Bool))),
    field("hostname", Leaf(String)),
    field("hostnameOverride", Pointer(&Leaf(String))).added_in(V1_5),
    field("imagePullSecrets", List(&Struct(&LOCAL_OBJECT_REFERENCE))).says(&[KeyedBy(&["name"])]),
    field("initContainers", List(&Struct(&CONTAINER))).says(&[KeyedBy(&["name"])]),
    field("nodeName", Leaf(String)),
    field("nodeSelector", Map(&Leaf(String))),
    field("os", Pointer(&Struct(&POD_OS))),
    field("overhead", Map(&Leaf(Quantity))),
    field("preemptionPolicy", Pointer(&Leaf(String))),
    field("priority", Pointer(&Leaf(Int32))),
    field("priorityClassName", Leaf(String)),
    field("readinessGates", List(&Struct(&POD_READINESS_GATE))),
    field("resourceClaims", List(&Struct(&POD_RESOURCE_CLAIM))).says(&[KeyedBy(&["name"])]),
    field("resources", Pointer(&Struct(&RESOURCE_REQUIREMENTS))),
    field("restartPolicy", Leaf(String)),
    field("runtimeClassName", Pointer(&Leaf(String))),
    field("schedulerName", Leaf(String)),
    field("schedulingGates", List(&Struct(&POD_SCHEDULING_GATE))).says(&[KeyedBy(&["name"])]),
    field("schedulingGroup", Pointer(&Struct(&POD_SCHEDULING_GROUP))).added_in(V1_7),
    field("securityContext", Pointer(&Struct(&POD_SECURITY_CONTEXT))),
    field("serviceAccount", Leaf(String)),
    field("serviceAccountName", Leaf(String)),
    field("setHostnameAsFQDN", Pointer(&Leaf(Bool))),
    field("shareProcessNamespace", Pointer(&Leaf(Bool))),
    field("subdomain", Leaf(String)),
    field("terminationGracePeriodSeconds", Pointer(&Leaf(Int64))),
    field("tolerations", List(&Struct(&TOLERATION))),
    field("topologySpreadConstraints", List(&Struct(&TOPOLOGY_SPREAD_CONSTRAINT))).says(&[KeyedBy(&["topologyKey", "whenUnsatisfiable"])]),
    field("volumes", List(&Struct(&VOLUME))).says(&[KeyedBy(&["name"])]),
    field("workloadRef", Pointer(&Struct(&WORKLOAD_REFERENCE))).added_in(V1_6).removed_after(V1_6),
]);

pub(super) static POD_TEMPLATE_SPEC: Struct = Struct::new("v1.PodTemplateSpec", &[
    field("metadata", Struct(&OBJECT_META)),
    field("spec", Struct(&POD_SPEC)),
]);

pub(super) static PORTWORX_VOLUME_SOURCE: Struct = Struct::new("v1.PortworxVolumeSource", &[
    field("fsType", Leaf(String)),
    field("readOnly", Leaf(Bool)),
    field("volumeID", Leaf(String)).says(&[Required]),
]);

pub(super) static PORT_STATUS: Struct = Struct::new("v1.PortStatus", &[
    field("error", Pointer(&Leaf(String))),
    field("port", Leaf(Int32)),
    field("protocol", Leaf(String)),
]);

pub(super) static PREFERRED_SCHEDULING_TERM: Struct = Struct::new("v1.PreferredSchedulingTerm", &[
    field("preference", Struct(&NODE_SELECTOR_TERM)).says(&[Required]),
    field("weight", Leaf(Int32)).says(&[Required]),
]);

pub(super) static PROBE: Struct = Struct::new("v1.Probe", &[
    field("exec", Pointer(&Struct(&EXEC_ACTION))),
    field("failureThreshold", Leaf(Int32)),
    field("grpc", Pointer(&Struct(&GRPC_ACTION))),
    field("httpGet", Pointer(&Struct(&HTTP_GET_ACTION))),
    field("initialDelaySeconds", Leaf(Int32)),
    field("periodSeconds", Leaf(Int32)),
    field("successThreshold", Leaf(Int32)),
    field("tcpSocket", Pointer(&Struct(&TCP_SOCKET_ACTION))),
    field("terminationGracePeriodSeconds", Pointer(&Leaf(Int64))),
    field("timeoutSeconds", Leaf(Int32)),
]);

pub(super) static PROJECTED_VOLUME_SOURCE: Struct = Struct::new("v1.ProjectedVolumeSource", &[
    field("defaultMode", Pointer(&Leaf(Int32))),
    field("sources", List(&Struct(&VOLUME_PROJECTION))),
]);

pub(super) static QUOBYTE_VOLUME_SOURCE: Struct = Struct::new("v1.QuobyteVolumeSource", &[
    field("group", Leaf(String)),
    field("readOnly", Leaf(Bool)),
    field("registry", Leaf(String)).says(&[Required]),
    field("tenant", Leaf(String)),
    field("user", Leaf(String)),
    field("volume", Leaf(String)).says(&[Required]),
]);

pub(super) static RAY_CLUSTER: Struct = Struct::new("v1.RayCluster", &[
    field("apiVersion", Leaf(String)),
    field("kind", Leaf(String)),
    field("metadata", Struct(&OBJECT_META)),
    field("spec", Struct(&RAY_CLUSTER_SPEC)),
    field("status", Struct(&RAY_CLUSTER_STATUS)),
]);

pub(super) static RAY_CLUSTER_SPEC: Struct = Struct::new("v1.RayClusterSpec", &[
    field("authOptions", Pointer(&Struct(&AUTH_OPTIONS))).says(&[OnlyIn(V1)]).added_in(V1_5),
    field("autoscalerOptions", Pointer(&Struct(&AUTOSCALER_OPTIONS))),
    field("enableInTreeAutoscaling", Pointer(&Leaf(Bool))),
    field("gcsFaultToleranceOptions", Pointer(&Struct(&GCS_FAULT_TOLERANCE_OPTIONS))).says(&[OnlyIn(V1)]),
    field("headGroupSpec", Struct(&HEAD_GROUP_SPEC)).says(&[Required]),
    field("headServiceAnnotations", Map(&Leaf(String))),
    field("historyServerOptions", Pointer(&Struct(&HISTORY_SERVER_OPTIONS))).says(&[OnlyIn(V1)]).added_in(V1_7),
    field("managedBy", Pointer(&Leaf(String))).says(&[OneOf(&["ray.io/kuberay-operator", "kueue.x-k8s.io/multikueue"]), OnlyIn(V1)]),
    field("networkPolicy", Pointer(&Struct(&NETWORK_POLICY_CONFIG))).says(&[OnlyIn(V1)]).added_in(V1_7),
    field("rayVersion", Leaf(String)),
    field("suspend", Pointer(&Leaf(Bool))),
    field("tlsOptions", Pointer(&Struct(&TLS_OPTIONS))).says(&[OnlyIn(V1)]).added_in(V1_7),
    field("upgradeStrategy", Pointer(&Struct(&RAY_CLUSTER_UPGRADE_STRATEGY))).says(&[OnlyIn(V1)]).added_in(V1_6),
    field("workerGroupSpecs", List(&Struct(&WORKER_GROUP_SPEC))),
]);

pub(super) static RAY_CLUSTER_STATUS: Struct = Struct::new("v1.RayClusterStatus", &[
    field("availableWorkerReplicas", Leaf(Int32)),
    field("conditions", List(&Struct(&CONDITION))),
    field("desiredCPU", Leaf(Quantity)),
    field("desiredGPU", Leaf(Quantity)),
    field("desiredMemory", Leaf(Quantity)),
    field("desiredTPU", Leaf(Quantity)),
    field("desiredWorkerReplicas", Leaf(Int32)),
    field("endpoints", Map(&Leaf(String))),
    field("head", Struct(&HEAD_INFO)),
    field("lastUpdateTime", Pointer(&Leaf(Time))),
    field("maxWorkerReplicas", Leaf(Int32)),
    field("minWorkerReplicas", Leaf(Int32)),
    field("observedGeneration", Leaf(Int64)),
    field("readyWorkerReplicas", Leaf(Int32)),
    field("reason", Leaf(String)),
    field("state", Leaf(String)),
    field("stateTransitionTimes", Map(&Pointer(&Leaf(Time)))),
]);

pub(super) static RAY_CLUSTER_UPGRADE_STRATEGY: Struct = Struct::new("v1.RayClusterUpgradeStrategy", &[
    field("type", Pointer(&Leaf(String))).says(&[OneOf(&["Recreate", "None"])]),
]);

pub(super) static RAY_CRON_JOB: Struct = Struct::new("v1.RayCronJob", &[
    field("apiVersion", Leaf(String)),
    field("kind", Leaf(String)),
    field("metadata", Struct(&OBJECT_META)),
    field("spec", Struct(&RAY_CRON_JOB_SPEC)),
    field("status", Struct(&RAY_CRON_JOB_STATUS)),
]);

pub(super) static RAY_CRON_JOB_SPEC: Struct = Struct::new("v1.RayCronJobSpec", &[
    field("jobTemplate", Struct(&RAY_JOB_SPEC)).says(&[Required]),
    field("schedule", Leaf(String)).says(&[Required]),
    field("suspend", Leaf(Bool)).removed_after(V1_6),
    field("suspend", Pointer(&Leaf(Bool))).added_in(V1_7),
    field("timeZone", Pointer(&Leaf(String))).says(&[NotEmpty]).added_in(V1_7),
]);

pub(super) static RAY_CRON_JOB_STATUS: Struct = Struct::new("v1.RayCronJobStatus", &[
    field("lastScheduleTime", Pointer(&Leaf(Time))),
]);

pub(super) static RAY_JOB: Struct = Struct::new("v1.RayJob", &[
    field("apiVersion", Leaf(String)),
    field("kind", Leaf(String)),
    field("metadata", Struct(&OBJECT_META)),
    field("spec", Struct(&RAY_JOB_SPEC)),
    field("status", Struct(&RAY_JOB_STATUS)),
]);

pub(super) static RAY_JOB_SPEC: Struct = Struct::new("v1.RayJobSpec", &[
    field("activeDeadlineSeconds", Pointer(&Leaf(Int32))).says(&[OnlyIn(V1)]),
    field("backoffLimit", Pointer(&Leaf(Int32))).says(&[DefaultsTo(Number(0)), OnlyIn(V1)]),
    field("clusterSelector", Map(&Leaf(String))),
    field("deletionPolicy", Pointer(&Leaf(String))).says(&[OneOf(&["DeleteCluster", "DeleteWorkers", "DeleteSelf", "DeleteNone"]), OnlyIn(V1)]).removed_after(V1_4),
    field("deletionStrategy", Pointer(&Struct(&DELETION_STRATEGY))).says(&[OnlyIn(V1)]).added_in(V1_5),
    field("entrypoint", Leaf(String)).says(&[RequiredIn(V1Alpha1)]),
    field("entrypointNumCpus", Leaf(Float32)),
    field("entrypointNumGpus", Leaf(Float32)),
    field("entrypointResources", Leaf(String)),
    field("jobId", Leaf(String)),
    field("managedBy", Pointer(&Leaf(String))).says(&[OneOf(&["ray.io/kuberay-operator", "kueue.x-k8s.io/multikueue"]), OnlyIn(V1)]),
    field("metadata", Map(&Leaf(String))),
    field("preRunningDeadlineSeconds", Pointer(&Leaf(Int32))).says(&[Minimum(1), OnlyIn(V1)]).added_in(V1_6),
    field("rayClusterSpec", Pointer(&Struct(&RAY_CLUSTER_SPEC))),
    field("runtimeEnvYAML", Leaf(String)),
    field("shutdownAfterJobFinishes", Leaf(Bool)),
    field("submissionMode", Leaf(String)).says(&[DefaultsTo(Text("K8sJobMode")), OnlyIn(V1)]),
    field("submitterConfig", Pointer(&Struct(&SUBMITTER_CONFIG))).says(&[OnlyIn(V1)]),
    field("submitterPodTemplate", Pointer(&Struct(&POD_TEMPLATE_SPEC))),
    field("suspend", Leaf(Bool)),
    field("ttlSecondsAfterFinished", Leaf(Int32)).says(&[DefaultsTo(Number(0))]),
]);

pub(super) static RAY_JOB_STATUS: Struct = Struct::new("v1.RayJobStatus", &[
    field("dashboardURL", Leaf(String)),
    field("endTime", Pointer(&Leaf(Time))),
    field("failed", Pointer(&Leaf(Int32))),
    field("jobDeploymentStatus", Leaf(String)),
    field("jobId", Leaf(String)),
    field("jobStatus", Leaf(String)),
    field("jobStatusCheckFailureStartTime", Pointer(&Leaf(Time))).added_in(V1_7),
    field("message", Leaf(String)),
    field("observedGeneration", Leaf(Int64)),
    field("rayClusterName", Leaf(String)),
    field("rayClusterStatus", Struct(&RAY_CLUSTER_STATUS)),
    field("rayJobInfo", Struct(&RAY_JOB_STATUS_INFO)).added_in(V1_4),
    field("reason", Leaf(String)),
    field("startTime", Pointer(&Leaf(Time))),
    field("succeeded", Pointer(&Leaf(Int32))),
]);

pub(super) static RAY_JOB_STATUS_INFO: Struct = Struct::new("v1.RayJobStatusInfo", &[
    field("endTime", Pointer(&Leaf(Time))),
    field("startTime", Pointer(&Leaf(Time))),
]);

pub(super) static RAY_SERVICE: Struct = Struct::new("v1.RayService", &[
    field("apiVersion", Leaf(String)),
    field("kind", Leaf(String)),
    field("metadata", Struct(&OBJECT_META)),
    field("spec", Struct(&RAY_SERVICE_SPEC)),
    field("status", Struct(&RAY_SERVICE_STATUSES)),
]);

pub(super) static RAY_SERVICE_SPEC: Struct = Struct::new("v1.RayServiceSpec", &[
    field("deploymentUnhealthySecondThreshold", Pointer(&Leaf(Int32))),
    field("excludeHeadPodFromServeSvc", Leaf(Bool)).says(&[OnlyIn(V1)]),
    field("managedBy", Pointer(&Leaf(String))).says(&[OneOf(&["ray.io/kuberay-operator", "kueue.x-k8s.io/multikueue"]), OnlyIn(V1)]).added_in(V1_6),
    field("rayClusterConfig", Struct(&RAY_CLUSTER_SPEC)).removed_after(V1_3),
    field("rayClusterConfig", Struct(&RAY_CLUSTER_SPEC)).says(&[RequiredIn(V1)]).added_in(V1_4),
    field("rayClusterDeletionDelaySeconds", Pointer(&Leaf(Int32))).says(&[Minimum(0), OnlyIn(V1)]).added_in(V1_5),
    field("serveConfigV2", Leaf(String)),
    field("serveService", Pointer(&Struct(&SERVICE))),
    field("serviceUnhealthySecondThreshold", Pointer(&Leaf(Int32))),
    field("suspend", Leaf(Bool)).says(&[OnlyIn(V1)]).added_in(V1_7),
    field("upgradeStrategy", Pointer(&Struct(&RAY_SERVICE_UPGRADE_STRATEGY))).says(&[OnlyIn(V1)]),
]);

pub(super) static RAY_SERVICE_STATUS: Struct = Struct::new("v1.RayServiceStatus", &[
    field("applicationStatuses", Map(&Struct(&APP_STATUS))),
    field("lastTrafficMigratedTime", Pointer(&Leaf(Time))).added_in(V1_5),
    field("rayClusterName", Leaf(String)),
    field("rayClusterStatus", Struct(&RAY_CLUSTER_STATUS)),
    field("targetCapacity", Pointer(&Leaf(Int32))).added_in(V1_5),
    field("trafficRoutedPercent", Pointer(&Leaf(Int32))).added_in(V1_5),
]);

pub(super) static RAY_SERVICE_STATUSES: Struct = Struct::new("v1.RayServiceStatuses", &[
    field("activeServiceStatus", Struct(&RAY_SERVICE_STATUS)),
    field("conditions", List(&Struct(&CONDITION))),
    field("lastUpdateTime", Pointer(&Leaf(Time))),
    field("numServeEndpoints", Leaf(Int32)),
    field("observedGeneration", Leaf(Int64)),
    field("pendingServiceStatus", Struct(&RAY_SERVICE_STATUS)),
    field("serviceStatus", Leaf(String)),
]);

pub(super) static RAY_SERVICE_UPGRADE_STRATEGY: Struct = Struct::new("v1.RayServiceUpgradeStrategy", &[
    field("clusterUpgradeOptions", Pointer(&Struct(&CLUSTER_UPGRADE_OPTIONS))).added_in(V1_5),
    field("type", Pointer(&Leaf(String))),
]);

pub(super) static RBD_VOLUME_SOURCE: Struct = Struct::new("v1.RBDVolumeSource", &[
    field("fsType", Leaf(String)),
    field("image", Leaf(String)).says(&[Required]),
    field("keyring", Leaf(String)).says(&[DefaultsTo(Text("/etc/ceph/keyring"))]),
    field("monitors", List(&Leaf(String))).says(&[Required]),
    field("pool", Leaf(String)).says(&[DefaultsTo(Text("rbd"))]),
    field("readOnly", Leaf(Bool)),
    field("secretRef", Pointer(&Struct(&LOCAL_OBJECT_REFERENCE))),
    field("user", Leaf(String)).says(&[DefaultsTo(Text("admin"))]),
]);

pub(super) static REDIS_CREDENTIAL: Struct = Struct::new("v1.RedisCredential", &[
    field("value", Leaf(String)),
    field("valueFrom", Pointer(&Struct(&ENV_VAR_SOURCE))),
]);

pub(super) static RESOURCE_CLAIM: Struct = Struct::new("v1.ResourceClaim", &[
    field("name", Leaf(String)).says(&[Required]),
    field("request", Leaf(String)),
]);

pub(super) static RESOURCE_FIELD_SELECTOR: Struct = Struct::new("v1.ResourceFieldSelector", &[
    field("containerName", Leaf(String)),
    field("divisor", Leaf(Quantity)),
    field("resource", Leaf(String)).says(&[Required]),
]);

pub(super) static RESOURCE_REQUIREMENTS: Struct = Struct::new("v1.ResourceRequirements", &[
    field("claims", List(&Struct(&RESOURCE_CLAIM))).says(&[KeyedBy(&["name"])]),
    field("limits", Map(&Leaf(Quantity))),
    field("requests", Map(&Leaf(Quantity))),
]);

pub(super) static SCALE_IO_VOLUME_SOURCE: Struct = Struct::new("v1.ScaleIOVolumeSource", &[
    field("fsType", Leaf(String)).says(&[DefaultsTo(Text("xfs"))]),
    field("gateway", Leaf(String)).says(&[Required]),
    field("protectionDomain", Leaf(String)),
    field("readOnly", Leaf(Bool)),
    field("secretRef", Pointer(&Struct(&LOCAL_OBJECT_REFERENCE))).says(&[Required]),
    field("sslEnabled", Leaf(Bool)),
    field("storageMode", Leaf(String)).says(&[DefaultsTo(Text("ThinProvisioned"))]),
    field("storagePool", Leaf(String)),
    field("system", Leaf(String)).says(&[Required]),
    field("volumeName", Leaf(String)),
]);

pub(super) static SCALE_STRATEGY: Struct = Struct::new("v1.ScaleStrategy", &[
    field("workersToDelete", List(&Leaf(String))),
]);

pub(super) static SECCOMP_PROFILE: Struct = Struct::new("v1.SeccompProfile", &[
    field("localhostProfile", Pointer(&Leaf(String))),
    field("type", Leaf(String)).says(&[Required]),
]);

pub(super) static SECRET_ENV_SOURCE: Struct = Struct::new("v1.SecretEnvSource", &[
    field("name", Leaf(String)).says(&[DefaultsTo(Text(""))]),
    field("optional", Pointer(&Leaf(Bool))),
]);

pub(super) static SECRET_KEY_SELECTOR: Struct = Struct::new("v1.SecretKeySelector", &[
    field("key", Leaf(String)).says(&[Required]),
    field("name", Leaf(String)).says(&[DefaultsTo(Text(""))]),
    field("optional", Pointer(&Leaf(Bool))),
]);

pub(super) static SECRET_PROJECTION: Struct = Struct::new("v1.SecretProjection", &[
    field("items", List(&Struct(&KEY_TO_PATH))),
    field("name", Leaf(String)).says(&[DefaultsTo(Text(""))]),
    field("optional", Pointer(&Leaf(Bool))),
]);

pub(super) static SECRET_VOLUME_SOURCE: Struct = Struct::new("v1.SecretVolumeSource", &[
    field("defaultMode", Pointer(&Leaf(Int32))),
    field("items", List(&Struct(&KEY_TO_PATH))),
    field("optional", Pointer(&Leaf(Bool))),
    field("secretName", Leaf(String)),
]);

pub(super) static SECURITY_CONTEXT: Struct = Struct::new("v1.SecurityContext", &[
    field("allowPrivilegeEscalation", Pointer(&Leaf(Bool))),
    field("appArmorProfile", Pointer(&Struct(&APP_ARMOR_PROFILE))),
    field("capabilities", Pointer(&Struct(&CAPABILITIES))),
    field("privileged", Pointer(&Leaf(Bool))),
    field("procMount", Pointer(&Leaf(String))),
    field("readOnlyRootFilesystem", Pointer(&Leaf(Bool))),
    field("runAsGroup", Pointer(&Leaf(Int64))),
    field("runAsNonRoot", Pointer(&Leaf(Bool))),
    field("runAsUser", Pointer(&Leaf(Int64))),
    field("seLinuxOptions", Pointer(&Struct(&SE_LINUX_OPTIONS))),
    field("seccompProfile", Pointer(&Struct(&SECCOMP_PROFILE))),
    field("windowsOptions", Pointer(&Struct(&WINDOWS_SECURITY_CONTEXT_OPTIONS))),
]);

pub(super) static SERVE_DEPLOYMENT_STATUS: Struct = Struct::new("v1.ServeDeploymentStatus", &[
    field("message", Leaf(String)),
    field("status", Leaf(String)),
]);

pub(super) static SERVICE: Struct = Struct::new("v1.Service", &[
    field("apiVersion", Leaf(String)),
    field("kind", Leaf(String)),
    field("metadata", Struct(&OBJECT_META)),
    field("spec", Struct(&SERVICE_SPEC)),
    field("status", Struct(&SERVICE_STATUS)),
]);

pub(super) static SERVICE_ACCOUNT_TOKEN_PROJECTION: Struct = Struct::new("v1.ServiceAccountTokenProjection", &[
    field("audience", Leaf(String)),
    field("expirationSeconds", Pointer(&Leaf(Int64))),
    field("path", Leaf(String)).says(&[Required]),
]);

pub(super) static SERVICE_PORT: Struct = Struct::new("v1.ServicePort", &[
    field("appProtocol", Pointer(&Leaf(String))),
    field("name", Leaf(String)),
    field("nodePort", Leaf(Int32)),
    field("port", Leaf(Int32)).says(&[Required]),
    field("protocol", Leaf(String)).says(&[DefaultsTo(Text("TCP"))]),
    field("targetPort", Leaf(IntOrString)),
]);

pub(super) static SERVICE_SPEC: Struct = Struct::new("v1.ServiceSpec", &[
    field("allocateLoadBalancerNodePorts", Pointer(&Leaf(Bool))),
    field("clusterIP", Leaf(String)),
    field("clusterIPs", List(&Leaf(String))),
    field("externalIPs", List(&Leaf(String))),
    field("externalName", Leaf(String)),
    field("externalTrafficPolicy", Leaf(String)),
    field("healthCheckNodePort", Leaf(Int32)),
    field("internalTrafficPolicy", Pointer(&Leaf(String))),
    field("ipFamilies", List(&Leaf(String))),
    field("ipFamilyPolicy", Pointer(&Leaf(String))),
    field("loadBalancerClass", Pointer(&Leaf(String))),
    field("loadBalancerIP", Leaf(String)),
    field("loadBalancerSourceRanges", List(&Leaf(String))),
    field("ports", List(&Struct(&SERVICE_PORT))).says(&[KeyedBy(&["port", "protocol"])]),
    field("publishNotReadyAddresses", Leaf(Bool)),
    field("selector", Map(&Leaf(String))),
    field("sessionAffinity", Leaf(String)),
    field("sessionAffinityConfig", Pointer(&Struct(&SESSION_AFFINITY_CONFIG))),
    field("trafficDistribution", Pointer(&Leaf(String))),
    field("type", Leaf(String)),
]);

pub(super) static SERVICE_STATUS: Struct = Struct::new("v1.ServiceStatus", &[
    field("conditions", List(&Struct(&CONDITION))),
    field("loadBalancer", Struct(&LOAD_BALANCER_STATUS)),
]);

pub(super) static SESSION_AFFINITY_CONFIG: Struct = Struct::new("v1.SessionAffinityConfig", &[
    field("clientIP", Pointer(&Struct(&CLIENT_IP_CONFIG))),
]);

pub(super) static SE_LINUX_OPTIONS: Struct = Struct::new("v1.SELinuxOptions", &[
    field("level", Leaf(String)),
    field("role", Leaf(String)),
    field("type", Leaf(String)),
    field("user", Leaf(String)),
]);

pub(super) static SLEEP_ACTION: Struct = Struct::new("v1.SleepAction", &[
    field("seconds", Leaf(Int64)).says(&[Required]),
]);

pub(super) static STORAGE_OS_VOLUME_SOURCE: Struct = Struct::new("v1.StorageOSVolumeSource", &[
    field("fsType", Leaf(String)),
    field("readOnly", Leaf(Bool)),
    field("secretRef", Pointer(&Struct(&LOCAL_OBJECT_REFERENCE))),
    field("volumeName", Leaf(String)),
    field("volumeNamespace", Leaf(String)),
]);

pub(super) static SUBMITTER_CONFIG: Struct = Struct::new("v1.SubmitterConfig", &[
    field("backoffLimit", Pointer(&Leaf(Int32))),
]);

pub(super) static SYSCTL: Struct = Struct::new("v1.Sysctl", &[
    field("name", Leaf(String)).says(&[Required]),
    field("value", Leaf(String)).says(&[Required]),
]);

pub(super) static TCP_SOCKET_ACTION: Struct = Struct::new("v1.TCPSocketAction", &[
    field("host", Leaf(String)),
    field("port", Leaf(IntOrString)).says(&[Required]),
]);

pub(super) static TLS_OPTIONS: Struct = Struct::new("v1.TLSOptions", &[
    field("enabled", Pointer(&Leaf(Bool))),
]);

pub(super) static TOLERATION: Struct = Struct::new("v1.Toleration", &[
    field("effect", Leaf(String)),
    field("key", Leaf(String)),
    field("operator", Leaf(String)),
    field("tolerationSeconds", Pointer(&Leaf(Int64))),
    field("value", Leaf(String)),
]);

pub(super) static TOPOLOGY_SPREAD_CONSTRAINT: Struct = Struct::new("v1.TopologySpreadConstraint", &[
    field("labelSelector", Pointer(&Struct(&LABEL_SELECTOR))),
    field("matchLabelKeys", List(&Leaf(String))),
    field("maxSkew", Leaf(Int32)).says(&[Required]),
    field("minDomains", Pointer(&Leaf(Int32))),
    field("nodeAffinityPolicy", Pointer(&Leaf(String))),
    field("nodeTaintsPolicy", Pointer(&Leaf(String))),
    field("topologyKey", Leaf(String)).says(&[Required]),
    field("whenUnsatisfiable", Leaf(String)).says(&[Required]),
]);

pub(super) static TYPED_LOCAL_OBJECT_REFERENCE: Struct = Struct::new("v1.TypedLocalObjectReference", &[
    field("apiGroup", Pointer(&Leaf(String))),
    field("kind", Leaf(String)).says(&[Required]),
    field("name", Leaf(String)).says(&[Required]),
]);

pub(super) static TYPED_OBJECT_REFERENCE: Struct = Struct::new("v1.TypedObjectReference", &[
    field("apiGroup", Pointer(&Leaf(String))),
    field("kind", Leaf(String)).says(&[Required]),
    field("name", Leaf(String)).says(&[Required]),
    field("namespace", Pointer(&Leaf(String))),
]);

pub(super) static VOLUME: Struct = Struct::new("v1.Volume", &[
    field("awsElasticBlockStore", Pointer(&Struct(&AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE))),
    field("azureDisk", Pointer(&Struct(&AZURE_DISK_VOLUME_SOURCE))),
    field("azureFile", Pointer(&Struct(&AZURE_FILE_VOLUME_SOURCE))),
    field("cephfs", Pointer(&Struct(&CEPH_FS_VOLUME_SOURCE))),
    field("cinder", Pointer(&Struct(&CINDER_VOLUME_SOURCE))),
    field("configMap", Pointer(&Struct(&CONFIG_MAP_VOLUME_SOURCE))),
    field("csi", Pointer(&Struct(&CSI_VOLUME_SOURCE))),
    field("downwardAPI", Pointer(&Struct(&DOWNWARD_API_VOLUME_SOURCE))),
    field("emptyDir", Pointer(&Struct(&EMPTY_DIR_VOLUME_SOURCE))),
    field("ephemeral", Pointer(&Struct(&EPHEMERAL_VOLUME_SOURCE))),
    field("fc", Pointer(&Struct(&FC_VOLUME_SOURCE))),
    field("flexVolume", Pointer(&Struct(&FLEX_VOLUME_SOURCE))),
    field("flocker", Pointer(&Struct(&FLOCKER_VOLUME_SOURCE))),
    field("gcePersistentDisk", Pointer(&Struct(&GCE_PERSISTENT_DISK_VOLUME_SOURCE))),
    field("gitRepo", Pointer(&Struct(&GIT_REPO_VOLUME_SOURCE))),
    field("glusterfs", Pointer(&Struct(&GLUSTERFS_VOLUME_SOURCE))),
    field("hostPath", Pointer(&Struct(&HOST_PATH_VOLUME_SOURCE))),
    field("image", Pointer(&Struct(&IMAGE_VOLUME_SOURCE))),
    field("iscsi", Pointer(&Struct(&ISCSI_VOLUME_SOURCE))),
    field("name", Leaf(String)).says(&[Required]),
    field("nfs", Pointer(&Struct(&NFS_VOLUME_SOURCE))),
    field("persistentVolumeClaim", Pointer(&Struct(&PERSISTENT_VOLUME_CLAIM_VOLUME_SOURCE))),
    field("photonPersistentDisk", Pointer(&Struct(&PHOTON_PERSISTENT_DISK_VOLUME_SOURCE))),
    field("portworxVolume", Pointer(&Struct(&PORTWORX_VOLUME_SOURCE))),
    field("projected", Pointer(&Struct(&PROJECTED_VOLUME_SOURCE))),
    field("quobyte", Pointer(&Struct(&QUOBYTE_VOLUME_SOURCE))),
    field("rbd", Pointer(&Struct(&RBD_VOLUME_SOURCE))),
    field("scaleIO", Pointer(&Struct(&SCALE_IO_VOLUME_SOURCE))),
    field("secret", Pointer(&Struct(&SECRET_VOLUME_SOURCE))),
    field("storageos", Pointer(&Struct(&STORAGE_OS_VOLUME_SOURCE))),
    field("vsphereVolume", Pointer(&Struct(&VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE))),
]);

pub(super) static VOLUME_DEVICE: Struct = Struct::new("v1.VolumeDevice", &[
    field("devicePath", Leaf(String)).says(&[Required]),
    field("name", Leaf(String)).says(&[Required]),
]);

pub(super) static VOLUME_MOUNT: Struct = Struct::new("v1.VolumeMount", &[
    field("mountPath", Leaf(String)).says(&[Required]),
    field("mountPropagation", Pointer(&Leaf(String))),
    field("name", Leaf(String)).says(&[Required]),
    field("readOnly", Leaf(Bool)),
    field("recursiveReadOnly", Pointer(&Leaf(String))),
    field("subPath", Leaf(String)),
    field("subPathExpr", Leaf(String)),
]);

pub(super) static VOLUME_PROJECTION: Struct = Struct::new("v1.VolumeProjection", &[
    field("clusterTrustBundle", Pointer(&Struct(&CLUSTER_TRUST_BUNDLE_PROJECTION))),
    field("configMap", Pointer(&Struct(&CONFIG_MAP_PROJECTION))),
    field("downwardAPI", Pointer(&Struct(&DOWNWARD_API_PROJECTION))),
    field("podCertificate", Pointer(&Struct(&POD_CERTIFICATE_PROJECTION))).added_in(V1_5),
    field("secret", Pointer(&Struct(&SECRET_PROJECTION))),
    field("serviceAccountToken", Pointer(&Struct(&SERVICE_ACCOUNT_TOKEN_PROJECTION))),
]);

pub(super) static VOLUME_RESOURCE_REQUIREMENTS: Struct = Struct::new("v1.VolumeResourceRequirements", &[
    field("limits", Map(&Leaf(Quantity))),
    field("requests", Map(&Leaf(Quantity))),
]);

pub(super) static VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE: Struct = Struct::new("v1.VsphereVirtualDiskVolumeSource", &[
    field("fsType", Leaf(String)),
    field("storagePolicyID", Leaf(String)),
    field("storagePolicyName", Leaf(String)),
    field("volumePath", Leaf(String)).says(&[Required]),
]);

pub(super) static WEIGHTED_POD_AFFINITY_TERM: Struct = Struct::new("v1.WeightedPodAffinityTerm", &[
    field("podAffinityTerm", Struct(&POD_AFFINITY_TERM)).says(&[Required]),
    field("weight", Leaf(Int32)).says(&[Required]),
]);

pub(super) static WINDOWS_SECURITY_CONTEXT_OPTIONS: Struct = Struct::new("v1.WindowsSecurityContextOptions", &[
    field("gmsaCredentialSpec", Pointer(&Leaf(String))),
    field("gmsaCredentialSpecName", Pointer(&Leaf(String))),
    field("hostProcess", Pointer(&Leaf(Bool))),
    field("runAsUserName", Pointer(&Leaf(String))),
]);

pub(super) static WORKER_GROUP_NETWORK_POLICY_RULES: Struct = Struct::new("v1.WorkerGroupNetworkPolicyRules", &[
    field("egressRules", List(&Struct(&NETWORK_POLICY_EGRESS_RULE))),
    field("groupName", Leaf(String)).says(&[Required]),
    field("ingressRules", List(&Struct(&NETWORK_POLICY_INGRESS_RULE))),
]);

pub(super) static WORKER_GROUP_SPEC: Struct = Struct::new("v1.WorkerGroupSpec", &[
    field("groupName", Leaf(String)).says(&[Required]),
    field("idleTimeoutSeconds", Pointer(&Leaf(Int32))).says(&[OnlyIn(V1)]),
    field("labels", Map(&Leaf(String))).says(&[OnlyIn(V1)]).added_in(V1_5),
    field("maxReplicas", Pointer(&Leaf(Int32))).says(&[Required, DefaultsTo(Number(2_147_483_647))]),
    field("minReplicas", Pointer(&Leaf(Int32))).says(&[Required, DefaultsTo(Number(0))]),
    field("numOfHosts", Leaf(Int32)).says(&[DefaultsTo(Number(1)), OnlyIn(V1)]),
    field("priority", Pointer(&Leaf(Int32))).says(&[DefaultsTo(Number(0)), OnlyIn(V1)]).added_in(V1_7),
    field("rayStartParams", Map(&Leaf(String))).says(&[Required]).removed_after(V1_3),
    field("rayStartParams", Map(&Leaf(String))).says(&[RequiredIn(V1Alpha1)]).added_in(V1_4),
    field("replicas", Pointer(&Leaf(Int32))).says(&[DefaultsTo(Number(0))]),
    field("resources", Map(&Leaf(String))).says(&[OnlyIn(V1)]).added_in(V1_5),
    field("scaleStrategy", Struct(&SCALE_STRATEGY)),
    field("suspend", Pointer(&Leaf(Bool))).says(&[OnlyIn(V1)]),
    field("template", Struct(&POD_TEMPLATE_SPEC)).says(&[Required]),
]);

pub(super) static WORKLOAD_REFERENCE: Struct = Struct::new("v1.WorkloadReference", &[
    field("name", Leaf(String)).says(&[Required]),
    field("podGroup", Leaf(String)).says(&[Required]),
    field("podGroupReplicaKey", Leaf(String)),
]);

//! The RayJob CRD: more than a megabyte, of which a handful of names of fields is kept. They tell KubeRay's version.

use std::borrow::Cow;

use kube::Resource;
use kube::api::ObjectMeta;
use kube::core::ClusterResourceScope;
use raygate_core::kuberay::KubeRayVersion;
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};

/// Name of the CRD.
pub(super) const NAME: &str = "rayjobs.ray.io";

/// The CRD as far as it is read.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct RayJobCrd {
    #[serde(deserialize_with = "name_and_version")]
    metadata: ObjectMeta,
    spec: CrdSpec,
}

#[derive(Clone, Debug, Deserialize)]
struct CrdSpec {
    versions: Vec<ServedVersion>,
}

#[derive(Clone, Debug, Deserialize)]
struct ServedVersion {
    name: String,
    schema: Option<Schema>,
}

#[derive(Clone, Debug, Deserialize)]
struct Schema {
    #[serde(rename = "openAPIV3Schema")]
    root: Option<Node<Root>>,
}

/// A schema of an object, of which only the properties are read.
#[derive(Clone, Debug, Deserialize)]
struct Node<P> {
    properties: Option<P>,
}

#[derive(Clone, Debug, Deserialize)]
struct Root {
    spec: Option<Node<JobFields>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct JobFields {
    deletion_strategy: Option<IgnoredAny>,
    pre_running_deadline_seconds: Option<IgnoredAny>,
    ray_cluster_spec: Option<Node<ClusterFields>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClusterFields {
    network_policy: Option<IgnoredAny>,
    autoscaler_options: Option<Node<AutoscalerOptions>>,
}

#[derive(Clone, Debug, Deserialize)]
struct AutoscalerOptions {
    version: Option<IgnoredAny>,
}

impl RayJobCrd {
    /// The minor version of KubeRay that ships a CRD with these fields: each has some that the one before it has not.
    /// None when the CRD lists no fields, as when somebody has cut its schema out.
    pub(super) fn kuberay_version(&self) -> Option<KubeRayVersion> {
        let v1 = self.spec.versions.iter().find(|version| version.name == "v1")?;
        let root = v1.schema.as_ref()?.root.as_ref()?.properties.as_ref()?;
        let spec = root.spec.as_ref()?.properties.as_ref()?;
        let cluster = spec.ray_cluster_spec.as_ref().and_then(|cluster| cluster.properties.as_ref());
        let autoscaler = cluster.and_then(|cluster| cluster.autoscaler_options.as_ref()?.properties.as_ref());
        Some(if cluster.is_some_and(|cluster| cluster.network_policy.is_some()) {
            KubeRayVersion::V1_7
        } else if spec.pre_running_deadline_seconds.is_some() {
            KubeRayVersion::V1_6
        } else if spec.deletion_strategy.is_some() {
            KubeRayVersion::V1_5
        } else if autoscaler.is_some_and(|options| options.version.is_some()) {
            KubeRayVersion::V1_4
        } else {
            KubeRayVersion::V1_3
        })
    }
}

/// Leaves out annotations and `managedFields`, which can be as big as the rest.
fn name_and_version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ObjectMeta, D::Error> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Slim {
        name: Option<String>,
        resource_version: Option<String>,
    }
    let Slim { name, resource_version } = Slim::deserialize(deserializer)?;
    Ok(ObjectMeta { name, resource_version, ..ObjectMeta::default() })
}

impl Resource for RayJobCrd {
    type DynamicType = ();
    type Scope = ClusterResourceScope;

    fn kind((): &()) -> Cow<'_, str> {
        "CustomResourceDefinition".into()
    }

    fn group((): &()) -> Cow<'_, str> {
        "apiextensions.k8s.io".into()
    }

    fn version((): &()) -> Cow<'_, str> {
        "v1".into()
    }

    fn plural((): &()) -> Cow<'_, str> {
        "customresourcedefinitions".into()
    }

    fn meta(&self) -> &ObjectMeta {
        &self.metadata
    }

    fn meta_mut(&mut self) -> &mut ObjectMeta {
        &mut self.metadata
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn crd(spec: &Value) -> RayJobCrd {
        let schema = |spec: &Value| json!({"openAPIV3Schema": {"type": "object", "properties": {"spec": {"properties": spec}}}});
        serde_json::from_value(json!({
            "apiVersion": "apiextensions.k8s.io/v1",
            "kind": "CustomResourceDefinition",
            "metadata": {"name": NAME, "resourceVersion": "7", "managedFields": [{"manager": "kubectl"}]},
            "spec": {"group": "ray.io", "versions": [
                {"name": "v1alpha1", "served": true, "schema": schema(&json!({}))},
                {"name": "v1", "served": true, "schema": schema(spec)},
            ]},
            "status": {"acceptedNames": {}},
        }))
        .expect("a CRD")
    }

    #[test]
    fn the_newest_field_tells_the_version() {
        let typed = json!({"type": "string"});
        let cluster = |fields: Value| json!({"type": "object", "properties": fields});
        let v1_3 = json!({"deletionPolicy": typed, "rayClusterSpec": cluster(json!({"autoscalerOptions": cluster(json!({"image": typed}))}))});
        let v1_4 = json!({"rayClusterSpec": cluster(json!({"autoscalerOptions": cluster(json!({"version": typed}))}))});
        let mut v1_5 = v1_4.clone();
        v1_5["deletionStrategy"] = typed.clone();
        let mut v1_6 = v1_5.clone();
        v1_6["preRunningDeadlineSeconds"] = typed.clone();
        let mut v1_7 = v1_6.clone();
        v1_7["rayClusterSpec"]["properties"]["networkPolicy"] = typed;
        let specs = [v1_3, v1_4, v1_5, v1_6, v1_7];
        let told: Vec<_> = specs.iter().map(|spec| crd(spec).kuberay_version()).collect();
        assert_eq!(told, KubeRayVersion::ALL.map(Some));
    }

    #[test]
    fn a_crd_without_fields_tells_nothing() {
        for versions in [
            json!([]),
            json!([{"name": "v1alpha1", "schema": {"openAPIV3Schema": {"properties": {"spec": {"properties": {}}}}}}]),
            json!([{"name": "v1"}]),
            json!([{"name": "v1", "schema": {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}}}]),
            json!([{"name": "v1", "schema": {"openAPIV3Schema": {"properties": {"spec": {"type": "object"}}}}}]),
        ] {
            let crd = json!({"metadata": {"name": NAME}, "spec": {"versions": versions}});
            let crd: RayJobCrd = serde_json::from_value(crd).expect("a CRD");
            assert_eq!(crd.kuberay_version(), None, "{crd:?}");
        }
    }

    #[test]
    fn of_the_metadata_only_name_and_version_are_kept() {
        let crd = crd(&json!({}));
        let expected = ObjectMeta {
            name: Some(NAME.to_owned()),
            resource_version: Some("7".to_owned()),
            ..ObjectMeta::default()
        };
        assert_eq!(*crd.meta(), expected);
        assert_eq!(RayJobCrd::url_path(&(), None), "/apis/apiextensions.k8s.io/v1/customresourcedefinitions");
    }
}

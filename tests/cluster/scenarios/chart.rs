//! The chart in all its shapes: what Helm renders is judged by the API server, by cert-manager's and the Prometheus
//! Operator's own CRDs, by Pod Security, and by what tools see that compare a cluster with Git for ever.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use raygate_control_plane::{ControlPlane, User};
use serde_json::{Value, json};

use super::scenarios;
use crate::clusters::Clusters;
use crate::raygate;

scenarios![
    every_shape_of_the_chart_is_taken_by_the_api_server,
    every_pod_fits_pod_security_restricted,
    applied_again_nothing_differs,
    the_plain_manifests_are_taken_by_the_api_server,
];

/// All that Prometheus and Grafana can be given.
fn monitored() -> Value {
    json!({
        "serviceMonitor": {"enabled": true, "labels": {"release": "prometheus"},
            "relabelings": [{"action": "labeldrop", "regex": "container"}],
            "metricRelabelings": [{"action": "drop", "sourceLabels": ["__name__"], "regex": "raygate_open_.*"}]},
        "prometheusRule": {"enabled": true, "alertLabels": {"team": "platform"}},
        "grafanaDashboard": {"enabled": true, "annotations": {"grafana_folder": "Ray"}},
    })
}

/// Shapes of the chart, each with its values besides the certificate.
fn shapes() -> Vec<(&'static str, Value)> {
    let affinity = json!({"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {
        "nodeSelectorTerms": [{"matchExpressions": [{"key": "gpu", "operator": "DoesNotExist"}]}]}}});
    let digest = format!("sha256:{}", "0".repeat(64));
    vec![
        ("as it comes", json!({})),
        (
            "for one KubeRay, without a token",
            json!({"watchPolicies": false, "kuberay": {"version": "1.6.0", "featureGates": [{"name": "RayCronJob", "enabled": true}]}}),
        ),
        ("watched", json!({"metrics": monitored()})),
        ("grown by load", json!({"autoscaling": {"enabled": true, "minReplicas": 3, "maxReplicas": 9}})),
        ("one replica", json!({"replicas": 1, "validatingWebhook": {"failurePolicy": "Ignore"}})),
        (
            "under trial, with policies",
            json!({"enforcement": "Warn",
            "policies": {"gpu-teams": {"match": {"namespaces": ["team-*"]}, "require": {"activeDeadlineSeconds": true}}}}),
        ),
        (
            "in few namespaces",
            json!({
            "validatingWebhook": {"namespaceSelector": {"matchLabels": {"raygate": "enabled"}},
                "matchConditions": [{"name": "not-admins", "expression": "!('admins' in request.userInfo.groups)"}]},
            "mutatingWebhook": {"enabled": false}, "guardWebhooks": {"rayCronJob": {"enabled": false}}}),
        ),
        (
            "in a locked network",
            json!({"networkPolicy": {
            "webhookFrom": [{"ipBlock": {"cidr": "10.0.0.0/28"}}],
            "adminFrom": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "monitoring"}}}],
            "egress": [{"to": [{"ipBlock": {"cidr": "10.0.0.1/32"}}], "ports": [{"protocol": "TCP", "port": 6443}]}]}}),
        ),
        (
            "apart",
            json!({"podAntiAffinity": "required", "affinity": affinity, "nodeSelector": {"a": "b"},
            "tolerations": [{"key": "control", "operator": "Exists"}], "replicas": 3}),
        ),
        (
            "on OpenShift",
            json!({"podSecurityContext": {"runAsUser": null, "runAsGroup": null, "fsGroup": null}}),
        ),
        (
            "named and labelled",
            json!({"fullnameOverride": "gate", "labels": {"team": "ml"}, "annotations": {"note": "x"},
            "podLabels": {"p": "q"}, "podAnnotations": {"r": "s"}, "imagePullSecrets": [{"name": "regcred"}],
            "image": {"registry": "registry.example.com", "digest": digest}}),
        ),
        (
            "with more of everything",
            json!({"extraArgs": ["--max-connections=2000"],
            "extraEnv": [{"name": "RUST_BACKTRACE", "value": "1"}],
            "extraVolumes": [{"name": "scratch", "emptyDir": {}}],
            "extraVolumeMounts": [{"name": "scratch", "mountPath": "/scratch"}],
            "extraObjects": [{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "{{ .Release.Name }}-more"}}]}),
        ),
    ]
}

/// Shapes whose certificates cert-manager makes.
fn shapes_with_cert_manager() -> [(&'static str, Value); 2] {
    let certified =
        |manager: Value| json!({"certificates": {"mode": "cert-manager", "certManager": manager}});
    [
        ("a CA of its own", certified(json!({}))),
        (
            "a given issuer",
            certified(json!({"issuerRef": {"name": "ca", "kind": "ClusterIssuer"}, "duration": "720h"})),
        ),
    ]
}

/// Everything that Helm can be told, whole.
fn all_values() -> Result<Vec<(&'static str, Value)>> {
    let certified = raygate::chart()?.values["certificates"].take();
    let with_certificate = |(name, mut values): (&'static str, Value)| {
        values["certificates"] = certified.clone();
        (name, values)
    };
    Ok(shapes().into_iter().map(with_certificate).chain(shapes_with_cert_manager()).collect())
}

fn rendered(admin: &User, release: &str, namespace: &str, values: &Value) -> Result<String> {
    let chart = Path::new(env!("CARGO_MANIFEST_DIR")).join("charts/raygate");
    let chart = chart.to_string_lossy();
    let arguments = ["template", release, &chart, "-n", namespace, "-f", "-"];
    Ok(admin.helm(arguments).stdin(values.to_string()).run()?.expect_success()?.stdout)
}

fn objects(manifest: &str) -> Result<Vec<Value>> {
    serde_saphyr::from_multiple(manifest).context("Helm renders YAML")
}

/// A namespace in which no pod may do more than Pod Security's `restricted` allows.
fn restricted_namespace(control_plane: &ControlPlane) -> Result<String> {
    let namespace = control_plane.namespace("restricted")?;
    let label = "pod-security.kubernetes.io/enforce=restricted";
    control_plane.admin()?.kubectl(["label", "namespace", &namespace, label]).run()?.expect_success()?;
    Ok(namespace)
}

fn every_shape_of_the_chart_is_taken_by_the_api_server(clusters: &Clusters) -> Result<()> {
    let control_plane = clusters.bare()?;
    control_plane.install_neighbours_crds()?;
    let (admin, namespace) = (control_plane.admin()?, control_plane.namespace("chart")?);
    let mut all = all_values()?;
    let mut on_the_nodes = all[0].1.clone();
    on_the_nodes["hostNetwork"] = json!(true);
    on_the_nodes["webhook"] = json!({"port": 9443});
    all.push(("on the nodes' network", on_the_nodes));
    // Strict: a field that no schema knows is an error, and not a warning.
    let apply =
        ["apply", "--server-side", "--dry-run=server", "--validate=strict", "-n", &namespace, "-f", "-"];
    for (name, values) in all {
        let manifest = rendered(&admin, "shapes", &namespace, &values)?;
        let output = admin.kubectl(apply).stdin(manifest).run()?.expect_success().context(name)?;
        ensure!(output.stdout.contains("deployment.apps/"), "{name}: {output}");
        ensure!(!output.stderr.contains("Warning"), "{name}: {output}");
    }
    Ok(())
}

fn every_pod_fits_pod_security_restricted(clusters: &Clusters) -> Result<()> {
    let control_plane = clusters.bare()?;
    let (admin, namespace) = (control_plane.admin()?, restricted_namespace(control_plane)?);
    let create = ["create", "--dry-run=server", "-n", &namespace, "-f", "-"];
    for (name, values) in all_values()? {
        for template in objects(&rendered(&admin, "shapes", &namespace, &values)?)?.iter().filter_map(pod_of)
        {
            admin.kubectl(create).stdin(template.to_string()).run()?.expect_success().context(name)?;
        }
    }
    let (_, values) = &all_values()?[0];
    let mut privileged = values.clone();
    privileged["securityContext"] = json!({"allowPrivilegeEscalation": true});
    let all = objects(&rendered(&admin, "shapes", &namespace, &privileged)?)?;
    let pod = all.iter().find_map(pod_of).context("a Deployment")?;
    let refused = admin.kubectl(create).stdin(pod.to_string()).run()?.expect_failure()?;
    ensure!(refused.stderr.contains("violates PodSecurity"), "nobody judges pods here: {refused}");
    Ok(())
}

/// The pod that a controller would make of this object, or that it is.
fn pod_of(object: &Value) -> Option<Value> {
    let mut pod = match object["kind"].as_str()? {
        "Deployment" => object["spec"]["template"].clone(),
        "Pod" => object.clone(),
        _ => return None,
    };
    pod["apiVersion"] = json!("v1");
    pod["kind"] = json!("Pod");
    pod["metadata"]["name"] = json!("raygate");
    Some(pod)
}

/// As Flux and Argo CD's server-side comparison do it: apply without storing, and look whether anything would change.
fn applied_again_nothing_differs(_: &Clusters) -> Result<()> {
    // A control plane of its own: what is stored here is everybody's, the definition of policies for one.
    let control_plane = ControlPlane::start()?;
    control_plane.install_neighbours_crds()?;
    let (admin, namespace) = (control_plane.admin()?, control_plane.namespace("gitops")?);
    let provided = objects(&rendered(&admin, "raygate", &namespace, &all_values()?[0].1)?)?;
    let entry = provided.iter().find(|object| object["kind"] == "MutatingWebhookConfiguration");
    let ca = entry.context("a configuration")?["webhooks"][0]["clientConfig"]["caBundle"].clone();
    let same_manager = ["--server-side", "--field-manager=gitops", "-n", &namespace, "-f", "-"];
    for (name, mut values) in all_values()? {
        // Not asked for: other scenarios write RayJobs into this cluster, where nobody serves these webhooks.
        let nowhere = json!({"matchLabels": {"kubernetes.io/metadata.name": namespace}});
        for webhook in ["validatingWebhook", "mutatingWebhook"] {
            values[webhook]["namespaceSelector"] = nowhere.clone();
        }
        for kind in ["rayCluster", "rayService", "rayCronJob"] {
            values["guardWebhooks"][kind]["namespaceSelector"] = nowhere.clone();
        }
        let manifest = rendered(&admin, "raygate", &namespace, &values)?;
        let apply = ["apply"].into_iter().chain(same_manager);
        admin.kubectl(apply).stdin(manifest.as_str()).run()?.expect_success().context(name)?;
        if values["certificates"]["mode"] == "cert-manager" {
            inject_ca(&admin, &ca)?;
        }
        let diff = ["diff"].into_iter().chain(same_manager);
        let difference = admin.kubectl(diff).stdin(manifest.as_str()).run()?;
        ensure!(difference.status.success() && difference.stdout.is_empty(), "{name}: {difference}");
        let delete = ["delete", "--timeout=60s", "-n", &namespace, "-f", "-"];
        admin.kubectl(delete).stdin(manifest).run()?.expect_success()?;
    }
    Ok(())
}

/// What cert-manager's CA injector does with a webhook configuration that asks for it.
fn inject_ca(admin: &User, ca: &Value) -> Result<()> {
    for kind in ["validatingwebhookconfiguration", "mutatingwebhookconfiguration"] {
        let get = ["get", kind, "admission-raygate", "-o", "json"];
        let mut configuration = admin.kubectl(get).json()?;
        let asked = &configuration["metadata"]["annotations"]["cert-manager.io/inject-ca-from"];
        ensure!(asked.as_str().is_some_and(|from| from.ends_with("/raygate")), "{configuration}");
        for webhook in configuration["webhooks"].as_array_mut().context("webhooks")? {
            ensure!(
                webhook["clientConfig"]["caBundle"].is_null(),
                "the chart leaves it to the injector: {webhook}"
            );
            webhook["clientConfig"]["caBundle"] = ca.clone();
        }
        let replace = ["replace", "--field-manager=cert-manager-cainjector", "-f", "-"];
        admin.kubectl(replace).stdin(configuration.to_string()).run()?.expect_success()?;
    }
    Ok(())
}

fn the_plain_manifests_are_taken_by_the_api_server(clusters: &Clusters) -> Result<()> {
    let control_plane = clusters.bare()?;
    control_plane.install_neighbours_crds()?;
    let admin = control_plane.admin()?;
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/raygate.yaml"))?;
    // Not stored but for the namespace, or the webhooks would refuse what other scenarios write.
    let all = objects(&manifest)?;
    let namespace = all.iter().find(|object| object["kind"] == "Namespace").context("a Namespace")?;
    admin.kubectl(["apply", "-f", "-"]).stdin(namespace.to_string()).run()?.expect_success()?;
    let apply = ["apply", "--server-side", "--dry-run=server", "--validate=strict", "-f", "-"];
    let output = admin.kubectl(apply).stdin(manifest).run()?.expect_success()?;
    ensure!(output.stdout.lines().count() == all.len(), "{output}");
    Ok(())
}

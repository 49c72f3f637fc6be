//! The Deployment and what surrounds it: the command line that it runs, and how the pods live, move and stop.

use std::process::Command;

use serde_json::{Value, json};

use crate::release::{CHART, call, certified, certified_and, notes, refusal, render, text};

#[test]
fn the_chart_passes_helms_own_strict_lint() {
    let output = call(&["lint", CHART, "--strict"], &certified());
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
}

/// Values that make the chart write every argument it can.
fn all_arguments() -> Value {
    let mut values = certified();
    values["kuberay"] =
        json!({"version": "1.6.0", "featureGates": [{"name": "RayCronJob", "enabled": true}]});
    values["enforcement"] = json!("Audit");
    values["policies"] = json!({"deadlines": {"require": {"activeDeadlineSeconds": true}}});
    values
}

#[test]
fn serve_takes_every_argument_that_the_chart_gives() {
    let objects = render(&all_arguments());
    assert_eq!(objects.arguments()[0], "serve");
    // Arguments are read in order, so that the help is reached only behind a good command line.
    let output = Command::new(env!("CARGO_BIN_EXE_raygate"))
        .args(objects.arguments())
        .arg("--help")
        .output()
        .expect("raygate starts");
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("--admin-listen"), "{}", text(&output.stdout));
}

#[test]
fn policies_are_files_that_raygate_reads() {
    let objects = render(&all_arguments());
    let map = objects.get("ConfigMap").expect("the policies");
    let policy = map["data"]["deadlines.yaml"].as_str().expect("a file");
    let folder = std::env::temp_dir().join(format!("raygate-chart-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("deadlines.yaml"), policy).expect("a file");
    let output = Command::new(env!("CARGO_BIN_EXE_raygate"))
        .args(["check", "--format", "json", "--policy"])
        .args([&folder, &folder])
        .output()
        .expect("raygate starts");
    std::fs::remove_dir_all(&folder).expect("it was there");
    assert!(text(&output.stderr).is_empty(), "{policy}\n{}", text(&output.stderr));
}

#[test]
fn the_command_line_says_what_the_values_say() {
    let objects = render(&all_arguments());
    let arguments = objects.arguments();
    for expected in [
        "--listen=0.0.0.0:10250",
        "--admin-listen=0.0.0.0:8080",
        "--tls-cert=/etc/raygate/tls/tls.crt",
        "--tls-key=/etc/raygate/tls/tls.key",
        "--kuberay-version=1.6.0",
        "--kuberay-feature-gates=RayCronJob=true",
        "--enforcement=audit",
        "--policy=/etc/raygate/policies",
        "--controller-users=system:serviceaccount:default:kuberay-operator",
        "--controller-users=system:serviceaccount:kueue-system:kueue-controller-manager",
        "--controller-users=system:serviceaccount:kube-system:generic-garbage-collector",
        "--drain-delay=10s",
        "--shutdown-timeout=15s",
        "--log-format=json",
        "--log-level=info",
    ] {
        assert!(arguments.contains(&expected), "no {expected} in {arguments:#?}");
    }
}

#[test]
fn unset_kuberay_values_leave_the_choice_to_the_server() {
    let objects = render(&certified());
    let said = objects.arguments().into_iter().find(|argument| argument.starts_with("--kuberay"));
    assert_eq!(said, None);
}

#[test]
fn several_feature_gates_share_one_flag() {
    let gates =
        json!([{"name": "RayCronJob", "enabled": true}, {"name": "RayJobDeletionPolicy", "enabled": false}]);
    let objects = render(&certified_and("kuberay.featureGates", gates));
    assert!(
        objects.arguments().contains(&"--kuberay-feature-gates=RayCronJob=true,RayJobDeletionPolicy=false")
    );
}

#[test]
fn probes_ask_the_admin_port() {
    let objects = render(&certified());
    let container = objects.container();
    let admin = container["ports"].as_array().expect("ports").iter().find(|port| port["name"] == "admin");
    assert_eq!(admin.expect("an admin port")["containerPort"], 8080);
    for (probe, path) in
        [("startupProbe", "/livez"), ("livenessProbe", "/livez"), ("readinessProbe", "/readyz")]
    {
        assert_eq!(container[probe]["httpGet"], json!({"path": path, "port": "admin"}), "{probe}");
    }
}

#[test]
fn pods_fit_pod_security_restricted() {
    let objects = render(&certified());
    let (pod, container) = (objects.pod(), objects.container());
    assert_eq!(pod["securityContext"]["runAsNonRoot"], true);
    assert_eq!(pod["securityContext"]["runAsUser"], 65532);
    assert_eq!(pod["securityContext"]["seccompProfile"]["type"], "RuntimeDefault");
    assert_eq!(container["securityContext"]["allowPrivilegeEscalation"], false);
    assert_eq!(container["securityContext"]["capabilities"]["drop"], json!(["ALL"]));
    assert_eq!(container["securityContext"]["readOnlyRootFilesystem"], true);
    assert_eq!(pod["hostNetwork"], Value::Null);
    let volumes = pod["volumes"].as_array().expect("volumes");
    assert!(volumes.iter().all(|volume| volume["secret"].is_object()), "{volumes:?}");
}

#[test]
fn the_cluster_sets_no_variables_that_raygate_would_read_as_flags() {
    assert_eq!(render(&certified()).pod()["enableServiceLinks"], false);
}

#[test]
fn with_nothing_to_ask_nobody_gets_a_token_of_the_api_server() {
    let mut values = certified_and("kuberay.version", json!("1.6.0"));
    values["watchPolicies"] = json!(false);
    let objects = render(&values);
    assert_eq!(objects.pod()["automountServiceAccountToken"], false);
    assert!(objects.get("ClusterRole").is_none() && objects.get("ClusterRoleBinding").is_none());
    let account = objects.get("ServiceAccount").expect("a ServiceAccount");
    assert_eq!(objects.pod()["serviceAccountName"], account["metadata"]["name"]);
}

/// Every other pod that runs under the account must ask for its token itself.
#[test]
fn to_ask_which_kuberay_runs_the_pods_may_read_one_crd_and_nothing_else() {
    let objects = render(&certified_and("watchPolicies", json!(false)));
    assert_eq!(objects.pod()["automountServiceAccountToken"], true);
    let account = objects.get("ServiceAccount").expect("a ServiceAccount");
    assert_eq!(account["automountServiceAccountToken"], false);
    let role = objects.get("ClusterRole").expect("a ClusterRole");
    assert_eq!(
        role["rules"],
        json!([{
            "apiGroups": ["apiextensions.k8s.io"],
            "resources": ["customresourcedefinitions"],
            "resourceNames": ["rayjobs.ray.io"],
            "verbs": ["get", "list", "watch"],
        }])
    );
    let binding = objects.get("ClusterRoleBinding").expect("a ClusterRoleBinding");
    assert_eq!(binding["roleRef"]["name"], role["metadata"]["name"]);
    let subject =
        json!({"kind": "ServiceAccount", "name": account["metadata"]["name"], "namespace": "raygate-system"});
    assert_eq!(binding["subjects"], json!([subject]));
}

#[test]
fn an_account_of_ones_own_is_used_and_not_made() {
    let objects = render(&certified_and("serviceAccount", json!({"create": false, "name": "mine"})));
    assert!(objects.get("ServiceAccount").is_none());
    assert_eq!(objects.pod()["serviceAccountName"], "mine");
    let bound = objects.all().iter().filter_map(|object| object.pointer("/subjects/0/name"));
    assert_eq!(bound.collect::<Vec<_>>(), ["mine", "mine", "mine"]);
}

#[test]
fn a_rolling_update_never_goes_below_the_number_of_replicas() {
    let objects = render(&certified());
    let deployment = objects.deployment();
    assert_eq!(deployment["spec"]["replicas"], 2);
    assert_eq!(deployment["spec"]["strategy"]["rollingUpdate"], json!({"maxUnavailable": 0, "maxSurge": 1}));
}

#[test]
fn the_pod_disruption_budget_exists_only_where_it_lets_a_node_drain() {
    assert!(render(&certified()).get("PodDisruptionBudget").is_some());
    assert!(render(&certified_and("replicas", json!(1))).get("PodDisruptionBudget").is_none());
    assert!(
        render(&certified_and("podDisruptionBudget.enabled", json!(false)))
            .get("PodDisruptionBudget")
            .is_none()
    );
}

#[test]
fn everything_that_selects_pods_selects_these() {
    let objects =
        render(&certified_and("podLabels", json!({"app.kubernetes.io/name": "other", "team": "ml"})));
    let labels = &objects.deployment()["spec"]["template"]["metadata"]["labels"];
    assert_eq!(labels["team"], "ml");
    let selectors = [
        &objects.deployment()["spec"]["selector"]["matchLabels"],
        &objects.get("Service").expect("a Service")["spec"]["selector"],
        &objects.get("PodDisruptionBudget").expect("a budget")["spec"]["selector"]["matchLabels"],
        &objects.pod()["topologySpreadConstraints"][0]["labelSelector"]["matchLabels"],
    ];
    for selector in selectors {
        let selector = selector.as_object().expect("a selector");
        assert!(!selector.is_empty());
        for (key, value) in selector {
            assert_eq!(&labels[key], value, "{key}");
        }
    }
}

#[test]
fn a_constraint_with_its_own_selector_keeps_it() {
    let own = json!({"maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "DoNotSchedule",
        "labelSelector": {"matchLabels": {"a": "b"}}});
    let objects = render(&certified_and("topologySpreadConstraints", json!([own])));
    assert_eq!(objects.pod()["topologySpreadConstraints"], json!([own]));
}

#[test]
fn the_image_is_named_by_digest_before_tag_and_by_the_charts_version_without_either() {
    let digest = format!("sha256:{}", "0".repeat(64));
    let image = |value: Value| render(&certified_and("image", value)).container()["image"].clone();
    assert_eq!(image(json!({})), concat!("raygate:", env!("CARGO_PKG_VERSION")));
    assert_eq!(image(json!({"registry": "r.example/p/", "tag": "v1"})), "r.example/p/raygate:v1");
    assert_eq!(image(json!({"repository": "gate", "tag": "v1", "digest": digest})), format!("gate@{digest}"));
}

#[test]
fn a_grace_period_that_cuts_off_requests_is_refused() {
    let with_delay = |seconds: u32| certified_and("drainDelaySeconds", json!(seconds));
    assert_eq!(render(&with_delay(14)).pod()["terminationGracePeriodSeconds"], 30);
    let message = refusal(&with_delay(15));
    assert!(
        message.contains("terminationGracePeriodSeconds (30)") && message.contains("set it to 35"),
        "{message}"
    );
}

#[test]
fn ports_that_cannot_both_be_had_are_refused() {
    let message = refusal(&certified_and("admin.port", json!(10250)));
    assert!(message.contains("webhook.port and admin.port are both 10250"), "{message}");
    let mut values = certified_and("hostNetwork", json!(true));
    let message = refusal(&values);
    assert!(message.contains("kubelet") && message.contains("webhook.port"), "{message}");
    values["webhook"] = json!({"port": 9443});
    assert_eq!(render(&values).pod()["hostNetwork"], true);
}

#[test]
fn the_notes_give_the_next_command_and_warn_of_a_single_replica() {
    let printed = notes(&certified());
    assert!(
        printed.contains("kubectl --namespace raygate-system rollout status deployment/raygate"),
        "{printed}"
    );
    assert!(!printed.contains("WARNING"), "{printed}");
    let printed = notes(&certified_and("replicas", json!(1)));
    assert!(printed.contains("WARNING: with replicas=1"), "{printed}");
}

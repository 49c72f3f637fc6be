//! The serving certificate: the two ways to give it, and what Helm says about every other way.

use serde_json::{Value, json};

use crate::release::{CA, CERTIFICATE, KEY, certified, refusal, render};

const COMMAND: &str = "raygate certs --out certs --service raygate --namespace raygate-system";

fn refused(certificates: &Value) -> String {
    refusal(&json!({"certificates": certificates}))
}

fn assert_says(message: &str, parts: &[&str]) {
    for part in parts {
        assert!(message.contains(part), "`{part}` is missing from:\n{message}");
    }
}

#[test]
fn without_any_certificate_helm_names_both_ways_and_the_commands() {
    let message = refusal(&json!({}));
    assert_says(
        &message,
        &[
            "certificates.secretName",
            "certificates.cert",
            COMMAND,
            "--set-file certificates.caBundle=certs/ca.crt",
        ],
    );
}

#[test]
fn the_command_names_the_service_of_this_release() {
    let message = refusal(&json!({"fullnameOverride": "gate"}));
    assert_says(&message, &["raygate certs --out certs --service gate --namespace raygate-system"]);
}

#[test]
fn half_a_pair_is_refused_with_the_other_half_named() {
    assert_says(
        &refused(&json!({"cert": CERTIFICATE, "caBundle": CA})),
        &["certificates.key is empty", COMMAND],
    );
    assert_says(&refused(&json!({"key": KEY, "caBundle": CA})), &["certificates.cert is empty", COMMAND]);
}

#[test]
fn a_secret_and_a_pair_together_are_refused() {
    let message = refused(&json!({"secretName": "mine", "cert": CERTIFICATE, "key": KEY, "caBundle": CA}));
    assert_says(&message, &["certificates.secretName", "both set", "remove the other"]);
}

#[test]
fn a_missing_ca_is_refused_with_both_ways() {
    for mut certificates in [json!({"secretName": "mine"}), json!({"cert": CERTIFICATE, "key": KEY})] {
        assert_says(&refused(&certificates), &["certificates.caBundle is empty", COMMAND]);
        certificates["caBundle"] = CA.into();
        render(&json!({"certificates": certificates}));
    }
}

#[test]
fn a_file_name_in_place_of_its_content_is_refused() {
    let pair = |field: &str, value: &str| {
        let mut values = certified();
        values["certificates"][field] = value.into();
        refusal(&values)
    };
    assert_says(
        &pair("cert", "certs/tls.crt"),
        &["certificates.cert is no PEM", "--set-file certificates.cert=FILE"],
    );
    assert_says(
        &pair("key", "certs/tls.key"),
        &["certificates.key is no PEM", "--set-file certificates.key=FILE"],
    );
    assert_says(&pair("caBundle", "LS0tLS1CRUdJTg=="), &["certificates.caBundle is no PEM", "base64"]);
}

#[test]
fn a_private_key_in_the_ca_bundle_is_refused() {
    let mut values = certified();
    values["certificates"]["caBundle"] = format!("{CA}{KEY}").into();
    assert_says(&refusal(&values), &["certificates.caBundle contains a private key", "ca.crt"]);
}

#[test]
fn every_kind_of_private_key_is_taken() {
    for kind in ["PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY"] {
        let mut values = certified();
        values["certificates"]["key"] =
            format!("-----BEGIN {kind}-----\na2V5\n-----END {kind}-----\n").into();
        render(&values);
    }
}

#[test]
fn a_given_pair_becomes_the_secret_that_is_mounted() {
    let objects = render(&certified());
    let secret = objects.get("Secret").expect("a Secret");
    assert_eq!(secret["type"], "kubernetes.io/tls");
    // base64 of CERTIFICATE and KEY, by another hand than the chart's.
    assert_eq!(
        secret["data"]["tls.crt"],
        "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCmJHVmhaZz09Ci0tLS0tRU5EIENFUlRJRklDQVRFLS0tLS0K"
    );
    assert_eq!(
        secret["data"]["tls.key"],
        "LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCmEyVjUKLS0tLS1FTkQgUFJJVkFURSBLRVktLS0tLQo="
    );
    assert_eq!(objects.pod()["volumes"][0]["secret"]["secretName"], secret["metadata"]["name"]);
}

#[test]
fn a_changed_pair_rolls_the_pods() {
    let checksum = |values: &Value| {
        render(values).deployment()["spec"]["template"]["metadata"]["annotations"]["checksum/certificate"]
            .clone()
    };
    let mut changed = certified();
    changed["certificates"]["key"] = "-----BEGIN PRIVATE KEY-----\nbmV3\n-----END PRIVATE KEY-----\n".into();
    assert!(checksum(&certified()).is_string());
    assert_ne!(checksum(&certified()), checksum(&changed));
}

#[test]
fn an_existing_secret_is_mounted_and_none_is_written() {
    let objects = render(&json!({"certificates": {"secretName": "mine", "caBundle": CA}}));
    assert!(objects.get("Secret").is_none());
    assert_eq!(objects.pod()["volumes"][0]["secret"]["secretName"], "mine");
}

fn by_cert_manager(certificates: &Value) -> Value {
    let mut values = json!({"certificates": certificates});
    values["certificates"]["mode"] = "cert-manager".into();
    values
}

#[test]
fn cert_manager_makes_the_certificate_of_this_service() {
    let objects = render(&by_cert_manager(&json!({})));
    assert!(objects.get("Secret").is_none());
    let leaf = objects.named("Certificate", "raygate");
    assert_eq!(leaf["spec"]["dnsNames"], json!(["raygate.raygate-system.svc"]));
    assert_eq!(leaf["spec"]["secretName"], objects.pod()["volumes"][0]["secret"]["secretName"]);
    let issuer = objects.named("Issuer", leaf["spec"]["issuerRef"]["name"].as_str().expect("a name"));
    let ca = objects.named("Certificate", "raygate-ca");
    assert_eq!(issuer["spec"]["ca"]["secretName"], ca["spec"]["secretName"]);
    assert_eq!(
        (&ca["spec"]["isCA"], &ca["spec"]["privateKey"]["rotationPolicy"]),
        (&json!(true), &json!("Never"))
    );
    let root = objects.named("Issuer", ca["spec"]["issuerRef"]["name"].as_str().expect("a name"));
    assert!(root["spec"]["selfSigned"].is_object());
}

#[test]
fn cert_manager_writes_the_ca_and_the_chart_does_not() {
    let objects = render(&by_cert_manager(&json!({})));
    for kind in ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"] {
        let configuration = objects.get(kind).expect(kind);
        let annotations = &configuration["metadata"]["annotations"];
        assert_eq!(annotations["cert-manager.io/inject-ca-from"], "raygate-system/raygate");
        for entry in objects.webhooks(kind) {
            assert!(entry["clientConfig"].get("caBundle").is_none(), "{entry}");
        }
    }
}

#[test]
fn an_issuer_of_ones_own_is_used_and_none_is_made() {
    let reference = json!({"name": "platform-ca", "kind": "ClusterIssuer"});
    let objects = render(&by_cert_manager(&json!({"certManager": {"issuerRef": reference}})));
    assert!(objects.get("Issuer").is_none());
    assert_eq!(
        objects.get("Certificate").expect("one")["spec"]["issuerRef"],
        json!({"name": "platform-ca", "kind": "ClusterIssuer", "group": "cert-manager.io"})
    );
}

#[test]
fn certificates_from_two_sides_are_refused() {
    for (field, value) in [("secretName", "mine"), ("cert", CERTIFICATE), ("key", KEY), ("caBundle", CA)] {
        let message = refusal(&by_cert_manager(&json!({field: value})));
        assert_says(&message, &[&format!("certificates.{field} is set"), "certificates.mode cert-manager"]);
    }
}

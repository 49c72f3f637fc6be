//! What Prometheus and Grafana get: read by Prometheus' own parser, and every metric and label in it is one that Raygate
//! has, which docs/metrics.md lists.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use raygate::telemetry::Telemetry;
use serde_json::{Value, json};

use crate::release::{CHART, Objects, certified, certified_and, render, text, with};

/// What Prometheus adds to whatever it scrapes through the `ServiceMonitor`.
const TARGET_LABELS: [&str; 4] = ["namespace", "service", "pod", "job"];

/// Metrics of others: Prometheus' own, and the API server's, of which `k8s.io/apiserver/pkg/admission/metrics` has the labels.
const OF_OTHERS: [(&str, &[&str]); 3] = [
    ("up", &[]),
    ("apiserver_admission_webhook_rejection_count", &["name", "type", "operation", "error_type"]),
    ("apiserver_admission_webhook_fail_open_count", &["name", "type"]),
];

fn monitored() -> Objects {
    let values = with(
        certified(),
        "metrics",
        json!({"prometheusRule": {"enabled": true, "alertLabels": {"team": "ml"}}}),
    );
    render(&with(values, "metrics.grafanaDashboard", json!({"enabled": true})))
}

/// One metric as `/metrics` shows it.
#[derive(Debug, Default)]
struct Metric {
    kind: String,
    help: String,
    labels: BTreeSet<String>,
}

/// What a scrape says, after everything has happened once.
fn scraped() -> BTreeMap<String, Metric> {
    let telemetry = Telemetry::default();
    telemetry.metrics.set_kuberay("1.6", "crd");
    telemetry.record_refusal(413, "too big");
    telemetry.metrics.policies.set_in_force(1, 1);
    telemetry.metrics.policies.set_failing("namespaces", true);
    let mut metrics: BTreeMap<String, Metric> = BTreeMap::new();
    let scrape = telemetry.metrics.text();
    for line in scrape.lines() {
        let words: Vec<_> = line.splitn(4, ' ').collect();
        match words[..] {
            ["#", "HELP", name, help] => {
                help.clone_into(&mut metrics.entry(name.to_owned()).or_default().help);
            }
            ["#", "TYPE", name, kind] => {
                kind.clone_into(&mut metrics.entry(name.to_owned()).or_default().kind);
            }
            _ => {}
        }
    }
    for line in scrape.lines().filter(|line| !line.starts_with('#')) {
        let (series, labels) = line.split_once('{').unwrap_or((line.split(' ').next().unwrap_or(line), ""));
        let family = family(&metrics, series).expect("every series has a TYPE");
        let labels = labels.split_once('}').map_or("", |(labels, _)| labels);
        let names =
            labels.split("\",").filter_map(|label| label.split_once('=')).map(|(name, _)| name.to_owned());
        metrics.get_mut(&family).expect("it was found").labels.extend(names);
    }
    metrics
}

/// The metric that this series belongs to.
fn family(metrics: &BTreeMap<String, Metric>, series: &str) -> Option<String> {
    let suffixes = |kind: &str| match kind {
        "counter" => &["_total"][..],
        "histogram" => &["_bucket", "_sum", "_count"],
        "info" => &["_info"],
        _ => &[""],
    };
    let is_it = |(name, metric): &(&String, &Metric)| {
        suffixes(&metric.kind).iter().any(|suffix| series.strip_suffix(suffix) == Some(name.as_str()))
    };
    metrics.iter().find(is_it).map(|(name, _)| name.clone())
}

/// What Prometheus reads: a line with a metric and the labels that are named with it, for each selector.
fn read_by_prometheus(arguments: &[&str], input: &str) -> Vec<String> {
    let mut child = Command::new("go")
        .args(["run", "."])
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/chart/promql"))
        .env("GOTOOLCHAIN", "local")
        .env("GOWORK", "off")
        .env("GOFLAGS", "-mod=readonly")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("`go` is on the PATH: install Go 1.26 or newer");
    let mut stdin = child.stdin.take().expect("stdin is piped");
    stdin.write_all(input.as_bytes()).expect("it reads");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "Prometheus refuses:\n{input}\n{}", text(&output.stderr));
    text(&output.stdout).lines().map(str::to_owned).collect()
}

fn assert_known(selectors: &[String]) {
    assert!(selectors.len() > 10, "{selectors:?}");
    let metrics = scraped();
    for selector in selectors {
        let mut words = selector.split(' ');
        let name = words.next().expect("a name");
        let mut labels: BTreeSet<&str> = words.collect();
        if let Some((_, known)) = OF_OTHERS.iter().find(|(of_others, _)| *of_others == name) {
            labels.retain(|label| !known.contains(label) && !TARGET_LABELS.contains(label));
        } else {
            let metric = family(&metrics, name).expect(name);
            let known = &metrics[&metric].labels;
            labels.retain(|label| !known.contains(*label) && !TARGET_LABELS.contains(label));
        }
        assert_eq!(labels, BTreeSet::new(), "{name} has no such labels");
    }
}

fn rules(objects: &Objects) -> &Value {
    &objects.get("PrometheusRule").expect("rules")["spec"]
}

fn alerts(objects: &Objects) -> &Vec<Value> {
    rules(objects)["groups"][0]["rules"].as_array().expect("rules")
}

#[test]
fn prometheus_takes_the_alerts_and_raygate_has_what_they_look_at() {
    let objects = monitored();
    assert_known(&read_by_prometheus(&[], &rules(&objects).to_string()));
    for alert in alerts(&objects) {
        assert_eq!(alert["labels"]["team"], "ml");
        assert!(
            ["warning", "critical"].contains(&alert["labels"]["severity"].as_str().expect("one")),
            "{alert}"
        );
    }
}

#[test]
fn prometheus_takes_the_queries_of_the_dashboard_and_raygate_has_what_they_look_at() {
    let objects = monitored();
    let dashboard = objects.get("ConfigMap").expect("a dashboard")["data"]["raygate.json"].as_str();
    let dashboard: Value = serde_json::from_str(dashboard.expect("a file")).expect("JSON");
    let panels = dashboard["panels"].as_array().expect("panels");
    let queries = panels.iter().flat_map(|panel| panel["targets"].as_array().expect("targets"));
    // Grafana puts a duration here.
    let query = |target: &Value| target["expr"].as_str().expect("a query").replace("$__rate_interval", "5m");
    let queries: Vec<_> = queries.map(query).collect();
    assert_known(&read_by_prometheus(&["-queries"], &queries.join("\n")));
    let ids: BTreeSet<_> = panels.iter().map(|panel| panel["id"].as_u64()).collect();
    assert_eq!(ids.len(), panels.len());
}

#[test]
fn prometheus_looks_at_the_metrics_port_of_this_service() {
    let objects = render(&certified_and("metrics.serviceMonitor.enabled", json!(true)));
    let monitor = &objects.get("ServiceMonitor").expect("a monitor")["spec"];
    let service = objects.get("Service").expect("a Service");
    let ports = service["spec"]["ports"].as_array().expect("ports");
    assert!(ports.iter().any(|port| port["name"] == monitor["endpoints"][0]["port"]), "{monitor}");
    for (key, value) in monitor["selector"]["matchLabels"].as_object().expect("labels") {
        assert_eq!(&service["metadata"]["labels"][key], value, "{key}");
    }
    assert_eq!(monitor["endpoints"][0]["honorLabels"], true, "`endpoint` is a label of Raygate's own");
}

#[test]
fn an_alert_leads_to_its_section_of_the_documentation() {
    let documented = fs::read_to_string(metrics_page()).expect("docs/metrics.md");
    let root = "https://docs.example.com/metrics";
    let rule = json!({"enabled": true, "runbookUrl": root});
    let objects = render(&certified_and("metrics.prometheusRule", rule));
    for alert in alerts(&objects) {
        let name = alert["alert"].as_str().expect("a name");
        assert!(documented.contains(&format!("\n### {name}\n")), "docs/metrics.md says nothing about {name}");
        assert_eq!(alert["annotations"]["runbook_url"], format!("{root}#{}", name.to_lowercase()));
    }
    assert!(alerts(&monitored())[0]["annotations"].get("runbook_url").is_none());
}

fn metrics_page() -> std::path::PathBuf {
    Path::new(CHART).join("../../docs/metrics.md")
}

/// `UPDATE=1 cargo test --test chart monitoring` rewrites the table.
#[test]
fn the_table_of_metrics_is_current() {
    let mut table = String::from("| metric | type | labels | what it counts |\n|---|---|---|---|\n");
    for (name, Metric { kind, help, labels }) in &scraped() {
        let suffix = match kind.as_str() {
            "counter" => "_total",
            "info" => "_info",
            _ => "",
        };
        let labels: Vec<_> =
            labels.iter().filter(|label| *label != "le").map(|label| format!("`{label}`")).collect();
        let help = help.trim_end_matches('.').replace('|', "\\|");
        writeln!(table, "| `{name}{suffix}` | {kind} | {} | {help} |", labels.join(", ")).expect("a String");
    }
    let (begin, end) = ("<!-- generated: metrics -->\n", "<!-- end -->");
    let page = fs::read_to_string(metrics_page()).expect("docs/metrics.md");
    let (before, rest) = page.split_once(begin).expect("the table's beginning");
    let (committed, after) = rest.split_once(end).expect("the table's end");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(metrics_page(), [before, begin, &table, end, after].concat()).expect("it can be written");
    } else {
        assert!(
            committed == table,
            "docs/metrics.md is out of date: run UPDATE=1 cargo test --test chart monitoring"
        );
    }
}

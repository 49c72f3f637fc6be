//! `rayStartParams` to judge: every option with many values, on head and worker, and combinations that somebody might write.

use std::collections::BTreeMap;

/// The `rayStartParams` of a head or a worker group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Case {
    pub(crate) is_head: bool,
    pub(crate) params: BTreeMap<String, String>,
}

impl Case {
    fn of(is_head: bool, params: &[(&str, &str)]) -> Self {
        let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { is_head, params }
    }

    pub(crate) fn has_value(&self, is_meant: impl Fn(&str) -> bool) -> bool {
        self.params.values().any(|value| is_meant(value))
    }

    pub(crate) fn has_name(&self, is_meant: impl Fn(&str) -> bool) -> bool {
        self.params.keys().any(|name| is_meant(name))
    }
}

/// Values that somebody writes for an option of whatever type.
pub(crate) const VALUES: [&str; 34] = [
    "",
    "2 3",
    "'2",
    "2;3",
    "2&",
    "2(3)",
    "$HOME",
    "true",
    "/tmp/ray",
    "1_0",
    "8080",
    "false",
    // From here on they mean nothing for a text.
    "0",
    "1",
    "4",
    "-1",
    "+2",
    "010",
    "0.5",
    "1e3",
    "500m",
    "4Gi",
    "four",
    "True",
    "yes",
    "no",
    "auto",
    " 2",
    "2 ",
    "'2'",
    "\"2\"",
    "10005",
    "70000",
    "2147483648",
];

/// How many of them are for texts.
const FOR_TEXTS: usize = 12;

/// Options that no Ray has, beside those of the table.
const STRANGERS: [&str; 14] = [
    "dashboardHost",
    "dashboard_host",
    "num_cpus",
    "numCpus",
    "num-cpu",
    "--dashboard-host",
    "redis-port",
    "huge-pages",
    "num-workers",
    "object-spilling-config",
    "webui-host",
    "cpu",
    "help",
    "version",
];

/// Groups with several options, or with values for one option alone.
#[rustfmt::skip]
const HANDMADE: &[&[(&str, &str)]] = &[
    &[],
    &[("dashboard-host", "0.0.0.0"), ("num-cpus", "0")],
    &[("dashboard-host", "127.0.0.1")],
    &[("num-cpus", "$CPUS"), ("redis-password", "$REDIS_PASSWORD")],
    &[("node-ip-address", "$MY_POD_IP")],
    &[("node-ip-address", "$(hostname -i)")],
    &[("block", "true"), ("head", "true")],
    &[("head", "false"), ("num-gpus", "1")],
    &[("num-cpus", "2 --num-gpus=1")],
    &[("num-cpus", "2 --num-gpus=x")],
    &[("num-cpus", "2"), ("memory", "4294967296"), ("object-store-memory", "100000000")],
    &[("object-store-memory", "78643199")],
    &[("object-store-memory", "78643200")],
    &[("object-store-memory", "70000000000")],
    &[("memory", "100000000000001")],
    &[("temp-dir", "tmp/ray")],
    &[("temp-dir", "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")],
    &[("temp-dir", "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")],
    &[("temp-dir", "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa///")],
    &[("temp-dir", "'/tmp/my ray'")],
    &[("temp-dir", "/tmp/my\\ ray")],
    &[("temp-dir", "/tmp/ray\\")],
    &[("temp-dir", "true"), ("num-cpus", "x")],
    &[("port", "6380")],
    &[("port", "8265")],
    &[("port", "0")],
    &[("dashboard-port", "8080")],
    &[("dashboard-port", "8080"), ("metrics-export-port", "0")],
    &[("dashboard-port", "8080"), ("metrics-export-port", "false")],
    &[("metrics-export-port", "8265")],
    &[("ray-client-server-port", "6379")],
    &[("ray-client-server-port", "10001")],
    &[("ray-client-server-port", "1023")],
    &[("ray-client-server-port", "0")],
    &[("object-manager-port", "8076"), ("node-manager-port", "8076")],
    &[("object-manager-port", "10001")],
    &[("runtime-env-agent-port", "0")],
    &[("runtime-env-agent-port", "80")],
    &[("min-worker-port", "19999")],
    &[("min-worker-port", "20000")],
    &[("min-worker-port", "0")],
    &[("max-worker-port", "10002")],
    &[("max-worker-port", "10003")],
    &[("max-worker-port", "0")],
    &[("min-worker-port", "0"), ("max-worker-port", "0")],
    &[("min-worker-port", "5000"), ("max-worker-port", "9000")],
    &[("min-worker-port", "30000"), ("max-worker-port", "40000"), ("port", "10005")],
    &[("min-worker-port", "30000"), ("max-worker-port", "30000")],
    &[("min-worker-port", "$A"), ("port", "10005")],
    &[("worker-port-list", "10002,10003")],
    &[("worker-port-list", "10002,10003"), ("port", "10005")],
    &[("worker-port-list", "10002, 10003")],
    &[("worker-port-list", "'10002, 10003'")],
    &[("worker-port-list", "10002;10003")],
    &[("worker-port-list", "[10002,10003]")],
    &[("worker-port-list", "80")],
    &[("worker-port-list", "8080")],
    &[("worker-port-list", "10002,10002")],
    &[("resources", r#"'{"a": 1}'"#)],
    &[("resources", r#""{\"a\": 1}""#)],
    &[("resources", r#"{"a":1}"#)],
    &[("resources", r#"{"a": 1}"#)],
    &[("resources", r#"{"a":1,"b":2}"#)],
    &[("resources", r#"{"a": 1, "b": 2}"#)],
    &[("resources", r#"{"a":{}}"#)],
    &[("resources", r#"{\"a\":1}"#)],
    &[("resources", r#"{\"a\":1,\"b\":2}"#)],
    &[("resources", "{}")],
    &[("resources", "''")],
    &[("resources", "'null'")],
    &[("resources", "'[]'")],
    &[("resources", r#"'{"a": 0}'"#)],
    &[("resources", r#"'{"a": 1.0}'"#)],
    &[("resources", r#"'{"a": 0.5}'"#)],
    &[("resources", r#"'{"a": -1}'"#)],
    &[("resources", r#"'{"a": 1e15}'"#)],
    &[("resources", r#"'{"a": "1"}'"#)],
    &[("resources", r#"'{"a": null}'"#)],
    &[("resources", r#"'{"a": true}'"#)],
    &[("resources", r#"'{"a": NaN}'"#)],
    &[("resources", r#"'{"a": 1,}'"#)],
    &[("resources", r#"'{"": 1}'"#)],
    &[("resources", r#"'{"CPU": 1}'"#)],
    &[("resources", r#"'{"GPU": 1}'"#)],
    &[("resources", r#"'{"cpu": 1}'"#)],
    &[("resources", r#"'{"memory": 1}'"#)],
    &[("resources", r#"'{"object_store_memory": 1}'"#)],
    &[("resources", r#"'{"node:__internal_head__": 1}'"#)],
    &[("resources", r#"'{"TPU": 4}'"#)],
    &[("resources", r#"'{"a": $COUNT}'"#)],
    &[("resources", r#""{\"a\": $COUNT}""#)],
    &[("resources", r#"'{"a": 1}"#)],
    &[("resources", r#"'{"a": 1}"#), ("temp-dir", "'/tmp/ray'")],
    &[("labels", "zone=a,tier=b")],
    &[("labels", "zone")],
    &[("labels", "'zone=a b'")],
    &[("labels", r#"'{"zone": "a"}'"#)],
    &[("include-dashboard", "maybe")],
    &[("include-dashboard", "false")],
    &[("include-log-monitor", "true")],
    &[("log-color", "true")],
    &[("log-color", "never")],
    &[("log-style", "PRETTY")],
    &[("log-style", "json")],
    &[("system-config", r#"'{"a": 1}'"#)],
    &[("system-config", r#"'{"num_heartbeats_timeout": 10}'"#)],
    &[("system-config", r#"{"a":1}"#)],
    &[("system-config", "'{}'")],
    &[("system-config", "'{ }'")],
    &[("enable-resource-isolation", "false"), ("system-reserved-cpu", "1.5")],
    &[("system-reserved-cpu", "0")],
    &[("system-reserved-cpu", "0.0")],
    &[("system-reserved-cpu", "one")],
    &[("system-reserved-memory", "1000000000")],
    &[("cgroup-path", "/sys/fs/cgroup")],
    &[("address", "head")],
    &[("address", "head:6379")],
    &[("address", "'[::1]:6379'")],
    &[("address", "ray://head:10001")],
    &[("proxy-server-url", "http://h/?a=1&b=2")],
    &[("proxy-server-url", "'http://h/?a=1&b=2'")],
    &[("proxy-server-url", "http://h/?a=1&b=2&c=3")],
    &[("node-name", "a&wait")],
    &[("node-name", "a & wait")],
    &[("node-name", "a&&b")],
    &[("node-name", "a#b")],
    &[("node-name", "a #b")],
    &[("node-name", "~")],
    &[("node-name", "a*b?")],
    &[("node-name", "a!b")],
    &[("node-name", "{a,b}")],
    &[("node-name", "a`b")],
    &[("node-name", "a\nb")],
    &[("node-name", "'a\nb'")],
    &[("node-name", "a\tb")],
    &[("node-name", "ä")],
    &[("node-name", "a\u{a0}b")],
    &[("num-cpus", "\u{ff12}")],
    &[("num-cpus", "2\n")],
    &[("num-cpus", "99999999999999999999")],
    &[("num-cpus", "x"), ("node-name", "$(date)")],
    &[("num-cpus", "4'"), ("node-name", "'b")],
    &[("num-cpus", "4\""), ("node-name", "b")],
    &[("num-cpus", "4)"), ("node-name", "b")],
    &[("", "x")],
    &[("a b", "x")],
    &[("num-cpus=4", "x")],
    &[("autoscaling-config", "/etc/a.yaml")],
    &[("redis-shard-ports", "6380,6381")],
    &[("redis-shard-ports", "''")],
    &[("node-name", " 2"), ("metrics-export-port", " 2")],
    &[("num-cpus", "2 3"), ("node-name", "2&")],
    &[("memory", "'4'"), ("node-name", "a\"b")],
    &[("storage", "/data")],
    &[("redis-max-memory", "1000000000")],
];

/// All groups to judge, for options with their kinds as the lists have them.
pub(crate) fn all<'o>(options: impl IntoIterator<Item = (&'o str, &'o str)>) -> Vec<Case> {
    let mut cases = Vec::new();
    let strangers = STRANGERS.map(|name| (name, "text"));
    for (at, (name, kind)) in options.into_iter().chain(strangers).enumerate() {
        let used = if kind == "text" { FOR_TEXTS } else { VALUES.len() };
        let values = VALUES.iter().enumerate().take(used);
        cases.extend(values.map(|(number, value)| Case::of((at + number) % 2 == 0, &[(name, value)])));
    }
    for params in HANDMADE {
        cases.extend([true, false].map(|is_head| Case::of(is_head, params)));
    }
    cases
}

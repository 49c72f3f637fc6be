//! The options of `ray start` in Ray 2.38.0 to 2.60.0, in one table.
//!
//! Generated: `python3 core/src/ray_start/generator/options.py add VERSION` writes it. Do not edit.

use super::Kind::{Bool, Choice, Float, Integer, Json, Switch, Text};
use super::{Release, StartOption, option};

/// The oldest and the newest Ray whose options are known.
pub(super) const KNOWN: [Release; 2] = [[2, 38], [2, 60]];

#[rustfmt::skip]
pub(super) static OPTIONS: &[StartOption] = &[
    option("address", Text),
    option("autoscaling-config", Text),
    option("block", Switch),
    option("cgroup-path", Text).added_in([2, 45]),
    option("dashboard-agent-grpc-port", Integer),
    option("dashboard-agent-listen-port", Integer),
    option("dashboard-grpc-port", Integer).removed_after([2, 47]),
    option("dashboard-host", Text),
    option("dashboard-port", Integer),
    option("disable-usage-stats", Switch),
    option("enable-object-reconstruction", Switch),
    option("enable-resource-isolation", Switch).added_in([2, 45]),
    option("gcs-server-port", Integer).removed_after([2, 47]),
    option("head", Switch),
    option("include-dashboard", Bool),
    option("include-log-monitor", Bool).added_in([2, 41]),
    option("labels", Text),
    option("labels-file", Text).added_in([2, 45]),
    option("log-color", Choice(&["auto", "false", "true"])),
    option("log-style", Choice(&["auto", "record", "pretty"])),
    option("max-worker-port", Integer),
    option("memory", Integer),
    option("metrics-export-port", Integer),
    option("min-worker-port", Integer),
    option("no-monitor", Switch),
    option("no-redirect-output", Switch),
    option("node-ip-address", Text),
    option("node-manager-port", Integer),
    option("node-name", Text),
    option("num-cpus", Integer),
    option("num-gpus", Integer),
    option("object-manager-port", Integer),
    option("object-spilling-directory", Text).added_in([2, 45]),
    option("object-store-memory", Integer),
    option("plasma-directory", Text),
    option("plasma-store-socket-name", Text).removed_after([2, 47]),
    option("port", Integer),
    option("proxy-server-url", Text).added_in([2, 55]),
    option("ray-client-server-port", Integer),
    option("ray-debugger-external", Switch),
    option("raylet-socket-name", Text).removed_after([2, 47]),
    option("redis-max-memory", Integer).removed_after([2, 43]),
    option("redis-password", Text),
    option("redis-shard-ports", Text),
    option("redis-username", Text).added_in([2, 41]),
    option("resources", Text),
    option("runtime-env-agent-port", Integer),
    option("storage", Text).removed_after([2, 47]),
    option("system-config", Json),
    option("system-reserved-cpu", Float).added_in([2, 45]),
    option("system-reserved-memory", Integer).added_in([2, 45]),
    option("temp-dir", Text),
    option("tracing-startup-hook", Text),
    option("verbose", Switch),
    option("worker-port-list", Text),
];

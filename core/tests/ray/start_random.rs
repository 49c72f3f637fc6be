//! `rayStartParams` at random: several options of one Ray together, each with a value that is right, nearly right or wrong.

use crate::random::{Random, Seed, setting};
use crate::start_cases::{Case, VALUES};

/// How many groups are made beside those by hand, unless `RAYGATE_START_PARAMETERS` says another number.
const MADE: u64 = 400;

/// Ports that meet each other often.
const PORTS: [&str; 16] = [
    "6379", "6380", "8265", "8080", "10001", "10002", "10005", "19999", "20000", "52365", "0", "1023",
    "1024", "65535", "65536", "false",
];

const AMOUNTS: [&str; 14] = [
    "0",
    "1",
    "2",
    "8",
    "100000000",
    "4294967296",
    "78643200",
    "78643199",
    "1.0",
    "1e9",
    "4Gi",
    "'4'",
    "\"8\"",
    "-2",
];

const RESOURCES: [&str; 18] = [
    r#"'{"a": 1}'"#,
    r#"'{"a": 1, "b": 2.5}'"#,
    r#"'{"a": 0.5}'"#,
    r#"'{"a": "1"}'"#,
    r#"'{"a": 1'"#,
    r#"'{"GPU": 1}'"#,
    r#"'{"a": 1e15}'"#,
    r#"'{"a": [1]}'"#,
    r#"'{"é": 1}'"#,
    r#"'{"a\"b": 1}'"#,
    r#""{\"a\": 1}""#,
    r#""{\"a\": 1, \"b\": 0.5}""#,
    r#""{"a": 1}""#,
    r#"{"a":1}"#,
    r#"{\"a\":1}"#,
    r"{a:1}",
    "'[1]'",
    "'{}'",
];

const TEXTS: [&str; 17] = [
    "a",
    "'a b'",
    "\"a b\"",
    "a\\ b",
    "a'b'c",
    "a\"b c\"d",
    "''",
    "a=b",
    "--a",
    "-a",
    "a,b",
    "a:1",
    "[a]",
    "*",
    "~/a",
    "a'b",
    "a\"b",
];

/// So many groups for a Ray with these options and their kinds.
pub(crate) fn groups(options: &[(&str, &str)]) -> Vec<Case> {
    let mut random = Random::from_seed(Seed::choose("RAYGATE_START_SEED"));
    (0..setting("RAYGATE_START_PARAMETERS").unwrap_or(MADE)).map(|_| group(options, &mut random)).collect()
}

fn group(options: &[(&str, &str)], random: &mut Random) -> Case {
    let is_head = random.percent(50);
    let params = (0..=random.below(4))
        .map(|_| {
            let (name, kind) = random.pick(options);
            (name.to_owned(), value(name, kind, random).to_owned())
        })
        .collect();
    Case { is_head, params }
}

fn value(name: &str, kind: &str, random: &mut Random) -> &'static str {
    // What is wrong for most options, and would drown what is right.
    if random.percent(6) {
        return random.pick(&VALUES);
    }
    match kind {
        "switch" | "boolean" => random.pick(&["true", "false", "True", "TRUE", "1", "0"]),
        "integer" if name.ends_with("port") => random.pick(&PORTS),
        "integer" | "float" => random.pick(&AMOUNTS),
        "json" => random.pick(&RESOURCES),
        "text" if name == "resources" => random.pick(&RESOURCES),
        "text" if name == "worker-port-list" => {
            random.pick(&["10002,10003", "10005", "6379,10002", "8080", "9000"])
        }
        "text" if name == "temp-dir" => {
            random.pick(&["/tmp/ray", "/data", "ray", "'/tmp/my ray'", "/tmp/a\\ b"])
        }
        "text" if name.ends_with("address") => random.pick(&["10.0.0.1", "$MY_POD_IP", "127.0.0.1"]),
        "text" => random.pick(&TEXTS),
        choice => {
            if choice.contains("record") {
                random.pick(&["record", "auto"])
            } else {
                random.pick(&["auto", "true"])
            }
        }
    }
}

//! Secrets wherever an object, a body or a request may hold one: no answer, no log, no metric repeats them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http_body_util::Full;
use hyper::Method;
use hyper::body::Bytes;
use rustix::process::Signal;
use serde_json::{Value, json};

use crate::client::{Connection, HTTP1, HTTP2, admin, request, review};
use crate::program::Program;

const SECRET: &str = "xyzzy-Tr0ub4dor-77";

/// Each part is looked for: what quotes or cuts the whole may leave one.
const PARTS: [&str; 3] = ["xyzzy", "Tr0ub4dor", "dor-77"];

fn address() -> String {
    format!("https://user:{SECRET}@files.example/code.zip?token={SECRET}&sig={SECRET}#{SECRET}")
}

/// A job that is let in, with a secret in each place where people put one.
fn careless() -> Value {
    let url = address();
    let environment = json!([{"name": "DB_PASSWORD", "value": SECRET}, {"name": "FROM", "value": url}]);
    let probe = json!({"httpGet": {"port": 8080, "path": format!("/?token={SECRET}"),
        "httpHeaders": [{"name": "Authorization", "value": format!("Bearer {SECRET}")}]}});
    let container = |name: &str| {
        json!({
            "name": name, "image": "rayproject/ray:2.56.0", "env": environment,
            "args": ["--password", SECRET], "livenessProbe": probe,
            "lifecycle": {"postStart": {"exec": {"command": ["curl", url]}}},
        })
    };
    let template = |name: &str| json!({"metadata": {"annotations": {"note": SECRET, "from": url}}, "spec": {"containers": [container(name)]}});
    let mut submitter = template("submitter");
    submitter["spec"]["restartPolicy"] = json!("Never");
    json!({
        "apiVersion": "ray.io/v1",
        "kind": "RayJob",
        "metadata": {"name": "careless", "namespace": "default", "annotations": {"note": SECRET, "url": url}},
        "spec": {
            "entrypoint": format!("python train.py --password {SECRET} --from '{url}'"),
            "runtimeEnvYAML": format!(
                "env_vars: {{DB_PASSWORD: {SECRET}}}\nworking_dir: '{url}'\npy_modules: ['{url}']\n\
                 pip: ['--index-url https://me:{SECRET}@pypi.example/simple', 'a @ {url}', six]\n"
            ),
            "metadata": {"password": SECRET, "from": url},
            "shutdownAfterJobFinishes": true,
            "submitterPodTemplate": submitter,
            "rayClusterSpec": {
                "gcsFaultToleranceOptions": {
                    "redisAddress": format!("redis://u:{SECRET}@redis:6379"),
                    "redisPassword": {"value": SECRET},
                },
                "headGroupSpec": {
                    "rayStartParams": {"system-config": format!("'{{\"a\":\"{url}\"}}'"), "temp-dir": "/tmp/ray"},
                    "template": template("ray-head"),
                },
                "workerGroupSpecs": [{
                    "groupName": "small", "replicas": 1, "minReplicas": 0, "maxReplicas": 1,
                    "rayStartParams": {"redis-password": SECRET}, "template": template("ray-worker"),
                }],
            },
        },
    })
}

/// Changes that make the careless job one that is denied, at and beside the places with the secrets.
fn mistakes() -> Vec<Value> {
    let url = address();
    let container = |change: Value| {
        let mut container =
            careless()["spec"]["rayClusterSpec"]["headGroupSpec"]["template"]["spec"]["containers"][0]
                .clone();
        json_patch::merge(&mut container, &change);
        json!({"rayClusterSpec": {"headGroupSpec": {"template": {"spec": {"containers": [container]}}}}})
    };
    let head = |params: Value| json!({"rayClusterSpec": {"headGroupSpec": {"rayStartParams": params}}});
    vec![
        json!({"ttlSecondsAfterFinished": -1}),
        // Values that do not parse, or that Ray or the shell refuses.
        json!({"entrypoint": format!("python train.py --password {SECRET} '{url}")}),
        json!({"entrypoint": format!("python train.py; curl '{url}' > {SECRET} && echo \"${{{SECRET}")}),
        json!({"runtimeEnvYAML": format!("env_vars: {{DB_PASSWORD: {SECRET}, N: 1}}\npip: [{url}\n")}),
        json!({"runtimeEnvYAML": format!("env_vars: {{DB_PASSWORD: [{SECRET}], DB_TOKEN={SECRET}: 1, N: {{a: {SECRET}}}}}\n")}),
        json!({"runtimeEnvYAML": format!("working_dir: ftp://u:{SECRET}@h/x\npy_modules: ['{url}.bad', 7]\n")}),
        json!({"runtimeEnvYAML": format!("pip: ['--index-url=https://u:{SECRET}@h a', 'b=1 {SECRET}', '--x={SECRET}']\n")}),
        json!({"runtimeEnvYAML": SECRET}),
        json!({"entrypointResources": format!("{{\"{SECRET}\": \"{SECRET}\"")}),
        json!({"metadata": {"password": [SECRET], "n": 1}}),
        head(json!({"redis-password": SECRET, "num-cpus": "many", "dashboard-host": "127.0.0.1"})),
        head(json!({"redis-password": format!("'{SECRET}"), "redis-username": format!("a; {SECRET}")})),
        head(
            json!({"system-config": format!("'{{\"a\": {SECRET}'"), "resources": format!("'{{\"a\": \"{url}\"}}'")}),
        ),
        container(
            json!({"env": [{"name": "A=B", "value": SECRET}, {"name": "C", "value": SECRET, "valueFrom": {}}]}),
        ),
        container(json!({"env": [{"name": "A", "value": [SECRET]}, {"name": "A", "value": {SECRET: 1}}]})),
        container(json!({"args": {SECRET: SECRET}, "command": SECRET})),
        container(
            json!({"livenessProbe": {"httpGet": {"port": 0, "httpHeaders": [{"name": "A b", "value": SECRET}]}}}),
        ),
        // What would stop the operator.
        container(json!({"resources": {"limits": {"memory": "1e1.5"}}})),
        json!({"backoffLimit": 2_147_483_648_i64}),
        json!({"entrypoint": [SECRET]}),
        json!({"runtimeEnvYAML": {SECRET: SECRET}}),
        json!({"submitterPodTemplate": SECRET}),
        head(json!([SECRET])),
    ]
}

/// Reviews of all these jobs, created and written over each other, and bodies that are no reviews.
fn bodies() -> Vec<String> {
    let careless = careless();
    let changed = mistakes().into_iter().map(|change| {
        let mut job = careless.clone();
        json_patch::merge(&mut job, &json!({"spec": change}));
        job
    });
    let jobs: Vec<Value> = std::iter::once(careless.clone()).chain(changed).collect();
    let mut bodies = Vec::new();
    for job in &jobs {
        let mut create = review("create");
        create["request"]["object"] = job.clone();
        let mut update = create.clone();
        update["request"]["operation"] = json!("UPDATE");
        update["request"]["oldObject"] = careless.clone();
        let mut back = update.clone();
        back["request"]["object"] = careless.clone();
        back["request"]["oldObject"] = job.clone();
        bodies.extend([&create, &update, &back].map(Value::to_string));
    }
    let whole = bodies[0].clone();
    let twice = whole.replacen("\"entrypoint\":", &format!("\"entrypoint\":\"{SECRET}\",\"entrypoint\":"), 1);
    let secret_at = whole.find(SECRET).expect("it is there") + SECRET.len() - 3;
    bodies.extend([
        twice,
        whole[..secret_at].to_owned(),
        whole.replace(SECRET, &format!("{SECRET}\u{1}")),
        format!("\"{SECRET}\""),
        format!("{{\"kind\": \"{SECRET}\", \"apiVersion\": \"{SECRET}\"}}"),
        SECRET.to_owned(),
    ]);
    bodies
}

fn assert_silent(place: &str, text: &str) {
    for part in PARTS {
        assert!(!text.contains(part), "{place}: {text}");
    }
}

/// What is in the answer, with its patch as it is applied.
fn opened(body: &str) -> String {
    let answer: Value = serde_json::from_str(body).unwrap_or_default();
    let patch = answer["response"]["patch"].as_str().unwrap_or_default();
    let patch = STANDARD.decode(patch).expect("base64");
    format!("{body}\n{}", String::from_utf8_lossy(&patch))
}

/// Sends all of it, and looks at all that comes out.
async fn plant(flags: &[&str], protocols: &[&str]) {
    let mut program = Program::start(flags);
    let mut connection = Connection::open(&program, protocols).await;
    let (mut denied, mut warned, mut patched, mut refused) = (0, 0, 0, 0);
    for body in bodies() {
        for path in ["/validate", "/mutate"] {
            let answer = connection.post(path, body.clone()).await;
            assert_silent(&format!("{path} {body}"), &opened(&answer.body));
            assert_silent("a header", &format!("{:?}", answer.headers));
            let response = &serde_json::from_str::<Value>(&answer.body).unwrap_or_default()["response"];
            denied += usize::from(response["allowed"] == false);
            warned += usize::from(!response["warnings"].is_null());
            patched += usize::from(!response["patch"].is_null());
            refused += usize::from(answer.status != 200);
        }
    }
    // The secrets were where somebody spoke, or their silence would prove nothing.
    assert!(warned > 20 || flags.contains(&"audit"), "{warned} with warnings");
    assert!(
        denied > 15 && patched > 20 && refused >= 4,
        "{denied} denied, {patched} patched, {refused} refused"
    );
    for path in ["/nowhere", "/validate", "/mutate"] {
        let asked = request(Method::POST, &format!("{path}?token={SECRET}"))
            .header("authorization", format!("Bearer {SECRET}"))
            .header("cookie", SECRET)
            .body(Full::new(Bytes::from(SECRET)))
            .expect("a request");
        let answer = connection.send(asked).await.expect("an answer");
        assert_silent(path, &format!("{:?} {}", answer.headers, answer.body));
    }
    for path in ["/metrics", "/readyz", "/livez", &format!("/nowhere?{SECRET}")] {
        assert_silent(path, &admin(&program, path).await.body);
    }
    drop(connection);
    program.signal(Signal::TERM);
    program.ended();
    let log = program.stderr();
    assert!(log.lines().count() > bodies().len() || !flags.contains(&"debug"), "{log}");
    assert_silent("stderr", &log);
}

#[tokio::test]
async fn no_answer_metric_or_line_of_text_holds_a_secret() {
    plant(&["--log-format", "text", "--log-level", "debug", "--drain-delay", "0s"], HTTP1).await;
}

#[tokio::test]
async fn no_answer_metric_or_line_of_json_holds_a_secret() {
    plant(&["--log-format", "json", "--log-level", "debug", "--drain-delay", "0s"], HTTP2).await;
}

#[tokio::test]
async fn no_audit_annotation_holds_a_secret_where_nothing_is_denied() {
    plant(&["--enforcement", "audit", "--log-level", "info", "--drain-delay", "0s"], HTTP1).await;
}

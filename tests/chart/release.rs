//! One `helm` call: values go in on stdin, the rendered objects or Helm's complaint come out.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use raygate_control_plane::clients;
use serde_json::{Value, json};

pub(crate) const CHART: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/charts/raygate");
const NAMESPACE: &str = "raygate-system";

/// PEM in outline: the chart looks at the armour, only the server looks inside.
pub(crate) const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----\nbGVhZg==\n-----END CERTIFICATE-----\n";
pub(crate) const KEY: &str = "-----BEGIN PRIVATE KEY-----\na2V5\n-----END PRIVATE KEY-----\n";
pub(crate) const CA: &str = "-----BEGIN CERTIFICATE-----\nY2E=\n-----END CERTIFICATE-----\n";

/// The objects of one release.
pub(crate) struct Objects(Vec<Value>);

impl Objects {
    /// The object of this kind and name.
    pub(crate) fn named(&self, kind: &str, name: &str) -> &Value {
        let is_it = |object: &&Value| object["kind"] == kind && object["metadata"]["name"] == name;
        self.0.iter().find(is_it).expect(name)
    }

    /// The only object of this kind, if there is one.
    pub(crate) fn get(&self, kind: &str) -> Option<&Value> {
        let mut found = self.0.iter().filter(|object| object["kind"] == kind);
        let first = found.next();
        assert!(found.next().is_none(), "more than one {kind}");
        first
    }

    pub(crate) fn all(&self) -> &[Value] {
        &self.0
    }

    pub(crate) fn deployment(&self) -> &Value {
        self.get("Deployment").expect("every release has a Deployment")
    }

    pub(crate) fn pod(&self) -> &Value {
        &self.deployment()["spec"]["template"]["spec"]
    }

    pub(crate) fn container(&self) -> &Value {
        &self.pod()["containers"][0]
    }

    pub(crate) fn arguments(&self) -> Vec<&str> {
        let arguments = self.container()["args"].as_array().expect("the container has args");
        arguments.iter().map(|argument| argument.as_str().expect("arguments are strings")).collect()
    }

    /// The entries of a webhook configuration.
    pub(crate) fn webhooks(&self, kind: &str) -> &[Value] {
        self.get(kind).expect(kind)["webhooks"].as_array().expect("entries")
    }

    /// The entry of a webhook configuration that is about RayJobs.
    pub(crate) fn webhook(&self, kind: &str) -> &Value {
        let is_about_jobs = |entry: &&Value| entry["rules"][0]["resources"] == json!(["rayjobs"]);
        self.webhooks(kind).iter().find(is_about_jobs).expect("an entry about RayJobs")
    }
}

/// The values with which the chart renders: a certificate, and otherwise its defaults.
pub(crate) fn certified() -> Value {
    json!({"certificates": {"cert": CERTIFICATE, "key": KEY, "caBundle": CA}})
}

/// [`certified`], with one more value at this dotted path.
pub(crate) fn certified_and(path: &str, value: Value) -> Value {
    with(certified(), path, value)
}

/// These values, with one more at this dotted path.
pub(crate) fn with(mut values: Value, path: &str, value: Value) -> Value {
    let mut place = &mut values;
    for key in path.split('.') {
        place = &mut place[key];
    }
    *place = value;
    values
}

/// Renders release `raygate` with these values.
pub(crate) fn render(values: &Value) -> Objects {
    render_as("raygate", values)
}

/// Renders a release of this name.
pub(crate) fn render_as(release: &str, values: &Value) -> Objects {
    let output = call(&["template", release, CHART], values);
    assert!(output.status.success(), "helm refuses {values}:\n{}", text(&output.stderr));
    let objects: Vec<Value> = serde_saphyr::from_multiple(&text(&output.stdout)).expect("Helm renders YAML");
    assert!(!objects.is_empty(), "nothing rendered");
    Objects(objects)
}

/// What Helm says when it refuses to render with these values.
pub(crate) fn refusal(values: &Value) -> String {
    let output = call(&["template", "raygate", CHART], values);
    assert!(!output.status.success(), "helm accepts {values}");
    text(&output.stderr)
}

/// What `helm install` would print for people, with these values.
pub(crate) fn notes(values: &Value) -> String {
    let output = call(&["install", "raygate", CHART, "--dry-run=client"], values);
    assert!(output.status.success(), "helm refuses {values}:\n{}", text(&output.stderr));
    let printed = text(&output.stdout);
    printed.split_once("NOTES:\n").expect("Helm prints the notes").1.to_owned()
}

/// One call of Helm with the values on stdin, far from any cluster.
pub(crate) fn call(arguments: &[&str], values: &Value) -> Output {
    let mut child = Command::new(clients().expect("npm provides Helm").join("helm"))
        .args(arguments)
        .args(["--namespace", NAMESPACE, "--values", "-"])
        .env("KUBECONFIG", "/nonexistent")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("Helm starts");
    let mut stdin = child.stdin.take().expect("stdin is piped");
    stdin.write_all(values.to_string().as_bytes()).expect("Helm reads the values");
    drop(stdin);
    child.wait_with_output().expect("Helm ends")
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("Helm prints UTF-8")
}

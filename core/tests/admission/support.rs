//! Makes reviews, asks `admit`, and takes the answer apart.

use raygate_core::admission::{Configuration, Endpoint, Verdict, admit};
use raygate_core::kuberay::KubeRay;
use raygate_core::rules::examples::GOOD_JOB;
use serde_json::{Value, json};

pub(crate) const UID: &str = "705ab4f5-6393-11e8-b7cc-42010a800002";
pub(crate) const OPERATOR: &str = "system:serviceaccount:kuberay-system:kuberay-operator";

/// A job that nothing is wrong with: that of the rules' examples, with two worker groups.
pub(crate) fn job() -> Value {
    let mut job = serde_json::from_str(GOOD_JOB).expect("JSON");
    let groups = json!({"spec": {"rayClusterSpec": {
        "headGroupSpec": {"rayStartParams": {}},
        "workerGroupSpecs": [worker("small"), worker("large")],
    }}});
    json_patch::merge(&mut job, &groups);
    job
}

/// A worker group as the API server sends it, with the defaults of the CRD.
pub(crate) fn worker(name: &str) -> Value {
    json!({
        "groupName": name,
        "replicas": 1,
        "minReplicas": 0,
        "maxReplicas": 2_147_483_647,
        "template": {"spec": {"containers": [{"name": "ray-worker", "image": "rayproject/ray:2.56.0"}]}}
    })
}

/// The good job with a merge patch (RFC 7386) applied.
pub(crate) fn job_with(change: &Value) -> Value {
    with(&job(), change)
}

/// A job with a merge patch applied.
pub(crate) fn with(job: &Value, change: &Value) -> Value {
    let mut job = job.clone();
    json_patch::merge(&mut job, change);
    job
}

/// A review that is being written.
#[derive(Clone)]
pub(crate) struct Review(Value);

pub(crate) fn create(job: &Value) -> Review {
    review("CREATE", job, &Value::Null)
}

pub(crate) fn update(old: &Value, new: &Value) -> Review {
    review("UPDATE", new, old)
}

pub(crate) fn review(operation: &str, object: &Value, old_object: &Value) -> Review {
    let named = if object.is_null() { old_object } else { object };
    let kind = json!({"group": "ray.io", "version": "v1", "kind": "RayJob"});
    let resource = json!({"group": "ray.io", "version": "v1", "resource": "rayjobs"});
    Review(json!({
        "apiVersion": "admission.k8s.io/v1",
        "kind": "AdmissionReview",
        "request": {
            "uid": UID, "kind": kind, "resource": resource, "requestKind": kind, "requestResource": resource,
            "name": named["metadata"]["name"].as_str().unwrap_or_default(),
            "namespace": "default",
            "operation": operation,
            "userInfo": {"username": "alice", "groups": ["data-science", "system:authenticated"]},
            "object": object, "oldObject": old_object, "dryRun": false,
            "options": {"kind": "CreateOptions", "apiVersion": "meta.k8s.io/v1"}
        }
    }))
}

impl Review {
    pub(crate) fn set(mut self, pointer: &str, value: Value) -> Self {
        let (parent, key) = pointer.rsplit_once('/').expect("a JSON pointer");
        self.0.pointer_mut(parent).expect("a place in the review")[key] = value;
        self
    }

    pub(crate) fn by(self, user: &str) -> Self {
        self.set("/request/userInfo/username", user.into())
    }

    pub(crate) fn object(&self) -> &Value {
        &self.0["request"]["object"]
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.0.to_string().into_bytes()
    }

    pub(crate) fn validate(&self) -> Answer {
        ask(Endpoint::Validate, &self.bytes(), &configuration())
    }

    pub(crate) fn validate_for(&self, kuberay: &KubeRay) -> Answer {
        ask(Endpoint::Validate, &self.bytes(), &Configuration::new(kuberay, Vec::new()))
    }

    pub(crate) fn mutate(&self) -> Answer {
        ask(Endpoint::Mutate, &self.bytes(), &configuration())
    }

    /// The object with the patch of `/mutate` applied.
    pub(crate) fn completed(&self) -> Value {
        self.mutate().applied_to(self.object())
    }
}

pub(crate) fn configuration() -> Configuration {
    Configuration::new(&KubeRay::default(), vec![OPERATOR.to_owned()])
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) body: Value,
    pub(crate) verdict: Verdict,
    pub(crate) denied: Vec<&'static str>,
    pub(crate) warned: Vec<&'static str>,
    pub(crate) mutations: Vec<&'static str>,
}

pub(crate) fn ask(endpoint: Endpoint, body: &[u8], configuration: &Configuration) -> Answer {
    let admitted = admit(endpoint, body, configuration).expect("a readable review");
    let record = admitted.record;
    Answer {
        body: serde_json::from_slice(&admitted.body).expect("an answer is JSON"),
        verdict: record.verdict,
        denied: record.denied,
        warned: record.warned,
        mutations: record.mutations,
    }
}

impl Answer {
    pub(crate) fn response(&self) -> &Value {
        &self.body["response"]
    }

    pub(crate) fn allowed(&self) -> bool {
        self.response()["allowed"].as_bool().expect("allowed is a boolean")
    }

    pub(crate) fn status(&self) -> &Value {
        &self.response()["status"]
    }

    pub(crate) fn message(&self) -> &str {
        self.status()["message"].as_str().expect("a denial has a message")
    }

    /// Code and field of each cause.
    pub(crate) fn causes(&self) -> Vec<(String, String)> {
        let causes = self.status()["details"]["causes"].as_array().map(Vec::as_slice).unwrap_or_default();
        let text = |value: &Value| value.as_str().expect("a string").to_owned();
        let code = |message: String| message.split(' ').next().unwrap_or_default().to_owned();
        causes.iter().map(|cause| (code(text(&cause["message"])), text(&cause["field"]))).collect()
    }

    pub(crate) fn warnings(&self) -> Vec<&str> {
        let warnings = self.response()["warnings"].as_array().map(Vec::as_slice).unwrap_or_default();
        warnings.iter().map(|warning| warning.as_str().expect("a string")).collect()
    }

    /// The patch, decoded.
    pub(crate) fn patch(&self) -> Option<json_patch::Patch> {
        use base64::Engine as _;
        let text = self.response()["patch"].as_str()?;
        let json = base64::engine::general_purpose::STANDARD.decode(text).expect("a patch is base64");
        Some(serde_json::from_slice(&json).expect("a patch is a list of operations"))
    }

    pub(crate) fn applied_to(&self, object: &Value) -> Value {
        let mut object = object.clone();
        if let Some(patch) = self.patch() {
            json_patch::patch(&mut object, &patch).expect("the patch applies to the object that was sent");
        }
        object
    }
}

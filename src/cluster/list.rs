//! Lists of KubeRay's objects, page by page, each object as the bytes that the API server sent: whatever stands in an
//! object, it is no reason not to see it. `commands` judges them; a page is gone before the next one comes.

use std::collections::{BTreeMap, HashSet};

use k8s_openapi::api::core::v1::Namespace;
use kube::Api;
use kube::api::ListParams;
use kube::core::Request;
use kube::core::Status;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::rayjob_crd::{NAME, RayJobCrd};
use super::{Cluster, Failure, Sighting};

/// A kind of KubeRay's, as the API server calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The kind.
    pub kind: &'static str,
    /// Its name in addresses and in RBAC.
    pub plural: &'static str,
}

impl Resource {
    /// All kinds that KubeRay's operator reads.
    pub const ALL: [Self; 4] = [
        Self { kind: "RayJob", plural: "rayjobs" },
        Self { kind: "RayCluster", plural: "rayclusters" },
        Self { kind: "RayService", plural: "rayservices" },
        Self { kind: "RayCronJob", plural: "raycronjobs" },
    ];
}

/// Why a list ended early.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// The cluster has no such kind.
    #[error("the cluster has no {0}: their CRD is not installed")]
    Missing(&'static str),
    /// Whoever asks may not list them.
    #[error("not allowed to list {resource}: {message}")]
    Forbidden {
        /// What was to be listed.
        resource: &'static str,
        /// The API server's words.
        message: String,
    },
    /// The API server does not answer, or not in a way that is understood.
    #[error("cannot list {resource}: {message}")]
    Unreachable {
        /// What was to be listed.
        resource: &'static str,
        /// What went wrong.
        message: String,
    },
}

/// One page of a list.
#[derive(Deserialize)]
struct Page<'a> {
    #[serde(borrow)]
    items: Vec<&'a RawValue>,
    #[serde(default)]
    metadata: PageMetadata,
}

#[derive(Default, Deserialize)]
struct PageMetadata {
    #[serde(default, rename = "continue")]
    token: String,
}

/// What tells one object from all others.
#[derive(Deserialize)]
struct Identity {
    metadata: Uid,
}

#[derive(Deserialize)]
struct Uid {
    #[serde(default)]
    uid: String,
}

impl Cluster {
    /// Shows each object of a namespace, or of all, once. A list that takes longer than the API server remembers its
    /// beginning goes on with what is there now.
    ///
    /// # Errors
    ///
    /// When the list cannot be read to its end; what was shown before stays true.
    pub async fn each_object(
        &self,
        resource: Resource,
        namespace: Option<&str>,
        page_size: u32,
        mut show: impl AsyncFnMut(&RawValue),
    ) -> Result<(), ListError> {
        let mut seen: HashSet<String> = HashSet::new();
        let mut has_expired = false;
        let mut token = None;
        loop {
            let parameters =
                ListParams { limit: Some(page_size), continue_token: token.take(), ..ListParams::default() };
            let text = match self.page(resource, namespace, &parameters).await {
                Ok(text) => text,
                Err(kube::Error::Api(status))
                    if status.code == 410 && parameters.continue_token.is_some() =>
                {
                    has_expired = true;
                    token = fresh_token(&status);
                    continue;
                }
                Err(error) => return Err(refused(resource, &error)),
            };
            let unreadable = |error: serde_json::Error| ListError::Unreachable {
                resource: resource.plural,
                message: format!("the API server's list is no list: {error}"),
            };
            let page: Page<'_> = serde_json::from_str(&text).map_err(unreadable)?;
            for item in page.items {
                let uid = serde_json::from_str(item.get()).map(|Identity { metadata }| metadata.uid);
                // Only a list that began anew shows something twice.
                if seen.insert(uid.unwrap_or_default()) || !has_expired {
                    show(item).await;
                }
            }
            if page.metadata.token.is_empty() {
                return Ok(());
            }
            token = Some(page.metadata.token);
        }
    }

    async fn page(
        &self,
        resource: Resource,
        namespace: Option<&str>,
        parameters: &ListParams,
    ) -> Result<String, kube::Error> {
        let place = namespace.map_or(String::new(), |namespace| format!("/namespaces/{namespace}"));
        let request = Request::new(format!("/apis/ray.io/v1{place}/{}", resource.plural));
        let request = request.list(parameters).map_err(kube::Error::BuildRequest)?;
        self.client.request_text(request).await
    }

    /// Which KubeRay is installed now.
    pub async fn installed_kuberay(&self) -> Sighting {
        match Api::<RayJobCrd>::all(self.client.clone()).get_opt(NAME).await {
            Ok(Some(crd)) => Sighting::of(&crd),
            Ok(None) => Sighting::Missing,
            Err(error) => match Failure::of(&error) {
                Failure::Forbidden(_) => Sighting::Forbidden,
                Failure::Missing(text) | Failure::Unreachable(text) => Sighting::Unreachable(text),
            },
        }
    }

    /// The labels of a namespace.
    ///
    /// # Errors
    ///
    /// Why they cannot be read.
    pub async fn namespace_labels(&self, name: &str) -> Result<BTreeMap<String, String>, Failure> {
        let namespaces = Api::<Namespace>::all(self.client.clone());
        let namespace = namespaces.get_metadata(name).await.map_err(|error| Failure::of(&error))?;
        Ok(namespace.metadata.labels.unwrap_or_default())
    }
}

/// The API server gives a token with which the list goes on, without being of one moment any more; without it, from the
/// beginning.
fn fresh_token(status: &Status) -> Option<String> {
    status.metadata.as_ref()?.continue_.clone().filter(|token| !token.is_empty())
}

fn refused(resource: Resource, error: &kube::Error) -> ListError {
    let Resource { plural, kind } = resource;
    match Failure::of(error) {
        Failure::Missing(_) => ListError::Missing(kind),
        Failure::Forbidden(message) => ListError::Forbidden { resource: plural, message },
        Failure::Unreachable(message) => ListError::Unreachable { resource: plural, message },
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::{Arc, Mutex};

    use http_body_util::Full;
    use hyper::body::Bytes;
    use hyper::{Request, Response};
    use kube::client::Body;
    use serde_json::{Value, json};

    use super::*;

    /// An API server that gives these answers, one after the other, and remembers what it was asked.
    fn answering(answers: Vec<(u16, Value)>) -> (Cluster, Arc<Mutex<Vec<String>>>) {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let answers = Arc::new(Mutex::new(answers.into_iter()));
        let remembered = Arc::clone(&asked);
        let service = tower::service_fn(move |request: Request<Body>| {
            remembered.lock().expect("no panic").push(request.uri().to_string());
            let (status, body) = answers.lock().expect("no panic").next().expect("one more answer");
            let response = Response::builder().status(status).body(Full::new(Bytes::from(body.to_string())));
            async move { Ok::<_, Infallible>(response.expect("a response")) }
        });
        (Cluster { client: kube::Client::new(service, "default") }, asked)
    }

    fn page(names: &[&str], token: &str) -> (u16, Value) {
        let items: Vec<_> = names.iter().map(|name| json!({"metadata": {"uid": name}})).collect();
        (200, json!({"metadata": {"continue": token}, "items": items}))
    }

    fn expired(token: &str) -> (u16, Value) {
        let status = json!({"kind": "Status", "status": "Failure", "reason": "Expired", "code": 410,
            "message": "too old", "metadata": {"continue": token}});
        (410, status)
    }

    async fn shown(answers: Vec<(u16, Value)>) -> (Result<Vec<String>, ListError>, Vec<String>) {
        let (cluster, asked) = answering(answers);
        let mut shown = Vec::new();
        let ended = cluster
            .each_object(Resource::ALL[0], Some("team-a"), 2, async |object| {
                let object: Value = serde_json::from_str(object.get()).expect("JSON");
                shown.push(object["metadata"]["uid"].as_str().expect("a uid").to_owned());
            })
            .await;
        let asked = asked.lock().expect("no panic").clone();
        (ended.map(|()| shown), asked)
    }

    #[tokio::test]
    async fn pages_follow_each_other() {
        let (shown, asked) = shown(vec![page(&["a", "b"], "next"), page(&["c"], "")]).await;
        assert_eq!(shown.expect("a list"), ["a", "b", "c"]);
        let path = "/apis/ray.io/v1/namespaces/team-a/rayjobs?&limit=2";
        assert!(asked[0].starts_with(path) && asked[1].contains("continue=next"), "{asked:?}");
    }

    #[tokio::test]
    async fn an_expired_list_goes_on_and_shows_nothing_twice() {
        let with_token = vec![page(&["a", "b"], "old"), expired("new"), page(&["b", "c"], "")];
        let (list, asked) = shown(with_token).await;
        assert_eq!(list.expect("a list"), ["a", "b", "c"]);
        assert!(asked[2].contains("continue=new"), "{asked:?}");
        let from_the_beginning = vec![page(&["a"], "old"), expired(""), page(&["a", "b"], "")];
        let (list, asked) = shown(from_the_beginning).await;
        assert_eq!(list.expect("a list"), ["a", "b"]);
        assert!(!asked[2].contains("continue"), "{asked:?}");
    }

    #[tokio::test]
    async fn what_cannot_be_listed_says_why() {
        let status =
            |code: u16| (code, json!({"kind": "Status", "status": "Failure", "code": code, "message": "no"}));
        let (missing, _) = shown(vec![status(404)]).await;
        assert!(matches!(missing, Err(ListError::Missing("RayJob"))), "{missing:?}");
        let (forbidden, _) = shown(vec![status(403)]).await;
        assert!(matches!(forbidden, Err(ListError::Forbidden { resource: "rayjobs", .. })), "{forbidden:?}");
        let (broken, _) = shown(vec![status(500)]).await;
        assert!(matches!(broken, Err(ListError::Unreachable { .. })), "{broken:?}");
    }
}

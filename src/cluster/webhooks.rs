//! The webhook configurations of one name: what their `caBundle`s hold is watched, and what they should hold is written by
//! server-side apply under a field manager of its own, so that everything else in them stays somebody else's.

use std::fmt::Debug;
use std::pin::pin;
use std::time::Duration;

use futures_util::StreamExt;
use k8s_openapi::ByteString;
use k8s_openapi::api::admissionregistration::v1::{
    MutatingWebhookConfiguration, ValidatingWebhookConfiguration,
};
use kube::api::{Patch, PatchParams};
use kube::core::ClusterResourceScope;
use kube::runtime::watcher;
use kube::runtime::watcher::{Config, Event};
use kube::{Api, Resource, ResourceExt};
use serde::de::DeserializeOwned;
use serde_json::json;
use tokio::time::sleep;

use super::Cluster;
use super::failure::Failure;

const PAUSE: Duration = Duration::from_secs(1);
/// Who owns the `caBundle`s.
const MANAGER: &str = "raygate-certificates";

/// Which of the two kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebhookKind {
    /// A `MutatingWebhookConfiguration`.
    Mutating,
    /// A `ValidatingWebhookConfiguration`.
    Validating,
}

/// What a webhook configuration trusts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trust {
    uid: Option<String>,
    webhooks: Vec<(String, Vec<u8>)>,
}

impl Trust {
    /// Whether each of its webhooks trusts this bundle, and nothing else.
    pub fn is(&self, bundle: &[u8]) -> bool {
        self.webhooks.iter().all(|(_, trusted)| trusted == bundle)
    }
}

/// What was seen of a webhook configuration.
#[derive(Debug)]
pub enum WebhookSighting {
    /// It is there, and trusts this.
    Stored(Trust),
    /// It is not there.
    Missing,
    /// Nobody knows: what was seen before stays true.
    Failed(Failure),
}

impl Cluster {
    /// Tells what the configuration trusts at first, and what changes then, for ever.
    pub async fn watch_webhooks(self, kind: WebhookKind, name: &str, see: impl FnMut(WebhookSighting)) {
        match kind {
            WebhookKind::Mutating => self.watch::<MutatingWebhookConfiguration>(name, see).await,
            WebhookKind::Validating => self.watch::<ValidatingWebhookConfiguration>(name, see).await,
        }
    }

    /// Has each webhook of the configuration trust this bundle.
    ///
    /// # Errors
    ///
    /// When the API server refuses, also because the configuration is another by now.
    pub async fn publish(
        &self,
        kind: WebhookKind,
        name: &str,
        trust: &Trust,
        bundle: &[u8],
    ) -> Result<Trust, Failure> {
        match kind {
            WebhookKind::Mutating => self.apply::<MutatingWebhookConfiguration>(name, trust, bundle).await,
            WebhookKind::Validating => {
                self.apply::<ValidatingWebhookConfiguration>(name, trust, bundle).await
            }
        }
    }

    async fn watch<K: Configuration>(self, name: &str, mut see: impl FnMut(WebhookSighting)) {
        let fields = format!("metadata.name={name}");
        let mut events = pin!(watcher(Api::<K>::all(self.client), Config::default().fields(&fields)));
        let mut listed = None;
        while let Some(event) = events.next().await {
            match event {
                Ok(Event::Init) => listed = None,
                Ok(Event::InitApply(configuration)) => listed = Some(configuration),
                Ok(Event::InitDone) => see(listed.take().as_ref().map_or(WebhookSighting::Missing, stored)),
                Ok(Event::Apply(configuration)) => see(stored(&configuration)),
                Ok(Event::Delete(_)) => see(WebhookSighting::Missing),
                Err(error) => {
                    Failure::of_watch(&error).map(WebhookSighting::Failed).into_iter().for_each(&mut see);
                    sleep(PAUSE).await;
                }
            }
        }
    }

    async fn apply<K: Configuration>(
        &self,
        name: &str,
        trust: &Trust,
        bundle: &[u8],
    ) -> Result<Trust, Failure> {
        let bundle = ByteString(bundle.to_vec());
        let webhook = |(name, _): &(String, _)| json!({"name": name, "clientConfig": {"caBundle": bundle}});
        let webhooks: Vec<_> = trust.webhooks.iter().map(webhook).collect();
        let patch = json!({
            "apiVersion": K::api_version(&()),
            "kind": K::kind(&()),
            // With the uid, a configuration that was deleted in the meantime is not made anew.
            "metadata": {"name": name, "uid": trust.uid},
            "webhooks": webhooks,
        });
        let parameters = PatchParams::apply(MANAGER).force();
        let written =
            Api::<K>::all(self.client.clone()).patch(name, &parameters, &Patch::Apply(&patch)).await;
        written.map(|configuration| trust_of(&configuration)).map_err(|error| Failure::of(&error))
    }
}

fn stored<K: Configuration>(configuration: &K) -> WebhookSighting {
    WebhookSighting::Stored(trust_of(configuration))
}

fn trust_of<K: Configuration>(configuration: &K) -> Trust {
    Trust { uid: configuration.uid(), webhooks: configuration.webhooks() }
}

/// What both kinds have in common.
trait Configuration:
    Resource<DynamicType = (), Scope = ClusterResourceScope> + Clone + Debug + DeserializeOwned + Send + 'static
{
    /// Names and bundles.
    fn webhooks(&self) -> Vec<(String, Vec<u8>)>;
}

macro_rules! configuration {
    ($kind:ty) => {
        impl Configuration for $kind {
            fn webhooks(&self) -> Vec<(String, Vec<u8>)> {
                let bundle = |bundle: &Option<ByteString>| bundle.clone().unwrap_or_default().0;
                let webhooks = self.webhooks.iter().flatten();
                webhooks
                    .map(|webhook| (webhook.name.clone(), bundle(&webhook.client_config.ca_bundle)))
                    .collect()
            }
        }
    };
}

configuration!(MutatingWebhookConfiguration);
configuration!(ValidatingWebhookConfiguration);

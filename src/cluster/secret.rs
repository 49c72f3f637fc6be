//! One Secret, watched and written whole: what it holds goes out, what it should hold comes in.

use std::collections::BTreeMap;
use std::pin::pin;
use std::time::Duration;

use futures_util::StreamExt;
use k8s_openapi::ByteString;
use k8s_openapi::api::core::v1::Secret;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use kube::Api;
use kube::api::{DeleteParams, PostParams, Preconditions};
use kube::runtime::watcher;
use kube::runtime::watcher::{Config, Event};
use tokio::time::sleep;

use super::Cluster;
use super::failure::Failure;

const PAUSE: Duration = Duration::from_secs(1);

/// Where the Secret is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretName {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
}

/// A Secret as it is stored.
#[derive(Clone, Debug)]
pub struct StoredSecret(Secret);

impl StoredSecret {
    /// What it holds, by key.
    pub fn data(&self) -> BTreeMap<String, Vec<u8>> {
        let data = self.0.data.clone().unwrap_or_default();
        data.into_iter().map(|(key, ByteString(value))| (key, value)).collect()
    }
}

/// What was seen of the Secret.
#[derive(Debug)]
pub enum SecretSighting {
    /// It is there.
    Stored(Box<StoredSecret>),
    /// It is not there.
    Missing,
    /// Nobody knows: what was seen before stays true.
    Failed(Failure),
}

impl Cluster {
    /// Tells what is in the Secret at first, and what changes then, for ever.
    pub async fn watch_secret(self, name: SecretName, mut see: impl FnMut(SecretSighting)) {
        let secrets = Api::<Secret>::namespaced(self.client, &name.namespace);
        let mut events =
            pin!(watcher(secrets, Config::default().fields(&format!("metadata.name={}", name.name))));
        let mut listed = None;
        while let Some(event) = events.next().await {
            match event {
                Ok(Event::Init) => listed = None,
                Ok(Event::InitApply(secret)) => listed = Some(secret),
                Ok(Event::InitDone) => see(listed.take().map_or(SecretSighting::Missing, stored)),
                Ok(Event::Apply(secret)) => see(stored(secret)),
                Ok(Event::Delete(_)) => see(SecretSighting::Missing),
                Err(error) => {
                    Failure::of_watch(&error).map(SecretSighting::Failed).into_iter().for_each(&mut see);
                    sleep(PAUSE).await;
                }
            }
        }
    }

    /// Writes what the Secret should hold over what was stored; labels and annotations of others stay.
    ///
    /// # Errors
    ///
    /// When the API server refuses, also because somebody else has written in the meantime.
    pub async fn write_secret(
        &self,
        name: &SecretName,
        over: Option<&StoredSecret>,
        data: BTreeMap<String, Vec<u8>>,
    ) -> Result<StoredSecret, Failure> {
        let secrets = Api::<Secret>::namespaced(self.client.clone(), &name.namespace);
        let data = data.into_iter().map(|(key, value)| (key, ByteString(value))).collect();
        let parameters = PostParams { field_manager: Some("raygate".to_owned()), ..PostParams::default() };
        let fresh = || Secret {
            metadata: ObjectMeta { name: Some(name.name.clone()), ..ObjectMeta::default() },
            type_: Some("kubernetes.io/tls".to_owned()),
            ..Secret::default()
        };
        let over = match over {
            Some(StoredSecret(old)) if old.immutable == Some(true) => {
                // Nobody can change it any more; what it was is of no use.
                let preconditions =
                    Preconditions { uid: old.metadata.uid.clone(), ..Preconditions::default() };
                let delete = DeleteParams { preconditions: Some(preconditions), ..DeleteParams::default() };
                secrets.delete(&name.name, &delete).await.map_err(|error| Failure::of(&error))?;
                None
            }
            Some(StoredSecret(old)) => Some(old),
            None => None,
        };
        let written = if let Some(old) = over {
            let secret = Secret { data: Some(data), ..old.clone() };
            secrets.replace(&name.name, &parameters, &secret).await
        } else {
            secrets.create(&parameters, &Secret { data: Some(data), ..fresh() }).await
        };
        written.map(StoredSecret).map_err(|error| Failure::of(&error))
    }
}

fn stored(secret: Secret) -> SecretSighting {
    SecretSighting::Stored(Box::new(StoredSecret(secret)))
}

//! What is deployed already, for `--old`: an object that stands here too is judged as an update of it.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, bail};
use raygate_core::yaml::Source;

use crate::commands::unreadable;
use crate::manifests::{self, Failure, Input, Object};

/// Objects as JSON, by kind, namespace and name.
#[derive(Default)]
pub(in crate::commands) struct Stored(HashMap<[String; 3], String>);

impl Stored {
    /// Reads the file that `--old` names.
    pub(super) fn read(file: &Path) -> anyhow::Result<Self> {
        Self::read_all(file).with_context(|| format!("--old {}", file.display()))
    }

    fn read_all(file: &Path) -> anyhow::Result<Self> {
        let told = |failure: Failure| match failure.position {
            Some(position) => anyhow::anyhow!("line {}: {}", position.line, failure.message),
            None => anyhow::anyhow!(failure.message),
        };
        let input = Input::file(file);
        let text = input.read().map_err(told)?;
        let mut stored = HashMap::new();
        for chunk in manifests::chunks(&input.name, &text) {
            let chunk = chunk.map_err(told)?;
            let complete = chunk.complete();
            let source = Source::read(&complete, chunk.syntax)
                .map_err(|error| told(unreadable(&chunk, &error, None)))?;
            for object in manifests::objects(&source) {
                let object =
                    object.map_err(|error| told(chunk.failure(error.position, error.to_string())))?;
                let json = serde_json::Value::from(&object.node.value).to_string();
                stored.insert(key(&object, None), json);
            }
        }
        if stored.is_empty() {
            bail!("it holds no object: write there what `kubectl get rayjob NAME -o yaml` prints");
        }
        Ok(Self(stored))
    }

    /// The object of that kind and name, as JSON. A manifest without a namespace is looked for in this one.
    pub(super) fn like(&self, object: &Object<'_>, namespace: Option<&str>) -> Option<&str> {
        let exact = self.0.get(&key(object, namespace));
        // Without any namespace the name alone must do, if it is the only one.
        let by_name = || {
            let [kind, namespace, name] = key(object, namespace);
            let mut same = self.0.iter().filter(|(key, _)| key[0] == kind && key[2] == name);
            let only = same.next().filter(|_| namespace.is_empty());
            only.filter(|_| same.next().is_none()).map(|(_, json)| json)
        };
        exact.or_else(by_name).map(String::as_str)
    }
}

fn key(object: &Object<'_>, namespace: Option<&str>) -> [String; 3] {
    let namespace = object.namespace.or(namespace).unwrap_or_default();
    [object.kind, namespace, object.name.unwrap_or_default()].map(ToOwned::to_owned)
}

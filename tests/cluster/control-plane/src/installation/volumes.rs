//! Secrets and ConfigMaps as files, laid out and swapped as the kubelet does it: visible names are links through `..data`,
//! and one rename changes all of them at once.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

use crate::installation::pod::{list, text};
use crate::user::User;

/// One mount path of the container, and the folder that stands for it.
#[derive(Clone, Debug)]
pub(crate) struct Mount {
    path: String,
    folder: PathBuf,
    volume: Value,
}

pub(crate) type Files = Vec<(String, Vec<u8>)>;

impl Mount {
    /// All mounts of the container, below `root`.
    pub(crate) fn read_all(spec: &Value, container: &Value, root: &Path) -> Result<Vec<Self>> {
        let read = |(number, mount): (usize, &Value)| {
            let (name, path) = (text(mount, "/name")?, text(mount, "/mountPath")?);
            ensure!(mount["subPath"].is_null(), "{path}: the kubelet does not refresh a subPath");
            let volume = list(spec, "volumes").iter().find(|volume| volume["name"] == name);
            let volume = volume.with_context(|| format!("{path}: there is no volume {name}"))?.clone();
            Ok(Self { path: path.to_owned(), folder: root.join(number.to_string()), volume })
        };
        list(container, "volumeMounts").iter().enumerate().map(read).collect()
    }

    /// The mount path as the pod knows it, and as it is here.
    pub(crate) fn substitution(&self) -> (String, String) {
        (self.path.clone(), self.folder.to_string_lossy().into_owned())
    }

    /// Writes what the volume holds now.
    pub(crate) fn write(&self, admin: &User, namespace: &str) -> Result<()> {
        fs::create_dir_all(&self.folder)?;
        if self.volume.get("emptyDir").is_some() {
            return Ok(());
        }
        let files = self.files(admin, namespace).with_context(|| format!("volume at {}", self.path))?;
        self.swap(&files)
    }

    fn files(&self, admin: &User, namespace: &str) -> Result<Files> {
        if let Some(source) = self.volume.get("secret") {
            select(secret(admin, namespace, text(source, "/secretName")?)?, source)
        } else if let Some(source) = self.volume.get("configMap") {
            select(config_map(admin, namespace, text(source, "/name")?)?, source)
        } else {
            bail!("a volume of this kind is not understood: {}", self.volume)
        }
    }

    fn swap(&self, files: &Files) -> Result<()> {
        let data = tempfile::Builder::new().prefix("..").tempdir_in(&self.folder)?.keep();
        for (name, content) in files {
            fs::write(data.join(name), content)?;
            let link = self.folder.join(name);
            if link.symlink_metadata().is_err() {
                symlink(Path::new("..data").join(name), link)?;
            }
        }
        let (current, next) = (self.folder.join("..data"), self.folder.join("..data_tmp"));
        let old = fs::read_link(&current).ok();
        symlink(data.file_name().context("the new folder has a name")?, &next)?;
        fs::rename(next, current)?;
        if let Some(old) = old {
            fs::remove_dir_all(self.folder.join(old))?;
        }
        Ok(())
    }
}

/// All keys and values of a Secret.
pub(crate) fn secret(admin: &User, namespace: &str, name: &str) -> Result<Files> {
    let secret = admin.kubectl(["get", "secret", name, "-n", namespace, "-o", "json"]).json()?;
    let decode = |(key, value): (String, String)| Ok((key, BASE64_STANDARD.decode(value)?));
    strings(&secret["data"]).into_iter().map(decode).collect()
}

fn config_map(admin: &User, namespace: &str, name: &str) -> Result<Files> {
    let map = admin.kubectl(["get", "configmap", name, "-n", namespace, "-o", "json"]).json()?;
    Ok(strings(&map["data"]).into_iter().map(|(key, value)| (key, value.into_bytes())).collect())
}

fn strings(data: &Value) -> Vec<(String, String)> {
    let pair = |(key, value): (&String, &Value)| Some((key.clone(), value.as_str()?.to_owned()));
    data.as_object().into_iter().flatten().filter_map(pair).collect()
}

/// The keys that `items` names, under the names that it gives them; without `items`, all.
fn select(files: Files, source: &Value) -> Result<Files> {
    let items = list(source, "items");
    if items.is_empty() {
        return Ok(files);
    }
    let pick = |item: &Value| {
        let (key, path) = (text(item, "/key")?, text(item, "/path")?);
        ensure!(!path.contains('/'), "items of a volume in folders are not understood: {path}");
        let found =
            files.iter().find(|(name, _)| name == key).with_context(|| format!("there is no key {key}"))?;
        Ok((path.to_owned(), found.1.clone()))
    };
    items.iter().map(pick).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn mount(folder: &Path) -> Mount {
        Mount { path: "/etc/tls".to_owned(), folder: folder.to_owned(), volume: json!({"secret": {}}) }
    }

    fn files(pairs: &[(&str, &str)]) -> Files {
        pairs.iter().map(|(name, content)| ((*name).to_owned(), content.as_bytes().to_vec())).collect()
    }

    #[test]
    fn all_files_change_with_one_rename_of_the_data_link() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let mount = mount(folder.path());
        mount.swap(&files(&[("tls.crt", "old"), ("tls.key", "old")]))?;
        let first = fs::read_link(folder.path().join("..data"))?;
        mount.swap(&files(&[("tls.crt", "new"), ("tls.key", "new")]))?;

        for name in ["tls.crt", "tls.key"] {
            assert_eq!(fs::read_link(folder.path().join(name))?, Path::new("..data").join(name));
            assert_eq!(fs::read_to_string(folder.path().join(name))?, "new");
        }
        assert!(!folder.path().join(first).exists(), "the old files are gone");
        Ok(())
    }

    #[test]
    fn items_choose_and_rename_keys() -> Result<()> {
        let all = files(&[("a", "1"), ("b", "2")]);
        let source = json!({"items": [{"key": "b", "path": "c"}]});
        assert_eq!(select(all.clone(), &source)?, files(&[("c", "2")]));
        assert_eq!(select(all.clone(), &json!({}))?, all);
        let missing = select(all, &json!({"items": [{"key": "z", "path": "z"}]})).expect_err("no such key");
        assert_eq!(missing.to_string(), "there is no key z");
        Ok(())
    }
}

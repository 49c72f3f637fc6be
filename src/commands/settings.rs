//! What holds for a manifest: the flags, and below them the `raygate.toml` in its folder or the nearest one above.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use raygate_core::kuberay::{FeatureGates, KubeRay, KubeRayVersion};
use raygate_core::policy::{self, NamespaceLabels, Policies};
use raygate_core::rules::Selection;
use serde::{Deserialize, Deserializer};

use super::{policies, typed};
use crate::cli::{FailOn, TargetArguments};

/// The name of the file.
const FILE: &str = "raygate.toml";

/// What is to be done when policies ask for labels of a namespace that nobody gave.
pub(super) const UNKNOWN_NAMESPACE: &str =
    "a policy selects by the labels of the namespace: give them with --namespace-labels";

/// What holds for the manifests of one folder.
#[derive(Debug)]
pub(super) struct Settings {
    /// The rules of the KubeRay that runs where they will be applied.
    pub(super) rules: Selection,
    /// The policies that the cluster has.
    pub(super) policies: Policies,
    /// Who will apply the manifests, and where.
    pub(super) asking: Asking,
    /// The namespace of manifests that name none.
    pub(super) namespace: Option<String>,
    /// The lowest level that fails a check.
    pub(super) fail_on: FailOn,
}

impl Settings {
    /// What policies may ask about a job in that namespace.
    pub(super) fn asked<'s>(&'s self, namespace: &'s str) -> policy::Request<'s> {
        let Asking { user, groups, namespace_labels } = &self.asking;
        let known = namespace_labels.as_ref();
        let namespace_labels = known.map_or(NamespaceLabels::Unknown, NamespaceLabels::Known);
        policy::Request { namespace, namespace_labels, user, groups, dry_run: false }
    }
}

impl Default for Settings {
    fn default() -> Self {
        let rules = Selection::of(&KubeRay::default());
        Self {
            rules,
            policies: Policies::default(),
            asking: Asking::default(),
            namespace: None,
            fail_on: FailOn::default(),
        }
    }
}

/// What policies may ask about whoever applies a manifest.
#[derive(Debug, Default)]
pub(super) struct Asking {
    pub(super) user: String,
    pub(super) groups: Vec<Cow<'static, str>>,
    pub(super) namespace_labels: Option<BTreeMap<String, String>>,
}

/// A `raygate.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    #[serde(default, deserialize_with = "parsed")]
    kuberay_version: Option<KubeRayVersion>,
    #[serde(default, deserialize_with = "parsed")]
    kuberay_feature_gates: Option<FeatureGates>,
    namespace: Option<String>,
    fail_on: Option<FailOn>,
    /// Files and folders, from the folder of this file.
    #[serde(default)]
    policy: Vec<PathBuf>,
}

/// Finds the settings of each folder, and reads each file once.
pub(super) struct Finder<'a> {
    target: &'a TargetArguments,
    fail_on: Option<FailOn>,
    known: HashMap<PathBuf, Arc<Settings>>,
}

impl<'a> Finder<'a> {
    /// Flags win over what a file says.
    pub(super) fn new(target: &'a TargetArguments, fail_on: Option<FailOn>) -> Self {
        Self { target, fail_on, known: HashMap::new() }
    }

    /// The settings for the manifests of a folder.
    pub(super) fn of(&mut self, folder: &Path) -> anyhow::Result<Arc<Settings>> {
        if let Some(settings) = self.known.get(folder) {
            return Ok(Arc::clone(settings));
        }
        let settings = match self.file(folder)? {
            Some(file) => {
                let read = read(&file)?;
                let settings =
                    self.merge(read).with_context(|| format!("{} and the flags", file.display()))?;
                Arc::new(settings)
            }
            None => Arc::new(self.merge(File::default())?),
        };
        self.known.insert(folder.to_owned(), Arc::clone(&settings));
        Ok(settings)
    }

    /// What the flags say alone.
    pub(super) fn without_file(&self) -> anyhow::Result<Settings> {
        self.merge(File::default())
    }

    fn file(&self, folder: &Path) -> anyhow::Result<Option<PathBuf>> {
        if let Some(file) = &self.target.config {
            return Ok(Some(file.clone()));
        }
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let folder =
            std::path::absolute(folder).with_context(|| format!("cannot find {}", folder.display()))?;
        Ok(folder.ancestors().map(|ancestor| ancestor.join(FILE)).find(|file| file.is_file()))
    }

    fn merge(&self, file: File) -> anyhow::Result<Settings> {
        let version = self.target.kuberay_version.or(file.kuberay_version).unwrap_or(KubeRayVersion::NEWEST);
        let gates = self.target.kuberay_feature_gates.clone().or(file.kuberay_feature_gates);
        let kuberay = KubeRay::with_known_gates(version, gates.unwrap_or_default())?;
        let paths = if self.target.policy.is_empty() { &file.policy } else { &self.target.policy };
        let policies = policies::read(paths);
        let problems = policies.problems();
        if !problems.is_empty() {
            let lines: Vec<_> = problems.iter().map(typed::line).collect();
            bail!("policies cannot be used:\n{}", lines.join("\n"));
        }
        Ok(Settings {
            rules: Selection::of(&kuberay),
            policies: policies.in_force(),
            asking: Asking {
                user: self.target.user.clone(),
                groups: self.target.group.iter().cloned().map(Cow::Owned).collect(),
                namespace_labels: self.target.namespace_labels.clone(),
            },
            namespace: self.target.namespace.clone().or(file.namespace),
            fail_on: self.fail_on.or(file.fail_on).unwrap_or_default(),
        })
    }
}

fn read(file: &Path) -> anyhow::Result<File> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => bail!("there is no file {}", file.display()),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", file.display())),
    };
    let mut read: File = toml::from_str(&text)
        .with_context(|| format!("{} is no configuration of Raygate", file.display()))?;
    // What a file names stands beside it.
    let folder = file.parent().unwrap_or(Path::new(""));
    for path in &mut read.policy {
        *path = folder.join(&path);
    }
    Ok(read)
}

/// A value that has the form of a flag's.
fn parsed<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    let text = String::deserialize(deserializer)?;
    text.parse().map(Some).map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Typed {
        #[command(flatten)]
        target: TargetArguments,
    }

    /// The settings of `below/` under a folder with such a file, given such flags.
    fn settings(file: &str, flags: &[&str]) -> anyhow::Result<Arc<Settings>> {
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join(FILE), file)?;
        let typed = Typed::parse_from(["raygate"].iter().chain(flags));
        Finder::new(&typed.target, None).of(&folder.path().join("below"))
    }

    #[test]
    fn a_file_above_gives_what_no_flag_gives() {
        let file = "kuberay-version = '1.5'\nnamespace = 'team-a'\nfail-on = 'warn'\n";
        let found = settings(file, &[]).expect("settings");
        assert_eq!(
            (found.rules.version(), found.namespace.as_deref(), found.fail_on),
            (KubeRayVersion::V1_5, Some("team-a"), FailOn::Warn)
        );
        let found = settings(file, &["--kuberay-version", "1.6", "-n", "team-b"]).expect("settings");
        assert_eq!(
            (found.rules.version(), found.namespace.as_deref()),
            (KubeRayVersion::V1_6, Some("team-b"))
        );
    }

    #[test]
    fn a_mistake_in_the_file_is_told_with_its_line() {
        for (file, word) in [
            ("kuberay_version = '1.5'", "kuberay-version"),
            ("kuberay-version = '0.9'", "1.3"),
            ("fail-on = 'never'", "deny"),
            ("kuberay-version = '1.3'\nkuberay-feature-gates = 'RayCronJob=true'", "RayCronJob"),
        ] {
            let error = format!("{:#}", settings(file, &[]).expect_err(file));
            assert!(error.contains(FILE) && error.contains(word), "{error}");
        }
    }
}

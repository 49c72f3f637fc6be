//! `raygate audit`: the objects of a cluster, page by page → judged as they are stored → one report → its formats, and the
//! exit code. `lines` makes each object readable, `repair` has the commands for what stops KubeRay's operator.

mod lines;
pub(super) mod repair;

use std::collections::{BTreeMap, HashMap};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use raygate_core::kuberay::KubeRayVersion;
use serde::Deserialize;
use serde_json::value::RawValue;

use self::lines::lines_of;
use super::check::{Done, Judged, Named, Outcome, Stage, Stored, deliver, judge};
use super::settings::{Finder, Settings};
use crate::cli::{AuditArguments, AuditFormat, TargetArguments};
use crate::cluster::{Cluster, ListError, Resource, Sighting};
use crate::report::{self, Failure, Format};

/// Objects keep their text, of which findings show lines, until together they have this many bytes.
const KEPT_TEXTS: usize = 16 << 20;

/// Judges what is in the cluster, says what was found, and answers with the exit code.
pub(super) fn run(arguments: &AuditArguments) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut outcome = runtime.block_on(audit(arguments))?;
    outcome.count();
    deliver(&outcome, &arguments.output, arguments.quiet, format(arguments.format), arguments.color)
}

async fn audit(arguments: &AuditArguments) -> anyhow::Result<Outcome> {
    let (cluster, namespace) =
        Cluster::of_kubectl(arguments.kubeconfig.as_deref(), arguments.context.as_deref()).await?;
    let namespace = arguments.namespace.clone().unwrap_or(namespace);
    let namespace = (!arguments.all_namespaces).then_some(namespace);
    let settings = settings(arguments, version(arguments, &cluster).await)?;
    let mut audit = Audit {
        cluster: &cluster,
        asks_for_labels: !settings.policies.is_empty(),
        settings,
        poison_only: arguments.poison,
        namespaces: HashMap::new(),
        kept: 0,
        outcome: Outcome::default(),
    };
    audit.outcome.report.of_cluster = true;
    for resource in Resource::ALL {
        let listed = cluster
            .each_object(resource, namespace.as_deref(), arguments.chunk_size.get(), async |object| {
                audit.take(object).await;
            })
            .await;
        match listed {
            // Older versions of KubeRay have no RayCronJobs, and some installations not all kinds.
            Ok(()) | Err(ListError::Missing("RayCluster" | "RayService" | "RayCronJob")) => {}
            Err(error) => audit.fail(resource.plural, error.to_string()),
        }
    }
    Ok(audit.outcome)
}

/// The KubeRay that is installed, unless a flag says otherwise; where it cannot be told, the newest.
async fn version(arguments: &AuditArguments, cluster: &Cluster) -> Option<KubeRayVersion> {
    match arguments.kuberay_version {
        Some(version) => Some(version),
        None => match cluster.installed_kuberay().await {
            Sighting::Installed(version) => Some(version),
            _ => None,
        },
    }
}

fn settings(arguments: &AuditArguments, version: Option<KubeRayVersion>) -> anyhow::Result<Settings> {
    let target = TargetArguments {
        kuberay_version: version,
        kuberay_feature_gates: arguments.kuberay_feature_gates.clone(),
        namespace: None,
        policy: arguments.policy.clone(),
        user: arguments.user.clone(),
        group: arguments.group.clone(),
        namespace_labels: None,
        config: None,
    };
    Finder::new(&target, Some(arguments.fail_on)).without_file().context("cannot judge by these flags")
}

/// An audit on its way through the cluster.
struct Audit<'c> {
    cluster: &'c Cluster,
    settings: Settings,
    asks_for_labels: bool,
    poison_only: bool,
    /// The labels of the namespaces that were met.
    namespaces: HashMap<String, Option<BTreeMap<String, String>>>,
    /// The bytes of the texts that are kept.
    kept: usize,
    outcome: Outcome,
}

/// What is read of an object before it is judged. Each part may be missing or strange: then it is as if empty.
#[derive(Default, Deserialize)]
struct Identity {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    metadata: Metadata,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    #[serde(default)]
    name: String,
    #[serde(default)]
    namespace: String,
    deletion_timestamp: Option<serde::de::IgnoredAny>,
}

impl Audit<'_> {
    /// Judges one object.
    async fn take(&mut self, object: &RawValue) {
        let Identity { kind, metadata } = serde_json::from_str(object.get()).unwrap_or_default();
        let name = format!("{}/{}/{}", metadata.namespace, kind.to_lowercase(), metadata.name);
        let Ok(text) = lines_of(object) else {
            return self.fail(&name, "what the API server sent is no JSON, or nested too deeply".to_owned());
        };
        let is_terminating = metadata.deletion_timestamp.is_some();
        let stage = if is_terminating || self.poison_only { Stage::Guarded } else { Stage::Stored };
        if self.asks_for_labels && stage == Stage::Stored {
            self.settings.asking.namespace_labels = self.labels_of(metadata.namespace).await;
        }
        let named = Named { name: name.into(), must_be_manifest: true, stage };
        let mut judged = judge(&named, &text.into(), &self.settings, &Stored::default());
        self.forget_texts(&mut judged);
        let fail_on = self.settings.fail_on.level();
        self.outcome.take(Done { judged, was_read: false, fail_on });
    }

    async fn labels_of(&mut self, namespace: String) -> Option<BTreeMap<String, String>> {
        if !self.namespaces.contains_key(&namespace) {
            let labels = self.cluster.namespace_labels(&namespace).await;
            if let Err(error) = &labels {
                // Only some policies ask: those that do say so at each job.
                tracing::debug!(
                    namespace,
                    error = error.to_string(),
                    "the labels of a namespace cannot be read"
                );
            }
            self.namespaces.insert(namespace.clone(), labels.ok());
        }
        self.namespaces.get(&namespace).cloned().flatten()
    }

    /// Memory is bounded by what a page holds and by these texts, not by what the cluster holds.
    fn forget_texts(&mut self, judged: &mut Judged) {
        let without_text =
            |object: &report::Object| Arc::new(report::Object { text: "".into(), ..object.clone() });
        let bytes: usize = judged.diagnostics.first().map_or(0, |found| found.object.text.len());
        self.kept += bytes;
        let forgets = bytes == 0 || self.kept > KEPT_TEXTS;
        if !forgets {
            return;
        }
        let Some(object) = judged.objects.first().or(judged.diagnostics.first().map(|found| &found.object))
        else {
            return;
        };
        let object = without_text(object);
        for place in &mut judged.objects {
            *place = Arc::clone(&object);
        }
        for found in &mut judged.diagnostics {
            found.object = Arc::clone(&object);
        }
    }

    fn fail(&mut self, what: &str, message: String) {
        self.outcome.report.failures.push(Failure { file: what.into(), position: None, message });
    }
}

const fn format(format: AuditFormat) -> Format {
    match format {
        AuditFormat::Table => Format::Table,
        AuditFormat::Text => Format::Text,
        AuditFormat::Json => Format::Json,
        AuditFormat::Sarif => Format::Sarif,
        AuditFormat::Junit => Format::Junit,
        AuditFormat::Github => Format::Github,
    }
}

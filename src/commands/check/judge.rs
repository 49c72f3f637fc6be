//! One input: its text is cut and read by `manifests`, its objects are judged by the core, and what was found is put in
//! its place by `locate`.

use std::cell::OnceCell;
use std::sync::Arc;

use raygate_core::document::{self, Document, as_read, as_stored};
use raygate_core::evaluate::{Evaluation, evaluate_guarded, evaluate_under};
use raygate_core::finding::Finding;
use raygate_core::go_types::{ApiVersion, Schema};
use raygate_core::subject::{Guarded, Subject};
use raygate_core::yaml::{Node, Source};

use super::PIPED;
use super::locate::{Located, Origin};
use super::secrets::Secrets;
use super::stored::Stored;
use super::{template, unserved};
use crate::commands::audit::repair;
use crate::commands::settings::{Settings, UNKNOWN_NAMESPACE};
use crate::commands::unreadable;
use crate::manifests::{self, Chunk, Failure, Object};
use crate::report;

/// What became of one input.
#[derive(Default)]
pub(in crate::commands) struct Judged {
    pub(in crate::commands) documents: usize,
    pub(in crate::commands) skipped: usize,
    pub(in crate::commands) objects: Vec<Arc<report::Object>>,
    pub(in crate::commands) diagnostics: Vec<report::Diagnostic>,
    pub(in crate::commands) failures: Vec<Failure>,
}

/// What one input is called, and whether somebody named it: a folder holds files that are no manifests.
pub(in crate::commands) struct Named {
    pub(in crate::commands) name: Arc<str>,
    pub(in crate::commands) must_be_manifest: bool,
    pub(in crate::commands) stage: Stage,
}

/// How far the objects of an input have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::commands) enum Stage {
    /// Written in a file: the API server will complete, prune or refuse them.
    Written,
    /// Stored in a cluster, as the API server reads them.
    Stored,
    /// Stored, and asked for no more than whether KubeRay's operator can read them: they are being deleted, or nobody
    /// wants to know more.
    Guarded,
}

impl Stage {
    /// What is to be done when policies ask for labels of a namespace that are not known.
    const fn without_labels(self) -> &'static str {
        match self {
            Self::Written => UNKNOWN_NAMESPACE,
            Self::Stored | Self::Guarded => {
                "a policy selects by the labels of the namespace, and they could not be read: whoever asks needs `get` on \
                 namespaces"
            }
        }
    }
}

/// Judges what the text of one input holds.
pub(in crate::commands) fn judge(
    input: &Named,
    text: &Arc<str>,
    settings: &Settings,
    stored: &Stored,
) -> Judged {
    let mut judged = Judged::default();
    for chunk in manifests::chunks(&input.name, text) {
        match chunk {
            Ok(chunk) => {
                // What Helm made of a template has the template's name, and lines of its own.
                let is_made = chunk.file != input.name;
                let text = if is_made { chunk.text.into() } else { Arc::clone(text) };
                judged.documents += 1;
                let must_be_manifest = input.must_be_manifest;
                let stage = input.stage;
                Here { chunk, is_made, must_be_manifest, stage, text, settings, stored }.judge(&mut judged);
            }
            Err(failure) => judged.failures.push(failure),
        }
    }
    judged
}

/// A chunk, and what holds for it.
struct Here<'c> {
    chunk: Chunk<'c>,
    is_made: bool,
    must_be_manifest: bool,
    stage: Stage,
    /// The text in which its lines count.
    text: Arc<str>,
    settings: &'c Settings,
    stored: &'c Stored,
}

impl Here<'_> {
    fn judge(&self, judged: &mut Judged) {
        let complete = self.chunk.complete();
        let source = match Source::read(&complete, self.chunk.syntax) {
            Ok(source) => source,
            Err(error) => return judged.failures.push(unreadable(&self.chunk, &error, Some(PIPED))),
        };
        let written = Written { source: &source, secrets: OnceCell::new() };
        for object in manifests::objects(written.source) {
            match object {
                Ok(object) => self.object(&written, &object, judged),
                Err(error) if !self.must_be_manifest && error.kind.may_be_no_manifest() => {
                    judged.skipped += 1;
                }
                Err(error) => {
                    judged.failures.push(self.chunk.failure(error.position, error.to_string()));
                }
            }
        }
    }

    fn object(&self, written: &Written<'_>, object: &Object<'_>, judged: &mut Judged) {
        let version = self.settings.rules.version();
        let schema = ApiVersion::of(object.api_version).and_then(|api| Schema::of(object.kind, api, version));
        let Some(schema) = schema else {
            // What a cluster holds it has taken.
            match unserved::reason(object, version).filter(|_| self.stage == Stage::Written) {
                Some((position, message)) => judged.failures.push(self.chunk.failure(position, message)),
                None => judged.skipped += 1,
            }
            return;
        };
        let shown = Arc::new(self.shown(object));
        let mut found = Found { here: self, written, object, schema, shown, judged };
        if self.stage == Stage::Guarded {
            found.judged.skipped += 1;
            return found.guarded(None);
        }
        match object.kind {
            "RayJob" => found.job(object.node, None),
            "RayCronJob" => {
                if let Some(job) = template::job_of(object.node) {
                    found.job(&job, Some(template::KEY));
                }
                found.guarded(Some(template::KEY));
            }
            _ => {
                found.judged.skipped += 1;
                found.guarded(None);
            }
        }
    }

    /// The object as the API server has it, or will have it.
    fn stored<'d>(&self, written: &'d Document<'d>, schema: Schema) -> document::Stored<'d> {
        match self.stage {
            Stage::Written => as_stored(written, schema),
            Stage::Stored | Stage::Guarded => {
                document::Stored { document: as_read(written, schema), pruned: Vec::new() }
            }
        }
    }

    fn shown(&self, object: &Object<'_>) -> report::Object {
        report::Object {
            file: Arc::clone(&self.chunk.file),
            text: Arc::clone(&self.text),
            document: self.chunk.document,
            api_version: object.api_version.to_owned(),
            kind: object.kind.to_owned(),
            namespace: object.namespace.map(ToOwned::to_owned),
            name: object.name.map(ToOwned::to_owned),
        }
    }
}

/// What is written in a chunk, and where it may hold secrets, which is asked for once something is found.
struct Written<'s> {
    source: &'s Source<'s>,
    secrets: OnceCell<Secrets>,
}

/// Where the findings in one object go.
struct Found<'f> {
    here: &'f Here<'f>,
    written: &'f Written<'f>,
    object: &'f Object<'f>,
    schema: Schema,
    shown: Arc<report::Object>,
    judged: &'f mut Judged,
}

impl Found<'_> {
    /// Judges a job, or the template of one below that key of the spec.
    fn job(&mut self, node: &Node<'_>, spec_below: Option<&'static str>) {
        self.judged.objects.push(Arc::clone(&self.shown));
        let settings = self.here.settings;
        let placed = template::in_namespace(node, settings.namespace.as_deref());
        let written = Document::from(placed.as_ref());
        let Some(schema) = Schema::of("RayJob", self.schema.api(), self.schema.kuberay()) else { return };
        let stored = self.here.stored(&written, schema);
        let old = self.here.stored.like(self.object, settings.namespace.as_deref());
        let old = old.filter(|_| spec_below.is_none()).map(serde_json::from_str::<Document<'_>>);
        let old = old.transpose().unwrap_or_default();
        let mut subject = match self.here.stage {
            Stage::Written => Subject::written(&stored, schema, ""),
            Stage::Stored | Stage::Guarded => Subject::created(&stored.document, ""),
        };
        let old = old.as_ref().map(|old| as_read(old, schema));
        if let Some(old) = &old {
            let foreseen = std::mem::take(&mut subject.foreseen);
            subject = Subject { foreseen, ..Subject::updated(&stored.document, old, "") };
        }
        let request = settings.asked(subject.job.metadata.namespace.non_empty().unwrap_or_default());
        let Ok(matching) = settings.policies.matching(&request, &subject.job, subject.old.as_ref()) else {
            return self
                .judged
                .failures
                .push(self.here.chunk.failure(node.position, self.here.stage.without_labels()));
        };
        let Evaluation { findings, suppressed, .. } = evaluate_under(&subject, &settings.rules, &matching);
        for (finding, suppressed) in findings
            .iter()
            .map(|finding| (finding, false))
            .chain(suppressed.iter().map(|finding| (finding, true)))
        {
            self.add(finding, suppressed, spec_below);
        }
    }

    /// Looks for what would stop KubeRay's operator; what is below that key of the spec has been judged already.
    fn guarded(&mut self, except: Option<&str>) {
        let settings = self.here.settings;
        let written = Document::from(self.object.node);
        let stored = self.here.stored(&written, self.schema);
        let subject = match self.here.stage {
            Stage::Written => Guarded::written(&stored, self.schema),
            Stage::Stored | Stage::Guarded => Guarded::created(&stored.document, self.schema.root()),
        };
        let evaluation = evaluate_guarded(&subject, settings.rules.version());
        let is_judged = |finding: &Finding<'_>| {
            let second = finding.steps().into_iter().nth(1);
            except.is_some() && second.as_ref().and_then(|step| step.key()) == except
        };
        for finding in evaluation.findings.iter().filter(|finding| !is_judged(finding)) {
            self.add(finding, false, None);
        }
    }

    fn origin(&self, spec_below: Option<&'static str>) -> Origin<'_> {
        let Here { chunk, is_made, .. } = self.here;
        let Written { source, secrets } = self.written;
        let secrets = secrets.get_or_init(|| Secrets::of(source));
        Origin { source, secrets, chunk, is_made: *is_made, way: &self.object.steps, spec_below }
    }

    fn add(&mut self, finding: &Finding<'_>, suppressed: bool, spec_below: Option<&'static str>) {
        let origin = self.origin(spec_below);
        let Located { start, end, value, masked } = origin.locate(finding);
        let field = origin.field(finding);
        let mut help = finding.help.to_string();
        if self.here.stage != Stage::Written && finding.rule.is_guard() {
            help = repair::with_commands(&help, &self.shown, &origin.way_to(&finding.steps()));
        }
        self.judged.diagnostics.push(report::Diagnostic {
            object: Arc::clone(&self.shown),
            rule: finding.rule,
            level: finding.level,
            suppressed,
            message: finding.text().into_owned(),
            help,
            field,
            value,
            start,
            end,
            masked,
        });
    }
}

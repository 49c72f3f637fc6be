//! One input: each RayJob in it is completed by the core's mutations, and the text is edited by `manifests::edit`.

use std::path::PathBuf;
use std::sync::Arc;

use raygate_core::document::Document;
use raygate_core::go_types::ApiVersion;
use raygate_core::mutations::{self, Giving};
use raygate_core::subject::Subject;
use raygate_core::yaml::Source;

use super::{PIPED, job_id};
use crate::commands::settings::{Settings, UNKNOWN_NAMESPACE};
use crate::commands::unreadable;
use crate::manifests::edit::{self, Addition, additions};
use crate::manifests::{self, Chunk, Failure, Input, Object};

/// An input, before and after.
#[derive(Debug)]
pub(super) struct Completed {
    pub(super) name: Arc<str>,
    /// The file, if it is one.
    pub(super) path: Option<PathBuf>,
    pub(super) before: Arc<str>,
    pub(super) after: String,
    /// Whether there is no object in it, such as in the values of a chart.
    pub(super) is_other: bool,
}

impl Completed {
    pub(super) fn is_changed(&self) -> bool {
        *self.before != *self.after
    }
}

/// Completes one input; beside it, what in it could not be read or completed.
pub(super) fn complete(
    input: &Input,
    settings: &Settings,
    job_ids: bool,
) -> Result<(Completed, Vec<Failure>), Failure> {
    let before = input.read()?;
    let mut here = Here { input, settings, job_ids, failures: Vec::new(), objects: 0 };
    let mut after = String::with_capacity(before.len());
    let mut behind = 0;
    for chunk in manifests::chunks(&input.name, &before) {
        match chunk {
            Ok(chunk) => {
                if let Some(edited) = here.chunk(&chunk) {
                    after.push_str(&before[behind..chunk.offset]);
                    after.push_str(&edited);
                    behind = chunk.offset + chunk.text.len();
                }
            }
            Err(failure) => here.failures.push(failure),
        }
    }
    after.push_str(&before[behind..]);
    let Here { failures, objects, .. } = here;
    let is_other = objects == 0 && failures.is_empty();
    let path = input.path().map(ToOwned::to_owned);
    Ok((Completed { name: input.name.clone(), path, before, after, is_other }, failures))
}

/// What holds for an input, and what goes wrong in it.
struct Here<'c> {
    input: &'c Input,
    settings: &'c Settings,
    job_ids: bool,
    failures: Vec<Failure>,
    objects: usize,
}

impl Here<'_> {
    /// The chunk's text with what is missing; `None` when nothing is.
    fn chunk(&mut self, chunk: &Chunk<'_>) -> Option<String> {
        let complete = chunk.complete();
        let source = match Source::read(&complete, chunk.syntax) {
            Ok(source) => source,
            Err(error) => {
                self.fail(unreadable(chunk, &error, Some(PIPED)));
                return None;
            }
        };
        let mut missing = Vec::new();
        for object in manifests::objects(&source) {
            self.objects += usize::from(object.is_ok());
            match object {
                Ok(object) if object.kind == "RayJob" && ApiVersion::of(object.api_version).is_some() => {
                    missing.extend(self.missing(chunk, &object));
                }
                Ok(_) => {}
                Err(error) if !self.input.named && error.kind.may_be_no_manifest() => {}
                Err(error) => self.fail(chunk.failure(error.position, error.to_string())),
            }
        }
        if missing.is_empty() {
            return None;
        }
        let edited = edit::add(chunk.text, chunk.syntax, &source, &missing);
        for error in edited.refused {
            self.fail(chunk.failure(error.position, error.to_string()));
        }
        (edited.text != chunk.text).then_some(edited.text)
    }

    /// What a job lacks.
    fn missing(&mut self, chunk: &Chunk<'_>, object: &Object<'_>) -> Vec<Addition> {
        let document = Document::from(object.node);
        let settings = self.settings;
        let namespace = object.namespace.or(settings.namespace.as_deref());
        let giving = Giving {
            policies: &settings.policies,
            request: settings.asked(namespace.unwrap_or_default()),
            rules: &settings.rules,
        };
        // Without the uid of a request no id is made. A job with `generateName` is another one each time.
        let uid = object
            .name
            .filter(|_| self.job_ids)
            .map_or_else(String::new, |name| job_id::uid(object.node, namespace, name, &giving));
        let subject = Subject::created(&document, &uid);
        let Ok(completion) = mutations::complete_under(&subject, &giving) else {
            self.fail(chunk.failure(object.node.position, UNKNOWN_NAMESPACE));
            return Vec::new();
        };
        let patch = job_id::as_operations(&completion.patch);
        patch.and_then(|patch| additions(object, &patch)).unwrap_or_else(|| {
            let message = "the job cannot be completed by an edit of this text; the webhook completes it when it is applied";
            self.fail(chunk.failure(object.node.position, message));
            Vec::new()
        })
    }

    /// Lines count in the input, whatever Helm calls the part of it.
    fn fail(&mut self, failure: Failure) {
        self.failures.push(Failure { file: self.input.name.clone(), ..failure });
    }
}

//! Policies from files: `manifests` reads them, the core compiles them; every mistake is told in its place.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use raygate_core::field_path::Step;
use raygate_core::policy::crd::{API_VERSION, KIND};
use raygate_core::policy::{self, Mistakes, Policies, Policy};
use raygate_core::yaml::Source;

use super::typed::surroundings;
use super::unreadable;
use crate::manifests::{self, Chunk, Failure, Found, Object};
use crate::report::PolicyMistake;

/// What some files hold.
#[derive(Default)]
pub(super) struct Read {
    /// The policies without a mistake.
    pub(super) policies: Vec<Arc<Policy>>,
    /// What is wrong with the others.
    pub(super) mistakes: Vec<PolicyMistake>,
    /// What could not be read.
    pub(super) failures: Vec<Failure>,
    /// The text of each file, by name.
    pub(super) content: Vec<(Arc<str>, Arc<str>)>,
}

/// Reads the policies in files and folders.
pub(super) fn read(paths: &[PathBuf]) -> Read {
    let (mut read, surroundings) = (Read::default(), surroundings(None, None));
    for path in paths {
        let Found { inputs, failures, .. } = manifests::find(std::slice::from_ref(path), &surroundings);
        // A folder may be empty until somebody writes a policy.
        if !(inputs.is_empty() && path.is_dir()) {
            read.failures.extend(failures);
        }
        for input in inputs {
            match input.read() {
                Ok(text) => {
                    read.text(&input.name, &text, input.named);
                    read.content.push((input.name, text));
                }
                Err(failure) => read.failures.push(failure),
            }
        }
    }
    read
}

impl Read {
    /// All that is wrong, policies and files.
    pub(super) fn problems(&self) -> Vec<Failure> {
        let mistakes = self.mistakes.iter().map(|mistake| Failure {
            file: Arc::clone(&mistake.file),
            position: Some(mistake.start),
            message: mistake.line(),
        });
        mistakes.chain(self.failures.iter().cloned()).collect()
    }

    /// All policies together, those left out that are over by now.
    pub(super) fn in_force(&self) -> Policies {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Policies::new(self.policies.iter().cloned(), i64::try_from(now).unwrap_or(i64::MAX))
    }

    fn text(&mut self, name: &Arc<str>, text: &str, is_named: bool) {
        for chunk in manifests::chunks(name, text) {
            let chunk = match chunk {
                Ok(chunk) => chunk,
                Err(failure) => {
                    self.failures.push(failure);
                    continue;
                }
            };
            let complete = chunk.complete();
            match Source::read(&complete, chunk.syntax) {
                Ok(source) => self.chunk(&chunk, &source, is_named),
                Err(error) => self.failures.push(unreadable(&chunk, &error, None)),
            }
        }
    }

    fn chunk(&mut self, chunk: &Chunk<'_>, source: &Source<'_>, is_named: bool) {
        for object in manifests::objects(source) {
            match object {
                Ok(object) if object.kind == KIND => self.policy(chunk, source, &object),
                Ok(object) if is_named => {
                    let message = format!("this is a {}, and a {KIND} is wanted here", object.kind);
                    self.failures.push(chunk.failure(object.node.position, message));
                }
                Ok(_) => {}
                Err(error) if !is_named && error.kind.may_be_no_manifest() => {}
                Err(error) => self.failures.push(chunk.failure(error.position, error.to_string())),
            }
        }
    }

    fn policy(&mut self, chunk: &Chunk<'_>, source: &Source<'_>, object: &Object<'_>) {
        let name_at = || [Step::Key("metadata".into()), Step::Key("name".into())];
        let mut fail = |way: &[Step<'static>], field: &str, message: String, is_about_key: bool| {
            let way: Vec<_> = object.steps.iter().chain(way).cloned().collect();
            self.mistakes.push(mistake(chunk, source, &way, (field, message), is_about_key));
        };
        if object.api_version != API_VERSION {
            let message = format!("this is `{}`: write `{API_VERSION}`", object.api_version);
            return fail(&[Step::Key("apiVersion".into())], "apiVersion", message, false);
        }
        let Some(name) = object.name else {
            return fail(&name_at(), "metadata.name", "a policy needs a name".into(), false);
        };
        let spec = object.node.value.get("spec").map_or(serde_json::json!({}), |spec| (&spec.value).into());
        let compiled = policy::read(&spec).and_then(|spec| Policy::compile(name, &spec));
        match compiled {
            Ok(policy) if self.policies.iter().any(|other| other.name == policy.name) => {
                let message = format!("there is a policy `{name}` already: give each a name of its own");
                fail(&name_at(), "metadata.name", message, false);
            }
            Ok(policy) => self.policies.push(Arc::new(policy)),
            Err(mistakes) => tell(&mistakes, &mut fail),
        }
    }
}

fn tell(mistakes: &Mistakes, fail: &mut impl FnMut(&[Step<'static>], &str, String, bool)) {
    for mistake in mistakes {
        fail(&mistake.steps, mistake.field.as_str(), mistake.message.clone(), mistake.is_about_key);
    }
}

/// A mistake in its place: at the value, or at the key of what lacks something or takes several lines.
fn mistake(
    chunk: &Chunk<'_>,
    source: &Source<'_>,
    way: &[Step<'_>],
    (field, message): (&str, String),
    is_about_key: bool,
) -> PolicyMistake {
    let (place, taken) = source.place(way);
    let is_on_one_line = place.value.start.line == place.value.end.line;
    let span = match place.key {
        Some(key) if is_about_key || taken < way.len() || !is_on_one_line => key,
        _ => place.value,
    };
    let end = if span.end.line == span.start.line { span.end.column } else { span.start.column + 1 };
    let start = chunk.place(span.start);
    PolicyMistake {
        file: Arc::clone(&chunk.file),
        start,
        width: end.saturating_sub(span.start.column).max(1),
        field: field.to_owned(),
        message,
    }
}

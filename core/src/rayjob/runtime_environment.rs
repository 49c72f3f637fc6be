//! The runtime environment of a job, read once, together with who hands it to Ray and which Ray that is.
//!
//! The same text means different things on different ways: the submitter's shell may change it, and paths are those of
//! the container that reads them.

use super::{RayJob, SubmissionMode};
use crate::document::{Field, Text};
use crate::ray_image::{Build, release_of};
use crate::ray_version::Release;
use crate::runtime_env::{self, RuntimeEnvironment};
use crate::yaml::{Entry, Node, Value};

/// The newest release of Ray whose reading is known here.
const NEWEST_KNOWN: Release = [2, 60];

/// Parameters of the class `RuntimeEnv` that are no fields: they decide what is looked at.
const OF_THE_CONSTRUCTOR: [&str; 2] = ["_validate", "self"];

/// A field that holds a runtime environment, and what KubeRay makes of it.
#[derive(Debug)]
pub struct ReadEnvironment<'a> {
    /// `spec.runtimeEnvYAML`, or its older spelling.
    pub field: Field<'a, Text>,
    /// Its text.
    pub text: &'a str,
    /// What KubeRay reads.
    pub environment: RuntimeEnvironment<'a>,
    /// Whether Bash would find more in it than variables.
    is_shell_code: bool,
}

/// Who reads the environment first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// `ray job submit` in the submitter, behind its shell; paths are those of the submitter's container.
    Submitter,
    /// Ray on the head, as KubeRay sent it; paths are those of the head's container.
    Head,
}

/// A runtime environment that Ray will read.
#[derive(Clone, Copy, Debug)]
pub struct SubmittedEnvironment<'j, 'a> {
    /// The field that holds it.
    pub field: Field<'a, Text>,
    /// The text of the field.
    pub text: &'a str,
    /// Its keys, in order.
    pub entries: &'j [Entry<'a>],
    /// Who reads it first.
    pub reader: Reader,
    job: &'j RayJob<'a>,
}

/// The release of Ray in the head's container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadRay<'a> {
    /// Major and minor.
    pub release: Release,
    /// The whole version.
    pub version: &'a str,
    /// Who says so.
    pub source: Source,
}

/// Where a release of Ray was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// From the tag of the Ray project's own image, which runs as it is.
    Image,
    /// From `rayVersion`, which nothing holds to what is in the image.
    Declared,
}

impl<'a> ReadEnvironment<'a> {
    pub(super) fn of(job: &RayJob<'a>) -> Option<Self> {
        let fields = [job.spec.runtime_env_yaml, job.spec.runtime_env];
        let (field, text) = fields.into_iter().find_map(|field| Some((field, field.non_empty()?)))?;
        let environment = runtime_env::read(text);
        let is_shell_code = match &environment {
            RuntimeEnvironment::Mapping(entries) => entries.iter().any(is_shell_code_in),
            _ => false,
        };
        Some(Self { field, text, environment, is_shell_code })
    }
}

impl<'a> RayJob<'a> {
    /// `spec.runtimeEnvYAML`, or its older spelling where that alone is there, as KubeRay reads it.
    pub fn runtime_environment(&self) -> Option<&ReadEnvironment<'a>> {
        self.runtime_environment.get_or_init(|| ReadEnvironment::of(self).map(Box::new)).as_deref()
    }

    /// The runtime environment, if Ray will read it and it is known what Ray will see: not where users submit
    /// themselves, nor where the submitter has a command of its own or its shell would run a part of the text.
    pub fn submitted_environment(&self) -> Option<SubmittedEnvironment<'_, 'a>> {
        let read = self.runtime_environment()?;
        let RuntimeEnvironment::Mapping(entries) = &read.environment else { return None };
        if entries.iter().any(|entry| OF_THE_CONSTRUCTOR.contains(&entry.key.as_ref())) {
            return None;
        }
        let reader = if self.submission_mode() == SubmissionMode::HTTPMode {
            Reader::Head
        } else if self.is_submitted_by_command() && !read.is_shell_code {
            Reader::Submitter
        } else {
            return None;
        };
        Some(SubmittedEnvironment { field: read.field, text: read.text, entries, reader, job: self })
    }
}

impl<'j, 'a> SubmittedEnvironment<'j, 'a> {
    /// The entry of that name, if it is not null.
    pub fn entry(&self, name: &str) -> Option<&'j Entry<'a>> {
        self.entries.iter().find(|entry| entry.key == name && entry.value.value != Value::Null)
    }

    /// The value of that name, if it is not null.
    pub fn value(&self, name: &str) -> Option<&'j Node<'a>> {
        self.entry(name).map(|entry| &entry.value)
    }

    /// Whether a text arrives at Ray as it is written here.
    pub fn arrives(&self, text: &str) -> bool {
        self.reader == Reader::Head || !text.contains(['$', '`', '\\'])
    }

    /// The text of a value, if it is text that arrives as it is.
    pub fn known_text<'n>(&self, node: &'n Node<'_>) -> Option<&'n str> {
        match &node.value {
            Value::String(text) if self.arrives(text) => Some(text),
            _ => None,
        }
    }

    /// What a finding about the environment stands on.
    pub fn because(&self) -> impl Iterator<Item = Field<'a>> + use<'a> {
        let spec = &self.job.spec;
        let older = spec.runtime_env_yaml.any();
        [older, spec.submission_mode.any(), spec.submitter_pod_template.any()].into_iter()
    }

    /// The Ray that runs on the head of the job's own cluster, as far as the job says.
    pub fn head_ray(&self) -> Option<HeadRay<'a>> {
        let cluster = self.job.own_cluster()?;
        let container = cluster.head.template.ray_container();
        let Some(image) = cluster.head.template.ray_image() else {
            let version = cluster.spec.ray_version.value()?;
            let release = release_of(version)?;
            return Some(HeadRay { release, version, source: Source::Declared });
        };
        let runs_as_it_is = container.is_some_and(|container| {
            container.command.is_absent_or_empty() && container.args.is_absent_or_empty()
        });
        match image.build {
            Build::Release { release, version } if runs_as_it_is && !image.is_pinned => {
                Some(HeadRay { release, version, source: Source::Image })
            }
            Build::Release { .. } | Build::Moving(_) | Build::Other => None,
        }
    }

    /// What [`Self::head_ray`] stands on.
    pub fn head_ray_fields(&self) -> impl Iterator<Item = Field<'a>> + use<'a> {
        let cluster = self.job.cluster();
        let container = cluster.and_then(|cluster| cluster.head.template.ray_container());
        let of_container =
            container.map(|container| [container.image.any(), container.command.any(), container.args.any()]);
        let of_cluster = cluster.map(|cluster| cluster.spec.ray_version.any());
        [self.job.spec.cluster_selector.any()]
            .into_iter()
            .chain(of_cluster)
            .chain(of_container.into_iter().flatten())
    }

    /// Whether the head has a Ray that is certainly older than that release.
    pub fn is_before(&self, release: Release) -> bool {
        self.head_ray().is_some_and(|ray| ray.release < release)
    }

    /// Whether the head has a Ray that may have learned what is not known here.
    pub fn is_beyond_knowledge(&self) -> bool {
        self.head_ray().is_some_and(|ray| ray.release > NEWEST_KNOWN)
    }
}

fn is_shell_code_in(entry: &Entry<'_>) -> bool {
    is_shell_code(&entry.key) || is_shell_code_in_value(&entry.value)
}

fn is_shell_code_in_value(node: &Node<'_>) -> bool {
    match &node.value {
        Value::String(text) => is_shell_code(text),
        Value::Sequence(items) => items.iter().any(is_shell_code_in_value),
        Value::Mapping(entries) => entries.iter().any(is_shell_code_in),
        _ => false,
    }
}

/// Whether Bash sees a command, arithmetic or an open `${` in it: these may reach into the rest of the environment.
fn is_shell_code(text: &str) -> bool {
    let Some(first) = text.find(['$', '`']) else { return false };
    let rest = text.get(first..).unwrap_or_default();
    let is_open = |part: &str| part.strip_prefix('{').is_some_and(|name| !is_plain_variable(name));
    rest.contains('`') || rest.contains("$(") || rest.contains("$[") || rest.split('$').skip(1).any(is_open)
}

/// Whether `${` is followed by nothing but a name and `}`.
fn is_plain_variable(rest: &str) -> bool {
    let is_name = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    rest.split_once('}').is_some_and(|(name, _)| is_name(name))
}

//! RJ516 `secret-in-metadata`.

use crate::document::{Field, Map, Object, Text};
use crate::quoted::Quoted;
use crate::rules::prelude::*;
use crate::secrets::{secret_in, secret_of};

rule! {
    /// The metadata of the job, or an annotation, holds a password, key or token as text.
    ///
    /// ## Why
    /// `spec.metadata` is shown by Ray's dashboard and by `ray job list`, and stands in the submitter's command. Annotations
    /// can be read by everybody who may read the job or its pods, and tools copy them into logs and metrics. Nothing of
    /// Ray or KubeRay needs a secret there.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   metadata: {owner: team-a, db-password: hunter2}
    /// ```
    /// ```yaml bad
    /// metadata:
    ///   annotations: {example.com/source: "https://me:hunter2@git.example/code.git"}
    /// ```
    /// ```yaml good
    /// metadata:
    ///   annotations: {example.com/source: "https://git.example/code.git"}
    /// spec:
    ///   metadata: {owner: team-a}
    /// ```
    "RJ516" "secret-in-metadata" Warn since "0.1.0" [reads metadata] because
        Security "metadata and annotations are shown to all who may read the job, its pods or Ray's dashboard",
}

/// What kubectl keeps there is the job itself, of which the other rules tell.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for entry in job.spec.metadata.each() {
        let entry: Field<'a, Text> = entry.cast();
        report(entry, "the job's metadata", secret_of, findings);
    }
    let templates =
        job.cluster().into_iter().flat_map(|cluster| cluster.groups().map(|group| &group.template));
    let of_pods = templates
        .chain(job.submitter())
        .map(|template| template.object.child::<Object>("metadata").child::<Map>("annotations"));
    for annotation in
        std::iter::once(job.metadata.annotations).chain(of_pods).flat_map(Field::<'_, Map>::each)
    {
        if annotation.key() != LAST_APPLIED {
            // Names prove nothing: `checksum/secret` holds a digest.
            report(annotation.cast(), "the annotation", |_, value| secret_in(value), findings);
        }
    }
}

fn report<'a>(
    entry: Field<'a, Text>,
    place: &str,
    secret: impl Fn(&str, &str) -> Option<&'static str>,
    findings: &mut Findings<'_, 'a>,
) {
    let Some(what) = entry.value().and_then(|value| secret(entry.key(), value)) else { return };
    findings
        .report(
            entry,
            format!(
                "{place} {} holds {what} that everybody can read who may read the job",
                Quoted(entry.key())
            ),
        )
        .help("put it into a Secret, give it to the containers as a variable or a file, and remove it here");
}

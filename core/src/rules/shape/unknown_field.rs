//! RJ010 `unknown-field`.

use crate::document::{Misfit, Problem, Pruned};
use crate::go_types::{ApiVersion, Struct, StructField};
use crate::kuberay::KubeRayVersion;
use crate::likeness;
use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// KubeRay of this version knows no such field.
    ///
    /// ## Why
    /// It is dropped without a word, and what was meant does not happen. A misspelt `ttlSecondsAfterFinished` deletes
    /// nothing; upper and lower case count.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   entryPointNumCpus: 2
    /// ```
    /// ```yaml bad
    /// spec:
    ///   activeDeadline: 3600
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypointNumCpus: 2
    /// ```
    "RJ010" "unknown-field" Warn since "0.1.0" [of misfits] because
        KubernetesRefuses "`unknown field`, with strict field validation as kubectl asks for it; for other clients the API server drops the field",
}

/// Of this, a rule of its own says more.
const SPOKEN_OF: &str = "spec.deletionPolicy";
/// Where the CRD keeps it, Raygate reads it.
const OLDER_SPELLING: &str = "spec.runtimeEnv";

/// Names closer than this are probably meant: 1 is the same.
const NEAR: f64 = 0.75;

fn check<'a>(misfit: &Misfit<'a>, findings: &mut Findings<'_, 'a>) {
    let field = misfit.field;
    let (key, path) = (field.key(), field.path());
    let is_older_spelling = path.as_str() == OLDER_SPELLING;
    let (what, help) = match misfit.problem {
        Problem::Unknown(..) if is_older_spelling => return,
        Problem::Unknown(..) | Problem::Pruned(Pruned::Unknown(..)) if path.as_str() == SPOKEN_OF => return,
        Problem::Unknown(known, version) | Problem::Pruned(Pruned::Unknown(known, version)) => {
            let what = format!("KubeRay {version} knows no field {} here and drops it", Quoted(key));
            let help = match remedy(known, key, version) {
                _ if is_older_spelling => "write `runtimeEnvYAML`".to_owned(),
                help => help,
            };
            (what, help)
        }
        Problem::Pruned(Pruned::NotIn(api)) => (
            format!("{} has no field {}: the API server drops it", api.as_str(), Quoted(key)),
            format!("write `apiVersion: {}`", ApiVersion::V1.as_str()),
        ),
        Problem::Pruned(Pruned::NotInTemplate) => (
            format!("the metadata of a template keeps no {}: the API server drops it", Quoted(key)),
            "remove it: annotations, finalizers, labels, name and namespace are kept".to_owned(),
        ),
        Problem::WrongType(_) | Problem::Undecodable(_) | Problem::Refused(_) => return,
    };
    findings.report(field, what).about_key().help(help);
}

fn remedy(known: &'static Struct, key: &str, version: KubeRayVersion) -> String {
    match (known.newest_field(key), nearest(known, key, version)) {
        (Some(later), _) if later.since() > version => {
            format!("remove it, or upgrade KubeRay: version {} brings it", later.since())
        }
        (Some(former), _) => format!("remove it: KubeRay had it until version {}", former.until()),
        (None, Some(name)) => format!("write `{name}`, if that is meant, or remove it"),
        (None, None) => "remove it, or look for its name in KubeRay's documentation".to_owned(),
    }
}

/// The known field whose name is most like this one.
fn nearest(known: &'static Struct, key: &str, version: KubeRayVersion) -> Option<&'static str> {
    let names = known.fields().iter().filter(|field| field.is_in(version)).map(StructField::key);
    likeness::nearest(key, names, NEAR, str::to_lowercase)
}

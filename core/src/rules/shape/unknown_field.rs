//! RJ010 `unknown-field`.

use crate::document::{Misfit, Problem};
use crate::go_types::{Struct, StructField};
use crate::kuberay::KubeRayVersion;
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

/// Of these, rules of their own say more: what Raygate reads for it, and what to write now.
const SPOKEN_OF: [&str; 2] = ["spec.deletionPolicy", "spec.runtimeEnv"];

/// Names closer than this are probably meant: 1 is the same.
const NEAR: f64 = 0.75;

fn check<'a>(misfit: &Misfit<'a>, findings: &mut Findings<'_, 'a>) {
    let Problem::Unknown(known, version) = misfit.problem else { return };
    let field = misfit.field;
    if SPOKEN_OF.contains(&field.path().as_str()) {
        return;
    }
    let key = field.key();
    let help = match (known.newest_field(key), nearest(known, key, version)) {
        (Some(later), _) if later.since() > version => {
            format!("remove it, or upgrade KubeRay: version {} brings it", later.since())
        }
        (Some(former), _) => format!("remove it: KubeRay had it until version {}", former.until()),
        (None, Some(name)) => format!("write `{name}`, if that is meant, or remove it"),
        (None, None) => "remove it, or look for its name in KubeRay's documentation".to_owned(),
    };
    findings
        .report(field, format!("KubeRay {version} knows no field {} here and drops it", Quoted(key)))
        .help(help);
}

/// The known field whose name is most like this one.
fn nearest(known: &'static Struct, key: &str, version: KubeRayVersion) -> Option<&'static str> {
    let names = known.fields().iter().filter(|field| field.is_in(version)).map(StructField::key);
    names
        .map(|name| (strsim::normalized_damerau_levenshtein(&name.to_lowercase(), &key.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness >= NEAR)
        .max_by(|(left, _), (right, _)| left.total_cmp(right))
        .map(|(_, name)| name)
}

//! RJ344 `quoted-variable-before-command`.

use super::{place, report_entrypoint};
use crate::rules::prelude::*;

rule! {
    /// The entrypoint sets a variable before its command, to a value with a blank: `NAME='a b' python train.py`.
    ///
    /// ## Why
    /// In K8sJobMode and SidecarMode the submitter's bash reads the words, and `ray job submit` quotes each one again for the
    /// shell on the cluster. There `'NAME=a b'` is no assignment any more, but the name of a program that does not exist: the
    /// job fails with exit code 127.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   entrypoint: XLA_FLAGS="--a --b" python train.py
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypoint: STAGE=production python train.py
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypoint: env XLA_FLAGS="--a --b" python train.py
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypoint: XLA_FLAGS="--a --b" python train.py
    ///   submissionMode: HTTPMode
    /// ```
    "RJ344" "quoted-variable-before-command" Deny since "0.1.0" because
        Ray "the command line quotes the word as a whole (`list2cmdline` until Ray 2.55, `shlex.join` since), and the job ends with `command not found`, 127",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(submission) = job.submission() else { return };
    if !submission.reader.is_submitter() {
        return;
    }
    let is_assignment = |word: &str| {
        let name = word.split_once('=').map_or("", |(name, _)| name);
        name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    let words = submission.script().first.words.iter();
    let mut assignments = words
        .map_while(|word| Some((word, word.value(submission.text)?)))
        .take_while(|(_, value)| is_assignment(value));
    let Some((word, _)) = assignments.find(|(_, value)| value.contains([' ', '\t'])) else { return };
    let offset = word.place.start;
    let message = format!(
        "a variable before the command has a value with a blank ({}), and Ray would look for a program of that name",
        place(submission, offset)
    );
    report_entrypoint(job, submission, findings, offset, message)
        .help("write `env` before it, or set the variable in env_vars of runtimeEnvYAML");
}

//! Reports written by hand: each finding points at words of its file.

use std::sync::Arc;

use raygate::report::{Diagnostic, Failure, Object, Report, Summary};
use raygate_core::finding::Level;
use raygate_core::rules::Rule;
use raygate_core::yaml::Position;

use crate::rules;

pub(crate) const TRAIN: &str = "\
apiVersion: ray.io/v1
kind: RayJob
metadata:
  name: train
  namespace: team-a
spec:
  suspend: true
  submissionMode: httpMode  # 訓練 🚀
  rayClusterSpec:
    headGroupSpec:
      template:
        spec:
          containers:
          - name: ray-head
            env: [{name: TOKEN, value: s3cret, valueFrom: {}}]
    workerGroupSpecs:
    - groupName: small
      replicas: 5
      maxReplicas: 3
";

pub(crate) const BATCH: &str = "\
kind: List
items:
- {apiVersion: ray.io/v1, kind: RayJob, metadata: {generateName: batch-}, spec: {ttlSecondsAfterFinished: 60}}
";

/// An object of that text.
pub(crate) fn object(file: &str, text: &str, name: Option<&str>) -> Arc<Object> {
    Arc::new(Object {
        file: file.into(),
        text: text.into(),
        document: 1,
        api_version: "ray.io/v1".to_owned(),
        kind: "RayJob".to_owned(),
        namespace: name.map(|_| "team-a".to_owned()),
        name: name.map(str::to_owned),
    })
}

/// A finding of that rule at the first such words of the object's text.
pub(crate) fn finding(object: &Arc<Object>, rule: &'static Rule, field: &str, words: &str) -> Diagnostic {
    let (start, end) = place(&object.text, words);
    Diagnostic {
        object: object.clone(),
        rule,
        level: rule.level,
        suppressed: false,
        message: format!("`{field}` is wrong"),
        help: "write another value".to_owned(),
        field: field.to_owned(),
        value: None,
        start,
        end,
        masked: [].into(),
    }
}

/// Where the words begin in the text, and the place behind them.
pub(crate) fn place(text: &str, words: &str) -> (Position, Position) {
    let begin = text.find(words).expect("the words stand in the text");
    (position(text, begin), position(text, begin + words.len()))
}

fn position(text: &str, byte: usize) -> Position {
    let before = &text[..byte];
    let line_begin = before.rfind('\n').map_or(0, |at| at + 1);
    let number = |count: usize| u32::try_from(count).expect("a short text") + 1;
    Position {
        line: number(before.matches('\n').count()),
        column: number(before[line_begin..].chars().count()),
    }
}

/// Everything at once: several files, levels, lines, a secret, something suppressed and failures.
pub(crate) fn mixed() -> Report {
    let train = object("jobs/train.yaml", TRAIN, Some("train"));
    let batch = object("jobs/team b/batch.yaml", BATCH, None);
    let [suspend, mode, variable, replicas] = of_train(&train);
    let ttl = Diagnostic {
        value: Some(60.into()),
        suppressed: true,
        message: "nothing is deleted after 60 seconds, because the cluster is not to be shut down".to_owned(),
        help: "set `shutdownAfterJobFinishes: true`".to_owned(),
        ..finding(&batch, &rules::TTL, "spec.ttlSecondsAfterFinished", "60")
    };
    Report {
        of_cluster: false,
        summary: Summary {
            files: 3,
            documents: 4,
            ray_jobs: 2,
            skipped: 1,
            patches: 1,
            templates: 2,
            errors: 2,
            denied: 3,
            warned: 1,
            suppressed: 1,
        },
        objects: vec![train, batch],
        diagnostics: vec![ttl, replicas, mode, variable, suspend],
        failures: vec![
            Failure {
                file: "jobs/broken.yaml".into(),
                position: Some(Position { line: 7, column: 3 }),
                message: "a tab indents this line; YAML allows only spaces there".to_owned(),
            },
            Failure { file: "gone.yaml".into(), position: None, message: "there is no such file".to_owned() },
        ],
    }
}

fn of_train(train: &Arc<Object>) -> [Diagnostic; 4] {
    let suspend = Diagnostic {
        value: Some(true.into()),
        message: "a suspended job must be one that shuts its cluster down, but this one keeps it".to_owned(),
        help: "set `shutdownAfterJobFinishes: true`".to_owned(),
        ..finding(train, &rules::SUSPEND, "spec.suspend", "true")
    };
    let mode = Diagnostic {
        value: Some("httpMode".into()),
        message: "`httpMode` is no way to submit a job that KubeRay knows".to_owned(),
        help: "write `HTTPMode`".to_owned(),
        ..finding(train, &rules::MODE, "spec.submissionMode", "httpMode")
    };
    let variable = Diagnostic {
        masked: [place(TRAIN, "s3cret")].into(),
        message: "the variable `TOKEN` has a `value` and a `valueFrom`; it can have but one".to_owned(),
        help: "leave one of them out".to_owned(),
        ..finding(
            train,
            &rules::VARIABLE,
            "spec.rayClusterSpec.headGroupSpec.template.spec.containers[0].env[0]",
            "{name: TOKEN, value: s3cret, valueFrom: {}}",
        )
    };
    let replicas = Diagnostic {
        message: "the group `small` wants 5 replicas, and may have 3".to_owned(),
        help: "raise `maxReplicas` or lower `replicas`".to_owned(),
        ..finding(
            train,
            &rules::REPLICAS,
            "spec.rayClusterSpec.workerGroupSpecs[0]",
            "groupName: small\n      replicas: 5\n      maxReplicas: 3",
        )
    };
    [suspend, mode, variable, replicas]
}

/// One job without a finding.
pub(crate) fn clean() -> Report {
    Report {
        summary: Summary { files: 1, documents: 1, ray_jobs: 1, ..Summary::default() },
        objects: vec![object("jobs/train.yaml", TRAIN, Some("train"))],
        ..Report::default()
    }
}

/// Files without a RayJob.
pub(crate) fn nothing() -> Report {
    Report {
        summary: Summary { files: 2, documents: 3, skipped: 3, ..Summary::default() },
        ..Report::default()
    }
}

/// What steers terminals, ends XML's sections and GitHub's commands, or looks like markup.
pub(crate) const HOSTILE: &str =
    "\u{1b}[31m\u{9b}2J\r\n::error::x]]><b a=\"'&\t\0\u{7}\u{202e}\u{ffff}%0A,:{0}[l](http://x)\u{2028}";

/// A report whose every text is hostile.
pub(crate) fn hostile() -> Report {
    let text = format!("spec: 'é{}'\n", HOSTILE.replace(['\n', '\r'], ""));
    let object = Arc::new(Object {
        api_version: HOSTILE.to_owned(),
        kind: HOSTILE.to_owned(),
        namespace: Some(HOSTILE.to_owned()),
        ..Object::clone(&object(HOSTILE, &text, Some(HOSTILE)))
    });
    let found = |rule| Diagnostic {
        message: HOSTILE.to_owned(),
        help: HOSTILE.to_owned(),
        value: Some(HOSTILE.into()),
        ..finding(&object, rule, HOSTILE, "::error")
    };
    let warned = Diagnostic { level: Level::Warn, ..found(&rules::MODE) };
    let suppressed = Diagnostic { suppressed: true, ..found(&rules::TTL) };
    Report {
        of_cluster: false,
        summary: Summary {
            files: 1,
            documents: 1,
            ray_jobs: 1,
            errors: 1,
            denied: 1,
            warned: 1,
            suppressed: 1,
            ..Summary::default()
        },
        objects: vec![object.clone()],
        diagnostics: vec![found(&rules::SUSPEND), warned, suppressed],
        failures: vec![Failure {
            file: HOSTILE.into(),
            position: Some(Position::START),
            message: HOSTILE.to_owned(),
        }],
    }
}

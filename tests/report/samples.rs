//! Reports written by hand: each finding points at words of its file.

use std::sync::Arc;

use raygate::report::{Diagnostic, Failure, Object, Report, Summary};
use raygate_core::finding::Level;
use raygate_core::rules;
use raygate_core::yaml::Position;

pub(crate) const TRAIN: &str = "\
apiVersion: ray.io/v1
kind: RayJob
metadata:
  name: train
  namespace: team-a
spec:
  suspend: true
  entrypoint: python train.py --token s3cret --epochs 3
  submissionMode: httpMode  # 訓練 🚀
  rayClusterSpec:
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

/// A finding of the rule with that code at the first such words of the object's text.
pub(crate) fn finding(object: &Arc<Object>, code: &str, field: &str, words: &str) -> Diagnostic {
    let rule = rules::find(code).expect("a rule");
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
        masked: Vec::new(),
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
    let entrypoint = Diagnostic {
        masked: vec![place(TRAIN, "python train.py --token s3cret --epochs 3")],
        level: Level::Warn,
        ..finding(&train, "RJ101", "spec.entrypoint", "python train.py --token s3cret --epochs 3")
    };
    let mode = Diagnostic {
        value: Some("httpMode".into()),
        ..finding(&train, "RJ102", "spec.submissionMode", "httpMode")
    };
    let bounds = finding(
        &train,
        "RJ201",
        "spec.rayClusterSpec.workerGroupSpecs[0]",
        "groupName: small\n      replicas: 5\n      maxReplicas: 3",
    );
    let ttl = Diagnostic {
        value: Some(60.into()),
        suppressed: true,
        ..finding(&batch, "RJ104", "spec.ttlSecondsAfterFinished", "60")
    };
    let suspend = Diagnostic {
        value: Some(true.into()),
        level: Level::Deny,
        ..finding(&train, "RJ103", "spec.suspend", "true")
    };
    Report {
        summary: Summary {
            files: 3,
            documents: 4,
            ray_jobs: 2,
            skipped: 1,
            errors: 2,
            denied: 3,
            warned: 1,
            suppressed: 1,
        },
        objects: vec![train, batch],
        diagnostics: vec![ttl, bounds, mode, entrypoint, suspend],
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
    let found = |code| Diagnostic {
        message: HOSTILE.to_owned(),
        help: HOSTILE.to_owned(),
        value: Some(HOSTILE.into()),
        ..finding(&object, code, HOSTILE, "::error")
    };
    let found = |code| Diagnostic { field: HOSTILE.to_owned(), ..found(code) };
    let warned = Diagnostic { level: Level::Warn, ..found("RJ101") };
    let suppressed = Diagnostic { suppressed: true, ..found("RJ102") };
    Report {
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
        diagnostics: vec![found("RJ103"), warned, suppressed],
        failures: vec![Failure {
            file: HOSTILE.into(),
            position: Some(Position::START),
            message: HOSTILE.to_owned(),
        }],
    }
}

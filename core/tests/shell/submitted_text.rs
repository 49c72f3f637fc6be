//! The runtime environment, metadata and resources between KubeRay's double quotes: what bash replaces there is reported.

use raygate_core::kuberay::KubeRayVersion;
use serde_json::{Value, json};

use crate::judge::findings;
use crate::oracle::ask;
use crate::run::{Ran, run};

/// A part of `spec`, and the field that bash changes, if one.
fn cases() -> Vec<(Value, Option<&'static str>)> {
    let environment = |value: &str| json!({"runtimeEnvYAML": format!("env_vars:\n  A: {value}\n")});
    let in_environment = Some("spec.runtimeEnvYAML");
    vec![
        (environment("'$DATA'"), in_environment),
        (environment("${DATA}/x"), in_environment),
        (environment("'\\$DATA'"), in_environment),
        (environment("\"a `date` b\""), in_environment),
        (environment("$(date)"), in_environment),
        (environment("pa$DATA"), in_environment),
        (environment("a$1"), in_environment),
        (json!({"runtimeEnvYAML": "pip: ['-r ${DATA}/requirements.txt']"}), in_environment),
        (json!({"runtimeEnvYAML": "$DATA: {a: b}"}), in_environment),
        (environment("a  # $DATA"), None),
        (environment("5$"), None),
        (environment("'5$ a'"), None),
        (environment("'a \"b\" \\ c'"), None),
        (environment("\"a\\nb\\tc\""), None),
        (environment("'^a$|b$'"), None),
        (environment("<&> é 🚀"), None),
        (environment("'!x'"), None),
        (environment("$HOME/x"), None),
        (json!({"metadata": {"a": "$DATA"}}), Some("spec.metadata.a")),
        (json!({"metadata": {"a": "`date`"}}), Some("spec.metadata.a")),
        (json!({"metadata": {"a": "5$", "b": "\\"}}), None),
        (json!({"entrypointResources": "{\"a\": $DATA}"}), Some("spec.entrypointResources")),
        (json!({"entrypointResources": "{\"a\": 1}"}), None),
    ]
}

/// The values that `ray job submit` got for its options.
fn options(ran: &Ran) -> Vec<String> {
    let submit = ran.commands.iter().find(|command| command.get(2).is_some_and(|word| word == "submit"));
    let options = submit.into_iter().flatten().skip_while(|word| {
        !word.starts_with("--runtime") && !word.starts_with("--metadata") && !word.starts_with("--entrypoint")
    });
    options.take_while(|word| *word != "--").cloned().collect()
}

#[test]
fn what_bash_replaces_in_submitted_texts_is_reported_and_nothing_else() {
    for version in [KubeRayVersion::V1_3, KubeRayVersion::V1_4, KubeRayVersion::V1_5, KubeRayVersion::V1_6] {
        let questions: Vec<_> = cases().into_iter().map(|(mut asked, _)| {
            json_patch::merge(&mut asked, &json!({"mode": "K8sJobMode", "address": "a:1", "jobId": "j", "entrypoint": "python a.py"}));
            asked.to_string()
        }).collect();
        let commands = ask(version, &questions).expect("a module proxy serves these versions");
        for ((spec, changed), command) in cases().iter().zip(commands) {
            let command: Vec<&str> = command.iter().map(String::as_str).collect();
            let (one, other) =
                (options(&run(&command, &[("DATA", "1")])), options(&run(&command, &[("DATA", "2")])));
            let intact =
                options(&run(&unexpanded(&command).iter().map(String::as_str).collect::<Vec<_>>(), &[]));
            // `$HOME` is replaced as well, by what it is on the head.
            let is_changed = (one != other || one != intact) && !spec.to_string().contains("$HOME");
            assert_eq!(
                is_changed,
                changed.is_some(),
                "KubeRay {version}, {spec}: {one:?}, {other:?}, {intact:?}"
            );
            let mut change = spec.clone();
            change["entrypoint"] = "python a.py".into();
            let found = findings(version, &change);
            let paths: Vec<_> = found.iter().map(|found| (found.code, found.path.as_str())).collect();
            let expected: Vec<_> = changed.iter().map(|path| ("RJ350", *path)).collect();
            assert_eq!(paths, expected, "KubeRay {version}, {spec}");
        }
    }
}

/// The same command with every `$` and backtick kept from bash.
fn unexpanded(command: &[&str]) -> Vec<String> {
    command.iter().map(|word| word.replace('$', "\\$").replace('`', "\\`")).collect()
}

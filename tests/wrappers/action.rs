//! `action.yml`: its steps run in bash as a runner runs them, with files for what a step may set.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

use serde::Deserialize;
use tempfile::TempDir;

use crate::{DENIED, GOOD, path_behind, root};

#[derive(Deserialize)]
struct Action {
    inputs: BTreeMap<String, Input>,
    runs: Runs,
}

#[derive(Deserialize)]
struct Input {
    description: String,
    default: String,
}

#[derive(Deserialize)]
struct Runs {
    using: String,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    name: String,
    shell: String,
    #[serde(rename = "if")]
    condition: Option<String>,
    #[serde(default)]
    env: BTreeMap<String, String>,
    run: String,
}

fn action() -> Action {
    let text = fs::read_to_string(root().join("action.yml")).unwrap();
    serde_saphyr::from_str(&text).unwrap()
}

/// What a step left behind.
struct Ran {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

/// A runner: the workspace of a job, and the folders and files that steps are given.
struct Runner(TempDir);

impl Runner {
    fn new() -> Self {
        let runner = Self(tempfile::tempdir().unwrap());
        for folder in ["workspace", "action", "temp", "bin"] {
            fs::create_dir(runner.path(folder)).unwrap();
        }
        for file in ["env", "output", "path", "summary"] {
            fs::write(runner.path(file), "").unwrap();
        }
        runner.write("good.json", GOOD);
        runner.write("denied.yaml", DENIED);
        runner
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, content: &str) {
        fs::write(self.path("workspace").join(name), content).unwrap();
    }

    /// Puts the inputs in their places, as a runner does, and runs one step.
    fn step(&self, name: &str, inputs: &[(&str, &str)]) -> Ran {
        let action = action();
        let step = action.runs.steps.iter().find(|step| step.name == name).unwrap();
        let script = self.path("step.sh");
        fs::write(&script, &step.run).unwrap();
        let mut command = Command::new("bash");
        command.args(["--noprofile", "--norc", "-eo", "pipefail"]).arg(&script);
        command.current_dir(self.path("workspace")).env_clear();
        command.env("PATH", path_behind(&self.path("bin")));
        for (variable, value) in &step.env {
            let input = value.strip_prefix("${{ inputs.").and_then(|rest| rest.strip_suffix(" }}")).unwrap();
            let given = inputs.iter().find(|(name, _)| *name == input).map(|(_, value)| *value);
            command.env(variable, given.unwrap_or(&action.inputs[input].default));
        }
        command.env("GITHUB_ACTION_PATH", self.path("action")).env("RUNNER_TEMP", self.path("temp"));
        for (variable, file) in
            [("ENV", "env"), ("OUTPUT", "output"), ("PATH", "path"), ("STEP_SUMMARY", "summary")]
        {
            command.env(format!("GITHUB_{variable}"), self.path(file));
        }
        let output = command.output().unwrap();
        Ran {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Checks with the binary of this build.
    fn check(&self, inputs: &[(&str, &str)]) -> Ran {
        let binary = [("raygate", env!("CARGO_BIN_EXE_raygate"))];
        self.step("Check", &[inputs, &binary].concat())
    }
}

#[test]
fn no_script_holds_what_somebody_else_writes() {
    let action = action();
    assert_eq!(action.runs.using, "composite");
    for step in &action.runs.steps {
        assert_eq!(step.shell, "bash");
        assert!(!step.run.contains("${{"), "{}", step.run);
        for variable in step.env.keys() {
            assert!(
                step.run.contains(&format!("${variable}")) || step.run.contains(&format!("${{{variable}"))
            );
        }
    }
    let uses: Vec<_> = action.runs.steps.iter().flat_map(|step| step.env.values()).collect();
    for (name, input) in &action.inputs {
        assert!(uses.contains(&&format!("${{{{ inputs.{name} }}}}")), "{name} is used nowhere");
        assert!(!input.description.is_empty(), "{name}");
    }
}

#[test]
fn findings_become_annotations_and_fail_the_step() {
    let runner = Runner::new();
    let ran = runner.check(&[]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(ran.stdout.contains("::error file=denied.yaml,line="), "{}", ran.stdout);
    let ran = runner.check(&[("paths", "good.json")]);
    assert_eq!((ran.code, ran.stdout.contains("::")), (Some(0), false), "{}", ran.stdout);
}

#[test]
fn every_input_arrives() {
    let runner = Runner::new();
    runner.write("two words.yaml", DENIED);
    runner.write("warned.json", &GOOD.replace("\"shutdownAfterJobFinishes\": true", "\"jobId\": \"a\""));
    let ran = runner.check(&[("paths", "two words.yaml\n\ngood.json\n"), ("sarif-file", "a b.sarif")]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stdout.contains("checked 2 files"), "{}", ran.stdout);
    let sarif = fs::read_to_string(runner.path("workspace").join("a b.sarif")).unwrap();
    let sarif: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"].as_str().map(|code| &code[..2]), Some("RJ"));
    assert_eq!(runner.check(&[("paths", "warned.json")]).code, Some(0));
    assert_eq!(runner.check(&[("paths", "warned.json"), ("fail-on", "warn")]).code, Some(1));
    assert_eq!(runner.check(&[("paths", "good.json"), ("kuberay-version", "0.1")]).code, Some(2));
}

#[test]
fn without_paths_nothing_is_called_clean() {
    for paths in ["", "\n\n"] {
        let ran = Runner::new().check(&[("paths", paths)]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.stdout.starts_with("::error "), "{}", ran.stdout);
    }
}

#[test]
fn no_input_runs_or_writes_anything_of_its_own() {
    let hostile = [
        "$(touch pwned)",
        "`touch pwned`",
        "; touch pwned; #",
        "\"; touch pwned; \"",
        "'; touch pwned; '",
        "x\ntouch pwned\n",
        "--output=json=pwned",
        "-qh",
        "${RAYGATE} | touch pwned",
        "a[$(touch pwned)]",
        "${{ github.token }}",
        "EOF\nPATH=/tmp\nEOF",
    ];
    for value in hostile {
        for input in ["paths", "fail-on", "kuberay-version", "sarif-file", "raygate"] {
            let runner = Runner::new();
            let ran = runner.step("Check", &[("raygate", env!("CARGO_BIN_EXE_raygate"))]);
            assert_eq!(ran.code, Some(1), "the runner itself works");
            let others: Vec<_> = [("raygate", env!("CARGO_BIN_EXE_raygate")), ("paths", "denied.yaml")]
                .into_iter()
                .filter(|(name, _)| *name != input)
                .chain([(input, value)])
                .collect();
            let ran = runner.step("Check", &others);
            assert_ne!(ran.code, Some(0), "{input}: {value}");
            assert!(!runner.path("workspace").join("pwned").exists(), "{input}: {value}");
            for file in ["env", "output", "path", "summary"] {
                assert_eq!(fs::read_to_string(runner.path(file)).unwrap(), "", "{input}: {value}");
            }
            let commands = ran.stdout.lines().filter(|line| line.starts_with("::"));
            for command in commands {
                assert!(command.starts_with("::error ") || command.starts_with("::warning "), "{command}");
            }
        }
    }
}

#[test]
fn what_is_built_is_what_is_run() {
    let runner = Runner::new();
    // Building takes minutes; what Cargo is asked for is written down instead, and answered with this build's binary.
    let cargo = format!(
        "#!/bin/bash\nprintf '%s\\n' \"$@\" > \"$RUNNER_TEMP/asked\"\nmkdir -p \"${{@: -1}}/bin\"\nln -s {} \"${{@: -1}}/bin/raygate\"\n",
        env!("CARGO_BIN_EXE_raygate")
    );
    fs::write(runner.path("bin/cargo"), cargo).unwrap();
    fs::set_permissions(runner.path("bin/cargo"), fs::Permissions::from_mode(0o755)).unwrap();
    let built = runner.step("Build raygate", &[]);
    assert_eq!(built.code, Some(0), "{}", built.stderr);
    let (source, target) = (runner.path("action"), runner.path("temp/raygate"));
    let asked = fs::read_to_string(runner.path("temp/asked")).unwrap();
    let expected =
        ["install", "--locked", "--path", source.to_str().unwrap(), "--root", target.to_str().unwrap()];
    assert_eq!(asked.lines().collect::<Vec<_>>(), expected);
    assert_eq!(runner.step("Check", &[("paths", "denied.yaml")]).code, Some(1));
    let step = action().runs.steps.into_iter().find(|step| step.name == "Build raygate").unwrap();
    assert_eq!(step.condition.as_deref(), Some("inputs.raygate == ''"));
}

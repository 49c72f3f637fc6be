//! The runs: many jobs for each version of KubeRay, every pair of mode and status, and every error text of the source.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use raygate_core::kuberay::KubeRayVersion;
use serde_json::{Value, json};

use crate::generate::{Gates, Generator, gates_of};
use crate::jobs::{FEATURES, SMALL};
use crate::judge::{Difference, Judge, Judged, Outcome};
use crate::oracle::{self, Oracle, question};
use crate::random::Seed;
use crate::reduce::Reduction;
use crate::texts::{self, Known};

/// What a run over one version has seen.
#[derive(Debug, Default)]
struct Report {
    outcomes: BTreeMap<Outcome, usize>,
    /// How often, and in which job first.
    differences: BTreeMap<Difference, (usize, usize)>,
    occurred: BTreeSet<Known>,
    /// How often each rule denied what KubeRay accepts.
    stricter: BTreeMap<&'static str, usize>,
}

impl Report {
    fn add(&mut self, number: usize, judged: Judged) {
        *self.outcomes.entry(judged.outcome).or_default() += 1;
        for difference in judged.differences {
            self.differences.entry(difference).or_insert((0, number)).0 += 1;
        }
        for code in judged.stricter {
            *self.stricter.entry(code).or_default() += 1;
        }
        self.occurred.extend(judged.occurred);
    }
}

#[test]
fn jobs_are_judged_as_kuberay_judges_them() {
    let seed = Seed::choose("RAYGATE_KUBERAY_SEED");
    let failures = std::thread::scope(|scope| {
        let runs: Vec<_> =
            oracle::all().iter().map(|oracle| scope.spawn(move || run(oracle, seed))).collect();
        runs.into_iter().map(|run| run.join().expect("a run")).collect::<String>()
    });
    assert!(failures.is_empty(), "RAYGATE_KUBERAY_SEED={seed}\n{failures}");
}

/// Judges many jobs of one version, and says what is wrong.
fn run(oracle: &Oracle, seed: Seed) -> String {
    let version = oracle.version;
    let generator = Generator::new(seed, version, oracle.samples());
    let mut report = Report::default();
    let questions = (0..generator.systematic() + oracle::jobs()).map(|number| {
        let recipe = generator.recipe(number);
        question(&recipe.job(), &recipe.gates)
    });
    let mut current = (generator.recipe(0).gates, Judge::new(version, &generator.recipe(0).gates));
    oracle.start().ask_all(questions, |number, answer| {
        let gates = generator.gates(number);
        if gates != current.0 {
            current = (gates.clone(), Judge::new(version, &gates));
        }
        report.add(number, current.1.judge(answer));
    });
    eprintln!(
        "KubeRay {version}: {:?}; denied though KubeRay accepts: {:?}",
        report.outcomes, report.stricter
    );
    for outcome in [Outcome::RefusedByCrd, Outcome::Undecodable, Outcome::Refused, Outcome::Accepted] {
        assert!(report.outcomes.contains_key(&outcome), "KubeRay {version}: no job was {outcome:?}");
    }
    let mut failures = String::new();
    for (difference, (count, number)) in &report.differences {
        let recipe = generator.recipe(*number);
        let judge = Judge::new(version, &recipe.gates);
        let reduced = Reduction::new(oracle.start(), judge, &recipe.gates, difference).reduce(&recipe);
        writeln!(
            failures,
            "KubeRay {version}: {difference:?} in {count} jobs, first in {number}:\n{reduced}\n"
        )
        .expect("a String takes all");
    }
    modes_and_statuses(oracle, &mut report, &mut failures);
    failures + &unseen(oracle, &report)
}

/// A status is judged when a job is updated: its mode may not change while it waits for a job id.
fn modes_and_statuses(oracle: &Oracle, report: &mut Report, failures: &mut String) {
    let gates = Vec::new();
    let judge = Judge::new(oracle.version, &gates);
    let mut asking = oracle.start();
    for mode in ["K8sJobMode", "HTTPMode", "InteractiveMode", "SidecarMode"] {
        for status in ["", "Initializing", "Waiting", "Running", "Complete"] {
            let mut old: Value = serde_json::from_str(SMALL).expect("JSON");
            old["spec"]["submissionMode"] = "InteractiveMode".into();
            if !status.is_empty() {
                old["status"] = json!({"jobDeploymentStatus": status});
            }
            let mut new = old.clone();
            new["spec"]["submissionMode"] = mode.into();
            let judged = judge.judge_update(&asking.ask(&question(&new, &gates)), &old);
            for difference in &judged.differences {
                writeln!(failures, "KubeRay {}: {difference:?} for {mode} while {status:?}", oracle.version)
                    .expect("a String takes all");
            }
            report.add(0, Judged { differences: Vec::new(), ..judged });
        }
    }
}

/// The error texts of the source that no job has brought about, and those that none should have.
fn unseen(oracle: &Oracle, report: &Report) -> String {
    let texts: BTreeSet<Known> = oracle
        .texts()
        .iter()
        .filter_map(|error| texts::of_format(oracle.version, &error.text).ok().flatten())
        .collect();
    let mut failures = String::new();
    for known in texts {
        let seen = report.occurred.contains(&known);
        let wrong = match (known.never(), seen) {
            (None, false) => "never occurred: a job that brings it about is missing",
            (Some(reason), true) => &format!("occurred, though {reason}"),
            (None, true) => continue,
            (Some(reason), false) => {
                eprintln!("KubeRay {}: `{}` cannot occur: {reason}", oracle.version, known.format);
                continue;
            }
        };
        writeln!(failures, "KubeRay {}: {} `{}` {wrong}", oracle.version, known.code, known.format)
            .expect("a String takes all");
    }
    failures
}

#[test]
fn every_error_text_of_kuberay_is_in_the_table() {
    let (mut unknown, mut unused) = (Vec::new(), texts::formats());
    for oracle in oracle::all() {
        let texts = oracle.texts();
        assert!(texts.len() > 20, "KubeRay {}: only {} error texts", oracle.version, texts.len());
        for error in texts {
            match texts::of_format(oracle.version, &error.text) {
                Ok(Some(known)) => drop(unused.remove(known.format)),
                Ok(None) => {}
                Err(format) => {
                    unknown.push(format!("KubeRay {}, {}: {format}", oracle.version, error.function));
                }
            }
        }
    }
    assert!(unknown.is_empty(), "texts::table lacks\n{}", unknown.join("\n"));
    if oracle::all().len() == KubeRayVersion::ALL.len() {
        assert!(unused.is_empty(), "no version of KubeRay says {unused:#?}");
    }
}

#[test]
fn all_versions_that_a_module_proxy_serves_are_judged() {
    let versions: Vec<_> = oracle::all().iter().map(|oracle| oracle.version).collect();
    assert!(versions.starts_with(&KubeRayVersion::ALL[..4]), "{versions:?}");
    eprintln!("judged with KubeRay {versions:?}");
}

#[test]
fn good_jobs_are_accepted_by_kuberay_and_by_the_rules() {
    for oracle in oracle::all() {
        let mut asking = oracle.start();
        let gates: Gates = gates_of(oracle.version).map(|gate| (gate.as_str(), true)).collect();
        let judge = Judge::new(oracle.version, &gates);
        let known =
            FEATURES.iter().filter(|(since, _)| *since <= oracle.version).map(|(_, feature)| *feature);
        for feature in ["{}"].into_iter().chain(known) {
            let mut job = serde_json::from_str(SMALL).expect("JSON");
            json_patch::merge(&mut job, &serde_json::from_str(feature).expect(feature));
            let answer = asking.ask(&question(&job, &gates));
            let errors = [&answer.crd, &answer.decode, &answer.metadata, &answer.spec, &answer.cluster];
            assert!(
                errors.into_iter().all(String::is_empty),
                "KubeRay {}: {feature}\n{answer:?}",
                oracle.version
            );
            let judged = judge.judge(&answer);
            assert!(judged.stricter.is_empty(), "KubeRay {}: {feature}\n{:?}", oracle.version, judged.lines);
        }
    }
}

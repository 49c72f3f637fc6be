//! Compares what Kubernetes and Raygate have against each pod.

use std::collections::{BTreeMap, BTreeSet};

use raygate_core::document::Document;
use raygate_core::pod_security::judge;
use raygate_core::policy::spec::PodSecurity;
use raygate_core::rayjob::RayJob;
use serde_json::Value;

use crate::generate;
use crate::oracle::{self, Pod};
use crate::random::{Random, Seed, setting};

/// Identifiers of the checks that each pod does not pass.
fn found(job: &Value, standard: PodSecurity) -> Vec<Vec<String>> {
    let text = job.to_string();
    let document: Document<'_> = serde_json::from_str(&text).expect("JSON");
    let pods = judge(&RayJob::of(&document), standard);
    let ids = pods.iter().map(|pod| {
        let ids: BTreeSet<_> =
            pod.violations.iter().map(|violation| violation.control.id().to_owned()).collect();
        ids.into_iter().collect()
    });
    ids.collect()
}

/// What differs between the two about one job.
pub(crate) fn differences(job: &Value, pods: &[Pod]) -> Vec<String> {
    let mut differences = Vec::new();
    for (standard, expected) in [
        (PodSecurity::Baseline, pods.iter().map(|pod| &pod.baseline).collect::<Vec<_>>()),
        (PodSecurity::Restricted, pods.iter().map(|pod| &pod.restricted).collect()),
    ] {
        let found = found(job, standard);
        assert_eq!(found.len(), pods.len(), "as many pods: {job}");
        for ((expected, found), pod) in expected.into_iter().zip(&found).zip(pods) {
            if expected != found {
                differences
                    .push(format!("{standard:?} {}: Kubernetes {expected:?}, Raygate {found:?}", pod.name));
            }
        }
    }
    differences
}

#[test]
fn pods_of_random_jobs_are_judged_as_kubernetes_judges_them() {
    let seed = Seed::choose("RAYGATE_POD_SECURITY_SEED");
    let number = setting("RAYGATE_POD_SECURITY_JOBS").unwrap_or(5000);
    let mut random = Random::from_seed(seed);
    let jobs: Vec<_> = (0..number).map(|_| generate::job(&mut random)).collect();
    let answers = oracle::ask(&jobs);
    let (mut fitting, mut violated) = ([0, 0], BTreeMap::<&str, usize>::new());
    for (job, pods) in jobs.iter().zip(&answers) {
        let differences = differences(job, pods);
        assert!(
            differences.is_empty(),
            "RAYGATE_POD_SECURITY_SEED={seed}\n{}\n{job}",
            differences.join("\n")
        );
        for pod in pods {
            fitting[0] += usize::from(pod.baseline.is_empty());
            fitting[1] += usize::from(pod.restricted.is_empty());
            for id in pod.baseline.iter().chain(&pod.restricted) {
                *violated.entry(id).or_default() += 1;
            }
        }
    }
    let pods: usize = answers.iter().map(Vec::len).sum();
    eprintln!("{pods} pods; {} fit the baseline, {} the restricted standard", fitting[0], fitting[1]);
    // The run says something only about what occurred in it.
    let often = pods / 100;
    assert!(
        fitting.iter().all(|fitting| *fitting > often && *fitting < pods - often),
        "{fitting:?} of {pods}"
    );
    assert_eq!(violated.len(), 19, "{violated:?}");
    assert!(violated.values().all(|times| *times > 10), "{violated:?}");
}

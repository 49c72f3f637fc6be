//! Rules of family `pods` against the API server that they predict: what Raygate denies, a dry-run create must refuse at the same
//! place; what it lets through although it is refused must be in `misses`.
//!
//! `RAYGATE_PODS_JOBS` makes the run longer, `RAYGATE_PODS_SEED` makes it another one.

mod generate;
mod make;
mod misses;
mod random;

use std::io::{Write, stderr};

use anyhow::{Context, Result, ensure};
use raygate_control_plane::Api;
use raygate_core::document::Document;
use raygate_core::evaluate::evaluate;
use raygate_core::finding::Level;
use raygate_core::kuberay::KubeRayVersion;
use raygate_core::rules::Selection;
use raygate_core::rules::pods::FAMILY;
use raygate_core::subject::Subject;
use serde_json::Value;

use self::generate::{Fields, TEMPLATES};
use self::misses::Misses;
use self::random::{Random, setting};
use super::scenarios;
use crate::clusters::Clusters;

scenarios![raygate_denies_only_pods_that_the_api_server_refuses];

const JOBS: u64 = 300;
const SEED: &str = "RAYGATE_PODS_SEED";

fn raygate_denies_only_pods_that_the_api_server_refuses(clusters: &Clusters) -> Result<()> {
    let control_plane = clusters.bare()?;
    let path = format!("/api/v1/namespaces/{}/pods?dryRun=All", control_plane.namespace("pods")?);
    let (mut api, fields, seed) =
        (control_plane.api()?, Fields::read()?, setting(SEED)?.unwrap_or(20_261_124));
    let (mut random, mut misses, mut tally) = (Random(seed), Misses::default(), Tally::default());
    let mut false_denials = Vec::new();
    for _ in 0..setting("RAYGATE_PODS_JOBS")?.unwrap_or(JOBS) {
        let job = fields.job(&mut random)?;
        for (pod, found) in make::pods(&job)?.iter().zip(found(&job)?) {
            let refused = refused(&mut api, &path, pod)?;
            let denied = || found.iter().filter(|found| found.is_denied);
            tally.count(!refused.is_empty(), denied().next().is_some());
            for Found { area, line, .. } in denied() {
                if !refused.iter().any(|(other, _)| area.touches(other)) {
                    false_denials.push(format!("{line}\n  the API server says {refused:?} about {pod}"));
                }
            }
            for (area, message) in &refused {
                // A volume that is refused for itself is also not found by those who mount it.
                let follows =
                    message.starts_with("Not found") && refused.iter().any(|(area, _)| area.is_of_volumes());
                if !follows && !found.iter().any(|found| found.area.touches(area)) {
                    misses.add(area, message, pod);
                }
            }
        }
    }
    writeln!(stderr(), "{SEED}={seed}: {tally:?}\n{misses}")?;
    ensure!(false_denials.is_empty(), "false denials with {SEED}={seed}:\n{}", false_denials.join("\n"));
    ensure!(tally.denied > 0, "nothing was denied: {tally:?}");
    misses.expect_known()
}

#[derive(Debug, Default)]
struct Tally {
    pods: u32,
    refused: u32,
    denied: u32,
}

impl Tally {
    fn count(&mut self, is_refused: bool, is_denied: bool) {
        self.pods += 1;
        self.refused += u32::from(is_refused);
        self.denied += u32::from(is_denied);
    }
}

/// Where in a pod something is wrong: a field of the pod or of a container, without positions.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Area(Vec<String>);

impl Area {
    fn of(path: &str) -> Self {
        // What stands in brackets may hold points, and is followed by one or by nothing.
        let mut plain = String::new();
        let mut depth = 0_u32;
        for character in path.chars() {
            match character {
                '[' => depth += 1,
                ']' => depth = depth.saturating_sub(1),
                _ if depth == 0 => plain.push(character),
                _ => {}
            }
        }
        // Two of one name are found at the first or at the last, which may be an init container.
        let plain = plain.replace("initContainers", "containers");
        Self(plain.split('.').take(3).map(ToOwned::to_owned).collect())
    }

    fn is_of_volumes(&self) -> bool {
        self.0.get(1).is_some_and(|second| second == "volumes")
    }

    /// Whether one is the other or lies in it. Of a container, its fields are told apart; of a pod, they are not, because the API
    /// server names the part or the whole of them.
    fn touches(&self, other: &Self) -> bool {
        let is_of_container = self.0.get(1).is_some_and(|second| second == "containers");
        let depth = if is_of_container { 3 } else { 2 };
        self.0.iter().zip(&other.0).take(depth).all(|(left, right)| left == right)
    }
}

/// What Raygate finds in one template.
struct Found {
    area: Area,
    is_denied: bool,
    line: String,
}

/// What Raygate finds in each template.
fn found(job: &Value) -> Result<[Vec<Found>; 3]> {
    let text = job.to_string();
    let document: Document<'_> = serde_json::from_str(&text)?;
    let mut found = [Vec::new(), Vec::new(), Vec::new()];
    let rules = Selection::of_rules(FAMILY.rules.iter().copied(), KubeRayVersion::V1_6);
    let evaluation = evaluate(&Subject::created(&document, "uid"), &rules);
    for finding in evaluation.findings {
        let path = finding.path().as_str().to_owned();
        let (template, below) = place_in_pod(&path).with_context(|| format!("no template has {path}"))?;
        let line = format!("{path}: {}", finding.line());
        found[template].push(Found { area: Area::of(&below), is_denied: finding.level == Level::Deny, line });
    }
    Ok(found)
}

/// The template in which a path of the job lies, and the path in its pods.
fn place_in_pod(path: &str) -> Option<(usize, String)> {
    // A group's name becomes part of its pods' metadata.
    if path.ends_with("].groupName") {
        return Some((1, "metadata".to_owned()));
    }
    // The API server keeps it with the host's namespaces.
    if path.ends_with(".spec.shareProcessNamespace") {
        return place_in_pod(&path.replace("shareProcessNamespace", "securityContext"));
    }
    // The autoscaler's container stands in the head.
    if let Some(below) = path.strip_prefix("spec.rayClusterSpec.autoscalerOptions.") {
        return Some((0, format!("spec.containers.{below}")));
    }
    TEMPLATES.iter().enumerate().find_map(|(at, template)| {
        let prefix = template.trim_start_matches('/').replace("/0", "[0]").replace('/', ".") + ".";
        Some((at, path.strip_prefix(&prefix)?.to_owned()))
    })
}

/// What the API server refuses, with its message; nothing when it takes the pod.
fn refused(api: &mut Api, path: &str, pod: &Value) -> Result<Vec<(Area, String)>> {
    let (status, answer) = api.post(path, pod)?;
    if status < 300 {
        return Ok(Vec::new());
    }
    let causes = answer["details"]["causes"].as_array().into_iter().flatten();
    let causes = causes.map(|cause| (Area::of(text(&cause["field"])), text(&cause["message"]).to_owned()));
    let causes: Vec<_> = causes.collect();
    // A plugin, or a pod that cannot even be decoded, says it in one message without a place, which lies in every area.
    Ok(if causes.is_empty() { vec![(Area(Vec::new()), text(&answer["message"]).to_owned())] } else { causes })
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

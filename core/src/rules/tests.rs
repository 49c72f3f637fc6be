//! What holds for every rule: its place, its documentation, its examples, and that its findings name all they stand on.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use super::examples::{self, Example, GOOD_JOB};
use super::{Check, FAMILIES, Rule, Selection, all, family_of, find};
use crate::document::{Document, as_stored};
use crate::evaluate::evaluate_under;
use crate::finding::{Finding, Findings, Level};
use crate::go_types::{ApiVersion, Schema};
use crate::kuberay::{FeatureGate, FeatureGates, KubeRay, KubeRayVersion};
use crate::policy::{NamespaceLabels, Policies, Policy, Request};
use crate::rayjob::RayJob;
use crate::subject::Subject;
use crate::yaml::{Outcome, read_first};

#[test]
fn codes_are_unique_in_order_and_of_their_family() {
    let codes: Vec<_> = all().map(|rule| rule.code).collect();
    assert!(codes.is_sorted() && codes.iter().collect::<BTreeSet<_>>().len() == codes.len(), "{codes:?}");
    for rule in all() {
        assert!(rule.code.len() == 5 && rule.code.starts_with("RJ"), "{}", rule.code);
        let family = family_of(rule).expect("a family of that digit");
        assert!(family.rules.iter().any(|other| std::ptr::eq(*other, rule)), "{}", rule.code);
        assert_eq!(find(rule.slug).map(|found| found.code), Some(rule.code));
        assert_eq!(find(&rule.code.to_lowercase()).map(|found| found.code), Some(rule.code));
    }
    assert!(find("RJ999").is_none());
}

#[test]
fn every_file_is_a_rule_and_has_its_name() {
    for family in FAMILIES {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules").join(family.name);
        let files: BTreeSet<_> = fs::read_dir(&folder)
            .expect("a folder for each family")
            .map(|entry| {
                entry
                    .expect("a readable entry")
                    .path()
                    .file_stem()
                    .expect("a name")
                    .to_string_lossy()
                    .replace('_', "-")
            })
            .filter(|name| name != "mod")
            .collect();
        let slugs: BTreeSet<_> = family.rules.iter().map(|rule| rule.slug.to_owned()).collect();
        assert_eq!(files, slugs, "{}", family.name);
    }
}

#[test]
fn slugs_name_the_pattern() {
    for rule in all() {
        let banned = ["no-", "require-", "invalid-", "check-"];
        assert!(banned.iter().all(|start| !rule.slug.starts_with(start)), "{}", rule.slug);
        assert!(rule.slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", rule.slug);
    }
}

#[test]
fn every_rule_is_documented() {
    for rule in all() {
        assert!(
            rule.summary().ends_with('.') && rule.summary().len() <= 120,
            "{}: {}",
            rule.code,
            rule.summary()
        );
        for section in ["\n ## Why\n", "\n ## Example\n"] {
            assert!(rule.docs.contains(section), "{} lacks {section}", rule.code);
        }
        // A command that is too long is too long to be shown; its rule has a test of its own.
        let is_shown = rule.code != "RJ345";
        assert!(
            !is_shown || examples::of(rule).any(|example| example.is_bad),
            "{} has no bad example",
            rule.code
        );
        assert!(examples::of(rule).any(|example| !example.is_bad), "{} has no good example", rule.code);
        assert!(!rule.because.is_empty(), "{}", rule.code);
    }
}

#[test]
fn bad_examples_are_found_and_nothing_worse() {
    for_each_example(|rule, example| {
        let findings = findings_in(rule, example);
        let own: Vec<_> = findings.iter().filter(|finding| std::ptr::eq(finding.rule, rule)).collect();
        if example.is_bad {
            assert!(!own.is_empty(), "{} does not find its example:\n{}", rule.code, example.yaml);
        }
        // Examples leave out what they are not about: how many workers there are, their resources, and that all have one Ray, a new one.
        let is_of_brevity = |finding: &&Finding<'_>| {
            ["RJ259", "RJ373", "RJ390", "RJ392", "RJ396", "RJ401", "RJ411"].contains(&finding.rule.code)
        };
        // What Kubernetes takes may be unwise.
        let is_of_power = |finding: &&Finding<'_>| {
            rule.code.starts_with("RJ6") && ["RJ506", "RJ507", "RJ508"].contains(&finding.rule.code)
        };
        let others = findings.iter().filter(|finding| !std::ptr::eq(finding.rule, rule));
        for other in others.filter(|finding| !is_of_brevity(finding) && !is_of_power(finding)) {
            let worse = !example.is_bad || other.level >= rule.level;
            assert!(!worse, "{}:\n{}gets {}", rule.code, example.yaml, other.line());
        }
        if !example.is_bad {
            assert!(own.is_empty(), "{} finds its good example:\n{}", rule.code, example.yaml);
        }
    });
}

#[test]
fn findings_say_what_is_wrong_and_what_to_write() {
    for_each_example(|rule, example| {
        for finding in findings_in(rule, example) {
            let line = finding.line();
            assert!(
                !finding.message.is_empty() && !finding.help.is_empty(),
                "{}:\n{}",
                rule.code,
                example.yaml
            );
            assert!(!finding.message.ends_with('.') && !finding.help.ends_with('.'), "{line}");
            assert!(line.len() <= 400, "{line}");
        }
    });
}

/// Fields that a rule judges one by one, as parts of their paths: a finding about one does not stand on the others.
const ONE_BY_ONE: [(&str, &[&str]); 8] = [
    ("RJ208", &[".minReplicas", ".maxReplicas"]),
    ("RJ215", &[".rayStartParams", ".env", "metadata.annotations"]),
    ("RJ217", &[".redis", ".externalStorageNamespace"]),
    ("RJ218", &[".size", ".storageClassName", ".accessModes"]),
    ("RJ219", &[".env", ".volumeMounts", ".volumes"]),
    ("RJ221", &[".rayStartParams", ".env"]),
    ("RJ404", &["spec.entrypoint", "spec.submissionMode"]),
    ("RJ505", &[".enableIngress", ".serviceType", ".headService", "metadata.annotations"]),
];

/// A finding of an update is forgiven while the fields it names are unchanged, so these must be all that was read.
#[test]
fn findings_name_every_field_that_the_rule_read() {
    // These rules judge each field for itself, or read a name for their message only.
    let each_for_itself = [
        "RJ007", "RJ238", "RJ242", "RJ302", "RJ350", "RJ501", "RJ502", "RJ503", "RJ504", "RJ507", "RJ515",
        "RJ516", "RJ605", "RJ608", "RJ612", "RJ613", "RJ614", "RJ621", "RJ622", "RJ623", "RJ624", "RJ625",
        "RJ630", "RJ631", "RJ633", "RJ634", "RJ635", "RJ636", "RJ637", "RJ638",
    ];
    // These judge each group for itself, and read those that are right as well.
    let each_group_for_itself = |rule: &Rule| {
        ["RJ36", "RJ37", "RJ39"].iter().any(|start| rule.code.starts_with(start))
            || ["RJ204", "RJ205", "RJ206", "RJ226"].contains(&rule.code)
    };
    let only_for_the_message = [".groupName", "metadata.name", "metadata.generateName"];
    for_each_example(|rule, example| {
        if !example.is_bad || each_for_itself.contains(&rule.code) {
            return;
        }
        let Check::Job(check) = rule.check else { return };
        let document = kept(&example_job(example.yaml, &good_job()));
        let job = RayJob::of(document);
        document.reads.borrow_mut().clear();
        let mut found = Vec::new();
        check(&job, &mut Findings::of(rule, Level::Deny, &mut found));
        let reads = document.reads.borrow().clone();
        let named: BTreeSet<String> =
            found.iter().flat_map(Finding::fields).map(|field| field.path().to_string()).collect();
        for read in reads.iter().filter(|read| !is_of_another_item(rule, read, &named)) {
            let is_named = named
                .iter()
                .any(|named| read.starts_with(named.as_str()) || named.starts_with(read.as_str()));
            let is_name = only_for_the_message.iter().any(|end| read.ends_with(end));
            let is_of_right_group = each_group_for_itself(rule)
                && group_of(read)
                    .is_some_and(|group| named.iter().all(|named| group_of(named) != Some(group)));
            let is_judged_alone = ONE_BY_ONE
                .iter()
                .any(|(code, parts)| *code == rule.code && parts.iter().any(|part| read.contains(part)));
            assert!(
                is_named || is_name || is_of_right_group || is_judged_alone,
                "{} reads {read} but names only {named:?} for\n{}",
                rule.code,
                example.yaml
            );
        }
    });
}

/// The part of a path that names a group of the cluster.
fn group_of(path: &str) -> Option<&str> {
    let (_, below) = path.split_once("spec.rayClusterSpec.")?;
    let group = below.split('.').next()?;
    (group == "headGroupSpec" || group.starts_with("workerGroupSpecs[")).then_some(group)
}

/// Rules about pods judge each pod, and each item of its lists, for itself: those in which they found nothing do not matter.
fn is_of_another_item(rule: &Rule, read: &str, named: &BTreeSet<String>) -> bool {
    if !rule.code.starts_with("RJ6") {
        return false;
    }
    // What decides whether KubeRay uses a template; a finding names what decides about its own.
    let uses = ["spec.clusterSelector", "spec.submissionMode", "spec.rayClusterSpec.enableInTreeAutoscaling"];
    let mut items = read.match_indices(']').map(|(end, _)| &read[..=end]).filter(|item| is_index(item));
    uses.contains(&read) || items.any(|item| !named.iter().any(|named| named.starts_with(item)))
}

#[test]
fn findings_in_pods_name_what_makes_kuberay_use_the_template() {
    for_each_example(|rule, example| {
        for finding in
            findings_in(rule, example).iter().filter(|finding| finding.rule.code.starts_with("RJ6"))
        {
            let is_submitter = finding.path().as_str().starts_with("spec.submitterPodTemplate");
            let uses = if is_submitter { "spec.submissionMode" } else { "spec.clusterSelector" };
            assert!(finding.fields().any(|field| field.path().as_str() == uses), "{}", finding.line());
        }
    });
}

fn is_index(item: &str) -> bool {
    let inside = item.rsplit_once('[').map(|(_, inside)| inside.trim_end_matches(']'));
    inside.is_some_and(|inside| inside.bytes().all(|byte| byte.is_ascii_digit()))
}

fn for_each_example(mut see: impl FnMut(&'static Rule, Example)) {
    for rule in all() {
        for example in examples::of(rule) {
            see(rule, example);
        }
    }
}

fn good_job() -> Value {
    serde_json::from_str(GOOD_JOB).expect("JSON")
}

/// What an example makes of a job.
fn example_job(yaml: &str, of: &Value) -> Value {
    let mut job = of.clone();
    let Outcome::Reads(change) = read_first(yaml) else { panic!("no YAML:\n{yaml}") };
    json_patch::merge(&mut job, &Value::from(&change.value));
    job
}

/// Findings borrow from the document, which these tests keep for ever.
fn kept(job: &Value) -> &'static Document<'static> {
    Box::leak(Box::new(serde_json::from_str(job.to_string().leak()).expect("JSON")))
}

/// What all rules find in an example, for the newest KubeRay about which the rule tells something.
fn findings_in(rule: &Rule, example: Example) -> Vec<Finding<'static>> {
    let kuberay = kuberay_of(rule);
    let stored = example.stored.map(|yaml| example_job(yaml, &good_job()));
    let job = kept(&example_job(example.yaml, stored.as_ref().unwrap_or(&good_job())));
    let subject = match (stored, rule.check) {
        (Some(stored), _) => Subject::updated(job, kept(&stored), "uid"),
        (None, Check::File(_)) => {
            let schema = Schema::of("RayJob", ApiVersion::V1, kuberay.version()).expect("a schema");
            Subject::written(Box::leak(Box::new(as_stored(job, schema))), schema, "uid")
        }
        (None, _) => Subject::created(job, "uid"),
    };
    // A rule that is off is asked where a policy asks for it.
    let asking_for_it = format!("rules: [{{rules: [{}], action: Warn}}]", rule.code);
    let policy = example.policy.or((rule.level == Level::Off).then_some(asking_for_it.as_str()));
    let policy = policy.map(|yaml| {
        let Outcome::Reads(spec) = read_first(yaml) else { panic!("no YAML:\n{yaml}") };
        let spec = serde_json::from_value(Value::from(&spec.value)).expect("a policy");
        &*Box::leak(Box::new(Arc::new(Policy::compile("example", &spec).expect("a policy without mistakes"))))
    });
    let policies = Box::leak(Box::new(Policies::new(policy.cloned(), 0)));
    let asking = Request {
        namespace: "default",
        namespace_labels: NamespaceLabels::Unknown,
        user: "alice",
        groups: &[],
        dry_run: false,
    };
    let matching = policies.matching(&asking, &subject.job, subject.old.as_ref()).expect("known");
    evaluate_under(&subject, &Selection::of(&kuberay), &matching).findings
}

fn kuberay_of(rule: &Rule) -> KubeRay {
    let gates = FeatureGate::ALL.into_iter().flat_map(|gate| {
        [true, false].map(|on| format!("{}={on}", gate.as_str()).parse::<FeatureGates>().expect("a gate"))
    });
    let gates: Vec<_> = std::iter::once(FeatureGates::default()).chain(gates).collect();
    let kuberays = KubeRayVersion::ALL
        .into_iter()
        .rev()
        .flat_map(|version| gates.iter().map(move |gates| KubeRay::new(version, gates.clone())));
    kuberays
        .into_iter()
        .find(|kuberay| rule.applies_to(kuberay))
        .unwrap_or_else(|| panic!("{} tells no truth about any KubeRay", rule.code))
}

//! RJ127 `deletion-rules-out-of-order`.

use crate::document::{Field, Integer};
use crate::rayjob::{DeletionRule, Trigger};
use crate::rules::prelude::*;

/// The policies that delete, by how much they delete (KubeRay v1.5 to v1.7 `deletionOrder`).
const ORDER: [&str; 3] = ["DeleteWorkers", "DeleteCluster", "DeleteSelf"];

rule! {
    /// A deletion rule deletes more, but sooner, than another for the same end of the job.
    ///
    /// ## Why
    /// Workers go before the cluster, and the cluster before the RayJob: what a later rule should delete would be gone already.
    /// KubeRay accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   shutdownAfterJobFinishes: null
    ///   deletionStrategy:
    ///     deletionRules:
    ///     - policy: DeleteWorkers
    ///       condition: {jobStatus: SUCCEEDED, ttlSeconds: 600}
    ///     - policy: DeleteCluster
    ///       condition: {jobStatus: SUCCEEDED, ttlSeconds: 60}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   shutdownAfterJobFinishes: null
    ///   deletionStrategy:
    ///     deletionRules:
    ///     - policy: DeleteSelf
    ///       condition: {jobDeploymentStatus: Failed}
    ///     - policy: DeleteWorkers
    ///       condition: {jobDeploymentStatus: Failed, ttlSeconds: 1}
    /// ```
    /// ```yaml good
    /// spec:
    ///   shutdownAfterJobFinishes: null
    ///   deletionStrategy:
    ///     deletionRules:
    ///     - policy: DeleteCluster
    ///       condition: {jobStatus: SUCCEEDED, ttlSeconds: 600}
    ///     - policy: DeleteWorkers
    ///       condition: {jobStatus: SUCCEEDED, ttlSeconds: 60}
    ///     - policy: DeleteCluster
    ///       condition: {jobDeploymentStatus: Failed, ttlSeconds: 30}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `validateTTLConsistency`
    "RJ127" "deletion-rules-out-of-order" Deny since "0.1.0" because
        KubeRayRefuses [from V1_5] [where RayJobDeletionPolicy is true] "`DeleteCluster TTL (60) must be >= DeleteWorkers TTL (600)`, in reconcile (validateTTLConsistency)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(strategy) = job.deletion_strategy() else { return };
    let steps: Vec<_> = strategy.rules().filter_map(Step::of).collect();
    for (at, step) in steps.iter().enumerate() {
        // KubeRay knows only the first of two rules with the same policy for the same end.
        if steps[..at].iter().any(|other| other.is_same_as(step)) {
            continue;
        }
        let Some(before) = step_before(step, &steps).filter(|before| before.ttl > step.ttl) else { continue };
        findings
            .report(
                step.ttl_seconds,
                format!(
                    "{} after {} s comes before {} after {} s, at the same end of the job",
                    ORDER[step.rank], step.ttl, ORDER[before.rank], before.ttl
                ),
            )
            .because_of(strategy.deletion_rules)
            .help("let workers go first, then the cluster, then the RayJob: ttlSeconds may only grow");
    }
}

/// What a valid deletion rule does, and when.
struct Step<'a> {
    trigger: Trigger<'a>,
    rank: usize,
    ttl: i64,
    ttl_seconds: Field<'a, Integer>,
}

impl<'a> Step<'a> {
    fn of(rule: DeletionRule<'a>) -> Option<Self> {
        let condition = rule.condition();
        let (trigger, policy) = (condition.trigger()?, rule.policy.value()?);
        let rank = ORDER.iter().position(|known| *known == policy)?;
        Some(Self { trigger, rank, ttl: condition.ttl(), ttl_seconds: condition.ttl_seconds })
    }

    fn is_same_as(&self, other: &Self) -> bool {
        self.trigger == other.trigger && self.rank == other.rank
    }
}

/// The step that must come before this one and not after it: the nearest in order that deletes less.
fn step_before<'s, 'a>(step: &Step<'a>, steps: &'s [Step<'a>]) -> Option<&'s Step<'a>> {
    let smaller = steps.iter().filter(|other| other.trigger == step.trigger && other.rank < step.rank);
    // Of equals the first: `max_by_key` would take the last.
    smaller.rev().max_by_key(|other| other.rank)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::finding::Level;

    /// The paths of what is found in these rules.
    fn found_in(rules: &[(&str, &str, i64)]) -> Vec<String> {
        let rules: Vec<_> = rules
            .iter()
            .map(|(policy, status, ttl)| {
                format!(r#"{{"policy":"{policy}","condition":{{{status},"ttlSeconds":{ttl}}}}}"#)
            })
            .collect();
        let json = format!(r#"{{"spec":{{"deletionStrategy":{{"deletionRules":[{}]}}}}}}"#, rules.join(","));
        let document: Document<'_> = serde_json::from_str(&json).expect("JSON");
        let mut found = Vec::new();
        check(&RayJob::of(&document), &mut Findings::of(&RULE, Level::Deny, &mut found));
        found.iter().map(|finding| finding.path().to_string()).collect()
    }

    #[test]
    fn each_step_is_compared_with_the_nearest_smaller_one_of_the_same_end() {
        const SUCCEEDED: &str = r#""jobStatus":"SUCCEEDED""#;
        const FAILED: &str = r#""jobStatus":"FAILED""#;
        const DEPLOYMENT: &str = r#""jobDeploymentStatus":"Failed""#;
        let ttl = |at: usize| format!("spec.deletionStrategy.deletionRules[{at}].condition.ttlSeconds");
        let none = Vec::<String>::new();
        let (workers, cluster, myself) = ("DeleteWorkers", "DeleteCluster", "DeleteSelf");
        assert_eq!(found_in(&[(cluster, SUCCEEDED, 5), (workers, SUCCEEDED, 6)]), [ttl(0)]);
        assert_eq!(found_in(&[(cluster, SUCCEEDED, 6), (workers, SUCCEEDED, 6)]), none);
        assert_eq!(found_in(&[(myself, SUCCEEDED, 5), (workers, SUCCEEDED, 6)]), [ttl(0)]);
        let three = [(workers, FAILED, 3), (cluster, FAILED, 2), (myself, FAILED, 1)];
        assert_eq!(found_in(&three), [ttl(1), ttl(2)]);
        // 7, 1, 5 is wrong once: KubeRay compares neighbours.
        let neighbours = [(workers, FAILED, 7), (cluster, FAILED, 1), (myself, FAILED, 5)];
        assert_eq!(found_in(&neighbours), [ttl(1)]);
        assert_eq!(
            found_in(&[(cluster, FAILED, 5), (workers, SUCCEEDED, 6), (workers, DEPLOYMENT, 7)]),
            none
        );
        assert_eq!(found_in(&[("DeleteNone", FAILED, 0), (workers, FAILED, 6), ("Other", FAILED, 0)]), none);
        assert_eq!(found_in(&[(workers, FAILED, 1), (workers, FAILED, 9), (cluster, FAILED, 2)]), none);
        assert_eq!(found_in(&[(workers, FAILED, 1), (cluster, FAILED, 2), (cluster, FAILED, 0)]), none);
    }
}

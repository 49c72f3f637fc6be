//! RJ748 `resources-beyond-policy`.

use crate::document::Field;
use crate::kubernetes_resources::written;
use crate::policy::Policy;
use crate::quantity::Quantity;
use crate::rayjob::{Group, MadePod, Role};
use crate::rules::prelude::*;
use crate::totals::{Amount, Count, Pods, Totals};

rule! {
    /// A job, one of its groups or one of its pods takes more of a resource than a policy allows.
    ///
    /// ## Why
    /// A cluster has so many GPUs, and others wait for them. What counts is the most that a job can come to: the limit of
    /// each container (or its request, where there is no limit), times the replicas of its group, or its `maxReplicas`
    /// where Ray's autoscaler decides, times `numOfHosts`. What KubeRay adds counts as well: the submitter, and the
    /// autoscaler beside the head. Of a job that uses an existing cluster only the submitter counts.
    ///
    /// ## Example
    /// ```yaml policy
    /// limits:
    ///   totals: {nvidia.com/gpu: 16, memory: 2Ti}
    ///   perGroup: {nvidia.com/gpu: 12}
    ///   perPod: {nvidia.com/gpu: 4}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: gpu
    ///       replicas: 5
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-worker
    ///             image: rayproject/ray:2.56.0-gpu
    ///             resources: {limits: {nvidia.com/gpu: 4}}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     workerGroupSpecs:
    ///     - groupName: gpu
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-worker
    ///             image: rayproject/ray:2.56.0-gpu
    ///             resources: {limits: {nvidia.com/gpu: 1}}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: gpu
    ///       replicas: 1
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-worker
    ///             image: rayproject/ray:2.56.0-gpu
    ///             resources: {limits: {nvidia.com/gpu: 8}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: gpu
    ///       replicas: 3
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-worker
    ///             image: rayproject/ray:2.56.0-gpu
    ///             resources: {limits: {nvidia.com/gpu: 4}}
    /// ```
    "RJ748" "resources-beyond-policy" Deny since "0.1.0" [of policies] because
        Policy "`limits.totals`, `limits.perGroup`, `limits.perPod`",
}

/// At most so many parts of a total are told.
const TOLD: usize = 3;

fn check<'a>(policy: &'a Policy, job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let limits = &policy.limits;
    if [&limits.totals, &limits.per_group, &limits.per_pod].iter().all(|limits| limits.is_empty()) {
        return;
    }
    let totals = Totals::of(job);
    for (name, most) in limits.totals.iter() {
        judge_total(Limit { name, most }, &totals, job, findings);
    }
    for pods in totals.pods() {
        for (name, most) in limits.per_group.iter() {
            judge_group(Limit { name, most }, pods, findings);
        }
        for (name, most) in limits.per_pod.iter() {
            judge_pod(Limit { name, most }, pods, job, findings);
        }
    }
}

/// The most that is allowed of a resource.
#[derive(Clone, Copy)]
struct Limit<'a> {
    name: &'a str,
    most: &'a Quantity,
}

impl Limit<'_> {
    /// How much more than allowed that is, if it is more.
    fn excess(self, amount: &Amount) -> Option<f64> {
        let quantity = amount.known().filter(|quantity| *quantity > self.most)?;
        let difference = quantity.nanos().zip(self.most.nanos()).map(|(amount, most)| amount - most);
        #[expect(clippy::cast_precision_loss, reason = "only compared with another excess")]
        Some(difference.map_or(f64::INFINITY, |nanos| nanos as f64 / 1e9))
    }

    /// `4Ti of memory`
    fn tell(self, quantity: &Quantity) -> String {
        format!("{} of {}", written(self.name, quantity), self.name)
    }

    /// `16 is the most that is allowed`
    fn tell_allowed(self) -> String {
        format!("{} is the most that is allowed", written(self.name, self.most))
    }

    /// How many pods that take so much each fit beside what else there is.
    fn fitting(self, each: &Quantity, all: &Quantity, own: &Quantity) -> Option<u64> {
        let left = self.most.nanos()? - (all.nanos()? - own.nanos()?);
        u64::try_from(left.checked_div(each.nanos()?)?).ok().filter(|_| left >= 0)
    }
}

fn judge_total<'a>(
    limit: Limit<'a>,
    totals: &Totals<'_, 'a>,
    job: &RayJob<'a>,
    findings: &mut Findings<'_, 'a>,
) {
    let amount = totals.together().get(limit.name);
    if amount == Amount::Unbounded {
        for pods in totals.pods() {
            judge_growth(limit, pods, "the job", findings);
        }
    }
    let Some((excess, total)) = limit.excess(&amount).zip(amount.known()) else { return };
    let own = job.own_cluster().map(|cluster| cluster.spec.object.any());
    let mut parts: Vec<_> = totals
        .pods()
        .iter()
        .filter_map(|pods| Some((pods.together.get(limit.name).known()?.clone(), pods)))
        .filter(|(quantity, _)| !quantity.is_zero())
        .collect();
    parts.sort_by(|left, right| right.0.cmp(&left.0));
    let told: Vec<_> = parts.iter().take(TOLD).map(|(part, pods)| tell_part(limit, part, pods)).collect();
    let more = if parts.len() > TOLD { ", and others" } else { "" };
    let problem = format!(
        "the job takes {} at its most, and {}: {}{more}",
        limit.tell(total),
        limit.tell_allowed(),
        told.join(", ")
    );
    findings
        .report(own.unwrap_or_else(|| job.spec.submitter_pod_template.any()), problem)
        .exceeding_by(limit.name, excess)
        .help(help_for_total(limit, total, &parts));
}

/// The first of the largest groups of which fewer pods would do.
fn help_for_total(limit: Limit<'_>, total: &Quantity, parts: &[(Quantity, &Pods<'_, '_>)]) -> String {
    let fewer = parts.iter().find_map(|(part, pods)| {
        let (group, each) = worker_group(pods).zip(pods.each.get(limit.name).known().cloned())?;
        fewer_replicas(group, pods, limit.fitting(&each, total, part)?)
    });
    fewer.unwrap_or_else(|| {
        "give fewer or smaller pods to the job, or ask whoever runs the cluster".to_owned()
    })
}

fn judge_group<'a>(limit: Limit<'a>, pods: &Pods<'_, 'a>, findings: &mut Findings<'_, 'a>) {
    let Some(group) = group_of(pods) else { return };
    let amount = pods.together.get(limit.name);
    if amount == Amount::Unbounded {
        judge_growth(limit, pods, "a group", findings);
    }
    let Some((excess, total)) = limit.excess(&amount).zip(amount.known()) else { return };
    let problem = format!(
        "{} takes {} at its most ({}), and {} for one group",
        group.name_for_people(),
        limit.tell(total),
        tell_count(pods.count),
        limit.tell_allowed()
    );
    let each = pods.each.get(limit.name);
    let fitting = each.known().and_then(|each| limit.fitting(each, total, total));
    let help = fitting.and_then(|fitting| fewer_replicas(group, pods, fitting));
    findings
        .report(group.spec.object, problem)
        .exceeding_by(limit.name, excess)
        .help(help.unwrap_or_else(|| "let its pods take less, or ask whoever runs the cluster".to_owned()));
}

fn judge_pod<'a>(limit: Limit<'a>, pods: &Pods<'_, 'a>, job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let amount = pods.each.get(limit.name);
    let Some((excess, each)) = limit.excess(&amount).zip(amount.known()) else { return };
    let (field, name) = match pods.made {
        Some(made) => (made.template.spec.object.any(), made.name_for_people()),
        None => (job.spec.submitter_pod_template.any(), "the submitter that KubeRay adds".to_owned()),
    };
    let problem = format!("a pod of {name} takes {}, and {}", limit.tell(each), limit.tell_allowed());
    let help = match pods.made {
        Some(_) => "lower the limits of its containers, and spread the work over more pods".to_owned(),
        None => "write a submitterPodTemplate whose container has lower limits".to_owned(),
    };
    findings.report(field, problem).exceeding_by(limit.name, excess).help(help);
}

/// Without a bound for the autoscaler there is no most; the finding stands until there is one.
fn judge_growth<'a>(limit: Limit<'a>, pods: &Pods<'_, 'a>, whole: &str, findings: &mut Findings<'_, 'a>) {
    let Some((group, made)) = group_of(pods).zip(pods.made) else { return };
    if pods.together.get(limit.name) != Amount::Unbounded {
        return;
    }
    let name = group.name_for_people();
    let most = limit.tell(limit.most);
    let each = pods.each.get(limit.name);
    let (field, problem, help): (Field<'a>, _, _) = match (pods.count, each.known()) {
        (Count::Unbounded, Some(each)) => (
            group.spec.max_replicas.any(),
            format!(
                "the autoscaler may give {name} any number of workers, each with {}, and {whole} may have {most}",
                limit.tell(each)
            ),
            format!("set maxReplicas of {name} to the most workers that it needs"),
        ),
        _ => (
            made.template.spec.object.any(),
            format!("{name} takes more of {} than can be counted, and {whole} may have {most}", limit.name),
            "lower the limits of its containers".to_owned(),
        ),
    };
    findings
        .report(field, problem)
        .because_of_all(made.used_because_of())
        .because_of(made.template.spec.containers)
        .because_of(made.template.spec.init_containers)
        .help(help);
}

/// `16 in the worker group `large` (4 pods)`
fn tell_part(limit: Limit<'_>, part: &Quantity, pods: &Pods<'_, '_>) -> String {
    let name = pods.made.map_or_else(|| "the submitter".to_owned(), MadePod::name_for_people);
    match pods.count {
        Count::Known(1) => format!("{} in {name}", written(limit.name, part)),
        count => format!("{} in {name} ({})", written(limit.name, part), tell_count(count)),
    }
}

fn tell_count(count: Count) -> String {
    match count {
        Count::Known(1) => "1 pod".to_owned(),
        Count::Known(number) => format!("{number} pods"),
        Count::Unbounded => "any number of pods".to_owned(),
    }
}

fn fewer_replicas(group: &Group<'_>, pods: &Pods<'_, '_>, fitting: u64) -> Option<String> {
    let hosts = u64::try_from(group.spec.num_of_hosts.value().unwrap_or(1)).ok()?;
    let replicas = fitting.checked_div(hosts).filter(|replicas| *replicas > 0)?;
    let key = if pods.made?.cluster_is_autoscaled() { "maxReplicas" } else { "replicas" };
    let is_above = group
        .spec
        .min_replicas
        .value()
        .is_some_and(|least| u64::try_from(least).is_ok_and(|least| least > replicas));
    let bounds = if is_above { " and minReplicas" } else { "" };
    Some(format!(
        "write at most {replicas} for {key}{bounds} of {}, let each pod take less, or ask whoever runs the cluster",
        group.name_for_people()
    ))
}

fn worker_group<'j, 'a>(pods: &Pods<'j, 'a>) -> Option<&'j Group<'a>> {
    match pods.made?.role {
        Role::Worker(group) => Some(group),
        Role::Head(_) | Role::Submitter => None,
    }
}

fn group_of<'j, 'a>(pods: &Pods<'j, 'a>) -> Option<&'j Group<'a>> {
    match pods.made?.role {
        Role::Head(group) | Role::Worker(group) => Some(group),
        Role::Submitter => None,
    }
}

//! The values of the variables. Nothing is computed before an expression asks for it, and totals only once.

use std::cell::OnceCell;

use super::run::Budget;
use super::value::{Failure, Text, Value};
use super::variables::{Record, Variable};
use crate::document::{Field, Integer};
use crate::policy::selector::{NamespaceLabels, Request};
use crate::rayjob::{Cluster, Group, RayJob, Role, SubmissionMode};
use crate::runtime_env::RuntimeEnvironment;
use crate::totals::{Amount, Count, Pods, Resources, Totals};

const BILLION: f64 = 1e9;
const SECONDS_OF_AN_HOUR: f64 = 3600.0;
/// The kinds of pods among which one is found in one step.
const KINDS_OF_A_STEP: usize = 8;

/// What expressions are about.
#[derive(Debug)]
pub struct Scope<'v, 'a> {
    job: &'v RayJob<'a>,
    old: Option<&'v RayJob<'a>>,
    request: &'v Request<'v>,
    totals: OnceCell<Totals<'v, 'a>>,
}

/// Which of several such objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Whole,
    Head,
    Worker(usize),
}

impl<'v, 'a> Scope<'v, 'a> {
    /// A job that somebody asks to be stored, perhaps in the place of another.
    pub fn of(job: &'v RayJob<'a>, old: Option<&'v RayJob<'a>>, request: &'v Request<'v>) -> Self {
        Self { job, old, request, totals: OnceCell::new() }
    }

    pub(super) fn variable(&self, variable: Variable) -> Value<'v> {
        match variable {
            Variable::Object => Value::of_json(self.job.object.any()),
            Variable::OldObject => self.old.map_or(Value::Null, |old| Value::of_json(old.object.any())),
            Variable::Request => Value::Record(Record::Request, Place::Whole),
            Variable::NamespaceObject => Value::Record(Record::Namespace, Place::Whole),
            Variable::Job => Value::Record(Record::Job, Place::Whole),
        }
    }

    /// A field of an object, if it has one of that name.
    pub(super) fn field(
        &self,
        record: Record,
        place: Place,
        name: &str,
        budget: &mut Budget,
    ) -> Result<Option<Value<'v>>, Failure> {
        match record {
            Record::Job => self.of_job(name, budget),
            Record::Totals => Ok(match name {
                "gpus" => Some(Value::Double(self.gpus(place, Part::All, budget)?)),
                "cpu" | "memory" => Some(Value::Double(self.amount(place, Part::All, name, budget)?)),
                _ => None,
            }),
            Record::Group => self.of_group(place, name, budget),
            Record::Request => Ok(self.of_request(name)),
            Record::UserInfo => Ok(match name {
                "username" => Some(Value::lent(self.request.user)),
                "groups" => {
                    budget.spend(self.request.groups.len())?;
                    Some(Value::List(self.request.groups.iter().map(|group| Value::lent(group)).collect()))
                }
                _ => None,
            }),
            Record::Namespace => {
                Ok((name == "metadata").then_some(Value::Record(Record::NamespaceMetadata, place)))
            }
            Record::NamespaceMetadata => match (name, self.request.namespace_labels) {
                ("name", _) => Ok(Some(Value::lent(self.request.namespace))),
                ("labels", NamespaceLabels::Known(labels)) => {
                    budget.spend(labels.len())?;
                    let labels = labels.iter().map(|(key, value)| (Text::Lent(key), Value::lent(value)));
                    Ok(Some(Value::Map(labels.collect())))
                }
                ("labels", NamespaceLabels::Unknown) => Err(Failure::UnknownLabels),
                _ => Ok(None),
            },
        }
    }

    fn of_request(&self, name: &str) -> Option<Value<'v>> {
        let operation = if self.old.is_some() { "UPDATE" } else { "CREATE" };
        Some(match name {
            "operation" => Value::lent(operation),
            "name" => Value::lent(self.job.metadata.name.value().unwrap_or_default()),
            "namespace" => Value::lent(self.request.namespace),
            "dryRun" => Value::Bool(self.request.dry_run),
            "userInfo" => Value::Record(Record::UserInfo, Place::Whole),
            _ => return None,
        })
    }

    fn of_job(&self, name: &str, budget: &mut Budget) -> Result<Option<Value<'v>>, Failure> {
        let job = self.job;
        let cluster = job.own_cluster();
        Ok(Some(match name {
            "totals" => Value::Record(Record::Totals, Place::Whole),
            "workers" => {
                budget.spend(self.totals().pods().len() / KINDS_OF_A_STEP)?;
                Value::Double(number_of(self.totals().workers()))
            }
            "head" => Value::Record(Record::Group, Place::Head),
            "groups" => {
                let workers = cluster.map_or(0, |cluster| cluster.workers.len());
                budget.spend(workers)?;
                Value::List((0..workers).map(|at| Value::Record(Record::Group, Place::Worker(at))).collect())
            }
            "activeDeadlineHours" => Value::Double(self.deadline_hours()),
            "gpuHours" => {
                let gpus = self.gpus(Place::Whole, Part::All, budget)?;
                // A job without GPUs takes none for however long.
                Value::Double(if gpus == 0.0 { 0.0 } else { gpus * self.deadline_hours() })
            }
            "submissionMode" => Value::lent(match job.submission_mode() {
                SubmissionMode::K8sJobMode => "K8sJobMode",
                SubmissionMode::HTTPMode => "HTTPMode",
                SubmissionMode::InteractiveMode => "InteractiveMode",
                SubmissionMode::SidecarMode => "SidecarMode",
                SubmissionMode::Unknown(other) => other,
            }),
            "rayVersion" => {
                Value::lent(cluster.and_then(|cluster| cluster.spec.ray_version.value()).unwrap_or_default())
            }
            "queueName" => Value::lent(job.queue_name().value().unwrap_or_default()),
            "usesClusterSelector" => Value::Bool(job.selects_cluster()),
            "isAutoscaled" => Value::Bool(cluster.is_some_and(Cluster::is_autoscaled)),
            "runtimeEnv" => match job.runtime_environment().map(|read| &read.environment) {
                Some(RuntimeEnvironment::Mapping(entries)) => Value::YamlMap(entries),
                _ => Value::Null,
            },
            _ => return Ok(None),
        }))
    }

    /// Infinite when nothing ends the job.
    #[expect(clippy::cast_precision_loss, reason = "seconds are far below 2^53")]
    fn deadline_hours(&self) -> f64 {
        let seconds = self.job.spec.active_deadline_seconds.value().filter(|seconds| *seconds > 0);
        seconds.map_or(f64::INFINITY, |seconds| seconds as f64 / SECONDS_OF_AN_HOUR)
    }

    fn of_group(&self, place: Place, name: &str, budget: &mut Budget) -> Result<Option<Value<'v>>, Failure> {
        let Some(group) = self.group(place) else { return Ok(None) };
        let is_head = place == Place::Head;
        let whole = |field: Field<'_, Integer>, absent: f64| {
            #[expect(clippy::cast_precision_loss, reason = "KubeRay's numbers have 32 bits")]
            let number = field.value().map_or(absent, |number| number as f64);
            if is_head { 1.0 } else { number }
        };
        let spec = &group.spec;
        Ok(Some(match name {
            "name" => Value::lent(spec.group_name.value().unwrap_or_default()),
            #[expect(clippy::cast_precision_loss, reason = "KubeRay's numbers have 32 bits")]
            "replicas" => Value::Double(if is_head { 1.0 } else { group.desired_replicas() as f64 }),
            "minReplicas" => Value::Double(whole(spec.min_replicas, 0.0)),
            "maxReplicas" => {
                let most = whole(spec.max_replicas, f64::INFINITY);
                // The CRD's default, which stands for no bound.
                Value::Double(if most >= f64::from(i32::MAX) { f64::INFINITY } else { most })
            }
            "hosts" => Value::Double(whole(spec.num_of_hosts, 1.0)),
            "pods" => Value::Double(self.pods(place, budget)?.map_or(0.0, |pods| number_of(pods.count))),
            "gpus" => Value::Double(self.gpus(place, Part::Each, budget)?),
            "cpu" | "memory" => Value::Double(self.amount(place, Part::Each, name, budget)?),
            "totals" => Value::Record(Record::Totals, place),
            "image" => {
                let ray = group.template.ray_container();
                Value::lent(ray.and_then(|container| container.image.value()).unwrap_or_default())
            }
            "rayStartParams" => match Value::of_json(spec.ray_start_params.any()) {
                params @ Value::JsonMap(_) => params,
                _ => Value::Map([].into()),
            },
            _ => return Ok(None),
        }))
    }

    fn group(&self, place: Place) -> Option<&'v Group<'a>> {
        // What a job says of a cluster is there to be asked for even where another one is used; its pods are not.
        let cluster = self.job.cluster()?;
        match place {
            Place::Whole => None,
            Place::Head => Some(&cluster.head),
            Place::Worker(at) => cluster.workers.get(at),
        }
    }

    fn totals(&self) -> &Totals<'v, 'a> {
        self.totals.get_or_init(|| Totals::of(self.job))
    }

    /// The pods of a group, if there are some.
    fn pods(&self, place: Place, budget: &mut Budget) -> Result<Option<&Pods<'v, 'a>>, Failure> {
        let Some(group) = self.group(place) else { return Ok(None) };
        let kinds = self.totals().pods();
        budget.spend(kinds.len() / KINDS_OF_A_STEP)?;
        Ok(kinds.iter().find(|pods| match pods.made.map(|made| made.role) {
            Some(Role::Head(other) | Role::Worker(other)) => std::ptr::eq(other, group),
            Some(Role::Submitter) | None => false,
        }))
    }

    fn resources(
        &self,
        place: Place,
        part: Part,
        budget: &mut Budget,
    ) -> Result<Option<&Resources<'a>>, Failure> {
        Ok(match (place, part) {
            (Place::Whole, _) => Some(self.totals().together()),
            (_, Part::Each) => self.pods(place, budget)?.map(|pods| &pods.each),
            (_, Part::All) => self.pods(place, budget)?.map(|pods| &pods.together),
        })
    }

    /// How much of a resource, in its own unit: cores, bytes, devices.
    pub(super) fn total(&self, place: Place, name: &str, budget: &mut Budget) -> Result<f64, Failure> {
        self.amount(place, Part::All, name, budget)
    }

    /// Whether a resource is asked for.
    pub(super) fn has_resource(
        &self,
        place: Place,
        name: &str,
        budget: &mut Budget,
    ) -> Result<bool, Failure> {
        Ok(self.resources(place, Part::All, budget)?.is_some_and(|resources| resources.has(name)))
    }

    fn amount(&self, place: Place, part: Part, name: &str, budget: &mut Budget) -> Result<f64, Failure> {
        self.resources(place, part, budget)?.map_or(Ok(0.0), |resources| number(&resources.get(name)))
    }

    /// What ends in `gpu`, as KubeRay knows a GPU by its name, and each part of one.
    fn gpus(&self, place: Place, part: Part, budget: &mut Budget) -> Result<f64, Failure> {
        let Some(resources) = self.resources(place, part, budget)? else { return Ok(0.0) };
        budget.spend(resources.count())?;
        let is_gpu = |name: &str| name.ends_with("gpu") || name.starts_with("nvidia.com/mig-");
        let amounts = resources.iter().filter(|(name, _)| is_gpu(name));
        amounts.map(|(_, amount)| number(amount)).sum()
    }
}

/// Of one pod, or of all pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Each,
    All,
}

fn number(amount: &Amount) -> Result<f64, Failure> {
    match amount {
        #[expect(clippy::cast_precision_loss, reason = "a double is what expressions count with")]
        Amount::Known(quantity) => Ok(quantity.nanos().map_or(f64::INFINITY, |nanos| nanos as f64 / BILLION)),
        Amount::Unbounded => Ok(f64::INFINITY),
        Amount::Unknown => Err(Failure::UnknownAmount),
    }
}

#[expect(clippy::cast_precision_loss, reason = "pods are far below 2^53")]
fn number_of(count: Count) -> f64 {
    match count {
        Count::Known(count) => count as f64,
        Count::Unbounded => f64::INFINITY,
    }
}

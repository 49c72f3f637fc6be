//! How many pods of one kind a job has at most.

use crate::rayjob::{Group, MadePod, Role};

/// The CRD's default of `maxReplicas`, which stands for no bound.
const NO_MAXIMUM: i64 = i32::MAX as i64;

/// A number of pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// So many.
    Known(u64),
    /// As many as Ray's autoscaler asks for: the job sets no maximum.
    Unbounded,
}

impl Count {
    pub(super) const NONE: Self = Self::Known(0);
    pub(super) const ONE: Self = Self::Known(1);

    pub(super) fn of(made: MadePod<'_, '_>) -> Self {
        match made.role {
            Role::Head(_) | Role::Submitter => Self::ONE,
            Role::Worker(group) => Self::of_group(group, made.cluster_is_autoscaled()),
        }
    }

    fn of_group(group: &Group<'_>, is_autoscaled: bool) -> Self {
        let replicas = if is_autoscaled {
            match group.spec.max_replicas.value() {
                None | Some(NO_MAXIMUM..) => return Self::Unbounded,
                // KubeRay makes as many as `minReplicas` says even if that is more.
                Some(most) => most.max(group.spec.min_replicas.value().unwrap_or(0)),
            }
        } else {
            group.desired_replicas()
        };
        let hosts = group.spec.num_of_hosts.value().unwrap_or(1);
        let number = |value: i64| u64::try_from(value).unwrap_or(0);
        Self::Known(number(replicas).saturating_mul(number(hosts)))
    }

    pub(super) fn plus(self, other: Self) -> Self {
        match (self, other) {
            (Self::Known(left), Self::Known(right)) => Self::Known(left.saturating_add(right)),
            (Self::Unbounded, _) | (_, Self::Unbounded) => Self::Unbounded,
        }
    }
}

//! Numbers about the policies in force and about what is followed in the cluster.

use std::sync::atomic::AtomicI64;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

#[derive(Clone, Debug, EncodeLabelSet, Hash, PartialEq, Eq)]
struct From {
    source: &'static str,
}

#[derive(Clone, Debug, EncodeLabelSet, Hash, PartialEq, Eq)]
struct Of {
    resource: &'static str,
}

type Number = Gauge<i64, AtomicI64>;

/// Numbers about policies.
#[derive(Default)]
pub struct PolicyMetrics {
    in_force: Family<From, Number>,
    /// Policies that are stored in the cluster and not accepted.
    pub not_accepted: Number,
    /// Namespaces whose labels are known.
    pub namespaces: Number,
    failing: Family<Of, Number>,
}

impl PolicyMetrics {
    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register("policies", "Policies in force, by where they come from", self.in_force.clone());
        let help =
            "Policies stored in the cluster that are not accepted: what they said before stays in force";
        registry.register("policies_not_accepted", help, self.not_accepted.clone());
        registry.register("namespaces", "Namespaces whose labels are known", self.namespaces.clone());
        let help = "1 while what stands in the cluster cannot be followed: what was seen last stays in force";
        registry.register("watch_failing", help, self.failing.clone());
    }

    /// Shows how many policies are in force.
    pub fn set_in_force(&self, files: usize, objects: usize) {
        for (source, number) in [("file", files), ("object", objects)] {
            self.in_force.get_or_create(&From { source }).set(i64::try_from(number).unwrap_or(i64::MAX));
        }
    }

    /// Shows whether what stands in the cluster can be followed.
    pub fn set_failing(&self, resource: &'static str, fails: bool) {
        self.failing.get_or_create(&Of { resource }).set(fails.into());
    }
}

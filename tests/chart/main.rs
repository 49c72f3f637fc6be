//! The chart, rendered by the real Helm and judged as the objects that would reach a cluster.

mod certificates;
mod deployment;
#[path = "../support/helm.rs"]
mod helm;
mod release;
mod values;
mod webhooks;

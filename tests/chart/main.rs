//! The chart, rendered by the real Helm and judged as the objects that would reach a cluster.

mod certificates;
mod deployment;
mod monitoring;
mod plain;
mod release;
mod surroundings;
mod values;
mod webhooks;

//! Every decision of Raygate. Nothing here opens a socket, reads a clock, waits, or knows a Kubernetes client.
//!
//! The modules in the order in which a request meets them:
//!
//! ```text
//! bytes ─► admission ─► subject ─► evaluate ─► verdict ─► admission ─► bytes
//!            │            │           │                     │
//!          request      rayjob   rules, guard, mutations  response
//!                     (document)    finding, patch        record
//! ```

pub mod admission;
pub mod document;
pub mod evaluate;
pub mod exemptions;
pub mod field_path;
pub mod finding;
pub mod go_types;
mod guard;
pub mod kuberay;
pub mod kubernetes_names;
mod kubernetes_resources;
mod likeness;
pub mod mutations;
pub mod node_resources;
pub mod patch;
pub mod pod_security;
pub mod policy;
pub mod quantity;
mod quoted;
pub mod ray_image;
pub mod ray_start;
pub mod ray_version;
pub mod rayjob;
mod record;
pub mod rules;
pub mod runtime_env;
pub mod secrets;
pub mod shell;
pub mod subject;
pub mod totals;
mod verdict;
pub mod yaml;

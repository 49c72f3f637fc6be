//! Every decision of Raygate. Nothing here opens a socket, reads a clock, waits, or knows a Kubernetes client.
//!
//! The modules in the order in which a request meets them:
//!
//! ```text
//! bytes ─► admission ─► subject ─► evaluate ─► verdict ─► admission ─► bytes
//!            │            │           │                     │
//!          request      rayjob      rules, mutations      response
//!                     (document)    finding, patch        record
//! ```

pub mod admission;
pub mod kuberay;
pub mod runtime_env;
pub mod yaml;

//! A real Kubernetes control plane for tests: real etcd, kube-apiserver, kubectl, Helm and KubeRay operator, and
//! Raygate itself started exactly as its chart's Deployment says. No kubelet, no container, nothing beyond loopback.
//!
//! ```text
//! parts ─► target/control-plane/   built or unpacked once, keyed by what they are built from
//!            │
//! control_plane ─► etcd ◄─ kube-apiserver ◄─ user: kubectl, helm
//!                               │
//!                               ├─ Service reference ─► installation: raygate (args, env, volumes of the Deployment)
//!                               ├─ Service reference ─► recorder: keeps every AdmissionReview
//!                               └─ operator: KubeRay
//! ```

mod api;
mod certificate;
mod control_plane;
mod http;
mod installation;
mod operator;
mod parts;
mod poll;
mod process;
mod recorder;
mod replica;
mod run_folder;
mod user;

pub use api::Api;
pub use certificate::Certificate;
pub use control_plane::ControlPlane;
pub use installation::{Chart, Installation};
pub use operator::Operator;
pub use parts::clients;
pub use poll::eventually;
pub use recorder::{Recorded, Recorder};
pub use replica::Replica;
pub use user::{Identity, Output, Run, User};

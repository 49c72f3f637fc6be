//! The Kubernetes API, which no other folder names. A [`Cluster`] is found here once; what stands in it and changes
//! there comes in through its watches and goes out to the closures that `commands` gives them.

mod connection;
mod kuberay;
mod rayjob_crd;

pub use connection::{Cluster, ConnectError};
pub use kuberay::Sighting;

//! The Kubernetes API, which no other folder names. A [`Cluster`] is found here once; what stands in it and changes
//! there comes in through its watches and goes out to the closures that `commands` gives them.

mod campaign;
mod connection;
mod election;
mod failure;
mod kuberay;
mod list;
mod namespaces;
mod policies;
mod rayjob_crd;
mod reports;
mod secret;
mod watch;
mod webhooks;

pub use campaign::{Campaign, Duty, Leadership, Standing};
pub use connection::{Cluster, ConnectError};
pub use failure::Failure;
pub use kuberay::Sighting;
pub use list::{ListError, Resource};
pub use policies::StoredPolicy;
pub use reports::{Replicas, Report};
pub use secret::{SecretName, SecretSighting, StoredSecret};
pub use watch::Seen;
pub use webhooks::{Trust, WebhookKind, WebhookSighting};

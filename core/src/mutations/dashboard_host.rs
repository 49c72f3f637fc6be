//! Opens the dashboard, which is also the job server, to the network of the cluster.

use super::Mutation;
use crate::document::{Shape, Text};
use crate::patch::Patch;
use crate::subject::Subject;

pub(super) static MUTATION: Mutation = Mutation {
    slug: "dashboard-host",
    docs: "Sets `dashboard-host: \"0.0.0.0\"` in the head group's `rayStartParams` when it is absent, on CREATE. \
           Ray's own default listens on the head pod's loopback address, where no submitter reaches the job server. \
           KubeRay 1.3 to 1.7 adds the same while it builds the pod; written out, it can be seen in the manifest.",
    apply,
};

fn apply(subject: &Subject<'_>, patch: &mut Patch) {
    let (None, Some(cluster)) = (&subject.old, subject.job.cluster()) else { return };
    if cluster.head.spec.object.shape() != Some(Shape::Object) {
        return;
    }
    let params = cluster.head.spec.ray_start_params;
    match params.shape() {
        None => {
            patch.add_map("/spec/rayClusterSpec/headGroupSpec/rayStartParams", "dashboard-host", "0.0.0.0");
        }
        Some(Shape::Object) if !params.child::<Text>("dashboard-host").is_present() => {
            patch.add("/spec/rayClusterSpec/headGroupSpec/rayStartParams/dashboard-host", "0.0.0.0");
        }
        Some(_) => {}
    }
}

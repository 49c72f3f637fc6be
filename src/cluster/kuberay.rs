//! What the cluster tells about KubeRay: the RayJob CRD is watched, and each change of what it says is one [`Sighting`].

use std::mem::discriminant;

use kube::Api;
use kube::runtime::watcher;
use kube::runtime::watcher::{Config, Error, Event};
use raygate_core::kuberay::KubeRayVersion;

use super::Cluster;
use super::failure::Failure;
use super::rayjob_crd::{NAME, RayJobCrd};
use super::watch::drive;

/// What was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sighting {
    /// The CRD of this version is installed.
    Installed(KubeRayVersion),
    /// There is no RayJob CRD.
    Missing,
    /// There is one, but it lists no fields that could tell a version.
    Unclear,
    /// This account may not read it.
    Forbidden,
    /// The API server does not answer, or not in a way that is understood. What was seen before stays true.
    Unreachable(String),
}

impl Sighting {
    pub(super) fn of(crd: &RayJobCrd) -> Self {
        crd.kuberay_version().map_or(Self::Unclear, Self::Installed)
    }
}

impl Cluster {
    /// Tells what is seen at first, and what changes then, for ever.
    pub async fn watch_kuberay(self, mut see: impl FnMut(Sighting)) {
        let crds = Api::<RayJobCrd>::all(self.client);
        // The name as a field selector is what RBAC compares with `resourceNames`.
        let config = Config::default().fields(&format!("metadata.name={NAME}"));
        let mut watch = Watch::default();
        drive(watcher(crds, config), |event| watch.take(event).into_iter().for_each(&mut see)).await;
    }
}

/// Turns what kube's watcher tells into what is new.
#[derive(Default)]
struct Watch {
    /// What a list that is still being read says.
    listed: Option<Sighting>,
    last: Option<Sighting>,
}

impl Watch {
    fn take(&mut self, event: Result<Event<RayJobCrd>, Error>) -> Option<Sighting> {
        let sighting = match event {
            Ok(Event::Init) => {
                self.listed = None;
                return None;
            }
            Ok(Event::InitApply(crd)) => {
                self.listed = Some(Sighting::of(&crd));
                return None;
            }
            Ok(Event::InitDone) => self.listed.take().unwrap_or(Sighting::Missing),
            Ok(Event::Apply(crd)) => Sighting::of(&crd),
            Ok(Event::Delete(_)) => Sighting::Missing,
            Err(error) => match Failure::of_watch(&error)? {
                Failure::Forbidden(_) => Sighting::Forbidden,
                Failure::Missing(text) | Failure::Unreachable(text) => Sighting::Unreachable(text),
            },
        };
        let is_new = match (&self.last, &sighting) {
            // Each attempt fails with a text of its own.
            (Some(last), Sighting::Unreachable(_)) => discriminant(last) != discriminant(&sighting),
            (last, sighting) => last.as_ref() != Some(sighting),
        };
        is_new.then(|| {
            self.last = Some(sighting.clone());
            sighting
        })
    }
}

#[cfg(test)]
mod tests {
    use kube::core::Status;
    use serde_json::json;

    use super::*;
    use crate::cluster::failure::chain;

    fn crd(spec: &serde_json::Value) -> RayJobCrd {
        serde_json::from_value(json!({
            "metadata": {"name": NAME},
            "spec": {"versions": [{"name": "v1", "schema": {"openAPIV3Schema": {"properties": {"spec": {"properties": spec}}}}}]},
        }))
        .expect("a CRD")
    }

    fn refused(code: u16) -> Error {
        let status = Status::failure("no", "reason").with_code(code);
        Error::InitialListFailed(kube::Error::Api(status.boxed()))
    }

    fn told(events: Vec<Result<Event<RayJobCrd>, Error>>) -> Vec<Sighting> {
        let mut watch = Watch::default();
        events.into_iter().filter_map(|event| watch.take(event)).collect()
    }

    #[test]
    fn only_what_is_new_is_told() {
        let (older, newer) = (crd(&json!({})), crd(&json!({"preRunningDeadlineSeconds": {}})));
        let lost = || Err(Error::NoResourceVersion);
        let told = told(vec![
            Ok(Event::Init),
            Ok(Event::InitDone),
            Ok(Event::Apply(older.clone())),
            Ok(Event::Apply(older.clone())),
            lost(),
            lost(),
            Ok(Event::Init),
            Ok(Event::InitApply(older.clone())),
            Ok(Event::InitDone),
            Ok(Event::Apply(newer.clone())),
            Err(refused(410)),
            Ok(Event::Delete(newer)),
        ]);
        let unreachable = Sighting::Unreachable(chain(&Error::NoResourceVersion));
        assert_eq!(
            told,
            [
                Sighting::Missing,
                Sighting::Installed(KubeRayVersion::V1_3),
                unreachable,
                Sighting::Installed(KubeRayVersion::V1_3),
                Sighting::Installed(KubeRayVersion::V1_6),
                Sighting::Missing,
            ]
        );
    }

    #[test]
    fn a_missing_permission_is_no_silence() {
        assert_eq!(told(vec![Err(refused(403)), Err(refused(401))]), [Sighting::Forbidden]);
        assert!(matches!(told(vec![Err(refused(500))]).as_slice(), [Sighting::Unreachable(_)]));
    }
}

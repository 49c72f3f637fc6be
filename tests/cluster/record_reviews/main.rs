//! `cargo run --example record-reviews -- core/benches/reviews`: has a real API server send `AdmissionReview`s about small,
//! medium and large RayJobs to a webhook, and writes their bodies down byte for byte, for benches and tests.

mod jobs;

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use raygate_control_plane::{ControlPlane, Identity, Recorded, Recorder, User};
use serde_json::{Value, json};

const NAMESPACE: &str = "default";

fn main() -> Result<()> {
    let out = std::env::args_os().nth(1).context("usage: cargo run --example record-reviews -- OUTDIR")?;
    let out = PathBuf::from(out);
    fs::create_dir_all(&out).with_context(|| format!("cannot create {}", out.display()))?;
    let control_plane = ControlPlane::start()?;
    control_plane.install_kuberay_crds()?;
    let recorder = Recorder::install(&control_plane, NAMESPACE)?;
    let user = control_plane.user(Identity::Alice)?;
    let scribe = Scribe { recorder, user, out };
    let (small, medium, large) = (jobs::small("small"), jobs::medium(&control_plane)?, jobs::large("large"));
    for (name, job) in [("small", &small), ("medium", &medium), ("large", &large)] {
        scribe.life(name, job)?;
        scribe.without_managed_fields(name)?;
        let name = format!("bad-{name}");
        scribe.apply(&jobs::without_shutdown(jobs::named(job.clone(), &name)))?;
        scribe.validation(&format!("{name}-create"))?;
    }
    scribe.creation("runtime-env", &jobs::with_runtime_env("runtime-env"))?;
    Ok(())
}

/// Lets a user act and writes down what the webhook was sent.
struct Scribe {
    recorder: Recorder,
    user: User,
    out: PathBuf,
}

impl Scribe {
    /// A job is created, then its spec changes, then only a label.
    fn life(&self, name: &str, job: &Value) -> Result<()> {
        self.creation(name, job)?;
        self.apply(&jobs::with_deadline(job.clone()))?;
        self.validation(&format!("{name}-update"))?;
        self.user.kubectl(["label", "rayjob", name, "team=vision"]).run()?.expect_success()?;
        self.validation(&format!("{name}-update-label"))
    }

    /// Writes `NAME-create.json` as `/validate` saw it, and `NAME-create-mutate.json` as `/mutate` saw it.
    fn creation(&self, name: &str, job: &Value) -> Result<()> {
        self.apply(job)?;
        let (mutate, validate) = self.calls(name)?;
        self.write(&format!("{name}-create-mutate"), &mutate)?;
        self.write(&format!("{name}-create"), &validate)
    }

    /// The API server puts `managedFields` into every object that is created; a client that wants them away empties
    /// them with each of its updates. Here the first of two does it, so that the second finds neither old nor new ones.
    fn without_managed_fields(&self, name: &str) -> Result<()> {
        let patch = |deadline: u32| {
            let patch =
                json!({"metadata": {"managedFields": [{}]}, "spec": {"activeDeadlineSeconds": deadline}});
            let arguments = ["patch", "rayjob", name, "--type=merge", "-p", &patch.to_string()];
            self.user.kubectl(arguments).run()?.expect_success()
        };
        patch(7200)?;
        self.calls(name)?;
        patch(3600)?;
        self.validation(&format!("{name}-update-without-managed-fields"))
    }

    fn apply(&self, job: &Value) -> Result<()> {
        self.user.apply(NAMESPACE, job).run()?.expect_success().map(drop)
    }

    /// Writes what `/validate` saw: of an update `/mutate` sees the same, but for the review's uid and the generation.
    fn validation(&self, name: &str) -> Result<()> {
        let (_, validate) = self.calls(name)?;
        self.write(name, &validate)
    }

    /// The calls of the two webhooks since the last look, which must be one of each.
    fn calls(&self, name: &str) -> Result<(Recorded, Recorded)> {
        let calls = self.recorder.take();
        let paths: Vec<_> = calls.iter().map(|call| call.path.as_str()).collect();
        ensure!(
            paths == ["/mutate", "/validate"],
            "{name}: expected one call of each webhook, saw {paths:?}"
        );
        let mut calls = calls.into_iter();
        calls.next().zip(calls.next()).context("two calls")
    }

    fn write(&self, name: &str, review: &Recorded) -> Result<()> {
        let file = self.out.join(format!("{name}.json"));
        fs::write(&file, &review.body).with_context(|| format!("cannot write {}", file.display()))?;
        writeln!(io::stdout(), "{:>7} bytes  {}", review.body.len(), file.display()).map_err(Into::into)
    }
}

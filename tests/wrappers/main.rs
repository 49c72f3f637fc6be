//! What wraps the program for others: the hooks for pre-commit and the GitHub Action, run as these run them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails with what it found")]

mod action;
mod pre_commit;

/// A job that KubeRay refuses.
const DENIED: &str = "apiVersion: ray.io/v1\nkind: RayJob\nmetadata: {name: train}\nspec: {suspend: true}\n";

/// A job that lacks what the webhook adds.
const INCOMPLETE: &str = "apiVersion: ray.io/v1\nkind: RayJob\nmetadata: {name: train}\nspec:\n  rayClusterSpec:\n    \
    headGroupSpec:\n      rayStartParams: {}  # nothing yet\n";

/// A job that nothing is wrong with.
const GOOD: &str = raygate_core::rules::examples::GOOD_JOB;

/// The root of the repository.
fn root() -> &'static std::path::Path {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The PATH with a folder before all others.
#[expect(clippy::disallowed_methods, reason = "the PATH is no setting of the program")]
fn path_behind(folder: &std::path::Path) -> String {
    format!("{}:{}", folder.display(), std::env::var("PATH").unwrap())
}

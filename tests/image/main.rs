//! The container image: the Dockerfile is built by buildah, with this machine's toolchain in place of the builder image
//! so that no registry is needed, and the result is judged from outside.

mod build;

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::Command;

use build::{image, run};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn project_file(path: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(path)).expect(path)
}

/// Paths of all files and folders below the image's root.
fn contents(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("the image can be read") {
        let path = entry.expect("the image can be read").path();
        found.push(path.strip_prefix(&image().root).expect("it lies in the root").display().to_string());
        if path.is_dir() && !path.is_symlink() {
            contents(&path, found);
        }
    }
}

#[test]
fn the_image_holds_the_binary_and_nothing_else() {
    let mut found = Vec::new();
    contents(&image().root, &mut found);
    assert_eq!(found, ["raygate"]);
    let metadata = fs::metadata(image().root.join("raygate")).expect("the binary is there");
    assert_eq!(metadata.permissions().mode() & 0o7777, 0o555, "executable, and writable by nobody");
    assert_eq!((metadata.uid(), metadata.gid()), (0, 0), "owned by another than the user that runs it");
}

#[test]
fn the_binary_asks_for_no_loader_and_no_library() {
    let binary = image().root.join("raygate");
    let headers =
        run(Command::new("readelf").arg("--program-headers").arg("--dynamic").arg("--wide").arg(&binary));
    assert!(headers.contains("LOAD"), "readelf reads program headers: {headers}");
    assert!(!headers.contains("INTERP"), "a dynamic loader is asked for: {headers}");
    assert!(!headers.contains("(NEEDED)"), "a shared library is asked for: {headers}");
}

#[test]
fn the_binary_runs_as_nobody_in_an_otherwise_empty_root() {
    let help = run(Command::new("chroot")
        .args(["--userspec=65532:65532", "--groups="])
        .arg(&image().root)
        .args(["/raygate", "--help"]));
    assert!(help.contains("serve"), "{help}");
    let version = run(Command::new("chroot")
        .args(["--userspec=65532:65532", "--groups="])
        .arg(&image().root)
        .args(["/raygate", "--version"]));
    assert_eq!(version.trim(), concat!("raygate ", env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_image_starts_the_server_as_a_numbered_user() {
    let config = &image().config;
    assert_eq!(config["Entrypoint"], serde_json::json!(["/raygate"]));
    assert_eq!(config["Cmd"], serde_json::json!(["serve"]));
    assert_eq!(config["User"], "65532:65532");
}

#[test]
fn the_image_says_what_it_is() {
    let labels = &image().config["Labels"];
    assert_eq!(labels["org.opencontainers.image.title"], env!("CARGO_PKG_NAME"));
    assert_eq!(labels["org.opencontainers.image.version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(labels["org.opencontainers.image.licenses"], "Apache-2.0");
    assert_eq!(labels["org.opencontainers.image.revision"], "unknown");
}

#[test]
fn image_and_chart_agree_on_user_ports_and_version() {
    let values: serde_json::Value =
        serde_saphyr::from_str(&project_file("charts/raygate/values.yaml")).expect("values.yaml is YAML");
    let security = &values["podSecurityContext"];
    assert_eq!(image().config["User"], format!("{}:{}", security["runAsUser"], security["runAsGroup"]));
    let exposed = image().config["ExposedPorts"].as_object().expect("ports are exposed");
    for port in [&values["webhook"]["port"], &values["admin"]["port"]] {
        assert!(exposed.contains_key(&format!("{port}/tcp")), "{port} is not in {exposed:?}");
    }
    let chart: serde_json::Value =
        serde_saphyr::from_str(&project_file("charts/raygate/Chart.yaml")).expect("Chart.yaml is YAML");
    assert_eq!(chart["appVersion"], env!("CARGO_PKG_VERSION"));
}

#[test]
fn the_builder_has_the_rust_that_the_project_pins() {
    let dockerfile = project_file("Dockerfile");
    let pinned = dockerfile.lines().find_map(|line| line.strip_prefix("ARG RUST_VERSION="));
    let pinned = pinned.expect("the Dockerfile pins RUST_VERSION");
    let toolchain = project_file("rust-toolchain.toml");
    assert!(
        toolchain.contains(&format!("channel = \"{pinned}\"")),
        "{pinned} is not the channel of\n{toolchain}"
    );
}

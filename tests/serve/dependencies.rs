//! One TLS library, one cryptography: what must not come in through some feature of a dependency.

use std::process::Command;

#[test]
fn no_second_tls_library_comes_in() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--workspace", "--edges", "normal,build,dev", "--prefix", "none", "--locked"])
        .args(["--target", "all"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let tree = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(
        output.status.success() && tree.contains("ring v"),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    for banned in ["aws-lc-rs", "aws-lc-sys", "openssl", "openssl-sys", "native-tls"] {
        let found = tree.lines().find(|line| line.split_whitespace().next() == Some(banned));
        assert_eq!(found, None, "`cargo tree -i {banned}` says who asks for it");
    }
}

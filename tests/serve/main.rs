//! `raygate serve` and `raygate certs` from outside: the real binary, real sockets on loopback, real signals.

mod agreement;
mod answers;
mod api_server;
mod certificate_files;
mod certificates;
mod client;
mod clients;
mod corpus;
mod deadlines;
mod dependencies;
#[expect(clippy::panic, clippy::unwrap_used, reason = "a test fails with what it found")]
#[path = "../check/examples.rs"]
mod examples;
#[expect(clippy::panic, reason = "a test fails with what it found")]
#[path = "../../core/tests/go_command/mod.rs"]
mod go_command;
#[path = "../../core/tests/kuberay/jobs.rs"]
mod jobs;
mod kuberay;
mod logs;
mod many_connections;
mod overload;
mod policies;
mod program;
#[expect(
    clippy::panic,
    clippy::print_stderr,
    dead_code,
    reason = "a run says its seed; others choose in more ways"
)]
#[path = "../../core/tests/random/mod.rs"]
mod random;
mod readiness;
mod secrets;
mod shutdown;
mod start;
#[expect(clippy::panic, dead_code, reason = "the comparison with KubeRay also walks them in order")]
#[path = "../../core/tests/kuberay/steps.rs"]
mod steps;

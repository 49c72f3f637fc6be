//! `raygate serve` and `raygate certs` from outside: the real binary, real sockets on loopback, real signals.

mod agreement;
mod answers;
mod api_server;
mod certificates;
mod client;
mod deadlines;
mod dependencies;
#[expect(clippy::panic, clippy::unwrap_used, reason = "a test fails with what it found")]
#[path = "../check/examples.rs"]
mod examples;
mod kuberay;
mod logs;
mod many_connections;
mod policies;
mod program;
mod shutdown;
mod start;

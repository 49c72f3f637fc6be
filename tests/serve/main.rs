//! `raygate serve` and `raygate certs` from outside: the real binary, real sockets on loopback, real signals.

mod answers;
mod api_server;
mod certificates;
mod client;
mod deadlines;
mod dependencies;
mod kuberay;
mod logs;
mod many_connections;
mod program;
mod shutdown;
mod start;

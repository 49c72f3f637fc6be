//! The rules about what Ray reads, held against Ray itself: its released wheels, run with Python.
//!
//! Needs `python3` (3.10 to 3.13, with venv) and, once, a package index for pip; the wheels are kept under `target/tmp`.
//! Without them the tests fail and say so.

#![expect(
    clippy::panic,
    clippy::print_stderr,
    reason = "a test says what it judged, and fails with what it found"
)]

#[path = "../random/mod.rs"]
mod random;
mod runtime_environments;
mod start;
mod start_cases;
mod start_misses;
mod start_random;
mod wheel;

//! `raygate mutate` from outside: files and the standard input go in, texts and exit codes come out.

#![expect(clippy::panic, reason = "a test fails with what it found")]
#![expect(clippy::print_stderr, reason = "a run says its seed and what it edited")]

mod flags;
#[path = "../../core/tests/go_command/mod.rs"]
mod go_command;
mod policies;
mod program;
#[path = "../../core/tests/random/mod.rs"]
mod random;
mod random_texts;
mod samples;
mod texts;
mod write;

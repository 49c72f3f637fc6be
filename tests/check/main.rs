//! `raygate check` from outside: the program, its files, its exit codes.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails with what it found")]

mod examples;
mod hostile;
mod policies;
mod positions;
mod written;

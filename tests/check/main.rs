//! `raygate check` from outside: the program, its files, its exit codes.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails with what it found")]

mod examples;
mod exit_codes;
mod folder;
mod formats;
mod guide;
mod hostile;
mod inputs;
mod policies;
mod positions;
mod rendered;
mod secrets;
mod settings;
mod updates;
mod written;

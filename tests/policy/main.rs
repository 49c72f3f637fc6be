//! `raygate policy` from outside: policies, jobs and tests go in; what is printed and the exit codes come out.

#![expect(clippy::panic, reason = "a test fails with what it found")]

mod broken;
mod explain;
mod guide;
mod kubectl;
mod program;
mod tests;

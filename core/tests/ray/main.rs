//! What Raygate says about how Ray is used, held against Ray's own code in released wheels.
//!
//! Needs `python3` (3.10 to 3.13, with venv) and, once, a package index for pip; the wheels are kept under `target/tmp`.
//! Without them the tests fail and say so.

#![expect(clippy::print_stderr, reason = "a run says what it judged")]

#[cfg(test)]
mod start;
#[cfg(test)]
mod start_cases;
#[cfg(test)]
mod start_misses;
#[cfg(test)]
mod wheel;

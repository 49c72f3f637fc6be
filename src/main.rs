//! The program: everything happens in the library, so that tests and benches can start it too.

use std::process::ExitCode;

fn main() -> ExitCode {
    raygate::run(std::env::args_os())
}

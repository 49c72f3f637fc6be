//! The program: everything happens in the library, so that tests and benches can start it too.

use std::process::ExitCode;

// glibc's allocator keeps what a crowd of connections once needed; this one gives it back within half a minute.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    raygate::run(std::env::args_os())
}

//! Any text: reading a runtime environment ends, in one of its outcomes.

#![no_main]

use libfuzzer_sys::fuzz_target;
use raygate_core::runtime_env;

fuzz_target!(|text: &str| {
    let _ = runtime_env::read(text);
});

//! Any text: reading an entrypoint ends, as each of its readers, and every place is in the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use raygate_core::shell::{End, Reader, read};

fuzz_target!(|text: &str| {
    for reader in [Reader::K8sJob, Reader::Sidecar, Reader::Head] {
        let script = read(text, reader);
        if let End::Refused(fault) = script.end {
            assert!(fault.offset <= text.len());
        }
        for word in &script.first.words {
            assert!(word.is_expanded || word.value(text).is_some());
        }
    }
});

//! No text makes a check panic or run on: manifests with bytes turned over, cut and doubled. The fuzz target `check` goes on.

use raygate::commands::check::report_on;
use raygate::report::{Format, Style, write};

use crate::{examples, written};

const TEXTS: u64 = 1_500;

#[test]
fn a_broken_manifest_ends_in_a_report() {
    let manifests: Vec<_> =
        examples::all().map(|(_, example)| written::yaml(&examples::jobs(&example).0)).collect();
    for seed in 1..=TEXTS {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let manifest = &manifests[random.below(manifests.len())];
        let text = random.broken(manifest);
        let report = report_on(&text);
        for format in [Format::Text, Format::Json, Format::Sarif, Format::Junit, Format::Github] {
            write(&report, format, Style { colour: true, width: Some(random.below(100)) }, &mut Vec::new())
                .unwrap();
        }
        for found in &report.diagnostics {
            assert!(found.start < found.end, "{:?} in\n{text}", found.start);
        }
    }
}

/// Xorshift: the same texts in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }

    fn broken(&mut self, text: &str) -> String {
        const PIECES: [&str; 24] = [
            "\n", "\r\n", "\t", " ", ":", ": ", "- ", "#", "|", ">-", "[", "]", "{", "}", "&a ", "*a",
            "<<: ", "\"", "'", "---\n", "\u{feff}", "é", "你", "\\",
        ];
        let mut text: Vec<char> = text.chars().collect();
        for _ in 0..=self.below(6) {
            let at = self.below(text.len() + 1);
            match self.below(3) {
                0 => drop(text.splice(at..at, PIECES[self.below(PIECES.len())].chars())),
                1 => {
                    let end = (at + self.below(30)).min(text.len());
                    text.drain(at..end);
                }
                _ => {
                    let end = (at + self.below(60)).min(text.len());
                    let again = text[at..end].to_vec();
                    text.splice(at..at, again);
                }
            }
        }
        text.into_iter().collect()
    }
}

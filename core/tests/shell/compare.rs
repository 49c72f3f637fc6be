//! Every entrypoint in every mode: what ran beside what was said.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use raygate_core::finding::Level;
use raygate_core::kuberay::KubeRayVersion;
use raygate_core::shell::{End, Reader, read};

use crate::cases::{GOOD, MISSES, TRICKY};
use crate::generate;
use crate::judge::{Found, in_entrypoint};
use crate::kuberay::{Asked, command, versions};
use crate::run::{Ran, run};
use crate::truths::Case;

const MODES: [(&str, Reader); 3] =
    [("K8sJobMode", Reader::K8sJob), ("SidecarMode", Reader::Sidecar), ("HTTPMode", Reader::Head)];

/// What became of one entrypoint in one mode.
#[derive(Debug, Default)]
struct Outcome {
    found: Vec<Found>,
    /// Findings that the run contradicts.
    contradictions: Vec<String>,
    /// What is wrong with the entrypoint and nobody said.
    miss: Option<String>,
    /// Whether the first command came to Ray, and nothing else ran.
    is_good: bool,
}

fn outcome((mode, reader): (&'static str, Reader), index: usize, entrypoint: &str) -> Outcome {
    let versions = versions(mode);
    let version = versions[index % versions.len()];
    let found = in_entrypoint(version, mode, entrypoint);
    if reader == Reader::Head {
        on_head(found, entrypoint)
    } else {
        in_submitter(found, version, (mode, reader), entrypoint)
    }
}

fn in_submitter(
    found: Vec<Found>,
    version: KubeRayVersion,
    (mode, reader): (&'static str, Reader),
    entrypoint: &str,
) -> Outcome {
    let command = command(version, &Asked::of(mode, entrypoint));
    let command: Vec<&str> = command.iter().map(String::as_str).collect();
    let ran = run(&command, &[]);
    let (text, start) = (entrypoint.trim(), entrypoint.len() - entrypoint.trim_start().len());
    let case = Case { reader, text, start, field: entrypoint, command: &command, ran: &ran };
    // Where bash refuses what nobody could tell, no warning comes true.
    let is_open = matches!(read(text, reader).end, End::Unsure(_)) && ran.commands.is_empty();
    let contradictions =
        found.iter().filter(|found| !(is_open && found.level == Level::Warn)).filter_map(|found| {
            case.contradiction(found).map(|why| {
                format!("{mode}, KubeRay {version}, {entrypoint:?}: {}: {why}\n{ran:#?}", found.line)
            })
        });
    let contradictions: Vec<_> = contradictions.collect();
    let is_refused = ran.submitted().is_none_or(<[_]>::is_empty);
    let is_outside = ran.outside().next().is_some();
    let miss = match (is_refused, is_outside) {
        (true, _) => (!is_denied(&found)).then_some("refused"),
        (_, true) => found.is_empty().then_some("runs in the submitter"),
        _ => None,
    };
    let miss = miss.map(|miss| format!("{miss}; {}", reason(text, reader, &ran)));
    Outcome { is_good: !is_refused && !is_outside && ran.code == Some(0), found, contradictions, miss }
}

fn on_head(found: Vec<Found>, entrypoint: &str) -> Outcome {
    let (mut contradictions, mut refused, mut why) = (Vec::new(), 0, String::new());
    let shells = ["/bin/bash", "/bin/dash"];
    for shell in shells {
        let command = [shell, "-c", entrypoint];
        let ran = run(&command, &[]);
        let case = Case {
            reader: Reader::Head,
            text: entrypoint,
            start: 0,
            field: entrypoint,
            command: &command,
            ran: &ran,
        };
        let is_open = matches!(read(entrypoint, Reader::Head).end, End::Unsure(_)) && ran.commands.is_empty();
        contradictions.extend(
            found.iter().filter(|found| !(is_open && found.level == Level::Warn)).filter_map(|found| {
                case.contradiction_on_head(found)
                    .map(|why| format!("{shell}, {entrypoint:?}: {}: {why}\n{ran:#?}", found.line))
            }),
        );
        let words = ["yntax error", "nexpected EOF", "nterminated"];
        refused += usize::from(ran.commands.is_empty() && words.iter().any(|word| ran.errors.contains(word)));
        why = reason(entrypoint, Reader::Head, &ran);
    }
    let is_missed = refused == shells.len() && found.is_empty();
    let miss = is_missed.then(|| format!("refused; {why}"));
    Outcome { is_good: refused == 0, found, contradictions, miss }
}

fn is_denied(found: &[Found]) -> bool {
    found.iter().any(|found| found.level == Level::Deny)
}

/// What is missed without a reason; no test lets it pass.
const NOT_LOOKED_FOR: &str = "not looked for";

/// Why nothing was said.
fn reason(text: &str, reader: Reader, ran: &Ran) -> String {
    let script = read(text, reader);
    match script.end {
        End::Unsure(doubt) => doubt.to_string(),
        End::Refused(fault) if fault.is_late => "what stands before runs".to_owned(),
        _ if text.is_empty() => "there is no entrypoint, as another rule says".to_owned(),
        _ if has_failed_redirection(ran) => "a redirection that fails only when it runs".to_owned(),
        _ if ran.errors.contains("bad substitution") => "what stands in ${…} is not judged".to_owned(),
        _ if !script.first.expansions.is_empty() => "what stands for another text is not known".to_owned(),
        End::Refused(_) | End::Complete => NOT_LOOKED_FOR.to_owned(),
    }
}

fn has_failed_redirection(ran: &Ran) -> bool {
    ["No such file", "ambiguous redirect", "Bad file descriptor"]
        .iter()
        .any(|error| ran.errors.contains(error))
}

/// The outcomes of all these entrypoints, in order.
fn outcomes(mode: (&'static str, Reader), entrypoints: &[String]) -> Vec<Outcome> {
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(8);
    let mut outcomes: Vec<_> = entrypoints.iter().map(|_| Outcome::default()).collect();
    let chunk = entrypoints.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        for (chunk_index, (texts, places)) in
            entrypoints.chunks(chunk).zip(outcomes.chunks_mut(chunk)).enumerate()
        {
            scope.spawn(move || {
                for (index, (text, place)) in texts.iter().zip(places).enumerate() {
                    *place = outcome(mode, chunk_index * chunk + index, text);
                }
            });
        }
    });
    outcomes
}

/// How often each thing happened.
#[derive(Debug, Default)]
struct Tally {
    entrypoints: usize,
    silent: usize,
    codes: BTreeMap<&'static str, usize>,
    misses: BTreeMap<String, usize>,
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} entrypoints, {} without a word, {:?}",
            self.entrypoints, self.silent, self.codes
        )?;
        self.misses.iter().try_for_each(|(miss, count)| write!(formatter, "\n    missed {count}: {miss}"))
    }
}

/// Compares; every finding must be true. Returns what was missed.
fn compare(mode: (&'static str, Reader), entrypoints: &[String]) -> Vec<(String, String)> {
    let mut tally = Tally { entrypoints: entrypoints.len(), ..Tally::default() };
    let (mut contradictions, mut misses) = (Vec::new(), Vec::new());
    for (entrypoint, outcome) in entrypoints.iter().zip(outcomes(mode, entrypoints)) {
        tally.silent += usize::from(outcome.found.is_empty());
        let codes: BTreeSet<_> = outcome.found.iter().map(|found| found.code).collect();
        for code in codes {
            *tally.codes.entry(code).or_default() += 1;
        }
        contradictions.extend(outcome.contradictions);
        if let Some(miss) = outcome.miss {
            *tally.misses.entry(miss.clone()).or_default() += 1;
            misses.push((entrypoint.clone(), miss));
        }
    }
    eprintln!("{}: {tally}", mode.0);
    assert!(
        contradictions.is_empty(),
        "{} false findings:\n{}",
        contradictions.len(),
        contradictions.join("\n")
    );
    misses
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn good_entrypoints_run_as_they_look_and_nothing_is_said_about_them() {
    let good = owned(GOOD);
    for mode in MODES {
        for (entrypoint, outcome) in good.iter().zip(outcomes(mode, &good)) {
            assert!(outcome.found.is_empty(), "{} {entrypoint:?}: {:?}", mode.0, outcome.found);
            assert!(outcome.is_good, "{} {entrypoint:?} does not run as it looks", mode.0);
        }
    }
}

#[test]
fn what_is_said_about_tricky_entrypoints_happens_and_the_rest_is_known() {
    assert!(TRICKY.len() >= 100);
    let mut misses = Vec::new();
    for mode in MODES {
        misses.extend(compare(mode, &owned(TRICKY)).into_iter().map(|(text, why)| (mode.0, text, why)));
    }
    let known: BTreeSet<_> =
        MISSES.iter().map(|(mode, text, why)| (*mode, (*text).to_owned(), (*why).to_owned())).collect();
    let now: BTreeSet<_> = misses.into_iter().collect();
    let new: Vec<_> = now.difference(&known).collect();
    let gone: Vec<_> = known.difference(&now).collect();
    assert!(new.is_empty() && gone.is_empty(), "MISSES lacks {new:#?}\nand has in vain {gone:#?}");
}

#[test]
fn what_is_said_about_generated_entrypoints_happens() {
    let texts = generate::entrypoints(generate::seed());
    for mode in MODES {
        let misses = compare(mode, &texts);
        let unexplained: Vec<_> = misses.iter().filter(|(_, why)| why.ends_with(NOT_LOOKED_FOR)).collect();
        assert!(unexplained.is_empty(), "{}: nobody told of {unexplained:#?}", mode.0);
    }
}

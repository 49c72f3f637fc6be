//! Runtime environments: what the rules deny, Ray must refuse; what Ray refuses and no rule denies stands in a table.
//!
//! ```text
//! made by hand, generated ─► cases ─► judge (the rules)          ─┐
//!                              └────► ray (two releases, Python) ─┴► no false denial; misses only as in `misses`
//! ```

mod cases;
mod generate;
mod judge;
mod misses;
mod ray;
mod style;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::random::{Random, Seed, setting};
use judge::{Image, Mode, denials, lines};
use misses::MISSES;
use ray::Answer;

/// The newest Ray, and one that knows much less.
const VERSIONS: [&str; 2] = ["2.60.0", "2.46.0"];

/// How many environments are generated beside those made by hand, unless `RAYGATE_RUNTIME_ENVIRONMENTS` says another number.
const GENERATED: u64 = 400;

/// Pins that only an installation brings to light; pip's and Ray's answers were seen by hand.
/// Names of variables that Ray takes and no process can have, neither.
const SEEN_LATER: [&str; 3] = ["RJ311", "RJ326", "RJ327"];

/// An environment, submitted in one of the modes, and what Ray says of it.
struct Judged {
    text: String,
    mode: Mode,
    /// One for each of [`VERSIONS`].
    answers: Vec<Answer>,
}

impl Judged {
    /// The versions that refuse it although no rule denies it for them, and what they say.
    fn missed(&self) -> impl Iterator<Item = (&'static str, &Answer)> {
        VERSIONS.into_iter().zip(&self.answers).filter(|(version, answer)| {
            !answer.accepted && denials(&self.text, self.mode, Image::Official(version)).is_empty()
        })
    }
}

impl misses::Miss {
    fn is_about(&self, text: &str, answer: &Answer) -> bool {
        answer.error.contains(self.error) && text.contains(self.part)
    }
}

/// Every environment in both modes, once for all tests.
fn judged() -> &'static [Judged] {
    static JUDGED: OnceLock<Vec<Judged>> = OnceLock::new();
    JUDGED.get_or_init(|| {
        let mut random = Random::from_seed(Seed::choose("RAYGATE_RUNTIME_ENVIRONMENT_SEED"));
        let made = cases::all()
            .map(|case| case.text)
            .chain(MISSES.iter().map(|miss| miss.example))
            .map(str::to_owned);
        let generated = (0..setting("RAYGATE_RUNTIME_ENVIRONMENTS").unwrap_or(GENERATED))
            .map(|_| generate::environment(&mut random).to_string());
        let texts: Vec<String> = made.chain(generated).collect();
        let cases: Vec<_> = texts.iter().flat_map(|text| Mode::ALL.map(|mode| (text, mode))).collect();
        let bodies: Vec<_> = cases.iter().map(|(text, mode)| ray::case(text, *mode)).collect();
        let answers: Vec<Vec<Answer>> = std::thread::scope(|scope| {
            let runs = VERSIONS.map(|version| scope.spawn(|| ray::ask(version, &bodies)));
            runs.map(|run| run.join().expect("Ray answers")).into()
        });
        let of_case = |at: usize| answers.iter().map(|all| all[at].clone()).collect();
        cases
            .into_iter()
            .enumerate()
            .map(|(at, (text, mode))| Judged { text: text.clone(), mode, answers: of_case(at) })
            .collect()
    })
}

#[test]
fn at_least_three_hundred_environments_are_judged_and_ray_takes_some_and_refuses_some() {
    let accepted =
        judged().iter().filter(|judged| judged.answers.iter().all(|answer| answer.accepted)).count();
    let refused =
        judged().iter().filter(|judged| judged.answers.iter().all(|answer| !answer.accepted)).count();
    assert!(
        judged().len() >= 600 && accepted >= 100 && refused >= 100,
        "{accepted} taken, {refused} refused"
    );
}

#[test]
fn no_environment_is_denied_that_ray_takes() {
    for Judged { text, mode, answers } in judged() {
        for (version, answer) in VERSIONS.iter().zip(answers) {
            let denied = without_later(denials(text, *mode, Image::Official(version)));
            let taken = answer.accepted && !denied.is_empty();
            assert!(!taken, "{denied:?} for what Ray {version} takes, {mode:?}:\n{text}");
        }
        // Of an unknown Ray nothing may be said that is not true of both.
        let denied = without_later(denials(text, *mode, Image::Unknown));
        let taken = answers.iter().any(|answer| answer.accepted) && !denied.is_empty();
        assert!(!taken, "{denied:?} for what one of {VERSIONS:?} takes, {mode:?}:\n{text}");
    }
}

#[test]
fn what_ray_refuses_is_denied_or_stands_in_the_table_of_misses() {
    let mut unknown = BTreeMap::new();
    for judged in judged() {
        for (version, answer) in judged.missed() {
            if !MISSES.iter().any(|miss| miss.is_about(&judged.text, answer)) {
                unknown.insert(&answer.error, (&judged.text, judged.mode, version));
            }
        }
    }
    assert!(unknown.is_empty(), "neither denied nor in the table: {unknown:#?}");
}

#[test]
fn the_table_of_misses_holds_what_is_missed() {
    for miss in MISSES {
        let is_its_own = |judged: &&Judged| judged.text == miss.example && judged.mode == miss.mode;
        let judged = judged().iter().find(is_its_own).expect("every example is judged");
        let is_missed = judged.missed().any(|(_, answer)| miss.is_about(&judged.text, answer));
        assert!(is_missed, "{} ({}): {:?}", miss.example, miss.why, judged.answers);
    }
}

#[test]
fn each_case_made_by_hand_is_denied_by_its_rule() {
    for case in cases::all() {
        for mode in Mode::ALL {
            let denied = denials(case.text, mode, Image::Official(VERSIONS[0]));
            let expected = case.denied_in(mode);
            assert!(
                expected.iter().all(|code| denied.contains(*code)),
                "{mode:?}: {denied:?}:\n{}",
                case.text
            );
            assert_eq!(denied.is_empty(), expected.is_empty(), "{mode:?}: {denied:?}:\n{}", case.text);
        }
    }
}

#[test]
fn a_verdict_does_not_depend_on_order_quotes_and_brackets() {
    let mut random = Random::from_seed(Seed::choose("RAYGATE_RUNTIME_ENVIRONMENT_STYLE_SEED"));
    for Judged { text, mode, answers } in judged() {
        let environment = ray::runtime_env(text);
        let before = denials(text, *mode, Image::Unknown);
        for _ in 0..3 {
            let written = style::rewrite(&environment, &mut random);
            assert_eq!(ray::runtime_env(&written), environment, "the same environment:\n{written}");
            let denied = denials(&written, *mode, Image::Unknown);
            assert_eq!(denied, before, "{mode:?}:\n{text}\nand the same otherwise written:\n{written}");
            let is_taken = answers.iter().all(|answer| answer.accepted);
            assert!(!is_taken || without_later(denied).is_empty(), "Ray takes this:\n{written}");
        }
    }
}

#[test]
fn no_message_holds_what_may_be_a_secret() {
    let secret = "hunter2";
    let texts = [
        "env_vars: {A: 7, B: [hunter2], 'C=D': hunter2, E: {hunter2: 1}, F: \"hunter2\\0\"}",
        "env_vars: [{name: A, value: hunter2}]",
        "env_vars: hunter2",
        "env_vars: hunter2: a",
        "working_dir: ftp://user:hunter2@h/a.zip",
        "working_dir: https://user:hunter2@h",
        "working_dir: https://h/a?sig=hunter2",
        "working_dir: https://h/a.b#hunter2",
        "working_dir: hunter2:x@h/a",
        "py_modules: ['https://h/a.tar?x=hunter2.y', hunter2/a.py]",
        "pip: ['--index-url=https://u:hunter2@h', '--foo=hunter2', '-xhunter2', 'torch -ihttps://hunter2@h']",
        "pip: ['torch --index-url https://u:hunter2@h', 'a=1 --index-url https://hunter2@h', 'a 1 hunter2']",
        "pip: 'https://u:hunter2@h/requirements.txt'",
        "pip: 'a==1 hunter2'",
        "uv: {packages: [a], uv_pip_install_options: --index-url=https://u:hunter2@h}",
        "config: {setup_timeout_seconds: hunter2}",
        "conda: [hunter2]",
        "worker_process_setup_hook: [hunter2]",
    ];
    for (text, mode) in texts.into_iter().flat_map(|text| Mode::ALL.map(|mode| (text, mode))) {
        for line in lines(text, mode, Image::Official(VERSIONS[1])) {
            assert!(!line.contains(secret), "{text}: {line}");
        }
    }
    let said = texts.iter().filter(|text| !lines(text, Mode::Http, Image::Unknown).is_empty()).count();
    assert!(said >= 12, "only {said} of them are spoken of");
}

fn without_later(mut denied: BTreeSet<&'static str>) -> BTreeSet<&'static str> {
    denied.retain(|code| !SEEN_LATER.contains(code));
    denied
}

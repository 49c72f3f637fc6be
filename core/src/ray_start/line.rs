//! The command line that KubeRay makes of `rayStartParams`, and what arrives of each value behind Bash.
//!
//! KubeRay writes ` --key=value ` for each entry, sorted and unquoted; `true` becomes the option alone, `false` nothing
//! (v1.3 to v1.7 `convertParamMap`). Bash 5 then reads the line.

use std::borrow::Cow;

use super::{Kind, Known, Ray, bash, find};
use crate::document::{Field, Map, Text};

/// Keeps its value even when that is `true` or `false`; the third only from KubeRay v1.7 on.
const KEEP_THEIR_VALUE: [&str; 2] = ["include-dashboard", "log-color"];
const KEEPS_ITS_VALUE_IN_SOME: &str = "include-log-monitor";

/// The options of one group, in the order in which they are written in the job.
#[derive(Debug)]
pub struct Line<'a> {
    params: Vec<(Field<'a, Text>, Arrival<'a>)>,
    breakage: Option<(Field<'a, Text>, Breakage)>,
    is_whole: bool,
}

/// What arrives at `ray start` of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival<'a> {
    /// `false`: KubeRay leaves the option out.
    Nothing,
    /// `true`: the option without a value.
    Alone,
    /// The option with this value.
    Text(Cow<'a, str>),
    /// The option with a value that only Bash knows, in its container.
    Unknown,
}

/// What a value does to the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breakage {
    /// `&`: Ray goes on in the background, and the container ends.
    Background,
    /// A blank: what follows is an argument, and `ray start` takes none.
    ExtraWord,
    /// A quote without its counterpart: Bash finds no end.
    OpenQuote,
    /// A parenthesis: Bash refuses the line.
    Parenthesis,
    /// Another operator: what follows is another command, a file or a comment.
    Operator,
    /// Something that only Bash knows, in its container.
    Unclear,
}

impl<'a> Line<'a> {
    /// What becomes of a group's `rayStartParams` for that Ray; KubeRay may write one of them anew.
    pub(super) fn of(params: Field<'a, Map>, ray: Ray, rewritten: Option<&str>) -> Self {
        let mut line = Self { params: Vec::new(), breakage: None, is_whole: true };
        let mut troubles = Vec::new();
        for entry in params.each() {
            let param: Field<'a, Text> = entry.cast();
            let Some(value) = param.value() else {
                line.is_whole = false;
                continue;
            };
            // KubeRay writes `--block` whatever the job says, and sometimes `--resources` anew.
            let replaced = match param.key() {
                "block" => Some(Arrival::Alone),
                key if rewritten == Some(key) => Some(Arrival::Unknown),
                _ => None,
            };
            if let Some(arrival) = replaced {
                line.params.push((param, arrival));
                continue;
            }
            let arrival = arrival_of(param.key(), value, &mut |trouble| troubles.push((param, trouble)));
            // An option that waits for its value takes the next option for it.
            let may_swallow = || match find(param.key(), ray) {
                Known::Has(option) => option.kind == Kind::Text,
                Known::Unsure => true,
                Known::OfAnotherRelease(_) | Known::Never => false,
            };
            let swallows = arrival == Arrival::Alone && may_swallow();
            line.is_whole &=
                !swallows && param.key().bytes().all(|byte| bash::is_plain(byte) && byte != b'=');
            line.params.push((param, arrival));
        }
        line.judge(&troubles);
        line
    }

    /// The entries and what arrives of them, if each reaches `ray start` by itself.
    pub fn params(&self) -> impl Iterator<Item = (Field<'a, Text>, &Arrival<'a>)> {
        let whole = if self.is_whole { self.params.as_slice() } else { &[] };
        whole.iter().map(|(param, arrival)| (*param, arrival))
    }

    /// Whether each entry reaches `ray start` by itself, so that what is not there is not given.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// What arrives under that name, unless the line is no whole.
    pub fn get(&self, name: &str) -> Option<(Field<'a, Text>, &Arrival<'a>)> {
        self.params().find(|(param, _)| param.key() == name)
    }

    /// The entry that breaks the line, if there is one.
    pub fn breakage(&self) -> Option<(Field<'a, Text>, Breakage)> {
        self.breakage
    }

    /// One broken value can be judged, two may mend each other.
    fn judge(&mut self, troubles: &[(Field<'a, Text>, Breakage)]) {
        match troubles {
            [] => {}
            [(param, breakage)] if *breakage != Breakage::Unclear => {
                let is_quote = *breakage == Breakage::OpenQuote;
                let others = || self.params.iter().filter(|(other, _)| other.key() != param.key());
                let quotes = |value: &str| value.contains(['\'', '"', '\\', '$', '`']);
                let may_be_mended = is_quote && others().any(|(other, _)| other.value().is_some_and(quotes));
                self.breakage = (self.is_whole && !may_be_mended).then_some((*param, *breakage));
                self.is_whole = false;
            }
            _ => self.is_whole = false,
        }
    }
}

/// What arrives of one entry; says if its value does something to the rest of the line.
fn arrival_of<'a>(key: &str, value: &'a str, trouble: &mut impl FnMut(Breakage)) -> Arrival<'a> {
    let is_true = value.eq_ignore_ascii_case("true");
    if (is_true || value.eq_ignore_ascii_case("false")) && !KEEP_THEIR_VALUE.contains(&key) {
        return match is_true {
            _ if key == KEEPS_ITS_VALUE_IN_SOME => Arrival::Unknown,
            true => Arrival::Alone,
            false => Arrival::Nothing,
        };
    }
    match bash::read(value) {
        Ok(Some(word)) => Arrival::Text(word),
        Ok(None) => Arrival::Unknown,
        Err(breakage) => {
            trouble(breakage);
            Arrival::Unknown
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    /// What is found in a group with these `rayStartParams`: the arrivals, and what breaks the line.
    fn line(params: &str, see: impl FnOnce(Line<'_>)) {
        let document: Document<'_> = serde_json::from_str(params).expect("JSON");
        see(Line::of(document.root().cast(), Ray::Release([2, 60]), None));
    }

    #[test]
    fn kuberay_makes_switches_of_true_and_false() {
        let params =
            r#"{"block":"no","head":"False","log-color":"true","include-log-monitor":"true","num-cpus":"4"}"#;
        line(params, |line| {
            let arrivals: Vec<_> = line.params().map(|(_, arrival)| arrival.clone()).collect();
            let text = |text: &'static str| Arrival::Text(text.into());
            assert_eq!(
                arrivals,
                [Arrival::Alone, Arrival::Nothing, text("true"), Arrival::Unknown, text("4")]
            );
        });
    }

    #[test]
    fn one_broken_value_is_named_and_two_are_not_judged() {
        for (params, broken) in [
            (r#"{"num-cpus":"4 5","num-gpus":"x"}"#, Some(("num-cpus", Breakage::ExtraWord))),
            (r#"{"num-cpus":"4'","temp-dir":"/tmp"}"#, Some(("num-cpus", Breakage::OpenQuote))),
            (r#"{"num-cpus":"4'","temp-dir":"'/tmp'"}"#, None),
            (r#"{"num-cpus":"4'","temp-dir":"'/tmp"}"#, None),
            (r#"{"num-cpus":"`nproc`"}"#, None),
            (r#"{"num-cpus":"4 5","a=b":"c"}"#, None),
        ] {
            line(params, |line| {
                let found = line.breakage().map(|(param, breakage)| (param.key(), breakage));
                assert_eq!((found, line.params().count()), (broken, 0), "{params}");
            });
        }
    }

    #[test]
    fn an_option_that_waits_for_a_text_takes_the_next_option_for_it() {
        line(r#"{"temp-dir":"true","num-cpus":"x"}"#, |line| assert_eq!(line.params().count(), 0));
        line(r#"{"num-gpus":"true","num-cpus":"x"}"#, |line| assert_eq!(line.params().count(), 2));
    }
}

//! What each rule claims, and how the recorded run shows it.

use raygate_core::shell::{End, Expansion, Operator, Reader, RedirectionKind, Script, read};

use crate::judge::{Found, offset};
use crate::run::{Ran, STUBS, run};

/// A case that ran.
pub(crate) struct Case<'c> {
    pub(crate) reader: Reader,
    /// The entrypoint as it comes to the shell.
    pub(crate) text: &'c str,
    /// Where that begins in the field.
    pub(crate) start: usize,
    pub(crate) field: &'c str,
    /// The command that ran, for another run of it.
    pub(crate) command: &'c [&'c str],
    pub(crate) ran: &'c Ran,
}

impl Case<'_> {
    fn script(&self) -> Script {
        read(self.text, self.reader)
    }

    fn place(&self, found: &Found) -> usize {
        let position = found.inside.unwrap_or_else(|| panic!("{} has no position", found.line));
        offset(self.field, position) - self.start
    }

    /// Why what is found in the submitter's command is not what happened.
    pub(crate) fn contradiction(&self, found: &Found) -> Option<&'static str> {
        match found.code {
            // A file that is not there stops the submission before anything else can be seen.
            "RJ348" | "RJ349" | "RJ351" | "RJ352" if self.is_stopped_by_a_file() => None,
            "RJ354" => (self.ran.code == Some(0)).then_some("the shell did not end with an error"),
            "RJ340" | "RJ341" => (self.ran.submitted().is_some() || self.ran.code == Some(0))
                .then_some("something was submitted"),
            "RJ342" => {
                self.ran.submitted().is_some_and(|words| !words.is_empty()).then_some("words were submitted")
            }
            "RJ343" | "RJ344" => self.runs_on_the_cluster().then_some("it runs on the cluster"),
            "RJ346" | "RJ347" => self.tail_is_in_ray(),
            "RJ348" => self.redirection_is_in_ray(found),
            "RJ349" => self.expansion_is_kept(found),
            "RJ351" => {
                let last = self.ran.submitted().and_then(<[_]>::last);
                (!last.is_some_and(|word| word.ends_with(' '))).then_some("no blank was added")
            }
            "RJ352" => {
                let first = self.ran.submitted().and_then(<[_]>::first);
                (first.is_none_or(|word| word != "ray")).then_some("`ray` was not submitted")
            }
            _ => Some("no truth is known of this rule"),
        }
    }

    fn is_stopped_by_a_file(&self) -> bool {
        let kinds = ["No such file", "cannot open", "ambiguous redirect", "Bad fd number"];
        self.ran.submitted().is_none() && kinds.iter().any(|kind| self.ran.errors.contains(kind))
    }

    /// Whether a shell runs the program with its arguments, from what Ray's command line, in any version, makes of them.
    fn runs_on_the_cluster(&self) -> bool {
        let Some(words) = self.ran.submitted() else { return false };
        let program = &words[words.iter().take_while(|word| word.contains('=')).count()..];
        [shlex_join(words), list_to_command_line(words)].iter().any(|entrypoint| {
            ["/bin/bash", "/bin/dash"].into_iter().any(|shell| {
                let ran = run(&[shell, "-c", entrypoint], &[]);
                !program.is_empty() && ran.commands.iter().any(|command| command == program)
            })
        })
    }

    fn tail_is_in_ray(&self) -> Option<&'static str> {
        let script = self.script();
        let Some((operator, at)) = script.tail else { return Some("nothing follows the first command") };
        let written = match operator {
            Operator::NewLine => "\n",
            other => other.as_str(),
        };
        if !self.text[at..].starts_with(written) {
            return Some("the operator stands elsewhere");
        }
        let alone = format!("ray job submit -- {}", &self.text[..at]);
        let is_stopped = self.ran.errors.contains("bad substitution");
        if !is_stopped && run(&["/bin/bash", "-c", &alone], &[]).submitted() != self.ran.submitted() {
            return Some("Ray got other words than those before the operator");
        }
        let rest = self.text[at + written.len()..].trim_start_matches(['\n', ' ', '&']);
        let next =
            rest.split(|character: char| !character.is_ascii_alphanumeric()).next().unwrap_or_default();
        let must_run = STUBS.contains(&next) && operator != Operator::Or && script.end == End::Complete;
        // A redirection before it may fail.
        let did_run = self.ran.outside().next().is_some() || !self.ran.errors.is_empty();
        (must_run && !did_run).then_some("what follows did not run in the submitter")
    }

    fn redirection_is_in_ray(&self, found: &Found) -> Option<&'static str> {
        let (script, place) = (self.script(), self.place(found));
        let redirection = script.first.redirections.iter().find(|redirection| redirection.offset == place);
        let Some(redirection) = redirection else { return Some("no redirection stands there") };
        let is_literal = script.end == End::Complete
            && script.first.expansions.is_empty()
            && !self.text.contains(['*', '{', '~', '[', '?']);
        if let Some(words) = self.ran.submitted().filter(|_| is_literal)
            && words.len() != script.first.words.len()
        {
            return Some("Ray got the redirection");
        }
        let is_output = redirection.kind == RedirectionKind::Output && self.ran.errors.is_empty();
        (is_output && is_literal && self.ran.files.is_empty()).then_some("the submitter wrote no file")
    }

    fn expansion_is_kept(&self, found: &Found) -> Option<&'static str> {
        let (script, place) = (self.script(), self.place(found));
        let expansion = script.first.expansions.iter().find(|expansion| expansion.offset() == place);
        match expansion {
            None => Some("no expansion stands there"),
            Some(Expansion::Command(_)) => {
                let marks = |text: &str| text.matches("$(").count() + text.matches('`').count();
                let submitted = self.ran.submitted().unwrap_or_default();
                (marks(&submitted.concat()) >= marks(self.text))
                    .then_some("the command was submitted as it stands")
            }
            Some(Expansion::Variable(name)) => {
                let again = run(self.command, &[(&self.text[name.clone()], "set")]);
                let is_same = again.commands == self.ran.commands
                    && again.errors == self.ran.errors
                    && again.files == self.ran.files;
                (is_same && !self.ran.errors.contains("bad substitution"))
                    .then_some("the variable's value changes nothing")
            }
        }
    }

    /// Why what is found in HTTPMode is not what happened in one of the shells.
    pub(crate) fn contradiction_on_head(&self, found: &Found) -> Option<&'static str> {
        match found.code {
            "RJ352" if self.is_stopped_by_a_file() => None,
            "RJ354" => (self.ran.code == Some(0)).then_some("the shell did not end with an error"),
            "RJ340" | "RJ341" | "RJ343" => {
                (self.ran.code == Some(0) || !self.ran.commands.is_empty()).then_some("something ran")
            }
            "RJ342" => (!self.ran.commands.is_empty()).then_some("something ran"),
            "RJ352" => {
                (!self.ran.commands.iter().any(|command| command[0] == "ray")).then_some("`ray` did not run")
            }
            "RJ353" => (!self.text[self.place(found)..].starts_with('&')).then_some("no `&` stands there"),
            _ => Some("no truth is known of this rule"),
        }
    }
}

/// Python's `shlex.join`, with which Ray 2.56 and newer quote the words.
pub(crate) fn shlex_join(words: &[String]) -> String {
    let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || b"_@%+=:,./-".contains(&byte);
    let quote = |word: &String| {
        if !word.is_empty() && word.bytes().all(is_safe) {
            word.clone()
        } else {
            format!("'{}'", word.replace('\'', "'\"'\"'"))
        }
    };
    words.iter().map(quote).collect::<Vec<_>>().join(" ")
}

/// Python's `subprocess.list2cmdline`, with which older ones do, as far as the words here need it.
fn list_to_command_line(words: &[String]) -> String {
    let quote = |word: &String| {
        let word = word.replace('"', "\\\"");
        if word.is_empty() || word.contains([' ', '\t']) { format!("\"{word}\"") } else { word }
    };
    words.iter().map(quote).collect::<Vec<_>>().join(" ")
}

//! What the program was called: by its own name, or by kubectl, whose plugins are programs named `kubectl-…`. Help, usage
//! and completions show what was typed.

use std::ffi::OsStr;
use std::path::Path;

use clap::{Command, CommandFactory};

use super::Cli;

/// The name by which the program was called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Program {
    /// `raygate`, or any other name of a copy or link.
    #[default]
    Raygate,
    /// `kubectl-raygate`, which people call as `kubectl raygate`.
    KubectlPlugin,
}

impl Program {
    /// Told by the first argument, which is the path of the program.
    pub fn called(first_argument: Option<&OsStr>) -> Self {
        let name = first_argument.and_then(|path| Path::new(path).file_stem());
        if name == Some(OsStr::new(Self::KubectlPlugin.file_name())) {
            Self::KubectlPlugin
        } else {
            Self::Raygate
        }
    }

    /// What is typed to call it.
    pub const fn typed(self) -> &'static str {
        match self {
            Self::Raygate => "raygate",
            Self::KubectlPlugin => "kubectl raygate",
        }
    }

    /// The name of its file.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Raygate => "raygate",
            Self::KubectlPlugin => "kubectl-raygate",
        }
    }

    /// The command line, with examples that can be typed as they stand.
    pub fn command(self) -> Command {
        let command = Cli::command();
        if self == Self::Raygate {
            return command;
        }
        let names = command.get_subcommands().map(|command| command.get_name().to_owned());
        let names: Vec<_> = names.chain(["COMMAND".to_owned()]).collect();
        self.renamed(command.bin_name(self.typed()), &names)
    }

    /// The command and all below it, with what is typed in their examples.
    fn renamed(self, command: Command, names: &[String]) -> Command {
        let command = match command.get_after_long_help().map(ToString::to_string) {
            None => command,
            Some(text) => {
                let text = names.iter().fold(text, |text, name| {
                    text.replace(&format!("raygate {name}"), &format!("{} {name}", self.typed()))
                });
                command.after_help(text.clone()).after_long_help(text)
            }
        };
        command.mut_subcommands(|below| self.renamed(below, names))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_with_the_name_of_the_plugin_is_the_plugin() {
        for (path, program) in [
            ("raygate", Program::Raygate),
            ("/usr/local/bin/kubectl-raygate", Program::KubectlPlugin),
            ("kubectl-raygate.exe", Program::KubectlPlugin),
            ("/kubectl-raygate/raygate", Program::Raygate),
            ("kubectl-raygate-check", Program::Raygate),
            ("", Program::Raygate),
        ] {
            assert_eq!(Program::called(Some(OsStr::new(path))), program, "{path}");
        }
        assert_eq!(Program::called(None), Program::Raygate);
    }

    #[test]
    fn no_example_of_the_plugin_names_the_program_alone() {
        let program = Program::KubectlPlugin.command();
        let names: Vec<_> = program.get_subcommands().map(Command::get_name).collect();
        for command in program.get_subcommands().chain([&program]) {
            let text = command.get_after_long_help().map(ToString::to_string).unwrap_or_default();
            let examples: Vec<_> = text.lines().filter(|line| line.contains("raygate ")).collect();
            assert!(!examples.is_empty(), "{} has no example", command.get_name());
            for (line, name) in examples.iter().flat_map(|line| names.iter().map(move |name| (line, name))) {
                let typed = format!("raygate {name}");
                let mut alone = line.match_indices(&typed);
                assert!(alone.all(|(place, _)| line[..place].ends_with("kubectl ")), "{line}");
            }
        }
    }
}

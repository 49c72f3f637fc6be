//! `raygate completions`: the command line as `cli` describes it goes out as a script for a shell, or as the program that
//! kubectl asks for completions of its plugin.

use std::io::{self, Write};
use std::process::ExitCode;

use clap_complete::{Shell, generate};

use super::stdout::print;
use crate::cli::{Completer, CompletionsArguments, Program};

/// Answers kubectl, which sends what was typed behind `kubectl raygate` and reads candidates, one a line, then `:` and a
/// number: 0 lets the shell complete files where there are none.
const KUBECTL: &str = r#"
COMP_WORDS=(raygate "$@")
COMP_CWORD=$#
COMPREPLY=()
if (($#)); then
  _raygate raygate "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
fi
if ((${#COMPREPLY[@]})); then
  printf '%s\n' "${COMPREPLY[@]}"
fi
echo ":0"
"#;

/// Prints it.
pub(super) fn run(arguments: &CompletionsArguments, program: Program) -> anyhow::Result<ExitCode> {
    let name = program.file_name();
    let script = match arguments.shell {
        Completer::Bash => script(Shell::Bash, program, name),
        Completer::Elvish => script(Shell::Elvish, program, name),
        Completer::Fish => script(Shell::Fish, program, name),
        Completer::Powershell => script(Shell::PowerShell, program, name),
        Completer::Zsh => script(Shell::Zsh, program, name),
        Completer::Kubectl => return print(|out| kubectl(out)),
    };
    print(|out| out.write_all(&script))
}

/// `clap_complete` writes into memory: it panics where writing fails, and a pipe may be closed early.
fn script(shell: Shell, program: Program, name: &str) -> Vec<u8> {
    let mut script = Vec::new();
    generate(shell, &mut program.command(), name, &mut script);
    script
}

fn kubectl(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "#!/usr/bin/env bash")?;
    writeln!(
        out,
        "# Completes `kubectl raygate`: an executable on the PATH named kubectl_complete-raygate.\n"
    )?;
    let name = Program::Raygate.file_name();
    out.write_all(&script(Shell::Bash, Program::Raygate, name))?;
    out.write_all(KUBECTL.as_bytes())
}

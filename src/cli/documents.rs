//! Flags of `raygate completions` and `raygate man`, which write about the program's own command line, and of
//! `raygate crd`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  bash, where the package bash-completion is installed:
    mkdir -p ~/.local/share/bash-completion/completions
    raygate completions bash > ~/.local/share/bash-completion/completions/raygate

  zsh, into a folder that `$fpath` names before `compinit` is called in ~/.zshrc:
    raygate completions zsh > ~/.zfunc/_raygate

  fish:
    raygate completions fish > ~/.config/fish/completions/raygate.fish

  PowerShell, with the line `. ~/raygate.ps1` in $PROFILE:
    raygate completions powershell > ~/raygate.ps1

  elvish:
    raygate completions elvish >> ~/.config/elvish/rc.elv

  kubectl 1.26 or later: the program under the name of a plugin, and beside it the one that completes it:
    ln -s \"$(command -v raygate)\" ~/.local/bin/kubectl-raygate
    raygate completions kubectl > ~/.local/bin/kubectl_complete-raygate
    chmod +x ~/.local/bin/kubectl_complete-raygate

A new shell completes.";

const MAN_EXAMPLES: &str = "\
Examples:
  Read the page of the program:
    raygate man | man -l -

  Install all pages, one for each command, for `man raygate-check`:
    raygate man --out ~/.local/share/man/man1";

const CRD_EXAMPLES: &str = "\
Examples:
  Install it, or bring it up to the version of this program:
    raygate crd | kubectl apply --server-side -f -";

/// Flags of `raygate crd`.
#[derive(Args, Debug)]
#[command(after_help = CRD_EXAMPLES, after_long_help = CRD_EXAMPLES)]
pub struct CrdArguments {}

/// Flags of `raygate completions`.
#[derive(Args, Debug)]
#[command(after_help = COMPLETIONS_EXAMPLES, after_long_help = COMPLETIONS_EXAMPLES)]
pub struct CompletionsArguments {
    /// Who shall complete
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: Completer,
}

/// Who completes what is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Completer {
    /// A script for bash 4.4 or later.
    Bash,
    /// A script for elvish.
    Elvish,
    /// A script for fish.
    Fish,
    /// The program that kubectl calls to complete its plugin; it needs bash.
    Kubectl,
    /// A script for PowerShell.
    Powershell,
    /// A script for zsh.
    Zsh,
}

/// Flags of `raygate man`.
#[derive(Args, Debug)]
#[command(after_help = MAN_EXAMPLES, after_long_help = MAN_EXAMPLES)]
pub struct ManArguments {
    /// The folder to write `raygate.1` and one page for each command to; made if missing. Without it, the page of the
    /// program is printed
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,

    /// Print the reference of all commands as Markdown instead
    #[arg(long, conflicts_with = "out")]
    pub markdown: bool,
}

//! The command line as `cli` describes it, as one Markdown text for `man`: what is committed as docs/cli.md.

use std::io::{self, Write};

use clap::{Arg, Command};

/// How the examples in a command's help begin.
pub(super) const EXAMPLES: &str = "Examples:\n";

/// Writes all commands.
pub(super) fn write(program: &Command, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# Command line\n\nWritten by `raygate man --markdown`.\n")?;
    writeln!(out, "{}.\n", about(program))?;
    writeln!(out, "| command | what it does |\n|---|---|")?;
    for command in program.get_subcommands() {
        let name = command.get_name();
        writeln!(out, "| [{name}](#raygate-{name}) | {} |", about(command))?;
    }
    write_examples(program, out)?;
    program.get_subcommands().try_for_each(|command| write_command("raygate", command, out))
}

fn write_command(above: &str, command: &Command, out: &mut dyn Write) -> io::Result<()> {
    let name = format!("{above} {}", command.get_name());
    writeln!(out, "\n## {name}\n\n{}.\n", about(command))?;
    writeln!(
        out,
        "```text\n{}\n```\n",
        command.clone().render_usage().to_string().trim_start_matches("Usage: ")
    )?;
    let mut heading = None;
    let shown = |argument: &&Arg| !argument.is_hide_set() && argument.get_id() != "help";
    for argument in command.get_arguments().filter(shown) {
        if argument.get_help_heading() != heading {
            heading = argument.get_help_heading();
            writeln!(out, "\n{}:\n", heading.unwrap_or_default())?;
        }
        write_argument(argument, out)?;
    }
    write_examples(command, out)?;
    let is_help = |command: &&Command| command.get_name() == "help";
    command
        .get_subcommands()
        .filter(|command| !is_help(command))
        .try_for_each(|command| write_command(&name, command, out))
}

fn write_argument(argument: &Arg, out: &mut dyn Write) -> io::Result<()> {
    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    write!(out, "- `{}`: {help}", written(argument))?;
    let environment = argument.get_env().and_then(|name| name.to_str());
    if let Some(name) = environment {
        write!(out, "; environment: `{name}`")?;
    }
    let defaults = argument.get_default_values().iter().filter_map(|value| value.to_str());
    if let (Some(default), true) = (defaults.reduce(|first, _| first), takes_value(argument)) {
        write!(out, "; default: `{default}`")?;
    }
    writeln!(out)?;
    for value in argument.get_possible_values().iter().filter(|_| takes_value(argument)) {
        let help = value.get_help().map(|help| format!(": {help}")).unwrap_or_default();
        writeln!(out, "  - `{}`{help}", value.get_name())?;
    }
    Ok(())
}

/// A flag as it is typed, with its short form and the name of its value.
fn written(argument: &Arg) -> String {
    let names: Vec<_> =
        argument.get_value_names().unwrap_or_default().iter().map(|name| format!("<{name}>")).collect();
    let value = names.join(" ");
    let Some(long) = argument.get_long() else { return value };
    let short = argument.get_short().map(|short| format!("-{short}, ")).unwrap_or_default();
    let value = if takes_value(argument) { format!(" {value}") } else { String::new() };
    format!("{short}--{long}{value}")
}

fn takes_value(argument: &Arg) -> bool {
    argument.get_action().takes_values()
}

fn about(command: &Command) -> String {
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    about.trim_end_matches('.').to_owned()
}

fn write_examples(command: &Command, out: &mut dyn Write) -> io::Result<()> {
    let text = command.get_after_long_help().map(ToString::to_string).unwrap_or_default();
    let text = text.strip_prefix(EXAMPLES).unwrap_or(&text).trim_end();
    if text.is_empty() { Ok(()) } else { writeln!(out, "\n```text\n{text}\n```") }
}

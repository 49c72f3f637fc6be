//! `raygate man`: the command line as `cli` describes it goes out as manual pages, one for each command.

use std::fs;
use std::io;
use std::process::ExitCode;

use anyhow::Context;
use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use super::reference;
use super::stdout::print;
use crate::cli::{ManArguments, Program};

/// Prints the page of the program, or writes all pages to a folder.
pub(super) fn run(arguments: &ManArguments) -> anyhow::Result<ExitCode> {
    let mut command = Program::Raygate.command().disable_help_subcommand(true);
    command.build();
    if arguments.markdown {
        return print(|out| reference::write(&command, out));
    }
    let Some(folder) = &arguments.out else {
        let page = page(&command).context("cannot write the manual page")?;
        return print(|out| out.write_all(&page));
    };
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder --out {}", folder.display()))?;
    for command in with_all_below(&command) {
        let file = folder.join(format!("{}.1", page_name(command)));
        page(command)
            .and_then(|page| fs::write(&file, page))
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A command, and all below it but those that only print help.
fn with_all_below(command: &Command) -> Vec<&Command> {
    let below = command.get_subcommands().filter(|command| command.get_name() != "help");
    std::iter::once(command).chain(below.flat_map(with_all_below)).collect()
}

fn page_name(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

fn page(command: &Command) -> io::Result<Vec<u8>> {
    let source = concat!("raygate ", env!("CARGO_PKG_VERSION"));
    let man = Man::new(command.clone()).source(source).manual("Raygate");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    examples(command).to_writer(&mut page)?;
    Ok(page)
}

/// The examples of the help with their lines as they are; `clap_mangen` would fill them up to paragraphs.
fn examples(command: &Command) -> Roff {
    let text = command.get_after_long_help().map(ToString::to_string).unwrap_or_default();
    let mut roff = Roff::new();
    roff.control("SH", ["EXAMPLES"]).control("nf", []);
    for line in text.strip_prefix(reference::EXAMPLES).unwrap_or(&text).trim_matches('\n').lines() {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
    roff
}

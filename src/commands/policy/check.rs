//! `raygate policy check`: paths → policies, compiled → what is wrong with them, each in its place.

use std::process::ExitCode;

use super::{CLEAN, FOUND, UNREAD};
use crate::cli::{PolicyCheckArguments, PolicyFormat};
use crate::commands::policies::{self, Read};
use crate::commands::stdout::print;
use crate::commands::typed::is_coloured;
use crate::report::{Failure, Format, PolicyReport, Style, write_policies};

pub(super) fn run(arguments: &PolicyCheckArguments) -> anyhow::Result<ExitCode> {
    let Read { policies, mistakes, failures, content } = policies::read(&arguments.paths);
    let told = |failure: crate::manifests::Failure| {
        let crate::manifests::Failure { file, position, message } = failure;
        Failure { file, position, message }
    };
    let mut failures: Vec<_> = failures.into_iter().map(told).collect();
    if policies.is_empty() && mistakes.is_empty() && failures.is_empty() {
        let file = arguments.paths.first().map_or_else(String::new, |path| path.display().to_string());
        let message = "there is no RayJobPolicy in it, so nothing was checked".to_owned();
        failures.push(Failure { file: file.into(), position: None, message });
    }
    let report = PolicyReport {
        files: content.len(),
        sound: policies.len(),
        mistakes,
        failures,
        texts: content.into_iter().collect(),
    };
    let format = match arguments.format {
        PolicyFormat::Text => Format::Text,
        PolicyFormat::Json => Format::Json,
    };
    let style = Style { colour: is_coloured(arguments.color), width: None };
    print(|out| write_policies(&report, format, style, out))?;
    Ok(ExitCode::from(match (report.failures.is_empty(), report.mistakes.is_empty()) {
        (false, _) => UNREAD,
        (true, false) => FOUND,
        (true, true) => CLEAN,
    }))
}

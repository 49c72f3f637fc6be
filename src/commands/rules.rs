//! `raygate rules` lists what is checked, `raygate explain` tells all about one rule: the registry of the core, written out.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::bail;
use raygate_core::kuberay::{KubeRay, KubeRayVersion};
use raygate_core::rules::{self, FAMILIES, Rule};
use serde::Serialize;

use super::stdout::print;
use crate::cli::{ExplainArguments, RulesArguments, RulesFormat};

/// Lists the rules that apply to the chosen KubeRay; all of them, when none was chosen.
pub(super) fn run(arguments: &RulesArguments) -> anyhow::Result<ExitCode> {
    let listed = Listed { kuberay: target(arguments)? };
    print(|out| match arguments.format {
        RulesFormat::Text => listed.text(out),
        RulesFormat::Json => listed.json(out),
        RulesFormat::Markdown => listed.markdown(out),
    })
}

/// Prints the documentation of one rule.
pub(super) fn explain(arguments: &ExplainArguments) -> anyhow::Result<ExitCode> {
    let name = &arguments.rule;
    let Some(rule) = rules::find(name) else {
        match rules::nearest(name) {
            Some(rule) => bail!(
                "there is no rule `{name}`: did you mean `{} {}`? `raygate rules` lists all",
                rule.code,
                rule.slug
            ),
            None => bail!("there is no rule `{name}`: `raygate rules` lists all"),
        }
    };
    print(|out| {
        write!(out, "{} {} ({})\n\n{}", rule.code, rule.slug, rule.level.as_str(), rule.documentation())?;
        writeln!(out, "\n## Because")?;
        rule.because.iter().try_for_each(|because| writeln!(out, "- {because}"))
    })
}

fn target(arguments: &RulesArguments) -> anyhow::Result<Option<KubeRay>> {
    let gates = arguments.kuberay_feature_gates.clone();
    let Some(version) = arguments.kuberay_version else {
        return Ok(gates.map(|gates| KubeRay::new(KubeRayVersion::NEWEST, gates)));
    };
    Ok(Some(KubeRay::with_known_gates(version, gates.unwrap_or_default())?))
}

struct Listed {
    kuberay: Option<KubeRay>,
}

/// One rule as a machine reads it.
#[derive(Serialize)]
struct Entry {
    code: &'static str,
    slug: &'static str,
    family: &'static str,
    level: &'static str,
    since: &'static str,
    because: Vec<String>,
    summary: &'static str,
}

impl Listed {
    fn applies(&self, rule: &Rule) -> bool {
        self.kuberay.as_ref().is_none_or(|kuberay| rule.applies_to(kuberay))
    }

    fn because(&self, rule: &Rule) -> Vec<String> {
        let holds = |because: &&rules::Because| {
            self.kuberay.as_ref().is_none_or(|kuberay| because.holds_for(kuberay))
        };
        rule.because.iter().filter(holds).map(ToString::to_string).collect()
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        for family in FAMILIES {
            writeln!(out, "RJ{} {}: {}", family.digit, family.name, family.about)?;
            for rule in family.rules.iter().filter(|rule| self.applies(rule)) {
                writeln!(
                    out,
                    "  {} {:5} {:34} {}",
                    rule.code,
                    rule.level.as_str(),
                    rule.slug,
                    rule.summary()
                )?;
            }
            writeln!(out)?;
        }
        writeln!(out, "`raygate explain CODE` tells what a rule finds, why, and what to write instead.")
    }

    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let entries: Vec<_> = FAMILIES
            .iter()
            .flat_map(|family| family.rules.iter().map(move |rule| (family, rule)))
            .filter(|(_, rule)| self.applies(rule))
            .map(|(family, rule)| Entry {
                code: rule.code,
                slug: rule.slug,
                family: family.name,
                level: rule.level.as_str(),
                since: rule.since,
                because: self.because(rule),
                summary: rule.summary(),
            })
            .collect();
        serde_json::to_writer_pretty(&mut *out, &entries)?;
        writeln!(out)
    }

    fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "# Rules\n\nWritten by `raygate rules --format markdown`; each example is a test.\n")?;
        writeln!(out, "| code | slug | level | finds |\n|---|---|---|---|")?;
        for rule in rules::all().filter(|rule| self.applies(rule)) {
            let anchor = format!("{}-{}", rule.code.to_lowercase(), rule.slug);
            writeln!(
                out,
                "| [{}](#{anchor}) | {} | {} | {} |",
                rule.code,
                rule.slug,
                rule.level.as_str(),
                rule.summary()
            )?;
        }
        for rule in rules::all().filter(|rule| self.applies(rule)) {
            let documentation = rule
                .documentation()
                .replace("\n## ", "\n### ")
                .replace("```yaml stored", "Stored:\n\n```yaml")
                .replace("```yaml bad", "Bad:\n\n```yaml")
                .replace("```yaml good", "Good:\n\n```yaml");
            writeln!(
                out,
                "\n## {} {}\n\n*{}, since {}*\n\n{documentation}\n### Because\n",
                rule.code,
                rule.slug,
                rule.level.as_str(),
                rule.since
            )?;
            for because in self.because(rule) {
                writeln!(out, "- {because}")?;
            }
        }
        Ok(())
    }
}

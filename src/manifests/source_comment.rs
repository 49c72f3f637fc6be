//! The comment by which `helm template` says which template a document comes from.

/// The template that the comments at the head of a chunk name.
///
/// People write `# Source: …` too; Helm's names a file below `templates` or `crds` of a chart.
pub(super) fn template_of(text: &str) -> Option<&str> {
    let mut head = text
        .lines()
        .map(str::trim_end)
        .take_while(|line| line.is_empty() || line.starts_with('#') || *line == "---");
    let path = head.find_map(|line| line.strip_prefix("# Source: "))?;
    let mut folders = path.split('/').skip(1);
    let in_chart = folders.any(|folder| matches!(folder, "templates" | "crds")) && folders.next().is_some();
    (in_chart && !path.contains("://") && !path.contains(char::is_whitespace)).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::template_of;

    #[test]
    fn helm_names_the_template_at_the_head_of_a_document() {
        for head in ["", "---\n", "---\r\n", "# Copyright\n\n"] {
            let text = format!("{head}# Source: ray/charts/jobs/templates/job.yaml\napiVersion: ray.io/v1\n");
            assert_eq!(template_of(&text), Some("ray/charts/jobs/templates/job.yaml"), "{text}");
        }
        assert_eq!(
            template_of("# Source: ray/crds/rayjobs.yaml\r\nkind: x\n"),
            Some("ray/crds/rayjobs.yaml")
        );
    }

    #[test]
    fn other_comments_about_sources_name_no_file() {
        for text in [
            "# Source: https://example.com/templates/job.yaml\na: 1\n",
            "# Source: our wiki, templates/job page\na: 1\n",
            "# Source: templates\na: 1\n",
            "# Source: jobs/train.yaml\na: 1\n",
            "a: 1\n# Source: ray/templates/job.yaml\n",
            "a: |\n  # Source: ray/templates/job.yaml\n",
        ] {
            assert_eq!(template_of(text), None, "{text}");
        }
    }
}

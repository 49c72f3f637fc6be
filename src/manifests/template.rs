//! Helm's templates look like YAML and are none. What does not parse is looked at here for a better word than a syntax
//! error's.

use super::failure::piped;

/// What to tell somebody whose text is no YAML because it is a template; `None` when it is none. `piped_into` is the
/// command that takes what is rendered.
///
/// Meant for what could not be read: `{{` may stand in a comment or in quotes of any YAML.
pub fn template_hint(text: &str, piped_into: Option<&str>) -> Option<String> {
    text.lines().any(has_action).then(|| {
        let hint = piped("render it first: `helm template CHART", piped_into, "name what it renders");
        format!("this is a template, which is no YAML before Helm renders it; {hint}")
    })
}

/// Whether a line has `{{` outside of quotes and comments. Quotes that go over several lines are not followed.
fn has_action(line: &str) -> bool {
    let mut quote = None;
    let mut last = ' ';
    for (offset, character) in line.char_indices() {
        match (quote, character) {
            (Some('"'), '"') if last == '\\' => {}
            (Some(open), _) if character == open => quote = None,
            // In `don't` nothing begins.
            (None, '"' | '\'') if !last.is_alphanumeric() => quote = Some(character),
            (None, '#') if last.is_whitespace() => return false,
            (None, '{') if line[offset..].starts_with("{{") => return true,
            _ => {}
        }
        last = character;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::template_hint;

    #[test]
    fn templates_are_told_apart_from_broken_yaml() {
        for template in [
            "{{- if .Values.enabled }}\nkind: RayJob\n{{- end }}\n",
            "metadata:\n  name: {{ .Release.Name }}\n",
            "name: don't-{{ .Values.name }}\n",
            "name: \"a\\\"b\" {{ .Values.name | quote }}\n",
        ] {
            let hint = template_hint(template, Some("raygate check -")).expect(template);
            assert!(hint.ends_with("`helm template CHART | raygate check -`"), "{hint}");
        }
        for broken in [
            "a: [\n",
            "a: b: c # {{ x }}\n",
            "# {{ x }}\na: b: c\n",
            "a: \"{{ x }}\"\nb: [\n",
            "a: '{{ x }}'\nb: [\n",
            "a: \"\\\"{{ x }}\"\nb: [\n",
            "a: {b: {c: 1}\n",
        ] {
            assert!(template_hint(broken, None).is_none(), "{broken}");
        }
    }
}

//! Texts by hand: every way in which documents follow each other, and the edges of the Go code.

#[rustfmt::skip]
const TEXTS: &[&str] = &[
    // Nothing.
    "", "\n", " \n\n", "#", "# c\n", "# a\n\n# b\n", "---", "---\n", "---\n---\n---\n", "--- # c\n", "---\n# c\n---\n# d",
    "\u{feff}", "\u{feff}---\n", "null", "null\n---\n~\n---\n", "\t", "\t\n---\na: 1\n", "\r", "\r\n\r\n", "\u{85}",
    // One and several.
    "a: 1", "a: 1\n", "---\na: 1\n", "a: 1\n---\n", "a: 1\n---", "---\na: 1\n---\nb: 2\n---\n", "a: 1\n---\n---\nb: 2",
    "# c\n---\na: 1\n", "# c\na: 1\n---\n# d\n---\nb: 2\n", "a: 1\n---\n\n\n---\nb: 2", "\n---\na: 1", "\n\n\na: 1\n",
    "a: 1\n--- # c\nb: 2", "a: 1\n---# c\nb: 2", "a: 1\n---\t\nb: 2", "a: 1\n---   \nb: 2", "--- # c\na: 1\n", "---#c\na: 1",
    "a: 1\n ---\nb: 2", "a: 1\n---\u{a0}\nb: 2", "a: 1\n---\u{2003}# c\nb: 2", "a: 1\n---\u{b}\nb: 2",
    "\u{feff}a: 1\n---\nb: 2", "\u{feff}---\na: 1", "a: 1\n\u{feff}---\nb: 2", "a: 1\n---\n\u{feff}b: 2", "\u{feff}\u{feff}a: 1",
    "%YAML 1.1\n---\na: 1\n", "a: 1\n...\n---\nb: 2\n", "a: 1\n...\nb: 2\n", "a: 1\n...\n", "...\n", "...\n---\na: 1",
    // Lines that look like separators.
    "--- a: 1\n", "a: 1\n--- b\nc: 2", "a: 1\n---\nb: 2\n--- |\n c\n---\nd: 3", "----\n", "a: 1\n----\nb: 2", "---a: 1\n",
    "-----BEGIN CERTIFICATE-----\n", "a: 1\n--- !x\n", "a: 1\n---x", "--", "--\n---\na: 1", "a: 1\n--- # c # d\nb: 2",
    // Cut where YAML would not.
    "a: |\n  b\n---\nc: 2\n", "a: |\n  ---\n  b\n", "a: |\n---\n  b\n", "a: \"b\n---\nc\"\n", "a: [1,\n---\n2]\n", "a: '\n---\n'",
    // The last line.
    "a: |\n  b", "a: |+\n  b\n\n", "a: >\n  b", "a: |\n  b\n---\nc: |\n  d", "a: \"b", "a: b\r", "a: |\n  b\r", "# c\n#",
    // Windows.
    "a: 1\r\n---\r\nb: 2\r\n", "a: |\r\n  b\r\n  c\r\n---\r\nd: 3\r\n", "---\r\na: 1", "# c\r\n---\r\na: 1\r\n", "a: 1\r---\rb: 2\r",
    "# c\ra: 1\n", "# c\u{85}a: 1\n", "# c\u{2028}a: 1\n", "--- # c\ra: 1\n", "a: 1\r\r\n---\r\r\nb: 2",
    // JSON.
    "{}", "{\"a\": 1}", " \n\t{\"a\": 1}\n", "{\"a\": 1}{\"b\": 2}", "{\"a\": 1} {\"b\": 2}\n", "{\"a\": 1}\n{\"b\": 2}\n",
    "{\"a\": 1}\n{\"b\": 2}\n{\"c\": 3}\n", "{\"a\": 1}\n\n{\"b\": 2}\n\n", "{\"a\": \"}{\"}{\"b\": \"\\\"}\"}", "{\n  \"a\": [\n    1\n  ]\n}\n",
    "[{\"a\": 1}, {\"b\": 2}]", "[]", "[\n{\"a\": 1}\n]\n", "\"a\"", "1", "true", "{\"a\": 1} 2 \"b\" [3] null true", "{} 01", "{}1-2", "{}nulltrue",
    "\u{feff}{\"a\": 1}\n{\"b\": 2}", "\u{a0}{\"a\": 1}", "\u{85}{\"a\": 1}\n{\"b\": 2}", "{\"a\": \"\\ud800\"}", "{\"a\": \"\u{fffd}\"}",
    // JSON that is none, and then YAML.
    "{a: 1}", "{a: 1}\n", "{a: 1}\n---\nb: 2\n", "{\"a\": 1,}", "{\"a\": 1,}\n---\n{\"b\": 2}", "{'a': 1}\n", "{\"a\": 1", "{", "{a", "{a}", "{a}\n",
    "{{ .Values.x }}\n", "{{- if .x }}\na: 1\n{{- end }}\n", "{\"a\": \"\n\"}", "{\"a\": \"\t\"}", "{\"a\": 'b'}\n{\"c\": 1}\n", " {a: 1}\n", "\n{a: 1}\n",
    // JSON, and then YAML.
    "{\"a\": 1}\n---\n{\"b\": 2}\n", "{\"a\": 1}\n---\nb: 2\n---\n{\"c\": 3}\n", "{\"a\": 1}\nb: 2\n", "{\"a\": 1} # c\n", "{\"a\": 1} # c\n---\nb: 2",
    "{\"a\": 1}---", "{\"a\": 1}---\n", "{\"a\": 1}---\nb: 2", "{\"a\": 1}\n---", "{\"a\": 1}\n--", "{\"a\": 1}\n#", "{\"a\": 1}\n# c", "{\"a\": 1}, b",
    "{\"a\": 1}  \n  \n---\nb: 2", "{\"a\": 1}\u{a0}\n---\nb: 2", "{\"a\": 1}\u{fffd}bcd", "{\"a\": 1}\n\u{fffd}bcd", "{\"a\": 1}\n{b: 2}\n", "{\"a\": 1}\n{\"b\": }\n{\"c\": 3}",
    "{\"a\": 1}\n{\"b\": 2}\n---\n{\"c\": 3}\n", "{\"a\": 1}\n{\"b\": 2}\nc: 3\n", "{\"a\": 1}\n{\"b\": 2}\n{c: 3}\n", "{\"a\": 1}\n{\"b\": 2}\n{\"c\"", "{\"a\": 1}}",
    "{\"a\": 1}\r\n---\r\n{\"b\": 2}\r\n", "{\"a\": 1}\r\n{\"b\": 2}\r\n", "a: 1\n---\n{\"b\": 2}{\"c\": 3}\n", "a: 1\n---\n{\"b\": 2}\n{\"c\": 3}\n", "{\"a\": 1}\n--- x\n",
    // As Helm and kustomize print.
    "---\n# Source: ray/templates/a.yaml\na: 1\n---\n# Source: ray/templates/b.yaml\n---\n# Source: ray/templates/c.yaml\nb: 2\n",
    "apiVersion: v1\nkind: List\nitems:\n- a: 1\n---\napiVersion: ray.io/v1\nkind: RayJob\n",
];

pub(crate) fn texts() -> Vec<String> {
    TEXTS.iter().map(|text| (*text).to_owned()).chain(long()).collect()
}

/// Texts at the edges of the buffers of the Go code.
fn long() -> Vec<String> {
    let mut texts = Vec::new();
    for blanks in [4094, 4095, 4096, 4097] {
        texts.push(format!("{}{{\"a\": 1}}{{\"b\": 2}}", " ".repeat(blanks)));
        texts.push(format!("{}{{\"a\": 1}}\n{{\"b\": 2}}", "\n".repeat(blanks)));
        texts.push(format!("# {}\r\n---\r\na: 1\r\n", "c".repeat(blanks)));
        texts.push(format!("a: {}\r\n---\r\nb: 2\r\n", "c".repeat(blanks)));
        texts.push(format!("a: 1\n---{}\nb: 2\n", " ".repeat(blanks)));
        texts.push(format!("{{\"a\": \"{}\"}}\n---\nb: 2\n", "c".repeat(blanks)));
        texts.push(format!("{{\"a\": 1}}{}\n---\nb: 2\n", " ".repeat(blanks)));
    }
    texts.push(format!("{{\"a\": {}}}\n{{\"b\": 2}}", "[".repeat(200) + &"]".repeat(200)));
    texts.push("---\na: 1\n".repeat(2000));
    texts.push("{\"a\": 1}".repeat(2000));
    texts
}

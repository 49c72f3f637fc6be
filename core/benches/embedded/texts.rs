//! Texts of any size for each parser, as people write them and as somebody writes them who wants them to cost much.

use std::fmt::Write as _;

/// Makes a text of about so many bytes.
type Text = fn(usize) -> String;

/// Runtime environments for a whole job, in which each rule that reads them finds much to read, or much to say.
pub(crate) const ENVIRONMENTS: [(&str, Text); 6] = [
    ("packages, each pinned", |bytes| {
        numbered("pip:\n", bytes, |number| format!("- package-{number}==1.{number}\n"))
    }),
    ("one package pinned in all versions", |bytes| {
        numbered("pip:\n", bytes, |number| format!("- package==1.{number}\n"))
    }),
    ("variables", variables),
    ("variables that are no text", |bytes| {
        numbered("env_vars:\n", bytes, |number| format!("  VARIABLE_{number}: {number}\n"))
    }),
    ("such variables on one line", |bytes| {
        numbered("{\"env_vars\":{\"Ä\":\"\"", bytes, |number| format!(",\"V{number}\":{number}")) + "}}"
    }),
    ("unknown fields", |bytes| numbered("", bytes, |number| format!("pips_{number}: {number}\n"))),
];

fn fill(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes.div_ceil(piece.len()))
}

/// The texts for a parser.
pub(crate) fn of(parser: &str) -> &'static [(&'static str, Text)] {
    match parser {
        "runtime environment" => &[
            ("packages", |bytes| format!("pip:\n{}", fill("- some-package==1.2.3\n", bytes))),
            ("variables", |bytes| variables(bytes)),
            ("nested brackets", |bytes| format!("a: {}", fill("[", bytes))),
            ("anchors and aliases", |bytes| format!("a: &a [b]\nc: [{}]\n", fill("*a, ", bytes))),
            ("one long text", |bytes| format!("env_vars: {{A: \"{}\"}}", fill("\\u0041b ", bytes))),
        ],
        "requirements" => &[
            ("pins", |bytes| fill("some-package[extra]==1.2.3 ; python_version > '3.9'  # why\n", bytes)),
            ("one line of specifiers", |bytes| format!("six{}", fill(">=1,", bytes))),
            ("one line of options", |bytes| format!("six {}", fill("--hash=sha256:00 ", bytes))),
            ("one line of brackets", |bytes| format!("six{}", fill("[a(;", bytes))),
        ],
        "entrypoint" => &[
            ("python -c", |bytes| {
                format!("python -c \"{}\"", fill("print(ray.get(task.remote('a')))\n", bytes))
            }),
            ("commands", |bytes| fill("python train.py --seed 1 && ", bytes)),
            ("open quotes", |bytes| fill("\"$(a '", bytes)),
            ("here-documents", |bytes| fill("a <<E\n", bytes)),
        ],
        "resources of `ray start`" => &[
            ("one object", |bytes| format!("'{{{}\"z\": 1}}'", fill("\"accelerator\": 4, ", bytes))),
            ("nested", |bytes| format!("'{}'", fill("{\"a\":", bytes))),
        ],
        "image" => &[
            ("a long name", |bytes| format!("registry.example/{}ray:2.52.0-py312", fill("team/", bytes))),
            ("a long tag", |bytes| format!("rayproject/ray:2.52.0{}", fill("-py312", bytes))),
            ("colons and signs", |bytes| fill(":@-/", bytes)),
        ],
        "quantity" => &[
            ("digits", |bytes| fill("1", bytes)),
            ("digits behind a point", |bytes| format!("0.{}Gi", fill("0123456789", bytes))),
            ("an exponent", |bytes| format!("1e{}", fill("9", bytes))),
        ],
        "secrets" => &[
            ("words", |bytes| fill("python train.py --name=value -v other ", bytes)),
            ("addresses", |bytes| fill("https://user@host.example/a?b=c&d=e ", bytes)),
            ("signs", |bytes| fill("a://b:=-----BEGIN ", bytes)),
        ],
        _ => &[],
    }
}

/// A text of pieces, each of which gets a number of its own.
fn numbered(begin: &str, bytes: usize, piece: fn(usize) -> String) -> String {
    let mut text = begin.to_owned();
    for number in 0.. {
        if text.len() >= bytes {
            break;
        }
        text += &piece(number);
    }
    text
}

fn variables(bytes: usize) -> String {
    numbered("env_vars:\n", bytes, |number| format!("  VARIABLE_{number}: \"value of {number}\"\n"))
}

/// A runtime environment with so many requirements and so many bytes.
pub(crate) fn environment_with_requirements(count: usize, bytes: usize) -> String {
    let mut text = "working_dir: \"s3://bucket/path/app.zip\"\npip:\n".to_owned();
    for number in 0..count {
        writeln!(text, "  - package-{number}[extra]==1.{number}.0 ; python_version >= '3.9'")
            .expect("a string takes all");
    }
    let rest = bytes.saturating_sub(text.len());
    text + &variables(rest)
}

//! The report as `JUnit` XML, which build servers show as tests: a suite for each file, a case for each object.
//!
//! Jenkins and GitLab read one `failure` of a case, so that all denials of an object stand in it.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use quick_xml::Writer;
use quick_xml::events::BytesText;
use raygate_core::finding::Level;

use super::plain::plain;
use super::{Diagnostic, Failure, Object, Report};

type Xml<'o> = Writer<&'o mut dyn Write>;

/// Writes it.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let suites = Suite::all(report);
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    let mut xml: Xml<'_> = Writer::new_with_indent(&mut *out, b' ', 2);
    let numbers = suites.iter().fold(Numbers::default(), |sum, suite| sum.plus(suite.numbers()));
    xml.create_element("testsuites")
        .with_attribute(("name", "raygate"))
        .with_attributes(numbers.attributes().iter().map(|(name, number)| (*name, number.as_str())))
        .write_inner_content(|xml| suites.iter().try_for_each(|suite| suite.write(xml)))?;
    writeln!(out)
}

/// What is to say about one file.
struct Suite<'r> {
    file: &'r str,
    cases: Vec<Case<'r>>,
    failures: Vec<&'r Failure>,
}

/// What is to say about one object.
struct Case<'r> {
    object: &'r Object,
    denials: Vec<&'r Diagnostic>,
    others: Vec<&'r Diagnostic>,
}

#[derive(Clone, Copy, Default)]
struct Numbers {
    tests: usize,
    failures: usize,
    errors: usize,
}

impl Numbers {
    fn plus(self, other: Self) -> Self {
        Self {
            tests: self.tests + other.tests,
            failures: self.failures + other.failures,
            errors: self.errors + other.errors,
        }
    }

    fn attributes(self) -> [(&'static str, String); 3] {
        [("tests", self.tests), ("failures", self.failures), ("errors", self.errors)]
            .map(|(name, number)| (name, number.to_string()))
    }
}

impl<'r> Suite<'r> {
    fn all(report: &'r Report) -> Vec<Self> {
        let mut found: HashMap<*const Object, Vec<&Diagnostic>> = HashMap::new();
        for diagnostic in report.sorted() {
            found.entry(Arc::as_ptr(&diagnostic.object)).or_default().push(diagnostic);
        }
        let (mut suites, mut places) = (Vec::new(), HashMap::new());
        let mut place = |suites: &mut Vec<Self>, file: &'r str| {
            *places.entry(file).or_insert_with(|| {
                suites.push(Self { file, cases: Vec::new(), failures: Vec::new() });
                suites.len() - 1
            })
        };
        for object in report.judged() {
            let of_object = found.remove(&Arc::as_ptr(object)).unwrap_or_default().into_iter();
            let (denials, others) =
                of_object.partition(|found| found.level == Level::Deny && !found.suppressed);
            let at = place(&mut suites, &object.file);
            suites[at].cases.push(Case { object, denials, others });
        }
        for failure in &report.failures {
            let at = place(&mut suites, &failure.file);
            suites[at].failures.push(failure);
        }
        suites
    }

    fn numbers(&self) -> Numbers {
        Numbers {
            tests: self.cases.len() + self.failures.len(),
            failures: self.cases.iter().filter(|case| !case.denials.is_empty()).count(),
            errors: self.failures.len(),
        }
    }

    fn write(&self, xml: &mut Xml<'_>) -> io::Result<()> {
        xml.create_element("testsuite")
            .with_attribute(("name", &*plain(self.file)))
            .with_attributes(
                self.numbers().attributes().iter().map(|(name, number)| (*name, number.as_str())),
            )
            .write_inner_content(|xml| {
                self.cases.iter().try_for_each(|case| case.write(xml))?;
                self.failures.iter().try_for_each(|failure| write_failed(failure, xml))
            })?;
        Ok(())
    }
}

impl Case<'_> {
    fn write(&self, xml: &mut Xml<'_>) -> io::Result<()> {
        let name = format!("{} (document {})", self.object.title(), self.object.document);
        let file = plain(&self.object.file);
        let case = xml
            .create_element("testcase")
            .with_attribute(("name", &*plain(&name)))
            .with_attribute(("classname", &*file))
            .with_attribute(("file", &*file));
        if self.denials.is_empty() && self.others.is_empty() {
            case.write_empty()?;
            return Ok(());
        }
        case.write_inner_content(|xml| {
            if let Some(first) = self.denials.first() {
                let more = match self.denials.len() {
                    1 => String::new(),
                    all => format!(" (and {} more)", all - 1),
                };
                xml.create_element("failure")
                    .with_attribute(("message", &*plain(&(title(first) + &more))))
                    .with_attribute(("type", first.rule.code))
                    .write_text_content(BytesText::new(&lines(&self.denials)))?;
            }
            if !self.others.is_empty() {
                xml.create_element("system-out").write_text_content(BytesText::new(&lines(&self.others)))?;
            }
            Ok(())
        })?;
        Ok(())
    }
}

fn write_failed(failure: &Failure, xml: &mut Xml<'_>) -> io::Result<()> {
    let file = plain(&failure.file);
    let place = match failure.position {
        Some(at) => format!("{file}:{}:{}", at.line, at.column),
        None => file.to_string(),
    };
    let message = plain(&failure.message);
    xml.create_element("testcase")
        .with_attribute(("name", place.as_str()))
        .with_attribute(("classname", &*file))
        .with_attribute(("file", &*file))
        .write_inner_content(|xml| {
            xml.create_element("error")
                .with_attribute(("message", &*message))
                .with_attribute(("type", "not checked"))
                .write_text_content(BytesText::new(&format!("{place}: {message}")))?;
            Ok(())
        })?;
    Ok(())
}

fn title(found: &Diagnostic) -> String {
    format!("{} {}: {}", found.rule.code, found.rule.slug, found.message)
}

/// One line for each finding.
fn lines(found: &[&Diagnostic]) -> String {
    let line = |found: &&Diagnostic| {
        let (file, start) = (&found.object.file, found.start);
        let level = if found.suppressed { "suppressed" } else { found.level.as_str() };
        let place = format!("{file}:{}:{}: {level}: {}", start.line, start.column, found.field);
        let text = format!("{place}: {} {}: {}", found.rule.code, found.rule.slug, found.advice());
        plain(&text).into_owned()
    };
    found.iter().map(line).collect::<Vec<_>>().join("\n")
}

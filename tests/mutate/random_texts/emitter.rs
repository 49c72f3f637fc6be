//! Writes random manifests as people and programs write them: both styles, every kind of quotes, comments anywhere.

use std::fmt::{self, Write as _};

use crate::random::Random;

/// Writes one document.
pub(super) struct Emitter<'r> {
    random: &'r mut Random,
    /// Whether there are anchors and aliases.
    shares: bool,
    /// Anchors of mappings that are complete.
    anchors: Vec<String>,
    named: usize,
    out: String,
}

impl<'r> Emitter<'r> {
    pub(super) fn new(random: &'r mut Random, shares: bool) -> Self {
        Self { random, shares, anchors: Vec::new(), named: 0, out: String::new() }
    }

    /// A document, at times with other line breaks or without the last one.
    pub(super) fn document(mut self) -> String {
        self.comments(0);
        self.out.push_str("apiVersion: v1\nkind: A\n");
        self.mapping(0, 3, "root");
        let mut text = self.out;
        if self.random.percent(20) {
            text = text.trim_end_matches('\n').to_owned();
        }
        if self.random.percent(20) {
            text = text.replace('\n', "\r\n");
        }
        text
    }

    /// The entries of a block mapping; the key's prefix keeps keys apart.
    fn mapping(&mut self, indentation: usize, depth: usize, prefix: &str) {
        for number in 0..=self.random.below(4) {
            self.comments(indentation);
            let key = format!("{prefix}{number}");
            let quote = self.random.pick(&["", "", "", "\"", "'"]);
            self.out.push_str(&" ".repeat(indentation));
            self.write(format_args!("{quote}{key}{quote}:"));
            self.value(indentation, depth, &key);
        }
        if self.shares && !self.anchors.is_empty() && self.random.percent(15) {
            let anchor = self.random.pick(&self.anchors);
            self.write(format_args!("{}<<: *{anchor}\n", " ".repeat(indentation)));
        }
        self.comments(indentation);
    }

    /// What stands behind a colon, to the end of its last line.
    fn value(&mut self, indentation: usize, depth: usize, key: &str) {
        let step = 1 + self.random.below(4);
        match self.random.below(if depth == 0 { 5 } else { 9 }) {
            0 | 1 => self.beside(" ", Self::scalar),
            2 => self.block_text(indentation + step),
            3 => {
                let nothing = self.random.pick(&["", " null", " ~", " {}", " []", " {  }"]);
                self.beside(nothing, |_| {});
            }
            4 if self.shares && !self.anchors.is_empty() => {
                let anchor = self.random.pick(&self.anchors);
                self.beside(&format!(" *{anchor}"), |_| {});
            }
            4 | 5 => {
                let multi = self.random.percent(30);
                self.beside(" ", |emitter| emitter.flow(indentation + step, depth.min(2), multi));
            }
            6 | 7 => {
                let anchor = (self.shares && self.random.percent(30)).then(|| self.anchor());
                let mark = anchor.as_ref().map_or(String::new(), |anchor| format!(" &{anchor}"));
                self.beside(&mark, |_| {});
                self.mapping(indentation + step, depth - 1, &format!("{key}x"));
                self.anchors.extend(anchor);
            }
            _ => {
                self.beside("", |_| {});
                let dashes = indentation + self.random.pick(&[0, 2]);
                for item in 0..=self.random.below(2) {
                    self.out.push_str(&" ".repeat(dashes));
                    if self.random.percent(30) {
                        self.beside("- ", Self::scalar);
                        continue;
                    }
                    let first = format!("{key}i{item}");
                    self.write(format_args!("- {first}:"));
                    self.value(dashes + 2, depth - 1, &first);
                    self.mapping(dashes + 2, depth - 1, &format!("{first}y"));
                }
            }
        }
    }

    fn write(&mut self, text: fmt::Arguments<'_>) {
        self.out.write_fmt(text).expect("a String takes all");
    }

    fn anchor(&mut self) -> String {
        self.named += 1;
        format!("a{}", self.named)
    }

    /// Text behind a colon or dash, at times a comment, and the end of the line.
    fn beside(&mut self, before: &str, write: impl FnOnce(&mut Self)) {
        self.out.push_str(before);
        write(self);
        if self.random.percent(15) {
            let blanks = " ".repeat(1 + self.random.below(3));
            self.write(format_args!("{blanks}# beside: \"it\""));
        }
        self.out.push('\n');
    }

    fn scalar(&mut self) {
        let scalars = [
            "plain",
            "two words",
            "\"double\"",
            "'single'",
            "1",
            "1.5",
            "true",
            "\"\"",
            "''",
            "\"#\\n\"",
            "'it''s'",
            "é",
        ];
        let scalar = self.random.pick(&scalars);
        self.out.push_str(scalar);
    }

    fn block_text(&mut self, indentation: usize) {
        let header = self.random.pick(&[" |", " |-", " |+", " >", " >-", " >+"]);
        self.out.push_str(header);
        self.out.push('\n');
        let blanks = " ".repeat(indentation);
        for line in 0..=self.random.below(2) {
            self.write(format_args!("{blanks}line {line} # of text\n"));
        }
        self.out.push_str(&"\n".repeat(self.random.below(3)));
    }

    /// A mapping between brackets; its lines stand at least that far in.
    fn flow(&mut self, indentation: usize, depth: usize, multi: bool) {
        let compact = !multi && self.random.percent(30);
        let colon = if compact { ":" } else { ": " };
        let quote = if compact { "\"" } else { self.random.pick(&["", "\"", "'"]) };
        let count = self.random.below(4);
        self.out.push('{');
        for number in 0..count {
            if multi {
                let comment = self.random.pick(&["", "", " # in brackets"]);
                self.write(format_args!("{comment}\n{}", " ".repeat(indentation)));
            }
            self.write(format_args!("{quote}f{number}{quote}{colon}"));
            match self.random.below(if depth == 0 { 4 } else { 5 }) {
                0 => self.out.push_str(if compact { "\"null\"" } else { "null" }),
                1 if number + 1 == count && !compact => {}
                1 | 2 => self.out.push_str(if compact { "\"b\"" } else { "b c" }),
                3 => self.out.push_str("[1, {}]"),
                _ => self.flow(indentation + 2, depth - 1, multi),
            }
            if number + 1 < count
                || !compact && self.random.percent(10) && self.out.ends_with(['b', 'c', '}', ']'])
            {
                self.out.push_str(if compact { "," } else { ", " });
            }
        }
        if multi && self.random.percent(70) {
            self.write(format_args!("\n{}", " ".repeat(indentation)));
        }
        self.out.push('}');
    }

    /// Lines that say nothing, near the given indentation.
    fn comments(&mut self, indentation: usize) {
        while self.random.percent(15) {
            let near = [0, indentation, indentation, indentation + 1, indentation + 4];
            let column = self.random.pick(&near);
            let line = if self.random.percent(30) {
                String::new()
            } else {
                format!("{}# about: {{it}}", " ".repeat(column))
            };
            self.out.push_str(&line);
            self.out.push('\n');
        }
    }
}

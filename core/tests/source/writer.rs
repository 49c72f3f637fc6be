//! Values written as manifests in any mixture of styles, with where each of them was put.

use std::borrow::Cow;
use std::ops::Range;

use raygate_core::field_path::Step;
use raygate_core::yaml::Style;

/// A value to be written, with the choices of whoever writes it.
#[derive(Debug, Clone)]
pub(crate) enum Tree {
    Leaf {
        text: String,
        style: Style,
    },
    /// In block or flow style; the width indents what stands below, the note is a comment behind.
    List {
        items: Vec<Self>,
        flow: bool,
        width: usize,
        note: bool,
    },
    Map {
        entries: Vec<(String, Style, Self)>,
        flow: bool,
        width: usize,
        note: bool,
    },
}

/// What was written, and where each leaf and key stands.
pub(crate) struct Writer {
    pub(crate) text: String,
    line_break: &'static str,
    way: Vec<Step<'static>>,
    pub(crate) leaves: Vec<Leaf>,
}

pub(crate) struct Leaf {
    pub(crate) way: Vec<Step<'static>>,
    pub(crate) key: Option<Range<usize>>,
    pub(crate) bytes: Range<usize>,
    pub(crate) style: Style,
    /// What it says.
    pub(crate) value: String,
}

/// What a value stands in.
#[derive(Debug, Clone, Copy)]
struct Around {
    indentation: usize,
    in_flow: bool,
}

impl Writer {
    pub(crate) fn document(tree: &Tree, line_break: &'static str) -> Self {
        let mut writer = Self { text: String::new(), line_break, way: Vec::new(), leaves: Vec::new() };
        writer.text += "# a manifest";
        writer.begin_line(0);
        writer.entry("root", Style::Plain, tree, Around { indentation: 0, in_flow: false });
        writer.begin_line(0);
        writer
    }

    fn begin_line(&mut self, indentation: usize) {
        self.text += self.line_break;
        self.text.extend(std::iter::repeat_n(' ', indentation));
    }

    /// Writes what stands behind a colon, a dash or a bracket.
    fn value(&mut self, tree: &Tree, key: Option<Range<usize>>, around: Around) {
        match tree {
            Tree::Leaf { text, style } => self.leaf(text, *style, key, around),
            Tree::List { flow, .. } | Tree::Map { flow, .. } if *flow || around.in_flow => {
                self.brackets(tree, around.indentation);
            }
            Tree::List { items, width, note, .. } => {
                self.note(*note);
                let indentation = around.indentation + width;
                for (at, item) in items.iter().enumerate() {
                    self.begin_line(indentation);
                    self.text.push('-');
                    self.item(at, item, Around { indentation, in_flow: false });
                }
            }
            Tree::Map { entries, width, note, .. } => {
                // Behind a dash the first entry may stand on the dash's line.
                let beside_dash = self.text.ends_with('-') && *note;
                self.note(*note && !beside_dash);
                let indentation = around.indentation + width + usize::from(beside_dash);
                for (at, (key, style, value)) in entries.iter().enumerate() {
                    if at == 0 && beside_dash {
                        self.text.extend(std::iter::repeat_n(' ', *width));
                    } else {
                        self.begin_line(indentation);
                    }
                    self.entry(key, *style, value, Around { indentation, in_flow: false });
                }
            }
        }
    }

    /// Writes a list or mapping in flow style; its notes are line breaks.
    fn brackets(&mut self, tree: &Tree, indentation: usize) {
        let around = Around { indentation, in_flow: true };
        match tree {
            Tree::Leaf { .. } => {}
            Tree::List { items, width, note, .. } => {
                self.text += " [";
                for (at, item) in items.iter().enumerate() {
                    self.begin_line_if(*note, indentation + width);
                    self.item(at, item, around);
                    self.text.push(',');
                }
                self.text += " ]";
            }
            Tree::Map { entries, width, note, .. } => {
                self.text += " {";
                for (key, style, value) in entries {
                    self.begin_line_if(*note, indentation + width);
                    self.entry(key, *style, value, around);
                    self.text.push(',');
                }
                self.text += " }";
            }
        }
    }

    fn begin_line_if(&mut self, wanted: bool, indentation: usize) {
        if wanted {
            self.begin_line(indentation);
        }
    }

    fn item(&mut self, at: usize, item: &Tree, around: Around) {
        self.way.push(Step::Index(at));
        self.value(item, None, around);
        self.way.pop();
    }

    fn entry(&mut self, key: &str, style: Style, value: &Tree, around: Around) {
        let start = self.text.len();
        self.push(key, style);
        let bytes = start..self.text.len();
        self.text.push(':');
        self.way.push(Step::Key(Cow::Owned(key.to_owned())));
        self.value(value, Some(bytes), around);
        self.way.pop();
    }

    fn note(&mut self, wanted: bool) {
        if wanted {
            self.text += " # a: |\t";
        }
    }

    fn leaf(&mut self, text: &str, style: Style, key: Option<Range<usize>>, around: Around) {
        let Around { indentation, in_flow } = around;
        // Between brackets there is no block text, and an item that is nothing is no item.
        let (text, style) = match style {
            Style::Nothing if in_flow && key.is_none() => (String::new(), Style::SingleQuoted),
            Style::Literal | Style::Folded if in_flow => (text.replace('\n', " "), Style::DoubleQuoted),
            style => (text.to_owned(), style),
        };
        if style != Style::Nothing {
            self.text.push(' ');
        }
        let start = self.text.len();
        let value = self.scalar(&text, style, indentation);
        let bytes = start..self.text.len();
        if in_flow && style == Style::Nothing {
            // Between brackets a colon needs a blank.
            self.text.push(' ');
        }
        let on_one_line = matches!(style, Style::Plain | Style::SingleQuoted | Style::DoubleQuoted);
        self.note(!in_flow && on_one_line && text.len() % 2 == 0);
        self.leaves.push(Leaf { way: self.way.clone(), key, bytes, style, value });
    }

    /// Writes a scalar; what it says.
    fn scalar(&mut self, text: &str, style: Style, indentation: usize) -> String {
        match style {
            Style::Literal | Style::Folded => {
                let header = if style == Style::Literal { '|' } else { '>' };
                // An explicit indentation counts from the list or mapping that holds the text.
                self.text.push(header);
                if text.starts_with(' ') {
                    self.text.push('2');
                }
                self.text.push('-');
                for line in text.split('\n') {
                    if line.is_empty() {
                        self.begin_line(0);
                    } else {
                        self.begin_line(indentation + 2);
                        self.text += line;
                    }
                }
                if style == Style::Literal { text.to_owned() } else { text.replace("\n\n", "\n") }
            }
            style => self.push(text, style),
        }
    }

    /// Writes a text on one line; what it says.
    fn push(&mut self, text: &str, style: Style) -> String {
        match style {
            Style::SingleQuoted => self.text.extend(["'", &text.replace('\'', "''"), "'"]),
            Style::DoubleQuoted => {
                let written = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\u{a0}', "\\u00a0");
                self.text.extend(["\"", &written, "\""]);
            }
            _ => self.text += text,
        }
        text.to_owned()
    }
}

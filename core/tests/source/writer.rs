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

impl Writer {
    pub(crate) fn document(tree: &Tree, line_break: &'static str) -> Self {
        let mut writer = Self { text: String::new(), line_break, way: Vec::new(), leaves: Vec::new() };
        writer.text += "# a manifest";
        writer.begin_line(0);
        writer.push("root", Style::Plain);
        writer.way.push(Step::Key(Cow::Borrowed("root")));
        writer.text.push(':');
        let key = Some(14 + line_break.len() - 2..18 + line_break.len() - 2);
        writer.value(tree, key, 0, false);
        writer.begin_line(0);
        writer
    }

    fn begin_line(&mut self, indentation: usize) {
        self.text += self.line_break;
        self.text.extend(std::iter::repeat_n(' ', indentation));
    }

    /// Writes what stands behind a colon, a dash or a bracket.
    fn value(&mut self, tree: &Tree, key: Option<Range<usize>>, indentation: usize, in_flow: bool) {
        match tree {
            Tree::Leaf { text, style } => self.leaf(text, *style, key, indentation, in_flow),
            Tree::List { items, flow, width, note } if *flow || in_flow => {
                self.brackets(['[', ']'], *width, *note, indentation, items.len(), |writer, at| {
                    writer.way.push(Step::Index(at));
                    writer.value(&items[at], None, indentation, true);
                    writer.way.pop();
                });
            }
            Tree::Map { entries, flow, width, note } if *flow || in_flow => {
                self.brackets(['{', '}'], *width, *note, indentation, entries.len(), |writer, at| {
                    let (key, style, value) = &entries[at];
                    writer.entry(key, *style, value, indentation, true);
                });
            }
            Tree::List { items, width, note, .. } => {
                self.note(*note);
                for (at, item) in items.iter().enumerate() {
                    self.begin_line(indentation + width);
                    self.text.push('-');
                    self.way.push(Step::Index(at));
                    self.value(item, None, indentation + width, false);
                    self.way.pop();
                }
            }
            Tree::Map { entries, width, note, .. } => {
                // Behind a dash the first entry may stand on the dash's line.
                let beside_dash = self.text.ends_with('-') && *note;
                self.note(*note && !beside_dash);
                for (at, (key, style, value)) in entries.iter().enumerate() {
                    if at == 0 && beside_dash {
                        self.text.extend(std::iter::repeat_n(' ', *width));
                        self.entry(key, *style, value, indentation + width + 1, false);
                    } else {
                        let dash = usize::from(beside_dash);
                        self.begin_line(indentation + width + dash);
                        self.entry(key, *style, value, indentation + width + dash, false);
                    }
                }
            }
        }
    }

    fn brackets(
        &mut self,
        [open, close]: [char; 2],
        width: usize,
        note: bool,
        indentation: usize,
        count: usize,
        mut write: impl FnMut(&mut Self, usize),
    ) {
        self.text.extend([" ", &open.to_string()]);
        for at in 0..count {
            if note {
                self.begin_line(indentation + width);
            }
            write(self, at);
            self.text.push(',');
        }
        self.text.extend([" ", &close.to_string()]);
    }

    fn entry(&mut self, key: &str, style: Style, value: &Tree, indentation: usize, in_flow: bool) {
        let start = self.text.len();
        self.push(key, style);
        let bytes = start..self.text.len();
        self.text.push(':');
        self.way.push(Step::Key(Cow::Owned(key.to_owned())));
        self.value(value, Some(bytes), indentation, in_flow);
        self.way.pop();
    }

    fn note(&mut self, note: bool) {
        if note {
            self.text += " # a: |\t";
        }
    }

    fn leaf(
        &mut self,
        text: &str,
        style: Style,
        key: Option<Range<usize>>,
        indentation: usize,
        in_flow: bool,
    ) {
        let is_block = matches!(style, Style::Literal | Style::Folded);
        // Between brackets there is no block text, and an item that is nothing is no item.
        let style = match style {
            Style::Nothing if in_flow && key.is_none() => Style::SingleQuoted,
            _ if in_flow && is_block => Style::Plain,
            style => style,
        };
        let (text, style) = match style {
            Style::Plain if is_block => (text.replace('\n', "\\n"), Style::DoubleQuoted),
            _ => (text.to_owned(), style),
        };
        let text = if style == Style::DoubleQuoted && is_block { text.replace('"', "'") } else { text };
        if style != Style::Nothing {
            self.text.push(' ');
        }
        let start = self.text.len();
        let value = self.scalar(&text, style, indentation);
        let bytes = start..self.text.len();
        if !in_flow && matches!(style, Style::Plain | Style::SingleQuoted | Style::DoubleQuoted) {
            self.note(text.len() % 2 == 0);
        }
        if in_flow && style == Style::Nothing {
            // Between brackets a colon needs a blank.
            self.text.push(' ');
        }
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

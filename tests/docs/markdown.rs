//! The Markdown files of the repository, cut into prose and fenced blocks for whoever looks at them.

use std::fs;
use std::path::{Path, PathBuf};

/// A Markdown file.
pub(crate) struct Page {
    /// From the root of the repository.
    pub(crate) path: PathBuf,
    /// The lines outside of fenced blocks, each with its number.
    pub(crate) prose: Vec<(usize, String)>,
    pub(crate) blocks: Vec<Block>,
}

/// What stands between two fences.
pub(crate) struct Block {
    /// Where its first fence is.
    pub(crate) line: usize,
    /// What stands behind the first fence, for example `yaml denied RJ101`.
    pub(crate) info: String,
    pub(crate) text: String,
}

impl Block {
    pub(crate) fn language(&self) -> &str {
        self.info.split(' ').next().unwrap_or_default()
    }
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All of them, but for what is built and what npm has brought.
pub(crate) fn pages() -> Vec<Page> {
    let mut found = Vec::new();
    collect(root(), &mut found);
    assert!(found.len() >= 15, "the Markdown files are found");
    found
}

fn collect(folder: &Path, found: &mut Vec<Page>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() && !matches!(name, "target" | "node_modules" | ".git" | "corpus" | "artifacts") {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let text = fs::read_to_string(&path).expect("UTF-8");
            found.push(page(path.strip_prefix(root()).expect("below the root").to_owned(), &text));
        }
    }
}

fn page(path: PathBuf, text: &str) -> Page {
    let (mut prose, mut blocks) = (Vec::new(), Vec::new());
    let mut lines = text.lines().enumerate().map(|(index, line)| (index + 1, line));
    while let Some((number, line)) = lines.next() {
        let Some(info) = line.trim_start().strip_prefix("```") else {
            prose.push((number, line.to_owned()));
            continue;
        };
        let indent = line.len() - line.trim_start().len();
        let inside = lines.by_ref().take_while(|(_, line)| line.trim() != "```");
        let text = inside.flat_map(|(_, line)| [line.get(indent..).unwrap_or_default(), "\n"]).collect();
        blocks.push(Block { line: number, info: info.trim().to_owned(), text });
    }
    Page { path, prose, blocks }
}

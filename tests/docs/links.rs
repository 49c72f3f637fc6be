//! Links between files of the repository, and to headings in them. What points to elsewhere is not asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::markdown::{Page, pages, root};

#[test]
fn every_link_inside_the_repository_leads_somewhere() {
    let pages = pages();
    let anchors: BTreeMap<_, _> = pages.iter().map(|page| (page.path.clone(), anchors(page))).collect();
    let (mut broken, mut followed) = (Vec::new(), 0);
    for page in &pages {
        for (line, target) in targets(page) {
            if target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            followed += 1;
            if let Err(what) = follow(page, &target, &anchors) {
                broken.push(format!("{}:{line}: {target}: {what}", page.path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(followed > 50, "only {followed} links are seen");
}

#[test]
fn every_page_of_the_documentation_is_in_its_index() {
    let pages = pages();
    let index = pages.iter().find(|page| page.path == Path::new("docs/README.md")).expect("an index");
    let linked: BTreeSet<_> = targets(index).into_iter().map(|(_, target)| target).collect();
    for entry in fs::read_dir(root().join("docs")).expect("docs") {
        let name = entry.expect("an entry").file_name().into_string().expect("UTF-8");
        let is_page = Path::new(&name).extension().is_some_and(|extension| extension == "md");
        assert!(
            !is_page || name == "README.md" || linked.contains(&name),
            "docs/README.md does not name {name}"
        );
    }
}

fn follow(page: &Page, target: &str, anchors: &BTreeMap<PathBuf, BTreeSet<String>>) -> Result<(), String> {
    let (file, anchor) = target.split_once('#').map_or((target, None), |(file, anchor)| (file, Some(anchor)));
    let path = if file.is_empty() {
        page.path.clone()
    } else {
        normal(&page.path.parent().expect("a file lies in a folder").join(file))
    };
    if !root().join(&path).exists() {
        return Err("there is no such file".to_owned());
    }
    let Some(anchor) = anchor else { return Ok(()) };
    let known = anchors.get(&path).ok_or("only Markdown files have headings")?;
    if known.contains(anchor) { Ok(()) } else { Err(format!("{} has no such heading", path.display())) }
}

fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => drop(normal.pop()),
            Component::CurDir => {}
            other => normal.push(other),
        }
    }
    normal
}

/// Where the links of a page lead, `[text](target)` and `[name]: target`.
fn targets(page: &Page) -> Vec<(usize, String)> {
    let mut targets = Vec::new();
    for (number, line) in &page.prose {
        let line = without_code(line);
        for rest in line.split("](").skip(1) {
            let target = rest.split([')', ' ']).next().unwrap_or_default();
            targets.push((*number, target.to_owned()));
        }
        if let Some((_, target)) = line.strip_prefix('[').and_then(|rest| rest.split_once("]: ")) {
            targets.push((*number, target.trim().to_owned()));
        }
    }
    targets
}

/// The line without what stands in backquotes.
fn without_code(line: &str) -> String {
    let mut rest = line;
    let mut kept = String::new();
    while let Some(start) = rest.find('`') {
        let ticks = rest[start..].len() - rest[start..].trim_start_matches('`').len();
        let inside = &rest[start + ticks..];
        let Some(end) = inside.find(&"`".repeat(ticks)) else { break };
        kept.push_str(&rest[..start]);
        rest = &inside[end + ticks..];
    }
    kept + rest
}

/// The names that GitHub gives the headings of a page, and those that are given by hand.
fn anchors(page: &Page) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    for (_, line) in &page.prose {
        if let Some((_, rest)) = line.split_once("<a id=\"") {
            anchors.insert(rest.split('"').next().unwrap_or_default().to_owned());
        }
        let level = line.len() - line.trim_start_matches('#').len();
        let Some(heading) = line[level..].strip_prefix(' ').filter(|_| (1..=6).contains(&level)) else {
            continue;
        };
        let name = slug(heading);
        let mut unique = name.clone();
        for again in 1.. {
            if anchors.insert(unique) {
                break;
            }
            unique = format!("{name}-{again}");
        }
    }
    anchors
}

fn slug(heading: &str) -> String {
    // Of a link in a heading only the text counts.
    let text =
        heading.replace("](", "\u{0}").split('\u{0}').enumerate().fold(String::new(), |text, (at, part)| {
            text + if at == 0 { part } else { part.split_once(')').map_or("", |(_, rest)| rest) }
        });
    let kept = text.trim().to_lowercase();
    let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn headings_are_named_as_github_names_them() {
    assert_eq!(slug("1. Make a certificate"), "1-make-a-certificate");
    assert_eq!(slug("`raygate certs`"), "raygate-certs");
    assert_eq!(slug("What is there, and what is *not*"), "what-is-there-and-what-is-not");
    assert_eq!(slug("See [Kyverno](https://kyverno.io) too"), "see-kyverno-too");
    assert_eq!(without_code("a `[b](c)` d ``e ` f`` g"), "a  d  g");
}

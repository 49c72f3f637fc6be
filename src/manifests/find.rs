//! Which inputs the typed paths name: each file once, in the order typed, folders by name. Nothing is opened but what
//! tells that a file is no manifest by itself: kustomizations, and templates of charts.

use std::collections::{HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::failure::Problem;
use super::glob::{self, Glob};
use super::input::Origin;
use super::kind::Kind;
use super::rendered::Rendered;
use super::{Failure, Input};

/// How the names of manifests end in a folder.
const ENDINGS: [&str; 5] = ["yaml", "yml", "json", "jsonl", "ndjson"];
const STANDARD_INPUT: &str = "-";

/// Where a command was typed.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// The folder that relative paths begin at.
    pub folder: PathBuf,
    /// What the standard input is called in the report.
    pub stdin_name: Arc<str>,
    /// Whether somebody sits at the standard input, so that nothing comes in unasked.
    pub stdin_is_terminal: bool,
    /// The command that manifests can be piped into, for hints: `raygate check -`.
    pub piped_into: Option<&'static str>,
    /// Whether a file that is named may be no manifest, as those in folders: a hook names every file of a change.
    pub skips_others: bool,
}

/// What was typed, as far as it is there.
#[derive(Debug, Default)]
pub struct Found {
    /// What to read, in order; no file is there twice.
    pub inputs: Vec<Input>,
    /// What is not there, or cannot be read.
    pub failures: Vec<Failure>,
    /// What looks like a manifest, and is none by itself.
    pub passed_over: PassedOver,
}

/// How many files were found that are no manifests before something renders them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PassedOver {
    /// What kustomizations name as patches.
    pub patches: usize,
    /// Templates of Helm charts.
    pub templates: usize,
}

/// Finds what the paths name: files, folders with all that is in them, globs, and `-` for the standard input, which is
/// also meant when nothing is typed and something is piped in.
///
/// A path that exists is never a glob. In folders, hidden files and folders and `node_modules` are passed over, and links
/// to folders are followed once. Of files that are not named, patches of a kustomization and templates of a chart are left
/// out; that a chart has templates of RayJobs is a failure.
pub fn find(paths: &[PathBuf], surroundings: &Surroundings) -> Found {
    let mut finder = Finder {
        surroundings,
        found: Found::default(),
        files: HashMap::new(),
        folders: HashSet::new(),
        rendered: Rendered::default(),
        has_stdin: false,
    };
    match paths {
        [] if surroundings.stdin_is_terminal => {
            let problem = Problem::NothingTyped { piped_into: surroundings.piped_into };
            finder.found.failures.push(problem.of(surroundings.stdin_name.clone()));
        }
        [] => finder.take_stdin(),
        paths => paths.iter().for_each(|path| finder.take(path)),
    }
    finder.leave_out_patches();
    finder.tell_charts();
    finder.found
}

struct Finder<'a> {
    surroundings: &'a Surroundings,
    found: Found,
    /// Where the input of each file stands; the keys have no links in them.
    files: HashMap<PathBuf, usize>,
    /// The folders that were walked, without links in their paths.
    folders: HashSet<PathBuf>,
    rendered: Rendered,
    has_stdin: bool,
}

impl Finder<'_> {
    fn take(&mut self, typed: &Path) {
        if typed == Path::new(STANDARD_INPUT) {
            return self.take_stdin();
        }
        if typed.as_os_str().is_empty() {
            return self.found.failures.push(Problem::EmptyPath.of("\"\""));
        }
        match fs::metadata(self.full(typed)) {
            Ok(metadata) => self.take_existing(typed, Kind::of(&metadata)),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                self.take_missing(typed, error);
            }
            Err(error) => self.fail(typed, &Problem::Unreadable(error)),
        }
    }

    fn take_stdin(&mut self) {
        if !self.has_stdin {
            self.has_stdin = true;
            let name = self.surroundings.stdin_name.clone();
            let named = !self.surroundings.skips_others;
            self.found.inputs.push(Input { name, named, origin: Origin::StandardInput });
        }
    }

    fn take_existing(&mut self, typed: &Path, kind: Kind) {
        match kind {
            Kind::File if self.surroundings.skips_others => self.add_unless_rendered(typed),
            Kind::File | Kind::Pipe => self.add(typed, true),
            Kind::Folder => {
                if !self.walk(typed) {
                    self.fail(typed, &Problem::NoManifest { endings: endings() });
                }
            }
            Kind::Special(name) => self.fail(typed, &Problem::Special(name)),
        }
    }

    fn take_missing(&mut self, typed: &Path, error: io::Error) {
        if let Some(url) = typed.to_str().and_then(url_without_secrets) {
            let problem = Problem::Url { piped_into: self.surroundings.piped_into };
            return self.found.failures.push(problem.of(url));
        }
        if fs::symlink_metadata(self.full(typed)).is_ok() {
            return self.fail(typed, &Problem::Unreadable(error));
        }
        match Glob::read(typed) {
            Ok(None) => self.fail(typed, &Problem::Missing),
            Ok(Some(glob)) => self.take_glob(typed, &glob),
            Err(error) => self.fail(typed, &Problem::Glob(error)),
        }
    }

    fn take_glob(&mut self, typed: &Path, glob: &Glob) {
        let glob::Matches { paths, unreadable } = glob.matches(&self.surroundings.folder);
        for (folder, error) in unreadable {
            self.fail(&folder, &Problem::Unreadable(error));
        }
        let mut any = false;
        for path in paths {
            any |= self.take_entry(&path, glob.names_an_ending || is_manifest(&path));
        }
        if !any {
            self.fail(typed, &Problem::NoMatch);
        }
    }

    /// Takes all manifests below a folder; `false` when there are none.
    fn walk(&mut self, folder: &Path) -> bool {
        let full = self.full(folder);
        // What was walked before had its say then. Links in a circle end here.
        if !self.folders.insert(without_links(&full)) {
            return true;
        }
        self.rendered.look_at(&full);
        let names = match names_in(&full) {
            Ok(names) => names,
            Err(error) => {
                self.fail(folder, &Problem::Unreadable(error));
                return true;
            }
        };
        let mut any = false;
        for name in names {
            let path = folder.join(name);
            any |= self.take_entry(&path, is_manifest(&path));
        }
        any
    }

    /// Takes what a folder or glob brought along: a file only if it is `wanted`. `false` when there is nothing in it.
    fn take_entry(&mut self, path: &Path, wanted: bool) -> bool {
        match fs::metadata(self.full(path)).map(|metadata| Kind::of(&metadata)) {
            Ok(Kind::Folder) => return self.walk(path),
            Ok(Kind::File) if wanted => self.add_unless_rendered(path),
            // Nobody may ever write into it.
            Ok(Kind::Pipe) if wanted => self.fail(path, &Problem::SpecialInFolder("pipe")),
            Ok(Kind::Special(name)) if wanted => self.fail(path, &Problem::SpecialInFolder(name)),
            Ok(_) => return false,
            // A dangling link that is no manifest's.
            Err(error) if !wanted && error.kind() == io::ErrorKind::NotFound => return false,
            Err(error) => self.fail(path, &Problem::Unreadable(error)),
        }
        true
    }

    /// Adds a file that nobody named, unless it is a template. Whether it is a patch is known at the end.
    fn add_unless_rendered(&mut self, path: &Path) {
        let full = self.full(path);
        let begin = &self.surroundings.folder;
        let own = full.parent().unwrap_or(Path::new(""));
        for folder in own.ancestors().take_while(|folder| *folder == own || folder.starts_with(begin)) {
            self.rendered.look_at(folder);
        }
        if self.files.contains_key(&without_links(&full)) || !self.rendered.is_template(&full) {
            self.add(path, false);
        }
    }

    fn leave_out_patches(&mut self) {
        let inputs = &self.found.inputs;
        let patches =
            self.files.iter().filter(|(file, at)| !inputs[**at].named && self.rendered.is_patch(file));
        let patches: HashSet<_> = patches.map(|(_, at)| *at).collect();
        let mut at = 0..;
        self.found.inputs.retain(|_| at.next().is_none_or(|at| !patches.contains(&at)));
        self.found.passed_over.patches = patches.len();
    }

    fn tell_charts(&mut self) {
        let Surroundings { piped_into, skips_others, .. } = *self.surroundings;
        for (chart, templates) in self.rendered.charts() {
            self.found.passed_over.templates += templates.all;
            if templates.of_ray_jobs > 0 && !skips_others {
                let chart = self.name(chart);
                let problem =
                    Problem::Chart { chart: chart.to_string(), templates: templates.of_ray_jobs, piped_into };
                self.found.failures.push(problem.of(chart));
            }
        }
    }

    fn add(&mut self, path: &Path, named: bool) {
        let full = self.full(path);
        let next = self.found.inputs.len();
        let index = *self.files.entry(without_links(&full)).or_insert(next);
        if let Some(known) = self.found.inputs.get_mut(index) {
            known.named |= named;
        } else {
            self.found.inputs.push(Input { name: self.name(path), named, origin: Origin::File(full) });
        }
    }

    fn fail(&mut self, path: &Path, problem: &Problem) {
        self.found.failures.push(problem.of(self.name(path)));
    }

    fn full(&self, typed: &Path) -> PathBuf {
        self.surroundings.folder.join(typed)
    }

    /// What a path is called: as typed, or from the current folder if it is in there, with forward slashes.
    fn name(&self, path: &Path) -> Arc<str> {
        let path = path.strip_prefix(&self.surroundings.folder).unwrap_or(path);
        let mut name = String::new();
        for component in path.components().filter(|component| *component != Component::CurDir) {
            if !name.is_empty() && !name.ends_with('/') {
                name.push('/');
            }
            name.push_str(&component.as_os_str().to_string_lossy());
        }
        if name.is_empty() { ".".into() } else { name.into() }
    }
}

/// The names in a folder that are not passed over, in order.
pub(super) fn names_in(folder: &Path) -> io::Result<Vec<OsString>> {
    let entries = fs::read_dir(folder)?;
    let mut names =
        entries.map(|entry| entry.map(|entry| entry.file_name())).collect::<io::Result<Vec<_>>>()?;
    names.retain(|name| !is_passed_over(name));
    names.sort_unstable();
    Ok(names)
}

fn is_passed_over(name: &OsStr) -> bool {
    name == "node_modules" || name.as_encoded_bytes().starts_with(b".")
}

fn is_manifest(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

fn endings() -> String {
    ENDINGS.map(|ending| format!(".{ending}")).join(", ")
}

/// One path for each file or folder, however it is linked. What the shell makes for `<(…)` has none.
pub(super) fn without_links(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// A URL without the parts that may hold a password or token.
fn url_without_secrets(typed: &str) -> Option<String> {
    let (scheme, rest) = typed.split_once("://")?;
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = authority.rsplit('@').next().unwrap_or_default();
    Some(format!("{scheme}://{host}{path}"))
}

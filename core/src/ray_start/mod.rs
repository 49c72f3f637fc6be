//! What Ray's `ray start` understands of a group's `rayStartParams`, after KubeRay has made a command line of them and
//! Bash has read that.
//!
//! ```text
//! rayStartParams ─► node (which groups, which Ray) ─► line (what arrives behind Bash) ─► table, value, resources ─► rules
//! ```
//!
//! `generator/options.py` writes `table.rs` from Ray's own wheels.

mod bash;
mod line;
mod node;
mod resources;
mod table;
mod value;

use crate::likeness;
use crate::ray_version::Release;
pub use line::{Arrival, Breakage, Line};
pub(crate) use node::Start;
pub use node::{Ray, RayNode, nodes, started};
pub use resources::{
    Problem as ResourcesProblem, is_bare, problem_for_autoscaler, problem_for_kuberay, problem_for_ray,
};
pub use value::{bool_of, integer_of, is_float};

/// An option of `ray start`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartOption {
    /// The name, without the two dashes.
    pub name: &'static str,
    /// What its value is read as.
    pub kind: Kind,
    from: Release,
    until: Release,
}

/// What the value of an option is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `true` or `false` in many spellings.
    Bool,
    /// One of these words, in upper or lower case.
    Choice(&'static [&'static str]),
    /// A number.
    Float,
    /// A whole number.
    Integer,
    /// JSON.
    Json,
    /// Nothing: the option itself says it all.
    Switch,
    /// Any text.
    Text,
}

const fn option(name: &'static str, kind: Kind) -> StartOption {
    let [from, until] = table::KNOWN;
    StartOption { name, kind, from, until }
}

impl StartOption {
    const fn added_in(self, release: Release) -> Self {
        Self { from: release, ..self }
    }

    const fn removed_after(self, release: Release) -> Self {
        Self { until: release, ..self }
    }

    /// The first and the last release that have it and read its value so, of those that are known.
    pub const fn releases(&self) -> [Release; 2] {
        [self.from, self.until]
    }

    fn is_in(&self, release: Release) -> bool {
        (self.from..=self.until).contains(&release)
    }
}

/// What is known about an option of that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// That Ray has it.
    Has(&'static StartOption),
    /// That Ray has none, though another release has.
    OfAnotherRelease(&'static StartOption),
    /// No known release has one, nor has this.
    Never,
    /// This Ray may have it or not.
    Unsure,
}

/// The oldest and the newest release whose options are known.
pub const fn known_releases() -> [Release; 2] {
    table::KNOWN
}

/// Looks an option up.
pub fn find(name: &str, ray: Ray) -> Known {
    let rows = rows(name);
    let release = match ray {
        Ray::Release(release) if (table::KNOWN[0]..=table::KNOWN[1]).contains(&release) => release,
        Ray::Release(_) | Ray::Moving if rows.is_empty() => return Known::Unsure,
        // The same option in all releases that are known is the same in the others.
        Ray::Release(_) | Ray::Moving | Ray::Unknown => {
            return match rows {
                [] => Known::Never,
                [only] if only.releases() == table::KNOWN => Known::Has(only),
                _ => Known::Unsure,
            };
        }
    };
    match (rows.iter().find(|row| row.is_in(release)), rows.last()) {
        (Some(row), _) => Known::Has(row),
        (None, Some(other)) => Known::OfAnotherRelease(other),
        (None, None) => Known::Never,
    }
}

/// The option whose name is most like this one, if one is: `dashboardHost`, `num_cpus` and `--port` are.
pub fn nearest(name: &str) -> Option<&'static str> {
    let names = table::OPTIONS.iter().map(|option| option.name);
    likeness::nearest(name.trim_start_matches('-'), names, NEAR, in_kebab_case)
}

/// Names closer than this are probably meant: 1 is the same.
const NEAR: f64 = 0.75;

fn in_kebab_case(name: &str) -> String {
    let mut plain = String::with_capacity(name.len() + 4);
    let mut after_lower = false;
    for character in name.chars() {
        if character.is_ascii_uppercase() && after_lower {
            plain.push('-');
        }
        after_lower = character.is_ascii_lowercase();
        plain.push(if character == '_' { '-' } else { character.to_ascii_lowercase() });
    }
    plain
}

/// All rows of a name, oldest first.
fn rows(name: &str) -> &'static [StartOption] {
    let start = table::OPTIONS.partition_point(|row| row.name < name);
    let end = start
        + table::OPTIONS.get(start..).unwrap_or_default().iter().take_while(|row| row.name == name).count();
    table::OPTIONS.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_no_two_rows_of_a_name_overlap() {
        for pair in table::OPTIONS.windows(2) {
            let [left, right] = pair else { continue };
            assert!((left.name, left.until) < (right.name, right.from), "{left:?} {right:?}");
        }
        assert!(table::OPTIONS.len() > 45, "{}", table::OPTIONS.len());
    }

    #[test]
    fn an_option_is_known_for_a_release_or_for_all() {
        let has = |name, ray| matches!(find(name, ray), Known::Has(_));
        assert!(has("num-cpus", Ray::Unknown) && has("num-cpus", Ray::Release([2, 46])));
        assert!(has("num-cpus", Ray::Release([2, 9])) && has("num-cpus", Ray::Moving));
        assert!(has("storage", Ray::Release([2, 46])));
        assert!(matches!(find("storage", Ray::Release([2, 60])), Known::OfAnotherRelease(_)));
        assert_eq!(find("storage", Ray::Unknown), Known::Unsure);
        assert_eq!(find("num_cpus", Ray::Unknown), Known::Never);
        assert_eq!(find("num_cpus", Ray::Release([2, 60])), Known::Never);
        assert_eq!(find("num_cpus", Ray::Release([2, 99])), Known::Unsure);
        assert_eq!(find("num_cpus", Ray::Moving), Known::Unsure);
    }

    #[test]
    fn a_misspelt_name_finds_the_one_that_is_meant() {
        for (written, meant) in [
            ("dashboardHost", "dashboard-host"),
            ("dashboard_host", "dashboard-host"),
            ("--dashboard-host", "dashboard-host"),
            ("num_cpus", "num-cpus"),
            ("numCpus", "num-cpus"),
            ("num-cpu", "num-cpus"),
            ("num-gpu", "num-gpus"),
            ("objectStoreMemory", "object-store-memory"),
            ("metrics-port-export", "metrics-export-port"),
        ] {
            assert_eq!(nearest(written), Some(meant), "{written}");
        }
        assert_eq!(nearest("webui"), None);
        assert_eq!(nearest(""), None);
    }
}

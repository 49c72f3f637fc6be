//! The table of Go types, equality, quantities, names, versions, the guard, and what the API server makes of an object, held
//! against KubeRay's own types and CRDs and Kubernetes' own functions in Go.
//!
//! `UPDATE=1` writes the table; `RAYGATE_KUBERAY_SOURCE` names the folder `ray-operator` of KubeRay v1.7.0, which is no
//! Go module that could be fetched. The Go programs stand in `core/src/go_types/generator` and `core/tests/crd-judge`.
//! Each run prints its seed; `RAYGATE_GO_TYPES_SEED` repeats one, `RAYGATE_GO_TYPES_CASES` sets how many pairs or values
//! are judged.

#![expect(clippy::print_stderr, reason = "a run says its seed and what it judged")]

#[cfg(test)]
mod fields;
#[cfg(test)]
mod go;
#[cfg(test)]
#[path = "../go_command/mod.rs"]
mod go_command;
#[cfg(test)]
mod guard;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod names;
#[cfg(test)]
mod objects;
#[cfg(test)]
mod pairs;
#[cfg(test)]
mod places;
#[cfg(test)]
mod quantities;
#[cfg(test)]
#[path = "../random/mod.rs"]
mod random;
#[cfg(test)]
mod stored;

/// What a run depends on: `RAYGATE_GO_TYPES_SEED`, or a new seed.
#[cfg(test)]
fn choose_seed() -> random::Seed {
    random::Seed::choose("RAYGATE_GO_TYPES_SEED")
}

/// How many pairs to judge.
#[cfg(test)]
fn cases() -> usize {
    random::setting("RAYGATE_GO_TYPES_CASES")
        .map_or(20_000, |cases| usize::try_from(cases).expect("a number of cases"))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::go;

    #[test]
    fn the_table_is_what_the_generator_writes() {
        let mut lists = go::MODULES.map(go::list).to_vec();
        lists.push(go::committed_list());
        match go::list_of_source() {
            Some(list) => hold(&go::committed_list(), &list),
            None => eprintln!("the types of KubeRay {} are those of the committed list", go::SOURCE),
        }
        let mut arguments = vec!["table"];
        arguments.extend(lists.iter().map(|list| list.to_str().expect("UTF-8")));
        let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/go_types/table.rs");
        hold(&table, &go::output(&go::lister(), &arguments));
    }

    /// Holds a committed file against what a program writes; `UPDATE=1` makes it so.
    fn hold(path: &Path, generated: &str) {
        if std::env::var_os("UPDATE").is_some() {
            fs::write(path, generated).expect("a file that can be written");
        }
        let committed = fs::read_to_string(path).expect("a committed file");
        assert!(
            committed == generated,
            "{} is out of date: run UPDATE=1 cargo test -p raygate-core --test go_types",
            path.display()
        );
    }
}

//! The table of Go types, equality, quantities, names and versions, held against KubeRay's own types and Kubernetes' own
//! functions in Go.
//!
//! The Go programs stand in `core/src/go_types/generator`. Each run prints its seed; `RAYGATE_GO_TYPES_SEED` repeats
//! one, `RAYGATE_GO_TYPES_CASES` sets how many pairs are judged.

#![expect(clippy::print_stderr, reason = "a run says its seed and what it judged")]

#[cfg(test)]
mod fields;
#[cfg(test)]
mod go;
#[cfg(test)]
mod names;
#[cfg(test)]
mod objects;
#[cfg(test)]
mod pairs;
#[cfg(test)]
mod quantities;
#[cfg(test)]
#[path = "../random/mod.rs"]
mod random;

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
        let generated = go::output(&go::program(go::Program::Generator), &[]);
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/go_types/table.rs");
        let committed = fs::read_to_string(&path).expect("table.rs");
        assert!(
            committed == generated,
            "core/src/go_types/table.rs is out of date: in core/src/go_types/generator, run `go run . > ../table.rs`"
        );
    }
}

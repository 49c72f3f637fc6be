//! What the shells make of an entrypoint: which words reach Ray, and what runs, or breaks, outside of it.
//!
//! ```text
//! RayJob ─► submission ─► lexer ─► grammar ─► Script: first command, what follows, a fault
//!           (who reads)  (quoted)  (compound)
//! ```
//!
//! In K8sJobMode and SidecarMode KubeRay pastes the entrypoint behind `ray job submit … --` into one line for the
//! submitter's bash; in HTTPMode the head's `sh` reads it alone, which may be bash or dash. What we do not know well
//! enough ends as [`End::Unsure`], and rules stay silent. `core/tests/shell` holds all of this against both shells.

mod compound;
mod grammar;
mod here_documents;
mod lexer;
mod problem;
mod quoted;
mod script;
mod submission;
mod substituted;
#[cfg(test)]
mod tests;

pub use problem::{Doubt, Fault, Problem, Quote};
pub use script::{Command, End, Expansion, Operator, Redirection, RedirectionKind, Script, Word};
pub use submission::{LONGEST_ARGUMENT, Reader, Submission};
pub use substituted::{Substituted, substituted};

/// Reads an entrypoint as that reader does.
pub fn read(entrypoint: &str, reader: Reader) -> Script {
    grammar::read(entrypoint, reader)
}

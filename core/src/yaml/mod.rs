//! YAML as KubeRay and kubectl read it: `sigs.k8s.io/yaml`, which stands on go-yaml v2 and its YAML 1.1 scalars.
//!
//! ```text
//! text ─► short (block, flow) ─► Outcome            (the usual lines and JSON, a tenth of the time)
//!   └──► inspect ─► document ─► decode ─► Outcome   (granit-parser's events → nodes → values)
//!                      └──────────┴─► source ─► Source   (manifests: always the long way, with all places)
//! ```
//!
//! Our parser speaks YAML 1.2. Where it and Go may part, the outcome is [`Outcome::Unsure`], and whoever asks stays
//! silent. `core/tests/yaml` holds all of this against the real Go library.

mod base64;
mod block;
mod decode;
mod differences;
mod document;
mod flow;
mod inspect;
mod judge;
mod mapping;
mod number;
mod place;
mod problem;
mod scalar;
mod short;
mod source;
mod tabs;
mod value;

pub use place::{Place, Span, Style};
pub use problem::{Doubt, Problem, Refusal};
pub use source::{Source, SourceError, SourceErrorKind, Syntax};
pub use value::{Entry, Node, Position, Value};

/// The longest text that is read, in bytes; the API server takes no larger request.
pub const MAX_TEXT: usize = 3 << 20;
/// The deepest nesting of lists and mappings that is read; Go stops at 10,000.
pub const MAX_DEPTH: usize = 100;
/// The most values that a text may hold, with every alias expanded.
pub const MAX_NODES: usize = 500_000;

/// What Go makes of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome<'a> {
    /// Go reads this value.
    Reads(Node<'a>),
    /// Go certainly refuses the text.
    Refused(Refusal),
    /// Go may read the text otherwise than we do, or not at all.
    Unsure(Doubt),
}

/// Reads the first document of a text, as KubeRay does; nothing after it counts, and of equal keys the last wins.
pub fn read_first(text: &str) -> Outcome<'_> {
    match short::read(text) {
        Some(node) => Outcome::Reads(node),
        None => read_the_long_way(text),
    }
}

fn read_the_long_way(text: &str) -> Outcome<'_> {
    match inspect::inspect(text).and_then(document::parse).and_then(|document| decode::decode(&document)) {
        Ok(node) => Outcome::Reads(node),
        Err(Stop::Refused(refusal)) => Outcome::Refused(refusal),
        Err(Stop::Unsure(doubt)) => Outcome::Unsure(doubt),
    }
}

/// Why reading ended without a value.
#[derive(Debug, Clone, Copy)]
enum Stop {
    Refused(Refusal),
    Unsure(Doubt),
}

impl Problem {
    const fn at(self, position: Position) -> Stop {
        Stop::Refused(Refusal { position, problem: self })
    }
}

impl From<Doubt> for Stop {
    fn from(doubt: Doubt) -> Self {
        Self::Unsure(doubt)
    }
}

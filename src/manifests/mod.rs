//! From what was typed to the objects that are written there.
//!
//! ```text
//! paths ─► find ─► Input ─► read ─► chunks ─► Chunk ─► core::yaml::Source ─► objects ─► Object
//!           │                │        │                                        └ kind, name, way to it; Lists laid flat
//!           │                │        └ cut as kubectl cuts: `---`, JSON values one after another
//!           │                └ one input at a time: size, encoding
//!           └ files, folders, globs, `-`; a name only, opened is just what tells patches and templates apart
//! ```
//!
//! What cannot be read becomes a [`Failure`]: an answer of its own beside what the rules find, so that the rest of the
//! inputs is still read. `core` judges the objects; `report` prints both.

mod chunks;
mod cut;
pub mod edit;
mod failure;
mod find;
mod glob;
mod input;
mod json;
mod kind;
mod objects;
mod rendered;
mod source_comment;
mod template;

pub use chunks::{Chunk, Chunks, chunks};
pub use failure::Failure;
pub use find::{Found, PassedOver, Surroundings, find};
pub use input::{Input, MAX_BYTES};
pub use objects::{Object, ObjectError, ObjectErrorKind, objects};
pub use template::template_hint;

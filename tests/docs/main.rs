//! What the Markdown files say is held to what is there: their links, their manifests, their commands and Helm's values.

#![expect(clippy::panic, reason = "a test fails with what it found")]

mod blocks;
mod commands;
mod links;
mod markdown;

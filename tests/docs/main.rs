//! What the Markdown files say is held to what is there: their links, their manifests, their commands and Helm's values.

mod blocks;
mod commands;
mod links;
mod markdown;

//! The commands that free a cluster of an object that stops KubeRay's operator: the way to a field comes in, a `kubectl`
//! command that a shell takes as it is goes out.

use std::fmt::Write;

use raygate_core::field_path::Step;
use serde_json::json;

use crate::report::Object;

/// The remedy, and the commands that apply it to the stored object.
pub(in crate::commands) fn with_commands(help: &str, object: &Object, way: &[Step<'_>]) -> String {
    let name = object.name.as_deref().unwrap_or_default();
    let namespace = object.namespace.as_deref().unwrap_or("default");
    let target =
        format!("{}s.ray.io {} --namespace {}", object.kind.to_lowercase(), word(name), word(namespace));
    let patch = json!([{"op": "remove", "path": pointer(way)}]).to_string();
    let separator = if help.is_empty() { "" } else { "; " };
    format!(
        "{help}{separator}take it out: kubectl patch {target} --type json --patch {}; or delete the object: kubectl delete {target}",
        word(&patch)
    )
}

fn pointer(way: &[Step<'_>]) -> String {
    way.iter().fold(String::new(), |mut pointer, step| {
        // A String can always be written.
        let _ = match step {
            Step::Key(key) => write!(pointer, "/{}", key.replace('~', "~0").replace('/', "~1")),
            Step::Index(index) => write!(pointer, "/{index}"),
        };
        pointer
    })
}

/// The text as one word of a shell.
fn word(text: &str) -> String {
    let is_bare = |character: char| character.is_ascii_alphanumeric() || "-_./".contains(character);
    if !text.is_empty() && text.chars().all(is_bare) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object() -> Object {
        Object {
            file: "f".into(),
            text: "".into(),
            document: 1,
            api_version: "ray.io/v1".to_owned(),
            kind: "RayJob".to_owned(),
            namespace: Some("team-a".to_owned()),
            name: Some("train".to_owned()),
        }
    }

    #[test]
    fn a_field_is_taken_out_of_the_stored_object() {
        let way = [Step::from("spec"), Step::from("list"), Step::Index(2), Step::from("nvidia.com/gpu~x")];
        assert_eq!(
            with_commands("write a number", &object(), &way),
            "write a number; take it out: kubectl patch rayjobs.ray.io train --namespace team-a --type json --patch \
             '[{\"op\":\"remove\",\"path\":\"/spec/list/2/nvidia.com~1gpu~0x\"}]'; or delete the object: \
             kubectl delete rayjobs.ray.io train --namespace team-a"
        );
    }

    #[test]
    fn a_key_cannot_break_out_of_its_word() {
        let command = with_commands("", &object(), &[Step::from("a'; rm -rf /; '")]);
        assert!(command.contains(r#"/a'\''; rm -rf ~1; '\''"}]'"#), "{command}");
    }
}

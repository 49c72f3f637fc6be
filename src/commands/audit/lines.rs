//! An object as the API server sent it, on one line, becomes lines that a report can show: keys, order and the spelling of
//! each value stay what they are.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// The object in lines, without `managedFields`, which can be longer than the rest.
pub(super) fn lines_of(object: &RawValue) -> Result<String, serde_json::Error> {
    type Fields<'a> = BTreeMap<String, &'a RawValue>;
    // The API server sorts keys as well.
    let mut fields: Fields<'_> = serde_json::from_str(object.get())?;
    let slim = match fields.get("metadata").map(|metadata| serde_json::from_str::<Fields<'_>>(metadata.get()))
    {
        Some(Ok(mut metadata)) => {
            metadata.remove("managedFields");
            Some(serde_json::value::to_raw_value(&metadata)?)
        }
        _ => None,
    };
    if let Some(slim) = &slim {
        fields.insert("metadata".to_owned(), slim);
    }
    serde_json::to_string(&fields).map(|text| indented(&text))
}

/// JSON with a line for each field and item.
fn indented(json: &str) -> String {
    let mut lines = String::with_capacity(json.len() * 2);
    let mut depth = 0;
    let (mut in_string, mut is_escaped) = (false, false);
    let mut characters = json.chars().peekable();
    while let Some(character) = characters.next() {
        if in_string {
            lines.push(character);
            in_string = is_escaped || character != '"';
            is_escaped = character == '\\' && !is_escaped;
            continue;
        }
        match character {
            '{' | '[' => {
                lines.push(character);
                while characters.next_if(char::is_ascii_whitespace).is_some() {}
                if let Some(end) = characters.next_if(|next| matches!(next, '}' | ']')) {
                    lines.push(end);
                } else {
                    depth += 1;
                    new_line(&mut lines, depth);
                }
            }
            '}' | ']' => {
                depth -= 1;
                new_line(&mut lines, depth);
                lines.push(character);
            }
            ',' => {
                lines.push(character);
                new_line(&mut lines, depth);
            }
            ':' => lines.push_str(": "),
            _ if character.is_ascii_whitespace() => {}
            _ => {
                in_string = character == '"';
                lines.push(character);
            }
        }
    }
    lines.push('\n');
    lines
}

fn new_line(lines: &mut String, depth: usize) {
    lines.push('\n');
    lines.extend(std::iter::repeat_n("  ", depth));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(json: &str) -> String {
        lines_of(serde_json::from_str(json).expect("JSON")).expect("an object")
    }

    #[test]
    fn every_value_is_spelt_as_it_was() {
        let json = r#"{"kind": "K", "metadata":{"name":"n","managedFields":[{"a":{}}]},"spec":{"a":1e400,"b":[1.50,{}, []],"c":"x\"{,\\"}}"#;
        let expected = r#"{
  "kind": "K",
  "metadata": {
    "name": "n"
  },
  "spec": {
    "a": 1e400,
    "b": [
      1.50,
      {},
      []
    ],
    "c": "x\"{,\\"
  }
}
"#;
        assert_eq!(lines(json), expected);
    }

    #[test]
    fn strange_metadata_are_kept() {
        assert_eq!(lines(r#"{"metadata":[1]}"#), "{\n  \"metadata\": [\n    1\n  ]\n}\n");
    }
}

//! The YAML reader against the Go library that KubeRay uses: by hand, by accident, and scalar by scalar.

mod corpus;
mod generate;
mod oracle;
mod realistic;

use raygate_core::yaml::{self, Node, Outcome, Value};

fn json(node: &Node<'_>) -> serde_json::Value {
    match &node.value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(flag) => (*flag).into(),
        Value::Int(whole) => (*whole).into(),
        Value::UInt(whole) => (*whole).into(),
        Value::Float(float) => (*float).into(),
        Value::String(text) => text.as_ref().into(),
        Value::Sequence(items) => items.iter().map(json).collect(),
        Value::Mapping(entries) => {
            entries.iter().map(|entry| (entry.key.clone().into_owned(), json(&entry.value))).collect()
        }
    }
}

#[test]
fn explore() {
    let texts: Vec<String> = corpus::TEXTS.iter().chain(realistic::TEXTS).map(|t| (*t).to_owned()).collect();
    let answers = oracle::ask(&texts);
    for (text, answer) in texts.iter().zip(&answers) {
        match yaml::read_first(text) {
            Outcome::Reads(node) => {
                let ours = json(&node);
                if !answer.ok { println!("ACCEPT {text:?} GOERR {}", answer.error) }
                else if ours != answer.json { println!("DIFF {text:?} ours {ours} go {}", answer.json) }
            }
            Outcome::Refused(r) => if answer.ok { println!("REFUSE {text:?} {r} go {}", answer.json) },
            Outcome::Unsure(_) => {
                let kind = granit_parser::Parser::new_from_str(text).find_map(|e| e.err().map(|e| format!("{:?}", e.kind())));
                println!("UNSURE {:?} {text:?} go {}", kind, if answer.ok { answer.json.to_string() } else { answer.error.clone() });
            }
        }
    }
}

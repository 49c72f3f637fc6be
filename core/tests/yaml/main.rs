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

#[test]
fn fuzz_explore() {
    let texts: Vec<String> = corpus::TEXTS.iter().chain(realistic::TEXTS).map(|t| (*t).to_owned()).collect();
    let realistic: Vec<String> = realistic::TEXTS.iter().map(|t| (*t).to_owned()).collect();
    #[expect(clippy::disallowed_methods)]
    let seed = std::env::var("SEED").map_or(1, |s| s.parse().unwrap());
    let mut random = generate::Random::new(seed);
    for (label, from) in [("corpus", &texts), ("real", &realistic)] {
        let made: Vec<String> = (0..20000).map(|_| generate::mutate(&mut random, from)).collect();
        let answers = oracle::ask(&made);
        let (mut unsure, mut ok_unsure, mut refused, mut reads) = (0, 0, 0, 0);
        for (text, answer) in made.iter().zip(&answers) {
            match yaml::read_first(text) {
                Outcome::Reads(node) => {
                    reads += 1;
                    let ours = json(&node);
                    if !answer.ok { println!("ACCEPT {text:?} GOERR {}", answer.error) }
                    else if ours != answer.json { println!("DIFF {text:?} ours {ours} go {}", answer.json) }
                }
                Outcome::Refused(r) => { refused += 1; if answer.ok { println!("REFUSE {:?} {text:?} {r} go {}", r.problem, answer.json) } }
                Outcome::Unsure(_) => {
                    unsure += 1;
                    if answer.ok { ok_unsure += 1; }
                    let kind = granit_parser::Parser::new_from_str(text).find_map(|e| e.err().map(|e| format!("{:?}", e.kind())));
                    println!("UNSURE {} {:?} {text:?} go {}", answer.ok, kind, if answer.ok { answer.json.to_string() } else { answer.error.clone() });
                }
            }
        }
        println!("TOTAL {label} reads {reads} refused {refused} unsure {unsure} of which go accepts {ok_unsure}");
    }
}

//! Random manifests in random styles, and random additions: what the editor writes says what was asked, and of the text
//! that was there nothing is lost.
//!
//! `RAYGATE_EDIT_SEED` repeats a run, `RAYGATE_EDIT_TEXTS` sets how many there are.

use std::ops::Range;
use std::sync::Arc;

use raygate::manifests::edit::{Edited, add, additions};
use raygate::manifests::{chunks, objects};
use raygate_core::field_path::Step;
use raygate_core::yaml::{Source, Style};
use serde_json::{Value, json};

use crate::random::{Random, Seed, setting};
use emitter::Emitter;

mod emitter;

/// What a run has counts.
#[derive(Debug, Default)]
struct Counts {
    unreadable: usize,
    edited: usize,
    refused: usize,
}

#[test]
fn additions_to_random_texts_change_nothing_else() {
    let seed = Seed::choose("RAYGATE_EDIT_SEED");
    let texts = setting("RAYGATE_EDIT_TEXTS").unwrap_or(800);
    for shares in [false, true] {
        let mut counts = Counts::default();
        let mut random = Random::from_seed(seed);
        for _ in 0..texts {
            let text = Emitter::new(&mut random, shares).document();
            try_additions(&text, shares, &mut random, &mut counts);
        }
        eprintln!("aliases: {shares}, {counts:?}");
        assert!(counts.unreadable * 20 < usize::try_from(texts).expect("a count"), "{counts:?}");
        assert!(counts.refused * 5 < counts.edited, "{counts:?}");
    }
}

fn try_additions(text: &str, shares: bool, random: &mut Random, counts: &mut Counts) {
    let chunk = chunks(&Arc::from("random"), text).next().expect("a chunk").expect("a readable chunk");
    let complete = chunk.complete();
    let Ok(source) = Source::read(&complete, chunk.syntax) else {
        counts.unreadable += 1;
        return;
    };
    let object = objects(&source).remove(0).expect("an object");
    let old = Value::from(&source.root().value);
    for _ in 0..4 {
        let (parent, key) = target(&old, random);
        let value = value(random, 2);
        let pointer: String = parent.iter().chain([&key]).flat_map(|step| ["/", step]).collect();
        let patch: json_patch::Patch =
            serde_json::from_value(json!([{"op": "add", "path": pointer, "value": value}])).expect("a patch");
        let mut expected = old.clone();
        json_patch::patch(&mut expected, &patch).expect("a patch that fits");
        let additions = additions(&object, &patch).expect("additions");
        let Edited { text: edited, refused } = add(chunk.text, chunk.syntax, &source, &additions);
        let case = || format!("adding {value} at {pointer} to\n{}\nmakes\n{edited}", chunk.text);
        if !refused.is_empty() {
            assert!(shares, "refused without an alias: {refused:?}, {}", case());
            assert_eq!(edited, chunk.text);
            counts.refused += 1;
            continue;
        }
        counts.edited += 1;
        let again = if edited.ends_with('\n') { edited.clone() } else { format!("{edited}\n") };
        let read = Source::read(&again, chunk.syntax).unwrap_or_else(|error| panic!("{error}: {}", case()));
        assert_eq!(Value::from(&read.root().value), expected, "{}", case());
        let free = replaceable(&source, chunk.text, &old, &parent, &key);
        assert!(is_kept(chunk.text, &edited, free), "{}", case());
    }
}

/// A mapping of the document, and a key that is new in it or has nothing as its value.
fn target(document: &Value, random: &mut Random) -> (Vec<String>, String) {
    let (mut way, mut here) = (Vec::new(), document);
    let mut found = (Vec::new(), document);
    loop {
        let next: Vec<_> = match here {
            Value::Object(entries) => entries.iter().map(|(key, value)| (key.clone(), value)).collect(),
            Value::Array(items) => {
                items.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect()
            }
            _ => break,
        };
        if here.is_object() {
            found = (way.clone(), here);
        }
        let next: Vec<_> =
            next.into_iter().filter(|(_, value)| value.is_object() || value.is_array()).collect();
        if next.is_empty() || !way.is_empty() && random.percent(25) {
            break;
        }
        let (step, value) = random.pick(&next);
        way.push(step);
        here = value;
    }
    let entries = found.1.as_object().expect("a mapping");
    let empty: Vec<_> =
        entries.iter().filter(|(_, value)| value.is_null()).map(|(key, _)| key.clone()).collect();
    let key = if !empty.is_empty() && random.percent(50) {
        random.pick(&empty)
    } else {
        let keys = ["new", "yes", "a b", "0", "#", "", "é: ü", "-", "x.y"];
        let new: Vec<_> = keys.into_iter().filter(|key| !entries.contains_key(*key)).collect();
        random.pick(&new).to_owned()
    };
    (found.0, key)
}

fn value(random: &mut Random, depth: usize) -> Value {
    match random.below(if depth == 0 { 4 } else { 6 }) {
        0 => json!(random.below(100)),
        1 => random.pick(&[Value::Null, json!(true), json!(1.5), json!(-3)]),
        2 | 3 => {
            let texts = [
                "plain",
                "0.0.0.0",
                "no",
                "",
                " a ",
                "a: b",
                "a #b",
                "'",
                "\"\\",
                "a\nb\n",
                "é\u{85}\u{feff}",
            ];
            random.pick(&texts).into()
        }
        4 => (0..random.below(3)).map(|_| value(random, depth - 1)).collect(),
        _ => {
            let entries = (0..random.below(3)).map(|number| (format!("k{number}"), value(random, depth - 1)));
            Value::Object(entries.collect())
        }
    }
}

/// The bytes that may be rewritten: an empty `{}` or a null, and the blanks before it.
fn replaceable(source: &Source<'_>, text: &str, old: &Value, parent: &[String], key: &str) -> Range<usize> {
    let mut steps = Vec::new();
    let mut here = old;
    for step in parent {
        steps.push(match here {
            Value::Array(_) => Step::Index(step.parse().expect("an index")),
            _ => Step::Key(step.as_str().into()),
        });
        here = match here {
            Value::Array(items) => &items[step.parse::<usize>().expect("an index")],
            other => &other[step.as_str()],
        };
    }
    let (mut place, _) = source.place(&steps);
    let is_empty = here.as_object().is_some_and(serde_json::Map::is_empty);
    if !is_empty {
        let entry: Vec<_> = steps.into_iter().chain([Step::from(key)]).collect();
        let (found, taken) = source.place(&entry);
        if taken < entry.len() || found.style == Style::Alias {
            return 0..0;
        }
        place = found;
    }
    let bytes = place.value.bytes;
    text[..bytes.start].trim_end_matches([' ', '\t']).len()..bytes.end
}

/// Whether the old text is in the new one: in one piece around one insertion, or around a comma or what was rewritten too.
fn is_kept(old: &str, new: &str, free: Range<usize>) -> bool {
    let kept = [&old[..free.start], &old[free.end..]].concat();
    let fits = |old: &str, stretches| fits(old.as_bytes(), new.as_bytes(), stretches);
    fits(old, 2) || free.start < free.end && fits(&kept, 3)
}

/// Whether the text is the new one without so many stretches.
fn fits(old: &[u8], new: &[u8], stretches: usize) -> bool {
    let same = |pair: &(&u8, &u8)| pair.0 == pair.1;
    let prefix = old.iter().zip(new).take_while(same).count();
    let suffix = old.iter().rev().zip(new.iter().rev()).take_while(same).count();
    if prefix + suffix >= old.len() {
        return true;
    }
    // The first stretch to leave out begins where the texts part, and ends before what comes next.
    let (old, rest) = (&old[prefix..], &new[prefix..]);
    let ends = (1..rest.len()).filter(|end| rest[*end] == old[0]);
    stretches > 1 && ends.into_iter().any(|end| fits(old, &rest[end..], stretches - 1))
}

//! Names and versions: what Kubernetes' functions say of texts that are nearly right.

use raygate_core::kubernetes_names::{
    is_c_identifier, is_dns1035_label, is_dns1123_label, is_dns1123_subdomain, is_env_var_name,
    is_label_value, is_port_name, is_qualified_name, is_relaxed_env_var_name,
};
use raygate_core::ray_version::RayVersion;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::go;
use crate::random::{Random, Seed};
use crate::{cases, choose_seed};

type HasForm = fn(&str) -> bool;

const FORMS: [(&str, HasForm); 9] = [
    ("dns1123Label", is_dns1123_label),
    ("dns1123Subdomain", is_dns1123_subdomain),
    ("dns1035Label", is_dns1035_label),
    ("qualifiedName", is_qualified_name),
    ("labelValue", is_label_value),
    ("cIdentifier", is_c_identifier),
    ("envVarName", is_env_var_name),
    ("relaxedEnvVarName", is_relaxed_env_var_name),
    ("portName", is_port_name),
];

#[test]
fn names_have_the_forms_that_go_finds() {
    let seed = choose_seed();
    let mut random = Random::from_seed(seed);
    let names: Vec<String> = (0..cases()).map(|_| name(&mut random)).collect();
    let mut found = [0_usize; FORMS.len()];
    for (name, answer) in names.iter().zip(answers::<_, Map<String, Value>>("names", seed, &names)) {
        for ((form, has_form), found) in FORMS.iter().zip(&mut found) {
            let go = answer.get(*form).and_then(Value::as_bool).expect("an answer for each form");
            assert_eq!(has_form(name), go, "{form} {name:?}");
            *found += usize::from(go);
        }
    }
    eprintln!("{} names, of each form {found:?}", names.len());
    let enough = names.len() / 50;
    assert!(
        found.iter().all(|found| (enough..names.len() - enough).contains(found)),
        "the names are too much alike"
    );
}

#[derive(Deserialize)]
struct Versions {
    accepted: [bool; 2],
    less: bool,
}

#[test]
fn versions_are_read_and_ordered_as_go_does() {
    let seed = choose_seed();
    let mut random = Random::from_seed(seed);
    let pairs: Vec<[String; 2]> =
        (0..cases()).map(|_| [version(&mut random), version(&mut random)]).collect();
    let (mut both, mut less) = (0, 0);
    for (pair, answer) in pairs.iter().zip(answers::<_, Versions>("versions", seed, &pairs)) {
        let read = pair.each_ref().map(|text| text.parse::<RayVersion>());
        assert_eq!(read.each_ref().map(Result::is_ok), answer.accepted, "{pair:?}: {read:?}");
        if let [Ok(left), Ok(right)] = read {
            assert_eq!(left < right, answer.less, "{pair:?}: {left:?}, {right:?}");
            both += 1;
            less += usize::from(answer.less);
        }
    }
    eprintln!("{} pairs: {both} of two versions, {less} in order", pairs.len());
    assert!((pairs.len() / 20..pairs.len()).contains(&both) && less > both / 10, "too much alike");
}

fn answers<Q: serde::Serialize, A: for<'de> Deserialize<'de>>(
    question: &str,
    seed: Seed,
    texts: &[Q],
) -> Vec<A> {
    let lines: String = texts.iter().map(|text| serde_json::to_string(text).expect("JSON") + "\n").collect();
    let answers: Vec<A> =
        go::ask(question, seed, &lines).lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    assert_eq!(answers.len(), texts.len(), "one answer for each text");
    answers
}

fn name(random: &mut Random) -> String {
    let parts = random.pick(&[1, 1, 1, 1, 2, 2, 3]);
    (0..parts).map(|_| part(random)).collect::<Vec<_>>().join(random.pick(&["", ".", "/", "/", "-", "--"]))
}

fn part(random: &mut Random) -> String {
    let characters = random.pick(&[
        &['a', 'z'][..],
        &['a', 'b', '0', '-'],
        &['a', 'B', '_', '.'],
        &['a', 'A', '0', '9', '-', '_', '.', '/', ' ', '=', '\n', '\x7f', 'é'],
    ]);
    let length = match random.below(12) {
        0 => 0,
        1..=8 => 1 + random.below(6),
        9 => 13 + random.below(4),
        10 => 61 + random.below(4),
        _ => 250 + random.below(5),
    };
    (0..length).map(|_| random.pick(characters)).collect()
}

fn version(random: &mut Random) -> String {
    let mut text = random.pick(&["", "", "", "", "v", " ", "\t", "\nv", "V", "\x0b", "-"]).to_owned();
    let numbers = random.pick(&[1, 2, 2, 3, 3, 3, 4]);
    let number = |random: &mut Random| {
        random.pick(&["0", "0", "1", "2", "2", "02", "52", "52", "9", "10", "18446744073709551616"])
    };
    text += &(0..numbers)
        .map(|_| number(random))
        .collect::<Vec<_>>()
        .join(random.pick(&[".", ".", ".", "..", ","]));
    text + random.pick(&["", "", "", ".", "rc1", "-py310", ".dev0", " ", "\n", "\r", "é"])
}

//! The levels that a policy gives to rules: names become places in the registry.

use super::mistakes::{At, Mistakes};
use super::spec::{RuleAction, RuleLevel};
use crate::finding::Level;
use crate::rules::{self, FAMILIES, Rule};

/// A level for each rule that is named, by the rule's place in the registry.
#[derive(Clone, Debug, Default)]
pub(super) struct Levels(Vec<Option<Level>>);

impl Levels {
    pub(super) fn compile(spec: &[RuleLevel], at: &At<'_>, mistakes: &mut Mistakes) -> Self {
        let mut by_family = vec![None; rules::all().count()];
        let mut by_code = by_family.clone();
        let mut families_named: Vec<&str> = Vec::new();
        for (index, entry) in spec.iter().enumerate() {
            let (entry_at, level) = (at.index(index), level_of(entry.action));
            let names_at = entry_at.key("rules");
            for (index, name) in entry.rules.iter().enumerate() {
                let at = names_at.index(index);
                let names = match Named::of(name) {
                    Ok(names) => names,
                    Err(problem) => {
                        mistakes.note(&at, problem);
                        continue;
                    }
                };
                match names {
                    Named::Family(family, places) => {
                        if families_named.contains(&family) {
                            mistakes
                                .note(&at, format!("the family `{family}` is named twice in this policy"));
                        }
                        families_named.push(family);
                        for place in places {
                            by_family[place] = Some(level);
                        }
                    }
                    Named::Rule(place) if by_code[place].is_some() => {
                        mistakes.note(&at, format!("`{name}` is named twice in this policy"));
                    }
                    Named::Rule(place) => by_code[place] = Some(level),
                }
            }
        }
        let levels = by_code.into_iter().zip(by_family).map(|(code, family)| code.or(family)).collect();
        Self(levels)
    }

    /// The level of the rule at that place of the registry.
    pub(super) fn of(&self, place: usize) -> Option<Level> {
        self.0.get(place).copied().flatten()
    }
}

const fn level_of(action: RuleAction) -> Level {
    match action {
        RuleAction::Off => Level::Off,
        RuleAction::Warn => Level::Warn,
        RuleAction::Deny => Level::Deny,
    }
}

/// What one name names.
enum Named {
    Family(&'static str, Vec<usize>),
    Rule(usize),
}

impl Named {
    fn of(name: &str) -> Result<Self, String> {
        if let Some(family) = name.strip_suffix("/*") {
            return Self::of_family(family);
        }
        let found = rules::all()
            .enumerate()
            .find(|(_, rule)| rule.code.eq_ignore_ascii_case(name) || rule.slug == name);
        match found {
            Some((_, rule)) if rule.is_guard() => Err(format!(
                "`{name}` keeps KubeRay's operator from standing still for everybody: no policy changes its level"
            )),
            Some((_, rule)) if rule.is_of_policies() => Err(format!(
                "`{name}` speaks for policies: the enforcement of the policy that it speaks for is its level"
            )),
            Some((place, _)) => Ok(Self::Rule(place)),
            None => Err(match rules::nearest(name) {
                Some(rule) => {
                    format!("there is no rule `{name}`: did you mean `{}` ({})?", rule.slug, rule.code)
                }
                None => format!("there is no rule `{name}`: `raygate rules` lists all"),
            }),
        }
    }

    fn of_family(name: &str) -> Result<Self, String> {
        let Some(family) = FAMILIES.iter().find(|family| family.name == name) else {
            let names: Vec<_> = FAMILIES.iter().map(|family| format!("`{}/*`", family.name)).collect();
            return Err(format!("there is no family `{name}`: there are {}", names.join(", ")));
        };
        let may_change = |rule: &Rule| !rule.is_guard() && !rule.is_of_policies();
        let is_of_it = |rule: &'static Rule| family.rules.iter().any(|other| std::ptr::eq(*other, rule));
        let places = rules::all().enumerate().filter(|(_, rule)| is_of_it(rule) && may_change(rule));
        Ok(Self::Family(family.name, places.map(|(place, _)| place).collect()))
    }
}

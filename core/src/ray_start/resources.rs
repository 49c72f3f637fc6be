//! The value of `resources`, which three programs read in three ways and must all understand.
//!
//! Ray reads what Bash leaves of it, KubeRay's operator what stands between the outer quotes, and Ray's autoscaler what is
//! left without the first and the last character and all backslashes.

use serde::de::IgnoredAny;

use crate::document::{Document, Field, Number, Shape};

/// Names that Ray keeps for resources with an option of their own, or for itself.
const RESERVED: [&str; 5] = ["CPU", "GPU", "memory", "object_store_memory", "node:__internal_head__"];

/// The most that there may be of a resource (Ray 2.38 to 2.60 `MAX_RESOURCE_QUANTITY`).
const MOST: f64 = 100e12;

/// What `ray start` refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// No JSON.
    NoJson,
    /// JSON, but no object.
    NoObject,
    /// The name of a resource that has an option of its own, or is Ray's.
    Reserved(&'static str),
    /// A quantity that is no number.
    NoNumber,
    /// A quantity with a fraction.
    Fraction,
    /// A quantity below zero, or beyond what Ray counts.
    OutOfRange,
}

/// What Ray certainly refuses of the text that Bash hands on (Ray 2.38 to 2.60 `parse_resources_json`, `to_resource_dict`).
pub fn problem_for_ray(text: &str) -> Option<Problem> {
    if serde_json::from_str::<IgnoredAny>(text).is_err() {
        // Python also reads these.
        let may_be_python = text.contains("NaN") || text.contains("Infinity");
        return (!may_be_python).then_some(Problem::NoJson);
    }
    // What is left are texts that only Python takes.
    let document: Document<'_> = serde_json::from_str(text).ok()?;
    if document.root().shape() != Some(Shape::Object) {
        return Some(Problem::NoObject);
    }
    document.root().children().find_map(problem_of_quantity)
}

fn problem_of_quantity(quantity: Field<'_>) -> Option<Problem> {
    if let Some(name) = RESERVED.into_iter().find(|name| *name == quantity.key()) {
        return Some(Problem::Reserved(name));
    }
    match quantity.shape() {
        // Python counts them as 1 and 0.
        Some(Shape::Bool) => None,
        Some(Shape::Integer | Shape::Number) => {
            let number = quantity.cast::<Number>().value()?;
            if number.fract() != 0.0 {
                Some(Problem::Fraction)
            } else if !(0.0..=MOST).contains(&number) {
                Some(Problem::OutOfRange)
            } else {
                None
            }
        }
        _ => Some(Problem::NoNumber),
    }
}

/// Whether the text is an object without quotes around: Bash takes the quotes inside away and makes words of what stands
/// between commas and blanks, and none of those is an object.
pub fn is_bare(text: &str) -> bool {
    let inside = text.trim_matches(' ').strip_prefix('{').and_then(|text| text.strip_suffix('}'));
    let is_special = |character: char| "{}'\\$`;&|<>()\n".contains(character);
    inside.is_some_and(|inside| !inside.contains(is_special) && !inside.trim_matches(' ').is_empty())
}

/// Whether KubeRay certainly reads no resources in the text as it stands in the job; then it gives Ray neither GPUs nor
/// other accelerators (v1.3 to v1.7 `getResourcesMap`).
pub fn problem_for_kuberay(text: &str) -> bool {
    let inside = text.trim_matches(['\'', '"', '`', ' ']);
    serde_json::from_str::<IgnoredAny>(inside).is_err()
}

/// Whether Ray's autoscaler certainly reads no resources in the text as it stands in the job (Ray 2.38 to 2.60
/// `_get_custom_resources`).
pub fn problem_for_autoscaler(text: &str) -> bool {
    let mut inside = text.chars();
    inside.next();
    inside.next_back();
    let inside = inside.as_str().replace('\\', "");
    match problem_for_ray(&inside) {
        Some(Problem::NoJson | Problem::NoObject | Problem::NoNumber | Problem::Fraction) => true,
        Some(Problem::Reserved(_) | Problem::OutOfRange) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_ray_refuses_is_a_problem() {
        for (text, problem) in [
            ("{}", None),
            (r#"{"a": 1}"#, None),
            (r#"{"a": 1.0, "b": 0, "": 3}"#, None),
            (r#"{"a": true}"#, None),
            (r#"{"a": NaN}"#, None),
            (r#"{"a": 0.5, "a": 1}"#, None),
            ("", Some(Problem::NoJson)),
            ("{a:1}", Some(Problem::NoJson)),
            ("[]", Some(Problem::NoObject)),
            ("null", Some(Problem::NoObject)),
            (r#"{"CPU": 1}"#, Some(Problem::Reserved("CPU"))),
            (r#"{"a": 0.5}"#, Some(Problem::Fraction)),
            (r#"{"a": -1}"#, Some(Problem::OutOfRange)),
            (r#"{"a": 1e15}"#, Some(Problem::OutOfRange)),
            (r#"{"a": "1"}"#, Some(Problem::NoNumber)),
            (r#"{"a": null}"#, Some(Problem::NoNumber)),
        ] {
            assert_eq!(problem_for_ray(text), problem, "{text}");
        }
    }

    #[test]
    fn an_object_without_quotes_is_seen() {
        for (text, expected) in [
            (r#"{"a":1}"#, true),
            (r#"{"a": 1, "b": 2}"#, true),
            ("{}", false),
            (r#"'{"a":1}'"#, false),
            (r#"{\"a\":1}"#, false),
            (r#"{"a":{}}"#, false),
            (r#"{"a":$N}"#, false),
            ("", false),
        ] {
            assert_eq!(is_bare(text), expected, "{text}");
        }
    }

    /// The table of what must be written so that all three agree.
    #[test]
    fn three_programs_read_the_same_text_in_three_ways() {
        for (text, fails_kuberay, fails_autoscaler) in [
            (r#"'{"a": 1}'"#, false, false),
            (r#""{\"a\": 1}""#, true, false),
            (r#"{"a": 1}"#, false, true),
            (r#"{\"a\":1}"#, true, true),
            (r#"'{"a":1.0}'"#, false, false),
        ] {
            assert_eq!(problem_for_kuberay(text), fails_kuberay, "{text}");
            assert_eq!(problem_for_autoscaler(text), fails_autoscaler, "{text}");
        }
    }
}

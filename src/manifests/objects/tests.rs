//! What is an object, and what a list is taken apart into.

use raygate_core::field_path::Step;
use raygate_core::yaml::{Position, Source, Syntax};

use super::{ObjectErrorKind, objects};

/// Kind, name and way of every object, or where something is none.
fn read(text: &str) -> Vec<Result<String, (Position, ObjectErrorKind)>> {
    let source = Source::read(text, Syntax::Yaml).expect("a text that can be read");
    let shown = |steps: &[Step<'_>]| {
        let step = |step: &Step<'_>| match step {
            Step::Key(key) => format!(".{key}"),
            Step::Index(index) => format!("[{index}]"),
        };
        steps.iter().map(step).collect::<String>()
    };
    objects(&source)
        .into_iter()
        .map(|object| match object {
            Ok(object) => Ok(format!(
                "{} {} {}/{} {}",
                object.api_version,
                object.kind,
                object.namespace.unwrap_or_default(),
                object.name.unwrap_or_default(),
                shown(&object.steps)
            )),
            Err(error) => Err((error.position, error.kind)),
        })
        .collect()
}

#[test]
fn an_object_tells_what_it_is() {
    let text = "apiVersion: ray.io/v1\nkind: RayJob\nmetadata: {name: a, namespace: b}\n";
    assert_eq!(read(text), [Ok("ray.io/v1 RayJob b/a ".to_owned())]);
    // A name that is no text is for the rules to judge.
    assert_eq!(read("apiVersion: v1\nkind: Pod\nmetadata: {name: 1}\n"), [Ok("v1 Pod / ".to_owned())]);
    assert_eq!(read("apiVersion: v1\nkind: Pod\nmetadata: x\n"), [Ok("v1 Pod / ".to_owned())]);
}

#[test]
fn nothing_is_no_object_and_no_error() {
    for text in ["", "---\n", "null\n", "# only a comment\n", "~\n"] {
        assert_eq!(read(text), [], "{text:?}");
    }
}

#[test]
fn lists_are_laid_flat_with_the_way_to_each_item() {
    let text = "\
apiVersion: v1
kind: List
items:
- {apiVersion: ray.io/v1, kind: RayJob, metadata: {name: a}}
- apiVersion: v1
  kind: List
  items:
  - {apiVersion: v1, kind: Pod, metadata: {name: b}}
- {apiVersion: v1, kind: List, items: null}
- {apiVersion: v1, kind: List, items: []}
- {apiVersion: v1, kind: Pod, metadata: {name: c}}
";
    assert_eq!(
        read(text),
        [
            Ok("ray.io/v1 RayJob /a .items[0]".to_owned()),
            Ok("v1 Pod /b .items[1].items[0]".to_owned()),
            Ok("v1 Pod /c .items[4]".to_owned()),
        ]
    );
}

#[test]
fn items_of_a_typed_list_have_their_kind_from_it() {
    let text = "\
apiVersion: ray.io/v1
kind: RayJobList
items:
- metadata: {name: a}
- kind: RayJob
";
    let half = Position { line: 5, column: 3 };
    assert_eq!(
        read(text),
        [Ok("ray.io/v1 RayJob /a .items[0]".to_owned()), Err((half, ObjectErrorKind::NoApiVersion))]
    );
}

#[test]
fn an_object_with_items_that_is_no_list_stays_whole() {
    assert_eq!(read("apiVersion: a/v1\nkind: Menu\nitems: [{a: 1}]\n"), [Ok("a/v1 Menu / ".to_owned())]);
    assert_eq!(read("apiVersion: a/v1\nkind: WishList\n"), [Ok("a/v1 WishList / ".to_owned())]);
}

#[test]
fn what_is_no_object_is_told_where_it_stands() {
    let at = |line, column| Position { line, column };
    for (text, position, kind) in [
        ("# c\na: 1\n", at(2, 1), ObjectErrorKind::NoKind),
        ("apiVersion: v1\nkind: ''\n", at(1, 1), ObjectErrorKind::NoKind),
        ("kind: RayJob\n", at(1, 1), ObjectErrorKind::NoApiVersion),
        (
            "apiVersion: 1\nkind: RayJob\n",
            at(1, 13),
            ObjectErrorKind::NoText { field: "apiVersion", found: "a number" },
        ),
        ("apiVersion: v1\nkind: [a]\n", at(2, 7), ObjectErrorKind::NoText { field: "kind", found: "a list" }),
        ("[{apiVersion: v1, kind: Pod}]\n", at(1, 1), ObjectErrorKind::List),
        ("hello\n", at(1, 1), ObjectErrorKind::NoMapping("text")),
        ("apiVersion: v1\nkind: List\nitems: {}\n", at(3, 8), ObjectErrorKind::Items("a mapping")),
        ("apiVersion: v1\nkind: List\nitems:\n- 1\n", at(4, 3), ObjectErrorKind::NoMapping("a number")),
        ("apiVersion: v1\nkind: List\nitems:\n- a: 1\n", at(4, 3), ObjectErrorKind::NoKind),
    ] {
        assert_eq!(read(text), [Err((position, kind))], "{text}");
    }
}

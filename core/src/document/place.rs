//! Where a field is: its path as messages write it and as updates compare it, and the steps that lead to it.

use std::borrow::Cow;

use super::{Field, Text, Value};
use crate::field_path::{FieldPath, Step};

impl<'a, T> Field<'a, T> {
    /// Where the field is, or would be: the absent child of an absent object is where that object would be.
    pub fn path(self) -> FieldPath {
        let mut path = FieldPath::default();
        self.write_path(&mut path);
        path
    }

    /// The way to the same place: what [`Self::path`] writes, step by step.
    pub fn steps(self) -> Vec<Step<'a>> {
        let mut steps = Vec::new();
        let mut here = self.any();
        while let Some(parent) = here.parent() {
            steps.push(if parent.raw() == Some(&Value::List) {
                Step::Index(here.index_in(parent))
            } else {
                Step::Key(Cow::Borrowed(here.key()))
            });
            here = parent;
        }
        steps.reverse();
        steps
    }

    fn write_path(self, path: &mut FieldPath) {
        let Some(parent) = self.parent() else { return };
        parent.write_path(path);
        if parent.raw() == Some(&Value::List) {
            path.push_index(self.index_in(parent));
        } else {
            path.push_key(self.key());
        }
    }

    /// Whether another document has the other field at this place; list items that have names are found by them, so
    /// that it survives a reordering.
    pub(crate) fn is_at_place_of(self, other: Field<'_>) -> bool {
        let (parent, others) = match (self.parent(), other.parent()) {
            (Some(parent), Some(others)) => (parent, others),
            (here, there) => return here.is_none() && there.is_none(),
        };
        let is_item = [parent.raw(), others.raw()].map(|value| value == Some(&Value::List));
        let is_same_step = match is_item {
            [true, true] => match (self.any().own_name(), other.own_name()) {
                (None, None) => self.index_in(parent) == other.index_in(others),
                (name, of_other) => name == of_other,
            },
            [false, false] => self.key() == other.key(),
            _ => false,
        };
        is_same_step && parent.is_at_place_of(others)
    }

    /// What people call a list item.
    fn own_name(self) -> Option<&'a str> {
        ["name", "groupName"].into_iter().find_map(|key| self.child::<Text>(key).value())
    }

    fn index_in(self, list: Field<'a>) -> usize {
        list.children().take_while(|item| item.position() < self.position()).count()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Any, Document};
    use super::*;

    fn path_of(steps: &[Step<'_>]) -> FieldPath {
        let mut path = FieldPath::default();
        for step in steps {
            match step {
                Step::Key(key) => path.push_key(key),
                Step::Index(index) => path.push_index(*index),
            }
        }
        path
    }

    #[test]
    fn the_steps_to_a_field_are_those_of_its_path() {
        let text = r#"{"spec": {"groups": [{"name": "a"}, {"env": {"num-cpus": [1, [2]]}}], "": null}}"#;
        let document: Document<'_> = serde_json::from_str(text).expect("JSON");
        for position in 0..u32::try_from(document.nodes.len()).expect("few nodes") {
            let field: Field<'_> = Field::at(&document, position).expect("a node");
            for field in [field, field.absent("absent"), field.absent::<Any>("absent").absent("deeper")] {
                assert_eq!(path_of(&field.steps()), field.path());
            }
        }
        let spec = document.root().child::<Any>("spec");
        let item = spec.child::<Any>("groups").children().nth(1).expect("two items");
        let expected = [Step::Key("spec".into()), Step::Key("groups".into()), Step::Index(1)];
        assert_eq!(item.steps(), expected);
        assert_eq!(document.root().steps(), []);
    }
}

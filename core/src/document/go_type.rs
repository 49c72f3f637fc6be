//! The Go type of a place in a document, found by the keys above it.

use super::Field;
use crate::go_types::{Struct, StructField, Type};

impl<T> Field<'_, T> {
    /// What KubeRay decodes this place into when the document is such an object; `None` if no version knows such a field.
    pub fn go_type(self, root: &'static Struct) -> Option<Type> {
        let Some(parent) = self.parent() else { return Some(Type::Struct(root)) };
        match parent.go_type(root)?.target() {
            Type::Struct(known) => known.newest_field(self.key()).map(StructField::go_type),
            Type::List(item) | Type::Map(item) => Some(*item),
            Type::Leaf(_) | Type::Pointer(_) => None,
        }
    }
}

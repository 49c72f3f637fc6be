//! The Go types that KubeRay decodes a RayJob into, as one static table.
//!
//! `generator/` writes `table.rs` from KubeRay's own types by reflection. `document::same_values` compares two objects
//! by it; whoever needs to know what the operator's decoder makes of a value reads it here.

#[rustfmt::skip]
mod table;
pub(crate) mod time;

/// A RayJob as the operator knows it: metadata, spec with everything below, and status.
pub static RAY_JOB: &Struct = &table::RAY_JOB;

/// A Go struct, embedded structs included, as its JSON object looks.
#[derive(Debug)]
pub struct Struct {
    name: &'static str,
    fields: &'static [StructField],
}

impl Struct {
    const fn new(name: &'static str, fields: &'static [StructField]) -> Self {
        Self { name, fields }
    }

    /// The name in Go with its package, for example `v1.PodSpec`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// All fields, sorted by key.
    pub const fn fields(&self) -> &'static [StructField] {
        self.fields
    }

    /// The field of this JSON key, written exactly so: the operator's decoder minds upper and lower case.
    pub fn field(&self, key: &str) -> Option<&'static StructField> {
        let at = self.fields.binary_search_by(|field| field.key.cmp(key)).ok()?;
        self.fields.get(at)
    }
}

/// A field of a [`Struct`].
#[derive(Debug)]
pub struct StructField {
    key: &'static str,
    go_type: Type,
    omits_empty: bool,
}

impl StructField {
    /// The JSON key.
    pub const fn key(&self) -> &'static str {
        self.key
    }

    /// What the decoder makes of the value.
    pub const fn go_type(&self) -> Type {
        self.go_type
    }

    /// Whether the operator leaves the field out when it writes the object and the value is the zero value.
    pub const fn omits_empty(&self) -> bool {
        self.omits_empty
    }

    /// Whether absent and the zero value are two different things.
    pub const fn is_pointer(&self) -> bool {
        matches!(self.go_type, Type::Pointer(_))
    }
}

/// A Go type. Absent and null decode to its zero value.
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// A value without further structure.
    Leaf(Leaf),
    /// An object with known keys; unknown ones are dropped by the decoder.
    Struct(&'static Struct),
    /// A list; none and an empty one mean the same.
    List(&'static Type),
    /// An object with free keys; none and an empty one mean the same.
    Map(&'static Type),
    /// A value or nil, which is what absent and null decode to.
    Pointer(&'static Type),
}

/// A Go type that a JSON scalar decodes into. Named string types are strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaf {
    /// `string`
    String,
    /// `bool`
    Bool,
    /// `int32`
    Int32,
    /// `int64`
    Int64,
    /// `float32`
    Float32,
    /// `resource.Quantity`: a string or a number, see [`crate::quantity`].
    Quantity,
    /// `intstr.IntOrString`: an `int32` or a string; the zero value is the number 0.
    IntOrString,
    /// `metav1.Time`: RFC 3339; the zero value is the first second of the year 1.
    Time,
    /// JSON of any form, kept as it was written.
    Raw,
}

const fn omitempty(key: &'static str, go_type: Type) -> StructField {
    StructField { key, go_type, omits_empty: true }
}

const fn always(key: &'static str, go_type: Type) -> StructField {
    StructField { key, go_type, omits_empty: false }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::ptr;

    use super::*;

    fn structs_below(go_type: Type, seen: &mut HashSet<*const Struct>, found: &mut Vec<&'static Struct>) {
        match go_type {
            Type::Leaf(_) => {}
            Type::List(item) | Type::Map(item) | Type::Pointer(item) => structs_below(*item, seen, found),
            Type::Struct(known) => {
                if seen.insert(ptr::from_ref(known)) {
                    found.push(known);
                    for field in known.fields() {
                        structs_below(field.go_type(), seen, found);
                    }
                }
            }
        }
    }

    #[test]
    fn every_field_is_found_by_its_key() {
        let mut found = Vec::new();
        structs_below(Type::Struct(RAY_JOB), &mut HashSet::new(), &mut found);
        assert!(found.len() > 100, "only {} structs", found.len());
        for known in found {
            for field in known.fields() {
                let same = known.field(field.key()).is_some_and(|same| ptr::eq(same, field));
                assert!(same, "{}.{}", known.name(), field.key());
            }
            assert!(known.field("noSuchField").is_none());
        }
    }

    #[test]
    fn a_pointer_is_told_from_a_plain_field() {
        let Some(Type::Struct(spec)) = RAY_JOB.field("spec").map(StructField::go_type) else {
            panic!("spec")
        };
        assert_eq!(spec.name(), "v1.RayJobSpec");
        assert!(spec.field("backoffLimit").is_some_and(StructField::is_pointer));
        assert!(!spec.field("suspend").is_some_and(StructField::is_pointer));
        assert!(spec.field("Suspend").is_none(), "the decoder minds the case");
    }
}

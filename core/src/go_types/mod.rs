//! The Go types that KubeRay 1.3 to 1.7 decode their objects into, and what the schemas of its CRDs say of their fields,
//! as one static table.
//!
//! `generator/` writes `table.rs` from KubeRay's own types by reflection, and from its CRDs. `document::same_values`
//! compares two objects by it, `document::misfits` judges each value by it, `document::as_stored` prunes and completes an
//! object by it; whoever needs to know what the operator's decoder or the API server makes of a value reads it here.

mod schema;
#[rustfmt::skip]
mod table;
pub(crate) mod time;

use crate::kuberay::KubeRayVersion;
pub use schema::{ApiVersion, Keyword, Scalar, Schema};

/// A RayJob as the operator knows it: metadata, spec with everything below, and status.
pub static RAY_JOB: &Struct = &table::RAY_JOB;

/// The kinds that users write, each with its type.
pub static KINDS: [(&str, &Struct); 4] = [
    ("RayJob", RAY_JOB),
    ("RayCluster", &table::RAY_CLUSTER),
    ("RayService", &table::RAY_SERVICE),
    ("RayCronJob", &table::RAY_CRON_JOB),
];

/// The type of a kind of the group `ray.io`.
pub fn of_kind(kind: &str) -> Option<&'static Struct> {
    KINDS.iter().find(|(name, _)| *name == kind).map(|(_, known)| *known)
}

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

    /// All fields of all versions, sorted by key; a key stands there again for each type and schema that it has had,
    /// oldest first.
    pub const fn fields(&self) -> &'static [StructField] {
        self.fields
    }

    /// The field of this JSON key in that version, written exactly so: the operator's decoder minds upper and lower case.
    pub fn field(&self, key: &str, version: KubeRayVersion) -> Option<&'static StructField> {
        let found = self.fields.get(self.position(key)?).filter(|field| field.is_in(version));
        found.or_else(|| self.rows(key).iter().find(|field| field.is_in(version)))
    }

    /// The same, and its position; looked for from `start` on first, because sorted keys find each other in turn.
    pub(crate) fn field_from(
        &self,
        start: usize,
        key: &str,
        version: KubeRayVersion,
    ) -> Option<(usize, &'static StructField)> {
        let mut ahead = self.fields.iter().enumerate().skip(start);
        // Keys of another length, as most are, differ at the first look.
        let found = ahead.find(|(_, field)| field.key == key && field.is_in(version));
        found.or_else(|| Some((start, self.field(key, version)?)))
    }

    /// The field of this JSON key in the newest version that has it.
    pub fn newest_field(&self, key: &str) -> Option<&'static StructField> {
        self.rows(key).last()
    }

    fn position(&self, key: &str) -> Option<usize> {
        self.fields.binary_search_by(|field| field.key.cmp(key)).ok()
    }

    fn rows(&self, key: &str) -> &'static [StructField] {
        let Some(found) = self.position(key) else { return &[] };
        let has_key = |at: &usize| self.fields.get(*at).is_some_and(|field| field.key == key);
        let start = (0..found).rev().take_while(has_key).last().unwrap_or(found);
        let end = (found..self.fields.len()).take_while(has_key).last().unwrap_or(found);
        self.fields.get(start..=end).unwrap_or_default()
    }
}

/// A field of a [`Struct`].
#[derive(Debug)]
pub struct StructField {
    key: &'static str,
    go_type: Type,
    schema: &'static [Keyword],
    from: KubeRayVersion,
    until: KubeRayVersion,
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

    /// What the schemas say of the field beside its type.
    pub const fn schema(&self) -> &'static [Keyword] {
        self.schema
    }

    /// The first version that has the field with this type and schema, if the struct is there at all.
    pub const fn since(&self) -> KubeRayVersion {
        self.from
    }

    /// The last version that has the field with this type and schema, if the struct is there at all.
    pub const fn until(&self) -> KubeRayVersion {
        self.until
    }

    /// Whether that version has the field with this type and schema, if it has the struct at all.
    pub fn is_in(&self, version: KubeRayVersion) -> bool {
        (self.from..=self.until).contains(&version)
    }

    /// Whether absent and the zero value are two different things.
    pub const fn is_pointer(&self) -> bool {
        matches!(self.go_type, Type::Pointer(_))
    }

    const fn says(self, schema: &'static [Keyword]) -> Self {
        Self { schema, ..self }
    }

    const fn added_in(self, version: KubeRayVersion) -> Self {
        Self { from: version, ..self }
    }

    const fn removed_after(self, version: KubeRayVersion) -> Self {
        Self { until: version, ..self }
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

impl Type {
    /// The type behind all pointers.
    pub(crate) fn target(self) -> Self {
        match self {
            Self::Pointer(target) => target.target(),
            other => other,
        }
    }
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

/// A field that every version has which has its struct.
const fn field(key: &'static str, go_type: Type) -> StructField {
    StructField { key, go_type, schema: &[], from: KubeRayVersion::OLDEST, until: KubeRayVersion::NEWEST }
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
        let (mut seen, mut found) = (HashSet::new(), Vec::new());
        for (_, kind) in KINDS {
            structs_below(Type::Struct(kind), &mut seen, &mut found);
        }
        assert!(found.len() > 150, "only {} structs", found.len());
        for known in found {
            for field in known.fields() {
                for version in KubeRayVersion::ALL {
                    let same = known.field(field.key(), version).is_some_and(|same| ptr::eq(same, field));
                    assert_eq!(same, field.is_in(version), "{}.{} in {version}", known.name(), field.key());
                }
                assert!(known.newest_field(field.key()).is_some_and(|newest| newest.until >= field.until));
            }
            assert!(known.newest_field("noSuchField").is_none());
        }
    }

    #[test]
    fn a_field_has_the_type_of_its_version() {
        let of = |kind: &str, version| {
            let Some(Type::Struct(spec)) = of_kind(kind)?.field("spec", version).map(StructField::go_type)
            else {
                panic!("spec")
            };
            Some(spec)
        };
        let spec = of("RayJob", KubeRayVersion::V1_4).expect("a RayJob");
        assert_eq!(spec.name(), "v1.RayJobSpec");
        assert!(spec.field("backoffLimit", KubeRayVersion::V1_4).is_some_and(StructField::is_pointer));
        assert!(spec.field("deletionPolicy", KubeRayVersion::V1_4).is_some());
        assert!(spec.field("deletionPolicy", KubeRayVersion::V1_5).is_none());
        assert!(spec.field("Suspend", KubeRayVersion::V1_4).is_none(), "the decoder minds the case");
        let spec = of("RayCronJob", KubeRayVersion::V1_6).expect("a RayCronJob");
        let is_pointer = |version| spec.field("suspend", version).is_some_and(StructField::is_pointer);
        assert_eq!([KubeRayVersion::V1_6, KubeRayVersion::V1_7].map(is_pointer), [false, true]);
        assert!(of("Pod", KubeRayVersion::NEWEST).is_none());
    }
}

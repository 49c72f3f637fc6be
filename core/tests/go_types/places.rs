//! Every place in KubeRay's objects that has a type: fields at all depths, items of lists, entries of maps.

use raygate_core::go_types::{KINDS, Keyword, Struct, StructField, Type};
use raygate_core::kuberay::KubeRayVersion;

/// A place in an object of some kind: the JSON before and behind the value.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) kind: &'static str,
    /// What the schema says of it, if it is a field.
    pub(crate) schema: &'static [Keyword],
    before: String,
    behind: String,
}

impl Place {
    /// The object with that value, in JSON, at this place.
    pub(crate) fn object(&self, value: &str) -> String {
        [&self.before, value, &self.behind].concat()
    }

    fn inside(&self, open: &str, close: &str) -> Self {
        Self {
            kind: self.kind,
            schema: &[],
            before: [&self.before, open].concat(),
            behind: [close, &self.behind].concat(),
        }
    }
}

/// All places below `metadata` and `spec` of all kinds.
pub(crate) fn all(version: KubeRayVersion) -> Vec<Place> {
    let mut walk = Walk { version, above: Vec::new(), places: Vec::new() };
    for (kind, root) in KINDS {
        let type_meta = format!(r#"{{"apiVersion":"ray.io/v1","kind":"{kind}","metadata":{{"name":"a""#);
        let place = |before, behind: &str| Place { kind, schema: &[], before, behind: behind.to_owned() };
        let metadata = place(format!("{type_meta},"), "}}");
        let spec = place(format!(r#"{type_meta}}},"spec":"#), "}");
        for field in walk.fields(root) {
            match (field.key(), field.go_type()) {
                ("metadata", Type::Struct(known)) => {
                    // The name is there already, and who manages which field is never read.
                    let others =
                        walk.fields(known).filter(|field| !["name", "managedFields"].contains(&field.key()));
                    for field in others {
                        let place = metadata.inside(&format!("\"{}\":", field.key()), "");
                        walk.above = vec![known];
                        walk.collect(&place, field.go_type());
                    }
                }
                ("spec", _) => {
                    walk.above.clear();
                    walk.collect(&spec, field.go_type());
                }
                _ => {}
            }
        }
    }
    walk.places
}

struct Walk {
    version: KubeRayVersion,
    above: Vec<&'static Struct>,
    places: Vec<Place>,
}

impl Walk {
    fn fields(&self, known: &'static Struct) -> impl Iterator<Item = &'static StructField> + use<> {
        let version = self.version;
        known.fields().iter().filter(move |field| field.is_in(version))
    }

    fn collect(&mut self, place: &Place, go_type: Type) {
        if !matches!(go_type, Type::Pointer(_)) {
            self.places.push(place.clone());
        }
        match go_type {
            Type::Leaf(_) => {}
            Type::Pointer(target) => self.collect(place, *target),
            Type::List(item) => self.collect(&place.inside("[", "]"), *item),
            Type::Map(item) => self.collect(&place.inside("{\"a\":", "}"), *item),
            Type::Struct(known) => {
                if self.above.iter().any(|outer| std::ptr::eq(*outer, known)) {
                    return;
                }
                self.above.push(known);
                for field in self.fields(known) {
                    let inside = place.inside(&format!("{{\"{}\":", field.key()), "}");
                    self.collect(&Place { schema: field.schema(), ..inside }, field.go_type());
                }
                self.above.pop();
            }
        }
    }
}

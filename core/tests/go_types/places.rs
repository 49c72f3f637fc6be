//! Every place in KubeRay's objects that has a type: fields at all depths, items of lists, entries of maps.

use raygate_core::go_types::{KINDS, Struct, Type};

use crate::fields::oracles_fields;

/// A place in an object of some kind: the JSON before and behind the value.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) kind: &'static str,
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
            before: [&self.before, open].concat(),
            behind: [close, &self.behind].concat(),
        }
    }
}

/// All places below `metadata` and `spec` of all kinds.
pub(crate) fn all() -> Vec<Place> {
    let mut places = Vec::new();
    for (kind, root) in KINDS {
        let type_meta = format!(r#"{{"apiVersion":"ray.io/v1","kind":"{kind}","metadata":{{"name":"a""#);
        let metadata = Place { kind, before: format!("{type_meta},"), behind: "}}".to_owned() };
        let spec = Place { kind, before: format!(r#"{type_meta}}},"spec":"#), behind: "}".to_owned() };
        for field in oracles_fields(root) {
            match (field.key(), field.go_type()) {
                ("metadata", Type::Struct(known)) => {
                    // The name is there already, and who manages which field is never read.
                    let others = oracles_fields(known)
                        .filter(|field| !["name", "managedFields"].contains(&field.key()));
                    for field in others {
                        let place = metadata.inside(&format!("\"{}\":", field.key()), "");
                        collect(&place, field.go_type(), &mut vec![known], &mut places);
                    }
                }
                ("spec", _) => collect(&spec, field.go_type(), &mut Vec::new(), &mut places),
                _ => {}
            }
        }
    }
    places
}

fn collect(place: &Place, go_type: Type, above: &mut Vec<&'static Struct>, places: &mut Vec<Place>) {
    if !matches!(go_type, Type::Pointer(_)) {
        places.push(place.clone());
    }
    match go_type {
        Type::Leaf(_) => {}
        Type::Pointer(target) => collect(place, *target, above, places),
        Type::List(item) => collect(&place.inside("[", "]"), *item, above, places),
        Type::Map(item) => collect(&place.inside("{\"a\":", "}"), *item, above, places),
        Type::Struct(known) => {
            if above.iter().any(|outer| std::ptr::eq(*outer, known)) {
                return;
            }
            above.push(known);
            for field in oracles_fields(known) {
                collect(
                    &place.inside(&format!("{{\"{}\":", field.key()), "}"),
                    field.go_type(),
                    above,
                    places,
                );
            }
            above.pop();
        }
    }
}

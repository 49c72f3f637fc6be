//! A field becomes JSON again.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::{Field, Value};

impl<T> Serialize for Field<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.raw() {
            None | Some(Value::Null) => serializer.serialize_unit(),
            Some(Value::Bool(value)) => serializer.serialize_bool(*value),
            Some(Value::Integer(value)) => serializer.serialize_i64(*value),
            Some(Value::Unsigned(value)) => serializer.serialize_u64(*value),
            Some(Value::Float(value)) => serializer.serialize_f64(*value),
            Some(Value::Text(text)) => serializer.serialize_str(text),
            Some(Value::List) => {
                let mut list = serializer.serialize_seq(None)?;
                self.children().try_for_each(|item| list.serialize_element(&item))?;
                list.end()
            }
            Some(Value::Object) => {
                let mut object = serializer.serialize_map(None)?;
                self.children().try_for_each(|entry| object.serialize_entry(entry.key(), &entry))?;
                object.end()
            }
        }
    }
}

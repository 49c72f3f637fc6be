//! `view!` declares what Raygate reads of one kind of object: Rust name, type and key, once for each field.

/// Declares a struct whose fields are places in a document, filled in by one pass over the object's children.
macro_rules! view {
    (
        $(#[$doc:meta])*
        pub struct $name:ident {
            $( $(#[$field_doc:meta])* $field:ident: $kind:ty = $key:literal, )*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name<'a> {
            /// The object that holds these fields.
            pub object: $crate::document::Field<'a, $crate::document::Object>,
            $(
                $(#[$field_doc])*
                #[doc = concat!("`", $key, "`")]
                pub $field: $crate::document::Field<'a, $kind>,
            )*
        }

        impl<'a> $name<'a> {
            /// Lays the view over an object, which may be absent or of a wrong type: then all fields are absent.
            pub(crate) fn of(object: $crate::document::Field<'a, $crate::document::Object>) -> Self {
                let mut view = Self { object, $( $field: object.absent($key), )* };
                for child in object.children() {
                    match child.key() {
                        $( $key => view.$field = child.cast(), )*
                        _ => {}
                    }
                }
                view
            }
        }
    };
}

pub(super) use view;

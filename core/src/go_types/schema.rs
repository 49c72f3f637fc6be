//! What the schemas of KubeRay's CRDs say of a field beside its type, in the words of the table.
//!
//! Only what the API server decides by is kept, and only what the type does not say already.

/// A version of the API in which the API server takes objects of the group `ray.io`. It stores all as `v1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiVersion {
    /// `ray.io/v1`
    V1,
    /// `ray.io/v1alpha1`: deprecated, and its schema lacks what KubeRay 1.1 and later have brought.
    V1Alpha1,
}

impl ApiVersion {
    /// The version that an object names in its field `apiVersion`.
    pub fn of(api_version: &str) -> Option<Self> {
        match api_version {
            "ray.io/v1" => Some(Self::V1),
            "ray.io/v1alpha1" => Some(Self::V1Alpha1),
            _ => None,
        }
    }
}

/// One thing that a schema says of a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Keyword {
    /// The field must be there.
    Required,
    /// The same, in that version of the API only.
    RequiredIn(ApiVersion),
    /// The field is there in that version of the API only; from objects of another it is dropped.
    OnlyIn(ApiVersion),
    /// The field is there in the metadata of the object only; from that of a template it is dropped.
    OnlyAtTheRoot,
    /// What the API server writes where the field is absent or null.
    DefaultsTo(Scalar),
    /// The values that there are.
    OneOf(&'static [&'static str]),
    /// The least value.
    Minimum(i64),
    /// The list must have an item, the text a character.
    NotEmpty,
    /// No two items of the list may have the same values under these keys.
    KeyedBy(&'static [&'static str]),
    /// No two items of the list may be the same.
    Set,
}

/// A default.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar {
    /// A string.
    Text(&'static str),
    /// An integer.
    Number(i64),
    /// A boolean.
    Flag(bool),
}

//! What the schemas of KubeRay's CRDs say of a field beside its type, in the words of the table.
//!
//! Only what the API server decides by is kept, and only what the type does not say already.

use super::{Struct, StructField, of_kind};
use crate::kuberay::KubeRayVersion;

/// The schema of one kind: what the API server holds an object against.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    root: &'static Struct,
    kuberay: KubeRayVersion,
    api: ApiVersion,
}

impl Schema {
    /// The schema that KubeRay of that version brings for a kind, if it brings one.
    pub fn of(kind: &str, api: ApiVersion, kuberay: KubeRayVersion) -> Option<Self> {
        let is_there = kind != "RayCronJob" || (api == ApiVersion::V1 && kuberay >= KubeRayVersion::V1_6);
        of_kind(kind).filter(|_| is_there).map(|root| Self { root, kuberay, api })
    }

    /// The type of the kind.
    pub const fn root(self) -> &'static Struct {
        self.root
    }

    /// The version of KubeRay.
    pub const fn kuberay(self) -> KubeRayVersion {
        self.kuberay
    }

    /// The version of the API.
    pub const fn api(self) -> ApiVersion {
        self.api
    }

    /// The fields of a struct that the schema has.
    pub(crate) fn fields(self, known: &'static Struct) -> impl Iterator<Item = &'static StructField> {
        known.fields().iter().filter(move |field| field.is_in(self.kuberay) && self.has(field))
    }

    /// Whether a field that KubeRay has is in this version of the API.
    pub(crate) fn has(self, field: &StructField) -> bool {
        !field.schema().iter().any(|word| matches!(word, Keyword::OnlyIn(api) if *api != self.api))
    }

    /// Whether the field must be there.
    pub(crate) fn requires(self, field: &StructField) -> bool {
        [Keyword::Required, Keyword::RequiredIn(self.api)].iter().any(|word| field.schema().contains(word))
    }
}

/// A version of the API in which the API server takes objects of the group `ray.io`. It stores all as `v1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiVersion {
    /// `ray.io/v1`
    V1,
    /// `ray.io/v1alpha1`: deprecated, and its schema lacks what KubeRay 1.1 and later have brought.
    V1Alpha1,
}

impl ApiVersion {
    /// The version as an object names it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V1 => "ray.io/v1",
            Self::V1Alpha1 => "ray.io/v1alpha1",
        }
    }

    /// The version that an object names in its field `apiVersion`.
    pub fn of(api_version: &str) -> Option<Self> {
        [Self::V1, Self::V1Alpha1].into_iter().find(|version| version.as_str() == api_version)
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

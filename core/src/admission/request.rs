//! The AdmissionReview that the API server sends, as far as it is read.

use std::borrow::Cow;

use serde::Deserialize;

use super::Unreadable;
use crate::document::Document;
use crate::record::Record;
use crate::verdict::Verdict;

/// A review of `admission.k8s.io/v1`. Strings borrow from the body unless they are written with escapes.
#[derive(Debug, Deserialize)]
struct Review<'a> {
    #[serde(borrow, rename = "apiVersion", default)]
    api_version: Cow<'a, str>,
    #[serde(borrow, default)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    request: Option<Request<'a>>,
}

/// What the API server asks.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request<'a> {
    #[serde(borrow, default)]
    pub(super) uid: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) kind: GroupVersionKind<'a>,
    #[serde(borrow, default)]
    pub(super) sub_resource: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) name: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) namespace: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) operation: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) user_info: UserInfo<'a>,
    #[serde(borrow, default)]
    pub(super) object: Document<'a>,
    #[serde(borrow, default)]
    pub(super) old_object: Document<'a>,
    #[serde(default)]
    pub(super) dry_run: Option<bool>,
}

/// The kind of the object, after the API server converted it to the version that the webhook is registered for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct GroupVersionKind<'a> {
    #[serde(borrow, default)]
    pub(super) group: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) kind: Cow<'a, str>,
}

/// Who asks.
#[derive(Debug, Default, Deserialize)]
pub(super) struct UserInfo<'a> {
    #[serde(borrow, default)]
    pub(super) username: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) groups: Vec<Cow<'a, str>>,
}

impl<'a> Request<'a> {
    /// Reads the request out of a review.
    pub(super) fn read(body: &'a [u8]) -> Result<Self, Unreadable> {
        let text = std::str::from_utf8(body)
            .map_err(|error| Unreadable::Encoding { position: error.valid_up_to() })?;
        let review: Review<'a> = serde_json::from_str(text).map_err(Unreadable::Json)?;
        if review.kind != "AdmissionReview" || review.api_version != "admission.k8s.io/v1" {
            return Err(Unreadable::Version);
        }
        let request = review.request.ok_or(Unreadable::NoRequest)?;
        if request.uid.is_empty() {
            return Err(Unreadable::NoUid);
        }
        Ok(request)
    }

    /// What is logged and counted of a request that was answered so, as far as the request itself tells.
    pub(super) fn into_record(self, verdict: Verdict) -> Record<'a> {
        Record {
            uid: self.uid,
            operation: self.operation,
            kind: self.kind.kind,
            namespace: self.namespace,
            name: self.name,
            user: self.user_info.username,
            dry_run: self.dry_run == Some(true),
            verdict,
            denied: Vec::new(),
            warned: Vec::new(),
            would_deny: Vec::new(),
            mutations: Vec::new(),
        }
    }
}

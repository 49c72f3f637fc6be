//! The certificates that Raygate keeps in a Secret of its own: what the Secret holds comes in, what it should hold and what
//! the webhook configurations should trust goes out. [`Custody::step`] decides, [`Custody::take`] does.

use std::collections::BTreeMap;

use super::ServingPair;
pub use super::step::{Step, Surroundings};

/// Content of a Secret, by key.
pub type Data = BTreeMap<String, Vec<u8>>;

/// What the Secret holds: CAs with the right to sign, one that is only trusted any more, and the serving pair.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Custody {
    /// The CA that has signed the serving pair.
    pub(super) authority: Option<ServingPair>,
    /// The CA that will sign it, once everybody trusts it.
    pub(super) next: Option<ServingPair>,
    /// The certificate of the CA that had signed it before; replicas may serve with its pair for a moment still.
    pub(super) previous: Option<String>,
    /// What is served.
    pub(super) serving: Option<ServingPair>,
}

/// The serving pair has the keys of a Secret of type `kubernetes.io/tls`.
const SERVING: [&str; 2] = ["tls.crt", "tls.key"];
const AUTHORITY: [&str; 2] = ["ca.crt", "ca.key"];
const NEXT: [&str; 2] = ["next-ca.crt", "next-ca.key"];
const PREVIOUS: &str = "previous-ca.crt";

impl Custody {
    /// What is in the Secret; what cannot be read is as good as missing.
    pub fn read(data: &Data) -> Self {
        let text = |key: &str| {
            let text = data.get(key).and_then(|value| String::from_utf8(value.clone()).ok());
            text.filter(|text| !text.trim().is_empty())
        };
        let pair = |[certificate, key]: [&str; 2]| {
            Some(ServingPair { certificate: text(certificate)?, key: text(key)? })
        };
        Self {
            authority: pair(AUTHORITY),
            next: pair(NEXT),
            previous: text(PREVIOUS),
            serving: pair(SERVING),
        }
    }

    /// What the Secret should hold.
    pub fn data(&self) -> Data {
        let pairs = [(AUTHORITY, &self.authority), (NEXT, &self.next), (SERVING, &self.serving)];
        let pairs = pairs.into_iter().filter_map(|(keys, pair)| pair.as_ref().map(|pair| (keys, pair)));
        let mut data: Data = pairs
            .flat_map(|([certificate, key], pair)| {
                [(certificate, &pair.certificate), (key, &pair.key)]
                    .map(|(key, value)| (key.to_owned(), value.clone().into_bytes()))
            })
            .collect();
        if let Some(previous) = &self.previous {
            data.insert(PREVIOUS.to_owned(), previous.clone().into_bytes());
        }
        data
    }

    /// What every `caBundle` should hold: whoever may have signed what a replica serves now or soon.
    pub fn bundle(&self) -> Vec<u8> {
        let pairs = [&self.authority, &self.next].into_iter().flatten().map(|pair| &pair.certificate);
        pairs.chain(&self.previous).flat_map(|certificate| certificate.bytes()).collect()
    }

    /// The pair to serve.
    pub const fn serving(&self) -> Option<&ServingPair> {
        self.serving.as_ref()
    }
}

//! Nodes to a value: aliases expanded, merge keys applied, keys turned into text, as go-yaml v2 and sigs.k8s.io/yaml do.
//!
//! `document` gives the nodes. Every count here is Go's own, so that both give up on the same alias bombs.

use std::borrow::Cow;

use super::document::{Document, Index, Kind};
use super::mapping::{Key, KeyKind, Mapping};
use super::scalar::{self, Scalar, Tag};
use super::{Doubt, MAX_DEPTH, MAX_NODES, Node, Position, Problem, Refusal, Stop, Value, base64};

/// The value of a document; an empty one is null.
pub(super) fn decode<'a>(document: &Document<'a>) -> Result<Node<'a>, Stop> {
    if document.nodes.is_empty() {
        return Ok(Node { value: Value::Null, position: Position::START });
    }
    let mut decoder = Decoder::new(document);
    let root = decoder.node(0)?;
    match decoder.unwritable {
        // What JSON cannot hold does no harm where a later key of the same name has replaced it.
        Some(_) if decoder.replaced => Err(Doubt::Replaced.into()),
        Some(refusal) => Err(Stop::Refused(refusal)),
        None => Ok(root),
    }
}

/// The text of a node that stands as a key, as JSON holds it; `None` for what can be no key.
pub(super) fn key_text<'a>(document: &Document<'a>, index: Index) -> Option<Cow<'a, str>> {
    match &document.nodes[index].kind {
        Kind::Scalar { text, tag: Tag::Binary, .. } => base64::decode(text).map(Into::into),
        Kind::Scalar { text, tag, .. } => {
            let scalar = scalar::resolve_as(*tag, text)?;
            Some(scalar::key_text(scalar).unwrap_or_else(|| text.clone()))
        }
        Kind::Alias(target) => key_text(document, *target),
        Kind::Sequence(_) | Kind::Mapping(_) => None,
    }
}

struct Decoder<'d, 'a> {
    document: &'d Document<'a>,
    /// The aliases that are being expanded right now.
    expanding: Vec<bool>,
    depth: usize,
    decoded: usize,
    aliased: usize,
    alias_depth: usize,
    /// Whether some key has replaced an earlier one.
    replaced: bool,
    /// The first thing that Go reads and then cannot write as JSON.
    unwritable: Option<Refusal>,
}

impl<'d, 'a> Decoder<'d, 'a> {
    fn new(document: &'d Document<'a>) -> Self {
        Self {
            document,
            expanding: vec![false; document.nodes.len()],
            depth: 0,
            // Go counts the document itself.
            decoded: 1,
            aliased: 0,
            alias_depth: 0,
            replaced: false,
            unwritable: None,
        }
    }

    fn position(&self, index: Index) -> Position {
        self.document.nodes[index].position
    }

    fn node(&mut self, index: Index) -> Result<Node<'a>, Stop> {
        Ok(Node { value: self.value(index)?, position: self.position(index) })
    }

    fn value(&mut self, index: Index) -> Result<Value<'a>, Stop> {
        let document = self.document;
        self.count(index)?;
        match &document.nodes[index].kind {
            Kind::Scalar { text, tag, .. } => self.scalar(index, text, *tag),
            Kind::Alias(target) => self.expanding(index, |decoder| decoder.value(*target)),
            Kind::Sequence(children) => {
                let items =
                    self.deeper(|decoder| children.iter().map(|child| decoder.node(*child)).collect())?;
                Ok(Value::Sequence(items))
            }
            Kind::Mapping(children) => {
                let mut mapping = Mapping::with_capacity(children.len() / 2);
                self.deeper(|decoder| decoder.fill(children, &mut mapping))?;
                Ok(Value::Mapping(mapping.into_entries()))
            }
        }
    }

    fn scalar(&mut self, index: Index, text: &Cow<'a, str>, tag: Tag) -> Result<Value<'a>, Stop> {
        let position = self.position(index);
        if tag == Tag::Binary {
            let decoded = base64::decode(text).ok_or(Problem::TagMismatch.at(position))?;
            return Ok(Value::String(decoded.into()));
        }
        let scalar = self.resolve(index, text, tag)?;
        Ok(Value::from_scalar(scalar, || text.clone()).unwrap_or_else(|| {
            self.unwritable.get_or_insert(Refusal { position, problem: Problem::NotANumber });
            Value::Null
        }))
    }

    fn resolve(&self, index: Index, text: &str, tag: Tag) -> Result<Scalar, Stop> {
        if tag == Tag::Timestamp {
            // Go's timestamp formats are not worth their code here; only what looks like none is certain.
            return Err(if text.as_bytes().get(4) == Some(&b'-') {
                Doubt::Dialect.into()
            } else {
                Problem::TagMismatch.at(self.position(index))
            });
        }
        scalar::resolve_as(tag, text).ok_or(Problem::TagMismatch.at(self.position(index)))
    }

    /// Puts the keys and values of a mapping node into a mapping, which holds others already when it merges.
    fn fill(&mut self, children: &[Index], mapping: &mut Mapping<'a>) -> Result<(), Stop> {
        let document = self.document;
        for pair in children.chunks_exact(2) {
            let &[key, value] = pair else { return Err(Doubt::Dialect.into()) };
            if matches!(document.nodes[key].kind, Kind::Scalar { merges: true, .. }) {
                self.merge(value, mapping)?;
                continue;
            }
            let position = self.position(key);
            let key = self.key(key, position)?;
            let value = self.node(value)?;
            self.replaced |= mapping.set(key, position, value)?;
        }
        Ok(())
    }

    fn key(&mut self, index: Index, position: Position) -> Result<Key<'a>, Stop> {
        let document = self.document;
        self.count(index)?;
        match &document.nodes[index].kind {
            Kind::Scalar { text, tag: Tag::Binary, .. } => {
                let text = base64::decode(text).ok_or(Problem::TagMismatch.at(position))?;
                Ok(Key { text: text.into(), kind: KeyKind::Text })
            }
            Kind::Scalar { text, tag, .. } => {
                let scalar = self.resolve(index, text, *tag)?;
                let kind = KeyKind::from(scalar);
                if matches!(kind, KeyKind::Null | KeyKind::UInt) {
                    self.unwritable.get_or_insert(Refusal { position, problem: Problem::Key });
                }
                Ok(Key { text: scalar::key_text(scalar).unwrap_or_else(|| text.clone()), kind })
            }
            Kind::Alias(target) => self.expanding(index, |decoder| decoder.key(*target, position)),
            Kind::Sequence(_) | Kind::Mapping(_) => Err(Problem::Key.at(position)),
        }
    }

    fn merge(&mut self, index: Index, mapping: &mut Mapping<'a>) -> Result<(), Stop> {
        let document = self.document;
        match &document.nodes[index].kind {
            Kind::Sequence(children) => {
                // Backwards, so that earlier ones win.
                children.iter().rev().try_for_each(|child| self.merge_one(*child, mapping))
            }
            _ => self.merge_one(index, mapping),
        }
    }

    fn merge_one(&mut self, index: Index, mapping: &mut Mapping<'a>) -> Result<(), Stop> {
        let document = self.document;
        match &document.nodes[index].kind {
            Kind::Mapping(children) => {
                self.count(index)?;
                self.deeper(|decoder| decoder.fill(children, mapping))
            }
            Kind::Alias(target) if matches!(document.nodes[*target].kind, Kind::Mapping(_)) => {
                self.count(index)?;
                self.expanding(index, |decoder| decoder.merge_one(*target, mapping))
            }
            _ => Err(Problem::Merge.at(self.position(index))),
        }
    }

    fn deeper<T>(&mut self, inside: impl FnOnce(&mut Self) -> Result<T, Stop>) -> Result<T, Stop> {
        if self.depth == MAX_DEPTH {
            return Err(Doubt::TooLarge.into());
        }
        self.depth += 1;
        let result = inside(self);
        self.depth -= 1;
        result
    }

    fn expanding<T>(
        &mut self,
        alias: Index,
        inside: impl FnOnce(&mut Self) -> Result<T, Stop>,
    ) -> Result<T, Stop> {
        if std::mem::replace(&mut self.expanding[alias], true) {
            return Err(Problem::SelfContaining.at(self.position(alias)));
        }
        self.alias_depth += 1;
        let result = self.deeper(inside);
        self.alias_depth -= 1;
        self.expanding[alias] = false;
        result
    }

    fn count(&mut self, index: Index) -> Result<(), Stop> {
        self.decoded += 1;
        self.aliased += usize::from(self.alias_depth > 0);
        if self.aliased > 100
            && self.decoded > 1000
            && ratio(self.aliased, self.decoded) > allowed(self.decoded)
        {
            return Err(Problem::ExcessiveAliases.at(self.position(index)));
        }
        if self.decoded > MAX_NODES { Err(Doubt::TooLarge.into()) } else { Ok(()) }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

/// The share of values that may come from aliases: go-yaml's `allowedAliasRatio`.
fn allowed(decoded: usize) -> f64 {
    const LOW: usize = 400_000;
    const HIGH: usize = 4_000_000;
    match decoded {
        ..=LOW => 0.99,
        HIGH.. => 0.10,
        _ => 0.99 - 0.89 * ratio(decoded - LOW, HIGH - LOW),
    }
}

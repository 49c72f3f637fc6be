//! All scalars of a text in one walk, each with the way to it: `Source::scalars` keeps those that somebody looks for.
//!
//! Behind an alias or a merge key they are met again on each way that leads there, at the place where they are written. How
//! often is bounded: the text has been decoded, and decoding counts them.

use super::super::decode;
use super::super::document::{Document, Index, Kind};
use crate::field_path::Step;

/// A walk over the nodes of a document.
pub(super) struct Walk<'d, 'a, V> {
    pub(super) document: &'d Document<'a>,
    /// Is told the way to a scalar, and the node that stands there.
    pub(super) visit: V,
    pub(super) way: Vec<Step<'d>>,
}

impl<'d, 'a, V: FnMut(&[Step<'d>], Index)> Walk<'d, 'a, V>
where
    'a: 'd,
{
    pub(super) fn value(&mut self, node: Index) {
        let document = self.document;
        match document.nodes.get(node).map(|node| &node.kind) {
            Some(Kind::Scalar { .. }) => (self.visit)(&self.way, node),
            Some(Kind::Alias(target)) => {
                if matches!(document.nodes[*target].kind, Kind::Scalar { .. }) {
                    (self.visit)(&self.way, node);
                }
                self.value(*target);
            }
            Some(Kind::Sequence(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.below(Step::Index(index), *item);
                }
            }
            Some(Kind::Mapping(children)) => self.entries(children),
            None => {}
        }
    }

    fn entries(&mut self, children: &'d [Index]) {
        for pair in children.chunks_exact(2) {
            let &[key, value] = pair else { continue };
            if matches!(self.document.nodes[key].kind, Kind::Scalar { merges: true, .. }) {
                self.merged(value);
            } else if let Some(key) = decode::key_text(self.document, key) {
                self.below(Step::Key(key), value);
            }
        }
    }

    fn merged(&mut self, node: Index) {
        let document = self.document;
        match &document.nodes[node].kind {
            Kind::Alias(target) => self.merged(*target),
            Kind::Mapping(children) => self.entries(children),
            Kind::Sequence(items) => {
                for item in items {
                    self.merged(*item);
                }
            }
            Kind::Scalar { .. } => {}
        }
    }

    fn below(&mut self, step: Step<'d>, node: Index) {
        self.way.push(step);
        self.value(node);
        self.way.pop();
    }
}

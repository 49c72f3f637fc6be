//! The tree of an expression becomes code. All that is wrong with it is found here, before there is a job.

use super::Problem;
use super::code::{Code, Loop, LoopKind, Pattern};
use super::functions::{self, Signature};
use super::operators;
use super::syntax::{Kind, Literal, Node, Operator};
use super::types::{Item, Type};
use super::variables::{Record, Variable, reads_of};
use crate::quoted::Quoted;

/// The most loops inside one another.
const MOST_LOOPS: usize = 3;

/// What an expression came to.
pub(super) struct Compiled {
    pub(super) code: Code,
    /// The fields of the object that decide, as ways from its root.
    pub(super) reads: Vec<Vec<String>>,
    /// Whether the labels of the namespace decide too.
    pub(super) needs_namespace_labels: bool,
}

/// Compiles an expression that must be true or false.
pub(super) fn compile(node: &Node) -> Result<Compiled, Vec<Problem>> {
    let mut compiler = Compiler::default();
    let (code, kind) = compiler.expression(node);
    if compiler.problems.is_empty() && !kind.may_be(Type::Bool) {
        let message =
            format!("this is {}, and an expression is either true or false: compare it", kind.as_str());
        compiler.problem(node.at, message);
    }
    let Compiler { problems, reads, needs_namespace_labels, .. } = compiler;
    if problems.is_empty() { Ok(Compiled { code, reads, needs_namespace_labels }) } else { Err(problems) }
}

#[derive(Default)]
struct Compiler<'n> {
    problems: Vec<Problem>,
    /// The variables of the loops around, the innermost last.
    locals: Vec<(&'n str, Type)>,
    reads: Vec<Vec<String>>,
    needs_namespace_labels: bool,
}

/// What stands in the place of something that is wrong.
const NOTHING: (Code, Type) = (Code::Literal(Literal::Null), Type::Dyn);

impl<'n> Compiler<'n> {
    fn problem(&mut self, at: usize, message: impl Into<String>) {
        self.problems.push(Problem::at(at, message));
    }

    /// The type, or a note of what is wrong.
    fn keep(&mut self, at: usize, result: Result<Type, String>) -> Type {
        result.unwrap_or_else(|message| {
            self.problem(at, message);
            Type::Dyn
        })
    }

    fn expression(&mut self, node: &'n Node) -> (Code, Type) {
        if let Some(way) = self.way_into_object(node) {
            self.read(way);
        }
        self.part(node)
    }

    fn all(&mut self, nodes: &'n [Node]) -> (Vec<Code>, Vec<Type>) {
        nodes.iter().map(|node| self.expression(node)).unzip()
    }

    fn read(&mut self, way: Vec<String>) {
        let starts = |long: &[String], short: &[String]| long.starts_with(short);
        if !self.reads.iter().any(|known| starts(&way, known)) {
            self.reads.retain(|known| !starts(known, &way));
            self.reads.push(way);
        }
    }

    fn part(&mut self, node: &'n Node) -> (Code, Type) {
        match &node.kind {
            Kind::Literal(literal) => (Code::Literal(literal.clone()), type_of(literal)),
            Kind::Name(name) => self.name(node.at, name),
            Kind::Select(of, field) => {
                let (of, kind) = self.selected(of, field);
                let kind = self.field_of(node.at, kind, field);
                (Code::Select(of.into(), field.clone()), kind)
            }
            Kind::Index(nodes) => self.index(node.at, nodes),
            Kind::Call { target, function, arguments } => {
                self.call(node.at, target.as_deref(), function, arguments)
            }
            Kind::List(nodes) => {
                let (items, kinds) = self.all(nodes);
                (Code::List(items), Type::List(joined(kinds)))
            }
            Kind::Map(entries) => self.map(entries),
            Kind::Not(of) => (Code::Not(Box::new(self.condition(of))), Type::Bool),
            Kind::Negate(of) => {
                let (code, kind) = self.expression(of);
                if !matches!(kind, Type::Dyn | Type::Int | Type::Double) {
                    self.problem(node.at, format!("`-` before {}", kind.as_str()));
                }
                (Code::Negate(code.into()), kind)
            }
            Kind::All(nodes) => {
                (Code::All(nodes.iter().map(|node| self.condition(node)).collect()), Type::Bool)
            }
            Kind::Any(nodes) => {
                (Code::Any(nodes.iter().map(|node| self.condition(node)).collect()), Type::Bool)
            }
            Kind::Conditional(nodes) => {
                let [condition, this, that] = &**nodes;
                let condition = self.condition(condition);
                let ((this, kind), (that, other)) = (self.expression(this), self.expression(that));
                (Code::Conditional(Box::new([condition, this, that])), kind.joined(other))
            }
            Kind::Binary(operator, nodes) => self.binary(node.at, *operator, nodes),
        }
    }

    fn condition(&mut self, node: &'n Node) -> Code {
        let (code, kind) = self.expression(node);
        if !kind.may_be(Type::Bool) {
            let message =
                format!("this is {}, and true or false is wanted: compare it with something", kind.as_str());
            self.problem(node.at, message);
        }
        code
    }

    fn name(&mut self, at: usize, name: &str) -> (Code, Type) {
        if let Some(place) = self.locals.iter().rposition(|(local, _)| *local == name) {
            return (Code::Local(place), self.locals[place].1);
        }
        let Some((variable, kind)) = Variable::of(name) else {
            let locals = self.locals.iter().map(|(local, _)| *local);
            let known = Variable::ALL.into_iter().map(|(known, ..)| known).chain(locals);
            let message = unknown("variable", name, known);
            self.problem(at, message);
            return NOTHING;
        };
        match variable {
            Variable::NamespaceObject => self.needs_namespace_labels = true,
            // Its fields say themselves what they stand on, unless it is taken as a whole.
            Variable::Object | Variable::OldObject | Variable::Request | Variable::Job => {}
        }
        (Code::Variable(variable), kind)
    }

    /// What stands before the dot of a field.
    fn selected(&mut self, of: &'n Node, field: &str) -> (Code, Type) {
        let labels = self.needs_namespace_labels;
        let (code, kind) =
            if self.way_into_object(of).is_some() { self.part(of) } else { self.expression(of) };
        match kind {
            Type::Record(Record::Job) => {
                for way in reads_of(field) {
                    self.read(way.iter().map(|step| (*step).to_owned()).collect());
                }
            }
            // The name of a namespace is known without its labels.
            Type::Record(Record::NamespaceMetadata) if field == "name" => {
                self.needs_namespace_labels = labels;
            }
            _ => {}
        }
        (code, kind)
    }

    fn field_of(&mut self, at: usize, kind: Type, field: &str) -> Type {
        let known = match kind {
            Type::Dyn => Ok(Type::Dyn),
            Type::Map(item) => Ok(item.into()),
            Type::Record(record) => record.field(field).ok_or_else(|| {
                let known = record.fields().iter().map(|(name, _)| *name);
                let of = format!("field of {}", record.as_str());
                let index = if record == Record::Totals { ", or write totals[\"NAME\"]" } else { "" };
                unknown(&of, field, known) + index
            }),
            other => Err(format!("{} has no fields", other.as_str())),
        };
        self.keep(at, known)
    }

    fn index(&mut self, at: usize, nodes: &'n [Node; 2]) -> (Code, Type) {
        let [of, key] = nodes;
        let is_on_the_way = text_of(key).is_some() && self.way_into_object(of).is_some();
        let (of, kind) = if is_on_the_way { self.part(of) } else { self.expression(of) };
        let (key, key_kind) = self.expression(key);
        let item = match kind {
            Type::Dyn => Ok((Type::Dyn, Type::Dyn)),
            Type::List(item) => Ok((Type::Int, item.into())),
            Type::Map(item) => Ok((Type::Text, item.into())),
            Type::Record(Record::Totals) => Ok((Type::Text, Type::Double)),
            other => Err(format!("{} has nothing that `[…]` could take out", other.as_str())),
        };
        let item = item.and_then(|(wanted, item)| {
            let problem =
                || format!("{} is wanted in the brackets, and not {}", wanted.as_str(), key_kind.as_str());
            if key_kind.may_be(wanted) { Ok(item) } else { Err(problem()) }
        });
        (Code::Index(Box::new([of, key])), self.keep(at, item))
    }

    fn map(&mut self, entries: &'n [[Node; 2]]) -> (Code, Type) {
        let (mut code, mut kinds) = (Vec::new(), Vec::new());
        for [key, value] in entries {
            let (key_code, key_kind) = self.expression(key);
            if !key_kind.may_be(Type::Text) {
                self.problem(key.at, "the keys of a map are texts here");
            }
            let (value, kind) = self.expression(value);
            code.push([key_code, value]);
            kinds.push(kind);
        }
        (Code::Map(code), Type::Map(joined(kinds)))
    }

    fn binary(&mut self, at: usize, operator: Operator, nodes: &'n [Node; 2]) -> (Code, Type) {
        let [(left, left_kind), (right, right_kind)] = nodes.each_ref().map(|node| self.expression(node));
        let kind = operators::type_of(operator, left_kind, right_kind);
        (Code::Binary(operator, Box::new([left, right])), self.keep(at, kind))
    }

    fn call(
        &mut self,
        at: usize,
        target: Option<&'n Node>,
        function: &'n str,
        arguments: &'n [Node],
    ) -> (Code, Type) {
        match (target, function, arguments) {
            (None, "has", [Node { kind: Kind::Select(of, field), .. }]) => {
                if let Some(way) = self.way_into_object(&arguments[0]) {
                    self.read(way);
                }
                let (of, kind) = self.selected(of, field);
                self.field_of(arguments[0].at, kind, field);
                return (Code::Has(of.into(), field.clone()), Type::Bool);
            }
            (None, "has", _) => {
                self.problem(at, "has() takes one field, as in has(object.spec.suspend)");
                return NOTHING;
            }
            (Some(text), "matches", [pattern]) | (None, "matches", [text, pattern]) => {
                return self.matches(text, pattern);
            }
            (Some(range), ..) => {
                if let Some(kind) = LoopKind::of(function) {
                    return self.macro_call(at, kind, range, arguments);
                }
            }
            _ => {}
        }
        let Some(signature) = Signature::of(function).filter(|known| known.style.fits(target.is_some()))
        else {
            let message = unknown(
                "function",
                function,
                functions::names(target.is_some()).collect::<Vec<_>>().into_iter(),
            );
            self.problem(at, self.hint(target.is_some(), function).unwrap_or(message));
            return NOTHING;
        };
        let given = usize::from(target.is_some()) + arguments.len();
        if given != signature.arguments() {
            let wanted = signature.arguments() - usize::from(target.is_some());
            self.problem(at, format!("{function}() takes {}, and not {}", count(wanted), arguments.len()));
            return NOTHING;
        }
        let (code, kinds): (Vec<_>, Vec<_>) =
            target.into_iter().chain(arguments).map(|node| self.expression(node)).unzip();
        let kind = self.keep(at, signature.returns(&kinds));
        (Code::Call(signature.function(&kinds), code), kind)
    }

    /// What is nearly right about a call of a function that is not known in this way.
    #[expect(clippy::unused_self, reason = "reads like the others where it is called")]
    fn hint(&self, is_method: bool, function: &str) -> Option<String> {
        let other = functions::names(!is_method).any(|name| name == function);
        match (other, is_method) {
            (false, _) => None,
            (true, true) => Some(format!("{function}() stands alone: write {function}(…)")),
            (true, false) => Some(format!("{function}() stands behind a value: write ….{function}(…)")),
        }
    }

    fn matches(&mut self, text: &'n Node, pattern: &'n Node) -> (Code, Type) {
        let (code, kind) = self.expression(text);
        if !kind.may_be(Type::Text) {
            self.problem(text.at, format!("matches() looks at a text, and this is {}", kind.as_str()));
        }
        let Some(written) = text_of(pattern) else {
            self.problem(
                pattern.at,
                "the pattern of matches() must be written out, so that it is tried here",
            );
            return NOTHING;
        };
        match Pattern::compile(written) {
            Ok(pattern) => (Code::Matches(code.into(), pattern.into()), Type::Bool),
            Err(message) => {
                self.problem(pattern.at, message);
                NOTHING
            }
        }
    }

    fn macro_call(&mut self, at: usize, kind: LoopKind, range: &'n Node, given: &'n [Node]) -> (Code, Type) {
        let (variable, condition, body) = match (kind, given) {
            (_, [variable, body]) => (variable, None, body),
            (LoopKind::Map, [variable, condition, body]) => (variable, Some(condition), body),
            _ => {
                self.problem(at, "a variable and an expression with it stand in the brackets, as in .all(g, g.gpus <= 8.0)");
                return NOTHING;
            }
        };
        let Kind::Name(name) = &variable.kind else {
            self.problem(variable.at, "the name of a variable should stand here");
            return NOTHING;
        };
        if Variable::of(name).is_some() {
            self.problem(variable.at, format!("`{name}` is a variable already: take another name"));
        }
        if self.locals.len() == MOST_LOOPS {
            self.problem(at, format!("more than {MOST_LOOPS} loops inside one another are too many"));
            return NOTHING;
        }
        let (range_code, range_kind) = self.expression(range);
        let item = match range_kind {
            Type::Dyn => Type::Dyn,
            Type::List(item) => item.into(),
            Type::Map(_) => Type::Text,
            other => {
                self.problem(range.at, format!("{} has no items to go through", other.as_str()));
                Type::Dyn
            }
        };
        self.locals.push((name, item));
        let condition = condition.map(|condition| self.condition(condition));
        let (body, body_kind) = match kind {
            LoopKind::Map => self.expression(body),
            _ => (self.condition(body), Type::Bool),
        };
        self.locals.pop();
        let result = match kind {
            LoopKind::All | LoopKind::Exists | LoopKind::ExistsOne => Type::Bool,
            LoopKind::Map => Type::List(body_kind.item()),
            LoopKind::Filter => Type::List(item.item()),
        };
        (Code::Loop(Box::new(Loop { kind, range: range_code, condition, body })), result)
    }

    /// The way from the root of the object, if nothing else is on it: `object.spec["suspend"]`.
    fn way_into_object(&self, node: &Node) -> Option<Vec<String>> {
        let (of, step) = match &node.kind {
            Kind::Name(name) => {
                let is_local = self.locals.iter().any(|(local, _)| local == name);
                return (name == "object" && !is_local).then(Vec::new);
            }
            Kind::Select(of, field) => (&**of, field.as_str()),
            Kind::Index(nodes) => (&nodes[0], text_of(&nodes[1])?),
            _ => return None,
        };
        let mut way = self.way_into_object(of)?;
        way.push(step.to_owned());
        Some(way)
    }
}

fn type_of(literal: &Literal) -> Type {
    match literal {
        Literal::Null => Type::Null,
        Literal::Bool(_) => Type::Bool,
        Literal::Int(_) => Type::Int,
        Literal::Double(_) => Type::Double,
        Literal::Text(_) => Type::Text,
    }
}

fn text_of(node: &Node) -> Option<&str> {
    match &node.kind {
        Kind::Literal(Literal::Text(text)) => Some(text),
        _ => None,
    }
}

fn joined(kinds: Vec<Type>) -> Item {
    kinds.into_iter().reduce(Type::joined).map_or(Item::Dyn, Type::item)
}

fn count(arguments: usize) -> String {
    match arguments {
        0 => "no arguments".to_owned(),
        1 => "1 argument".to_owned(),
        more => format!("{more} arguments"),
    }
}

/// That a name is not known, with the one that was most likely meant.
fn unknown<'k>(what: &str, name: &str, known: impl Iterator<Item = &'k str> + Clone) -> String {
    let similar = |known: &str| strsim::jaro_winkler(&known.to_lowercase(), &name.to_lowercase());
    // Two letters of a short name in the wrong order are less similar than that.
    let is_near = |known: &str, score: f64| score > 0.8 || strsim::osa_distance(known, name) == 1;
    let nearest = known
        .clone()
        .map(|known| (similar(known), known))
        .filter(|(score, known)| is_near(known, *score))
        .max_by(|left, right| left.0.total_cmp(&right.0));
    let name = Quoted(name);
    if let Some((_, nearest)) = nearest {
        return format!("there is no {what} {name}: did you mean `{nearest}`?");
    }
    let known: Vec<_> = known.map(|known| format!("`{known}`")).collect();
    let there = if known.len() == 1 { "there is" } else { "there are" };
    format!("there is no {what} {name}: {there} {}", known.join(", "))
}

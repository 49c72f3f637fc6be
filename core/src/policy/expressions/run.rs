//! Code runs over one job, each step paid from a budget: when that is spent, the expression has no answer.

use super::code::{Code, Loop, LoopKind, Pattern};
use super::functions::Function;
use super::operations;
use super::scope::Scope;
use super::syntax::Operator;
use super::value::{Failure, Value};
use super::variables::Record;

/// What may still be spent. A step is a few dozen nanoseconds; a budget is for all expressions that one policy has about
/// one job.
#[derive(Debug)]
pub struct Budget(usize);

/// The bytes of a text that are looked at in one step.
const BYTES_OF_A_STEP: usize = 16;

impl Budget {
    /// As much as takes some milliseconds.
    const STEPS: usize = 200_000;

    pub(super) fn spend(&mut self, steps: usize) -> Result<(), Failure> {
        let left = self.0.checked_sub(steps);
        self.0 = left.unwrap_or(0);
        if left.is_some() { Ok(()) } else { Err(Failure::TooCostly) }
    }

    /// Pays for looking at that many bytes once.
    pub(super) fn read(&mut self, bytes: usize) -> Result<(), Failure> {
        self.spend(bytes / BYTES_OF_A_STEP)
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self(Self::STEPS)
    }
}

/// Runs code that must come to true or false.
pub(super) fn run<'v>(code: &'v Code, scope: &Scope<'v, '_>, budget: &mut Budget) -> Result<bool, Failure> {
    let mut run = Run { scope, budget, locals: Vec::new() };
    run.condition(code)
}

struct Run<'r, 'v, 'a> {
    scope: &'r Scope<'v, 'a>,
    budget: &'r mut Budget,
    /// The variables of the loops around, the innermost last.
    locals: Vec<Value<'v>>,
}

impl<'v> Run<'_, 'v, '_> {
    fn value(&mut self, code: &'v Code) -> Result<Value<'v>, Failure> {
        self.budget.spend(1)?;
        match code {
            Code::Literal(literal) => Ok(Value::of_literal(literal)),
            Code::Variable(variable) => Ok(self.scope.variable(*variable)),
            Code::Local(place) => Ok(self.locals.get(*place).cloned().unwrap_or(Value::Null)),
            Code::Select(of, field) => {
                self.selected(of, field)?.ok_or_else(|| Failure::NoField(field.clone()))
            }
            Code::Has(of, field) => Ok(Value::Bool(self.selected(of, field)?.is_some())),
            Code::Index(nodes) => self.index(nodes),
            Code::List(items) => Ok(Value::List(self.all(items)?.into())),
            Code::Map(entries) => self.map(entries),
            Code::Not(of) => Ok(Value::Bool(!self.condition(of)?)),
            Code::Negate(of) => operations::negate(&self.value(of)?),
            Code::All(conditions) => self.decide(conditions, false).map(Value::Bool),
            Code::Any(conditions) => self.decide(conditions, true).map(Value::Bool),
            Code::Conditional(nodes) => {
                let [condition, this, that] = &**nodes;
                if self.condition(condition)? { self.value(this) } else { self.value(that) }
            }
            Code::Binary(operator, nodes) => self.binary(*operator, nodes),
            Code::Call(function, arguments) => self.call(*function, arguments),
            Code::Matches(text, pattern) => self.matches(text, pattern),
            Code::Loop(over) => self.go_through(over),
        }
    }

    fn all(&mut self, codes: &'v [Code]) -> Result<Vec<Value<'v>>, Failure> {
        codes.iter().map(|code| self.value(code)).collect()
    }

    fn condition(&mut self, code: &'v Code) -> Result<bool, Failure> {
        match self.value(code)? {
            Value::Bool(value) => Ok(value),
            other => other.is_no("true or false"),
        }
    }

    fn selected(&mut self, of: &'v Code, field: &str) -> Result<Option<Value<'v>>, Failure> {
        match self.value(of)? {
            Value::Record(record, place) => self.scope.field(record, place, field, self.budget),
            other => match other.get(field, self.budget)? {
                Some(found) => Ok(found),
                None => other.is_no("a map"),
            },
        }
    }

    fn index(&mut self, nodes: &'v [Code; 2]) -> Result<Value<'v>, Failure> {
        let [of, key] = nodes;
        let (of, key) = (self.value(of)?, self.value(key)?);
        if let (Value::Record(Record::Totals, place), Value::Text(name)) = (&of, &key) {
            return self.scope.total(*place, name, self.budget).map(Value::Double);
        }
        operations::item(&of, &key, self.budget)
    }

    fn map(&mut self, entries: &'v [[Code; 2]]) -> Result<Value<'v>, Failure> {
        let mut map = Vec::new();
        for [key, value] in entries {
            match self.value(key)? {
                Value::Text(key) => map.push((key, self.value(value)?)),
                other => return other.is_no("a text"),
            }
        }
        Ok(Value::Map(map.into()))
    }

    /// Whether one of the conditions, for `true`, or not all of them, for `false`, decides. One that fails does no harm
    /// when another decides.
    fn decide(&mut self, conditions: &'v [Code], decisive: bool) -> Result<bool, Failure> {
        let mut failure = None;
        for condition in conditions {
            match self.condition(condition) {
                Ok(value) if value == decisive => return Ok(decisive),
                Ok(_) => {}
                Err(Failure::TooCostly) => return Err(Failure::TooCostly),
                Err(other) => failure = failure.or(Some(other)),
            }
        }
        failure.map_or(Ok(!decisive), Err)
    }

    fn binary(&mut self, operator: Operator, nodes: &'v [Code; 2]) -> Result<Value<'v>, Failure> {
        let [left, right] = nodes;
        let (left, right) = (self.value(left)?, self.value(right)?);
        if let (Operator::In, Value::Text(name), Value::Record(Record::Totals, place)) =
            (operator, &left, &right)
        {
            return self.scope.has_resource(*place, name, self.budget).map(Value::Bool);
        }
        operations::binary(operator, &left, &right, self.budget)
    }

    fn call(&mut self, function: Function, arguments: &'v [Code]) -> Result<Value<'v>, Failure> {
        let arguments = self.all(arguments)?;
        operations::call(function, &arguments, self.budget)
    }

    fn matches(&mut self, text: &'v Code, pattern: &Pattern) -> Result<Value<'v>, Failure> {
        match self.value(text)? {
            Value::Text(text) => {
                self.budget.spend(text.len().saturating_mul(pattern.steps) / BYTES_OF_A_STEP)?;
                Ok(Value::Bool(pattern.regex.is_match(&text)))
            }
            other => other.is_no("a text"),
        }
    }

    fn go_through(&mut self, over: &'v Loop) -> Result<Value<'v>, Failure> {
        let range = self.value(&over.range)?;
        let items = match range.items(self.budget)? {
            Some(items) => items,
            None => match range.entries(self.budget)? {
                Some(entries) => entries.into_iter().map(|(key, _)| Value::Text(key)).collect(),
                None => return range.is_no("a list or a map"),
            },
        };
        let place = self.locals.len();
        self.locals.push(Value::Null);
        let result = self.each(over, items, place);
        self.locals.truncate(place);
        result
    }

    fn each(&mut self, over: &'v Loop, items: Vec<Value<'v>>, place: usize) -> Result<Value<'v>, Failure> {
        let (mut taken, mut count, mut failure) = (Vec::new(), 0, None);
        for item in items {
            self.budget.spend(1)?;
            if let Some(local) = self.locals.get_mut(place) {
                *local = item.clone();
            }
            match over.kind {
                LoopKind::All | LoopKind::Exists => {
                    let decisive = over.kind == LoopKind::Exists;
                    match self.condition(&over.body) {
                        Ok(value) if value == decisive => return Ok(Value::Bool(decisive)),
                        Ok(_) => {}
                        Err(Failure::TooCostly) => return Err(Failure::TooCostly),
                        Err(other) => failure = failure.or(Some(other)),
                    }
                }
                LoopKind::ExistsOne => count += usize::from(self.condition(&over.body)?),
                LoopKind::Filter => {
                    if self.condition(&over.body)? {
                        taken.push(item);
                    }
                }
                LoopKind::Map => {
                    let is_wanted =
                        over.condition.as_ref().map_or(Ok(true), |condition| self.condition(condition))?;
                    if is_wanted {
                        taken.push(self.value(&over.body)?);
                    }
                }
            }
        }
        match (over.kind, failure) {
            (_, Some(failure)) => Err(failure),
            (LoopKind::All, None) => Ok(Value::Bool(true)),
            (LoopKind::Exists, None) => Ok(Value::Bool(false)),
            (LoopKind::ExistsOne, None) => Ok(Value::Bool(count == 1)),
            (LoopKind::Map | LoopKind::Filter, None) => Ok(Value::List(taken.into())),
        }
    }
}

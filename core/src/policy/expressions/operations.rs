//! What operators and functions make of values. Nothing overflows in silence, and what grows is paid for before.

use std::cmp::Ordering;

use super::functions::Function;
use super::run::Budget;
use super::syntax::Operator;
use super::value::{Failure, Text, Value};
use crate::quantity::Quantity;

const BILLION: f64 = 1e9;

/// The value with the other sign.
pub(super) fn negate<'v>(value: &Value<'v>) -> Result<Value<'v>, Failure> {
    match value {
        Value::Int(number) => number.checked_neg().map(Value::Int).ok_or(Failure::Overflow),
        Value::Double(number) => Ok(Value::Double(-number)),
        other => other.is_no("a number"),
    }
}

/// What stands at that place of a list, or under that key of a map.
pub(super) fn item<'v>(of: &Value<'v>, key: &Value<'v>, budget: &mut Budget) -> Result<Value<'v>, Failure> {
    match key {
        Value::Text(key) => match of.get(key, budget)? {
            Some(found) => found.ok_or(Failure::NoItem),
            None => of.is_no("a map"),
        },
        Value::Int(place) => {
            let Some(items) = of.items(budget)? else { return of.is_no("a list") };
            let place = usize::try_from(*place).map_err(|_| Failure::NoItem)?;
            items.into_iter().nth(place).ok_or(Failure::NoItem)
        }
        other => other.is_no("an integer or a text"),
    }
}

/// What an operator makes of two values.
pub(super) fn binary<'v>(
    operator: Operator,
    left: &Value<'v>,
    right: &Value<'v>,
    budget: &mut Budget,
) -> Result<Value<'v>, Failure> {
    let wrong = || Failure::Operands { sign: operator.sign(), left: left.kind(), right: right.kind() };
    match operator {
        Operator::Equal => equal(left, right, budget).map(Value::Bool),
        Operator::Unequal => equal(left, right, budget).map(|equal| Value::Bool(!equal)),
        Operator::In => is_in(left, right, budget).and_then(|found| found.ok_or_else(wrong)).map(Value::Bool),
        Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
            let order = compare(left, right, budget)?.ok_or_else(wrong)?;
            Ok(Value::Bool(order.is_some_and(|order| match operator {
                Operator::Less => order.is_lt(),
                Operator::LessOrEqual => order.is_le(),
                Operator::Greater => order.is_gt(),
                _ => order.is_ge(),
            })))
        }
        Operator::Add if matches!((left, right), (Value::Text(_), Value::Text(_))) => {
            let (Value::Text(left), Value::Text(right)) = (left, right) else { return Err(wrong()) };
            budget.read(left.len() + right.len())?;
            Ok(Value::made([&**left, &**right].concat()))
        }
        Operator::Add if !is_number(left) => {
            let (left, right) =
                (left.items(budget)?.ok_or_else(wrong)?, right.items(budget)?.ok_or_else(wrong)?);
            Ok(Value::List(left.into_iter().chain(right).collect()))
        }
        Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide | Operator::Remainder => {
            match (left, right) {
                (Value::Int(left), Value::Int(right)) => whole(operator, *left, *right).map(Value::Int),
                (Value::Double(left), Value::Double(right)) => {
                    fraction(operator, *left, *right).map(Value::Double).ok_or_else(wrong)
                }
                _ => Err(wrong()),
            }
        }
    }
}

fn is_number(value: &Value<'_>) -> bool {
    matches!(value, Value::Int(_) | Value::Double(_))
}

fn whole(operator: Operator, left: i64, right: i64) -> Result<i64, Failure> {
    if right == 0 && matches!(operator, Operator::Divide | Operator::Remainder) {
        return Err(Failure::DivisionByZero);
    }
    let result = match operator {
        Operator::Add => left.checked_add(right),
        Operator::Subtract => left.checked_sub(right),
        Operator::Multiply => left.checked_mul(right),
        Operator::Divide => left.checked_div(right),
        _ => left.checked_rem(right),
    };
    result.ok_or(Failure::Overflow)
}

fn fraction(operator: Operator, left: f64, right: f64) -> Option<f64> {
    Some(match operator {
        Operator::Add => left + right,
        Operator::Subtract => left - right,
        Operator::Multiply => left * right,
        Operator::Divide => left / right,
        _ => return None,
    })
}

/// Which is less; nothing inside if one is no number at all, nothing at all if they cannot be compared.
#[expect(
    clippy::option_option,
    reason = "three cases: an order, none because one is no number, no comparison"
)]
fn compare(
    left: &Value<'_>,
    right: &Value<'_>,
    budget: &mut Budget,
) -> Result<Option<Option<Ordering>>, Failure> {
    #[expect(clippy::cast_precision_loss, reason = "compared as doubles, as CEL has it")]
    let order = match (left, right) {
        (Value::Int(left), Value::Int(right)) => Some(left.cmp(right)),
        (Value::Double(left), Value::Double(right)) => left.partial_cmp(right),
        (Value::Int(left), Value::Double(right)) => (*left as f64).partial_cmp(right),
        (Value::Double(left), Value::Int(right)) => left.partial_cmp(&(*right as f64)),
        (Value::Bool(left), Value::Bool(right)) => Some(left.cmp(right)),
        (Value::Text(left), Value::Text(right)) => {
            budget.read(left.len().min(right.len()))?;
            Some((**left).cmp(&**right))
        }
        _ => return Ok(None),
    };
    Ok(Some(order))
}

/// Whether two values are the same; those of different types are not, but numbers may be.
fn equal(left: &Value<'_>, right: &Value<'_>, budget: &mut Budget) -> Result<bool, Failure> {
    budget.spend(1)?;
    if let (Value::Null, Value::Null) = (left, right) {
        return Ok(true);
    }
    if let Some(order) = compare(left, right, budget)? {
        return Ok(order == Some(Ordering::Equal));
    }
    if let (Value::Record(..), Value::Record(..)) = (left, right) {
        return left.is_no("a value that can be compared");
    }
    // Only what may be equal is taken apart.
    if left.kind() != right.kind() {
        return Ok(false);
    }
    if let (Some(left), Some(right)) = (left.items(budget)?, right.items(budget)?) {
        return Ok(left.len() == right.len() && all_equal(left.iter().zip(&right), budget)?);
    }
    let (Some(left), Some(other)) = (left.entries(budget)?, right.entries(budget)?) else { return Ok(false) };
    if left.len() != other.len() {
        return Ok(false);
    }
    for (key, value) in &left {
        match right.get(key, budget)?.flatten() {
            Some(other) if equal(value, &other, budget)? => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}

fn all_equal<'p, 'v: 'p>(
    mut pairs: impl Iterator<Item = (&'p Value<'v>, &'p Value<'v>)>,
    budget: &mut Budget,
) -> Result<bool, Failure> {
    pairs.try_fold(true, |so_far, (left, right)| Ok(so_far && equal(left, right, budget)?))
}

/// Whether an item is in a list, or a key in a map; nothing if there is neither.
fn is_in(item: &Value<'_>, container: &Value<'_>, budget: &mut Budget) -> Result<Option<bool>, Failure> {
    if let Some(items) = container.items(budget)? {
        for other in &items {
            if equal(item, other, budget)? {
                return Ok(Some(true));
            }
        }
        return Ok(Some(false));
    }
    let Value::Text(key) = item else { return Ok(container.entries(budget)?.map(|_| false)) };
    Ok(container.get(key, budget)?.map(|found| found.is_some()))
}

/// What a function makes of its arguments, as many as it takes.
pub(super) fn call<'v>(
    function: Function,
    arguments: &[Value<'v>],
    budget: &mut Budget,
) -> Result<Value<'v>, Failure> {
    let (of, other) = match arguments {
        [of] => (of, None),
        [of, Value::Text(other), ..] => (of, Some(&**other)),
        [_, other, ..] => return other.is_no("a text"),
        [] => return Ok(Value::Null),
    };
    match function {
        Function::Dyn => Ok(of.clone()),
        Function::Size => size(of, budget),
        Function::Bool | Function::Int | Function::Double | Function::Text | Function::Quantity => {
            converted(function, of, budget)
        }
        Function::Sum => sum(of, Value::Int(0), budget),
        Function::SumOfDoubles => sum(of, Value::Double(0.0), budget),
        Function::Min => extreme(of, Ordering::Less, budget),
        Function::Max => extreme(of, Ordering::Greater, budget),
        Function::Join => join(of, other.unwrap_or_default(), budget),
        Function::Contains
        | Function::StartsWith
        | Function::EndsWith
        | Function::LowerAscii
        | Function::UpperAscii
        | Function::Trim
        | Function::Split => match of {
            Value::Text(text) => of_text(function, text, other.unwrap_or_default(), budget),
            other => other.is_no("a text"),
        },
    }
}

fn of_text<'v>(
    function: Function,
    text: &Text<'v>,
    other: &str,
    budget: &mut Budget,
) -> Result<Value<'v>, Failure> {
    budget.read(text.len() + other.len())?;
    Ok(match function {
        Function::Contains => Value::Bool(text.contains(other)),
        Function::StartsWith => Value::Bool(text.starts_with(other)),
        Function::EndsWith => Value::Bool(text.ends_with(other)),
        Function::LowerAscii => Value::made(text.to_ascii_lowercase()),
        Function::UpperAscii => Value::made(text.to_ascii_uppercase()),
        Function::Split => return split(text, other, budget),
        _ => Value::made(text.trim()),
    })
}

fn split<'v>(text: &str, separator: &str, budget: &mut Budget) -> Result<Value<'v>, Failure> {
    let mut parts = Vec::new();
    let mut take = |part: &str| {
        parts.push(Value::made(part));
        budget.spend(1)
    };
    if separator.is_empty() {
        text.chars().try_for_each(|character| take(character.encode_utf8(&mut [0; 4])))?;
    } else {
        text.split(separator).try_for_each(take)?;
    }
    Ok(Value::List(parts.into()))
}

fn join<'v>(of: &Value<'v>, separator: &str, budget: &mut Budget) -> Result<Value<'v>, Failure> {
    let Some(items) = of.items(budget)? else { return of.is_no("a list") };
    let mut joined = String::new();
    for (place, item) in items.iter().enumerate() {
        let Value::Text(item) = item else { return item.is_no("a text") };
        budget.read(separator.len() + item.len())?;
        joined.push_str(if place == 0 { "" } else { separator });
        joined.push_str(item);
    }
    Ok(Value::made(joined))
}

fn size<'v>(of: &Value<'v>, budget: &mut Budget) -> Result<Value<'v>, Failure> {
    let size = if let Value::Text(text) = of {
        budget.read(text.len())?;
        text.chars().count()
    } else if let Some(items) = of.items(budget)? {
        items.len()
    } else if let Some(entries) = of.entries(budget)? {
        entries.len()
    } else {
        return of.is_no("a text, a list or a map");
    };
    i64::try_from(size).map(Value::Int).map_err(|_| Failure::Overflow)
}

fn sum<'v>(of: &Value<'v>, nothing: Value<'v>, budget: &mut Budget) -> Result<Value<'v>, Failure> {
    let Some(items) = of.items(budget)? else { return of.is_no("a list") };
    let mut items = items.into_iter();
    let Some(first) = items.next() else { return Ok(nothing) };
    if !is_number(&first) {
        return first.is_no("a number");
    }
    items.try_fold(first, |sum, item| binary(Operator::Add, &sum, &item, budget))
}

fn extreme<'v>(of: &Value<'v>, wanted: Ordering, budget: &mut Budget) -> Result<Value<'v>, Failure> {
    let Some(items) = of.items(budget)? else { return of.is_no("a list") };
    let mut extreme: Option<Value<'v>> = None;
    for item in items {
        if !is_number(&item) {
            return item.is_no("a number");
        }
        let is_beyond = match &extreme {
            Some(known) => compare(&item, known, budget)?.flatten() == Some(wanted),
            None => true,
        };
        if is_beyond {
            extreme = Some(item);
        }
    }
    extreme.ok_or(Failure::Empty)
}

fn converted<'v>(function: Function, of: &Value<'v>, budget: &mut Budget) -> Result<Value<'v>, Failure> {
    if let Value::Text(text) = of {
        budget.read(text.len())?;
    }
    Ok(match (function, of) {
        (Function::Bool, Value::Bool(_))
        | (Function::Int, Value::Int(_))
        | (Function::Double | Function::Quantity, Value::Double(_))
        | (Function::Text, Value::Text(_)) => of.clone(),
        (Function::Bool, Value::Text(text)) => match &**text {
            "true" | "True" | "TRUE" | "t" | "1" => Value::Bool(true),
            "false" | "False" | "FALSE" | "f" | "0" => Value::Bool(false),
            _ => return Err(Failure::Unreadable("boolean")),
        },
        (Function::Int, Value::Double(number)) => Value::Int(truncated(*number)?),
        (Function::Int, Value::Text(text)) => {
            Value::Int(text.parse().map_err(|_| Failure::Unreadable("integer"))?)
        }
        #[expect(clippy::cast_precision_loss, reason = "asked for")]
        (Function::Double | Function::Quantity, Value::Int(number)) => Value::Double(*number as f64),
        (Function::Double, Value::Text(text)) => {
            Value::Double(text.parse().map_err(|_| Failure::Unreadable("number"))?)
        }
        (Function::Quantity, Value::Text(text)) => Value::Double(quantity(text)?),
        (Function::Text, Value::Bool(value)) => Value::made(value.to_string()),
        (Function::Text, Value::Int(number)) => Value::made(number.to_string()),
        (Function::Text, Value::Double(number)) => Value::made(number.to_string()),
        _ => return of.is_no("a value of another type"),
    })
}

fn truncated(number: f64) -> Result<i64, Failure> {
    /// The least double above all integers.
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    if !(-BEYOND < number && number < BEYOND) {
        return Err(Failure::Overflow);
    }
    #[expect(clippy::cast_possible_truncation, reason = "the range was looked at, the fraction is to go")]
    Ok(number as i64)
}

/// A quantity of Kubernetes in its own unit: `1500m` is 1.5, `2Ki` is 2048.
fn quantity(text: &str) -> Result<f64, Failure> {
    let quantity: Quantity = text.parse().map_err(|_| Failure::Unreadable("quantity"))?;
    #[expect(clippy::cast_precision_loss, reason = "a double is what expressions count with")]
    quantity.nanos().map(|nanos| nanos as f64 / BILLION).ok_or(Failure::Overflow)
}

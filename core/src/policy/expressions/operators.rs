//! What operators make of which types, as far as that is known before there are values.

use super::syntax::Operator;
use super::types::Type;
use super::variables::Record;

/// The type of the result, or why there is none.
pub(super) fn type_of(operator: Operator, left: Type, right: Type) -> Result<Type, String> {
    use Operator::{
        Add, Divide, Equal, Greater, GreaterOrEqual, In, Less, LessOrEqual, Multiply, Remainder, Subtract,
        Unequal,
    };
    match operator {
        Equal | Unequal if left.may_equal(right) => Ok(Type::Bool),
        Equal | Unequal => {
            Err(format!("{} never equals {}{}", left.as_str(), right.as_str(), hint(left, right)))
        }
        Less | LessOrEqual | Greater | GreaterOrEqual if is_ordered(left, right) => Ok(Type::Bool),
        In if contains(right, left) => Ok(Type::Bool),
        In => Err(format!("{} cannot be in {}", left.as_str(), right.as_str())),
        Add if matches!((left, right), (Type::Text | Type::Dyn, Type::Text | Type::Dyn)) => {
            Ok(left.joined(right))
        }
        Add if matches!((left, right), (Type::List(_) | Type::Dyn, Type::List(_) | Type::Dyn)) => {
            Ok(added(left, right))
        }
        Remainder if left.may_be(Type::Int) && right.may_be(Type::Int) => Ok(Type::Int),
        Add | Subtract | Multiply | Divide if is_number(left) && is_number(right) && left.may_be(right) => {
            Ok(if left == Type::Dyn { right } else { left })
        }
        Add | Subtract | Multiply | Divide | Remainder | Less | LessOrEqual | Greater | GreaterOrEqual => {
            Err(format!(
                "{} `{}` {} has no result{}",
                left.as_str(),
                operator.sign(),
                right.as_str(),
                hint(left, right)
            ))
        }
    }
}

/// What to do about two types that do not go together.
pub(super) const fn hint(left: Type, right: Type) -> &'static str {
    match (left, right) {
        (Type::Int, Type::Double) | (Type::Double, Type::Int) => {
            ": make both doubles, with `2.0` for `2`, or double(…)"
        }
        (Type::Text, Type::Int | Type::Double) | (Type::Int | Type::Double, Type::Text) => {
            ": numbers stand without quotes; quantity(…) and double(…) read texts"
        }
        (Type::Null, _) | (_, Type::Null) => ": what is not set is \"\", 0.0 or false here",
        _ => "",
    }
}

fn is_number(kind: Type) -> bool {
    matches!(kind, Type::Dyn | Type::Int | Type::Double)
}

fn is_ordered(left: Type, right: Type) -> bool {
    let may_be_ordered =
        |kind| matches!(kind, Type::Dyn | Type::Bool | Type::Int | Type::Double | Type::Text);
    may_be_ordered(left) && may_be_ordered(right) && left.may_equal(right)
}

fn added(left: Type, right: Type) -> Type {
    match (left, right) {
        (Type::List(left), Type::List(right)) => Type::List(Type::from(left).joined(right.into()).item()),
        _ => Type::Dyn,
    }
}

fn contains(container: Type, item: Type) -> bool {
    match container {
        Type::Dyn => true,
        Type::List(items) => item.may_equal(items.into()),
        Type::Map(_) | Type::Record(Record::Totals) => item.may_be(Type::Text),
        _ => false,
    }
}

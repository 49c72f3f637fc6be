//! The functions that an expression can call, with what they take and what they return. `operations` runs them.

use super::types::{Item, Type};

/// A function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Size,
    Contains,
    StartsWith,
    EndsWith,
    LowerAscii,
    UpperAscii,
    Trim,
    Split,
    Join,
    Sum,
    /// The same where doubles are added up: of none it is 0.0, and not 0.
    SumOfDoubles,
    Min,
    Max,
    Bool,
    Int,
    Double,
    Text,
    Quantity,
    Dyn,
}

/// How a function is called, and what it makes of what.
pub(super) struct Signature {
    pub(super) name: &'static str,
    function: Function,
    /// Whether it stands behind a dot.
    pub(super) style: Style,
    /// What it takes; of a method, the first is what stands before the dot.
    takes: &'static [Takes],
    returns: Returns,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Global,
    Method,
    Both,
}

#[derive(Clone, Copy)]
enum Takes {
    Anything,
    Text,
    Sized,
    Numbers,
    Texts,
    Scalar,
}

#[derive(Clone, Copy)]
enum Returns {
    Type(Type),
    AnItem,
}

/// All functions; `matches` is none of them, because its pattern is compiled.
pub(super) const FUNCTIONS: [Signature; 18] = {
    use Function::{
        Bool, Contains, Double, Dyn, EndsWith, Int, Join, LowerAscii, Max, Min, Quantity, Size, Split,
        StartsWith, Sum, Text, Trim, UpperAscii,
    };
    use Style::{Both, Global, Method};
    const TEXT: &[Takes] = &[Takes::Text];
    const TWO_TEXTS: &[Takes] = &[Takes::Text, Takes::Text];
    const NUMBERS: &[Takes] = &[Takes::Numbers];
    const SCALAR: &[Takes] = &[Takes::Scalar];
    const fn of(
        name: &'static str,
        function: Function,
        style: Style,
        takes: &'static [Takes],
        returns: Type,
    ) -> Signature {
        Signature { name, function, style, takes, returns: Returns::Type(returns) }
    }
    const fn an_item_of(name: &'static str, function: Function) -> Signature {
        Signature { name, function, style: Method, takes: NUMBERS, returns: Returns::AnItem }
    }
    [
        of("size", Size, Both, &[Takes::Sized], Type::Int),
        of("contains", Contains, Method, TWO_TEXTS, Type::Bool),
        of("startsWith", StartsWith, Method, TWO_TEXTS, Type::Bool),
        of("endsWith", EndsWith, Method, TWO_TEXTS, Type::Bool),
        of("lowerAscii", LowerAscii, Method, TEXT, Type::Text),
        of("upperAscii", UpperAscii, Method, TEXT, Type::Text),
        of("trim", Trim, Method, TEXT, Type::Text),
        of("split", Split, Method, TWO_TEXTS, Type::List(Item::Text)),
        of("join", Join, Method, &[Takes::Texts, Takes::Text], Type::Text),
        an_item_of("sum", Sum),
        an_item_of("min", Min),
        an_item_of("max", Max),
        of("bool", Bool, Global, SCALAR, Type::Bool),
        of("int", Int, Global, SCALAR, Type::Int),
        of("double", Double, Global, SCALAR, Type::Double),
        of("string", Text, Global, SCALAR, Type::Text),
        of("quantity", Quantity, Global, SCALAR, Type::Double),
        of("dyn", Dyn, Global, &[Takes::Anything], Type::Dyn),
    ]
};

/// The macros, which stand behind a dot and take the name of a variable first.
pub(super) const MACROS: [&str; 5] = ["all", "exists", "exists_one", "map", "filter"];

/// The names that can be called in that way.
pub(super) fn names(is_method: bool) -> impl Iterator<Item = &'static str> {
    let functions = FUNCTIONS.iter().filter(move |signature| signature.style.fits(is_method));
    let others: &[&str] = if is_method { &MACROS } else { &["has"] };
    functions.map(|signature| signature.name).chain(others.iter().copied()).chain(["matches"])
}

impl Signature {
    pub(super) fn of(name: &str) -> Option<&'static Self> {
        FUNCTIONS.iter().find(|signature| signature.name == name)
    }

    pub(super) fn arguments(&self) -> usize {
        self.takes.len()
    }

    /// The function for arguments of these types.
    pub(super) fn function(&self, given: &[Type]) -> Function {
        match (self.function, given) {
            (Function::Sum, [Type::List(Item::Double)]) => Function::SumOfDoubles,
            (function, _) => function,
        }
    }

    /// What comes out, or what is wrong with what goes in.
    pub(super) fn returns(&self, given: &[Type]) -> Result<Type, String> {
        for (takes, given) in self.takes.iter().zip(given) {
            if !takes.takes(*given) {
                return Err(format!("{}() takes {}, and not {}", self.name, takes.as_str(), given.as_str()));
            }
        }
        Ok(match (self.returns, given.first()) {
            (Returns::Type(returns), _) => returns,
            (Returns::AnItem, Some(Type::List(item))) => (*item).into(),
            (Returns::AnItem, _) => Type::Dyn,
        })
    }
}

impl Style {
    pub(super) fn fits(self, is_method: bool) -> bool {
        self == Self::Both || is_method == (self == Self::Method)
    }
}

impl Takes {
    fn takes(self, given: Type) -> bool {
        use Type::{Bool, Double, Dyn, Int, List, Map, Text};
        match self {
            Self::Anything => true,
            Self::Text => matches!(given, Dyn | Text),
            Self::Sized => matches!(given, Dyn | Text | List(_) | Map(_)),
            Self::Numbers => matches!(given, Dyn | List(Item::Dyn | Item::Int | Item::Double)),
            Self::Texts => matches!(given, Dyn | List(Item::Dyn | Item::Text)),
            Self::Scalar => matches!(given, Dyn | Bool | Int | Double | Text),
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Anything => "any value",
            Self::Text => "a text",
            Self::Sized => "a text, a list or a map",
            Self::Numbers => "a list of numbers",
            Self::Texts => "a list of texts",
            Self::Scalar => "a text, a number or a boolean",
        }
    }
}

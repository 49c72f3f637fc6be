//! Tokens become a tree, by the grammar of CEL. It is bounded in depth, so that no expression overflows a stack, here or
//! wherever the tree is walked.

use super::Problem;
use super::lexer::{Lexer, Token};
use super::syntax::{Kind, Literal, Node, Operator};

/// The most characters of an expression.
const LONGEST: usize = 2048;
/// The most brackets, calls and conditions inside one another.
const DEEPEST: usize = 24;
/// The most nodes on the longest way down the tree: a sum of many terms is a tall tree too.
const TALLEST: usize = 64;

/// Words that CEL keeps for itself, beside those that have a meaning.
const RESERVED: [&str; 18] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
    "in",
];

/// Reads an expression.
pub(super) fn parse(text: &str) -> Result<Node, Problem> {
    let length = text.chars().count();
    if length > LONGEST {
        let message = format!("{length} characters are too many: {LONGEST} are the most of one expression");
        return Err(Problem::at(0, message));
    }
    let mut lexer = Lexer::of(text);
    let (at, token) = lexer.next()?;
    let mut parser = Parser { lexer, token, at, depth: 0 };
    let node = parser.expression()?;
    match &parser.token {
        Token::End => Ok(node),
        _ => Err(parser.unexpected("an operator, or the end")),
    }
}

struct Parser<'s> {
    lexer: Lexer<'s>,
    /// The token that is next, and where it begins.
    token: Token,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn advance(&mut self) -> Result<Token, Problem> {
        let (at, token) = self.lexer.next()?;
        self.at = at;
        Ok(std::mem::replace(&mut self.token, token))
    }

    fn is(&self, sign: &str) -> bool {
        matches!(self.token, Token::Sign(next) if next == sign)
    }

    /// Passes that sign if it is next.
    fn passes(&mut self, sign: &str) -> Result<bool, Problem> {
        let is_next = self.is(sign);
        if is_next {
            self.advance()?;
        }
        Ok(is_next)
    }

    fn expect(&mut self, sign: &str) -> Result<(), Problem> {
        if self.passes(sign)? { Ok(()) } else { Err(self.unexpected(&format!("`{sign}`"))) }
    }

    fn unexpected(&self, wanted: &str) -> Problem {
        let found = match &self.token {
            Token::Name(name) => format!("`{name}`"),
            Token::Int(_) | Token::Double(_) => "a number".to_owned(),
            Token::Text(_) => "a text".to_owned(),
            Token::Sign(sign) => format!("`{sign}`"),
            Token::End => "the end".to_owned(),
        };
        Problem::at(self.at, format!("{wanted} should stand here, and not {found}"))
    }

    /// Goes one level down.
    fn deeper<T>(&mut self, parse: impl FnOnce(&mut Self) -> Result<T, Problem>) -> Result<T, Problem> {
        if self.depth == DEEPEST {
            return Err(Problem::at(
                self.at,
                format!("more than {DEEPEST} levels inside one another are too many"),
            ));
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    fn expression(&mut self) -> Result<Node, Problem> {
        self.deeper(Self::conditional)
    }

    fn conditional(&mut self) -> Result<Node, Problem> {
        let condition = self.logical("||")?;
        let at = self.at;
        if !self.passes("?")? {
            return Ok(condition);
        }
        let this = self.deeper(|parser| parser.logical("||"))?;
        self.expect(":")?;
        let that = self.expression()?;
        node(at, Kind::Conditional(Box::new([condition, this, that])))
    }

    fn logical(&mut self, sign: &'static str) -> Result<Node, Problem> {
        let first = self.operand_of(sign)?;
        if !self.is(sign) {
            return Ok(first);
        }
        let (at, mut operands) = (self.at, vec![first]);
        while self.passes(sign)? {
            operands.push(self.operand_of(sign)?);
        }
        node(at, if sign == "||" { Kind::Any(operands) } else { Kind::All(operands) })
    }

    fn operand_of(&mut self, sign: &str) -> Result<Node, Problem> {
        if sign == "||" { self.logical("&&") } else { self.binary(0) }
    }

    /// Operators that bind equally, from the left.
    fn binary(&mut self, binding: usize) -> Result<Node, Problem> {
        let Some(operators) = Operator::BY_BINDING.get(binding) else { return self.unary() };
        let mut left = self.binary(binding + 1)?;
        while let Some(operator) = operators.iter().find(|operator| self.is_operator(**operator)) {
            let at = self.at;
            self.advance()?;
            let right = self.binary(binding + 1)?;
            left = node(at, Kind::Binary(*operator, Box::new([left, right])))?;
        }
        Ok(left)
    }

    fn is_operator(&self, operator: Operator) -> bool {
        match &self.token {
            Token::Sign(sign) => *sign == operator.sign(),
            Token::Name(name) => operator == Operator::In && name == "in",
            _ => false,
        }
    }

    fn unary(&mut self) -> Result<Node, Problem> {
        let at = self.at;
        if self.passes("!")? {
            let of = self.deeper(Self::unary)?;
            return node(at, Kind::Not(Box::new(of)));
        }
        if !self.passes("-")? {
            let primary = self.primary()?;
            return self.member(primary);
        }
        if let Token::Int(number) = self.token {
            self.advance()?;
            let number = 0_i64.checked_sub_unsigned(number).ok_or_else(|| too_large(at))?;
            let literal = node(at, Kind::Literal(Literal::Int(number)))?;
            return self.member(literal);
        }
        let of = self.deeper(Self::unary)?;
        node(at, Kind::Negate(Box::new(of)))
    }

    /// What is selected from a value, one after the other.
    fn member(&mut self, mut of: Node) -> Result<Node, Problem> {
        loop {
            let at = self.at;
            if self.passes(".")? {
                let at = self.at;
                let field = self.name()?;
                of = if self.is("(") {
                    let arguments = self.arguments()?;
                    node(at, Kind::Call { target: Some(Box::new(of)), function: field, arguments })?
                } else {
                    node(at, Kind::Select(Box::new(of), field))?
                };
            } else if self.passes("[")? {
                let key = self.expression()?;
                self.expect("]")?;
                of = node(at, Kind::Index(Box::new([of, key])))?;
            } else {
                return Ok(of);
            }
        }
    }

    fn name(&mut self) -> Result<String, Problem> {
        match &self.token {
            Token::Name(_) => {}
            _ => return Err(self.unexpected("a name")),
        }
        let Token::Name(name) = self.advance()? else { return Err(self.unexpected("a name")) };
        Ok(name)
    }

    fn primary(&mut self) -> Result<Node, Problem> {
        let at = self.at;
        let kind = match self.token.clone() {
            Token::Name(name) => {
                self.advance()?;
                return self.named(at, name);
            }
            Token::Sign("(") => {
                self.advance()?;
                let inside = self.expression()?;
                self.expect(")")?;
                return Ok(inside);
            }
            Token::Sign("[") => {
                self.advance()?;
                return node(at, Kind::List(self.until("]", Self::expression)?));
            }
            Token::Sign("{") => {
                self.advance()?;
                return node(at, Kind::Map(self.until("}", Self::entry)?));
            }
            Token::Int(number) => Literal::Int(i64::try_from(number).map_err(|_| too_large(at))?),
            Token::Double(number) => Literal::Double(number),
            Token::Text(text) => Literal::Text(text),
            Token::Sign(_) | Token::End => return Err(self.unexpected("a value")),
        };
        self.advance()?;
        node(at, Kind::Literal(kind))
    }

    fn named(&mut self, at: usize, name: String) -> Result<Node, Problem> {
        let literal = match name.as_str() {
            "null" => Literal::Null,
            "true" => Literal::Bool(true),
            "false" => Literal::Bool(false),
            word if RESERVED.contains(&word) => {
                return Err(Problem::at(at, format!("`{word}` is a word that CEL keeps for itself")));
            }
            _ if self.is("(") => {
                let arguments = self.arguments()?;
                return node(at, Kind::Call { target: None, function: name, arguments });
            }
            _ => return node(at, Kind::Name(name)),
        };
        node(at, Kind::Literal(literal))
    }

    fn arguments(&mut self) -> Result<Vec<Node>, Problem> {
        self.expect("(")?;
        if self.passes(")")? {
            return Ok(Vec::new());
        }
        let mut arguments = vec![self.expression()?];
        while self.passes(",")? {
            arguments.push(self.expression()?);
        }
        self.expect(")")?;
        Ok(arguments)
    }

    /// Items with commas between them, and one behind the last if one likes.
    fn until<T>(
        &mut self,
        end: &str,
        item: impl Fn(&mut Self) -> Result<T, Problem>,
    ) -> Result<Vec<T>, Problem> {
        let mut items = Vec::new();
        while !self.passes(end)? {
            items.push(item(self)?);
            if !self.passes(",")? {
                self.expect(end)?;
                break;
            }
        }
        Ok(items)
    }

    fn entry(&mut self) -> Result<[Node; 2], Problem> {
        let key = self.expression()?;
        self.expect(":")?;
        Ok([key, self.expression()?])
    }
}

fn too_large(at: usize) -> Problem {
    Problem::at(at, "this number does not fit into 64 bits")
}

fn node(at: usize, kind: Kind) -> Result<Node, Problem> {
    let tallest = |nodes: &[Node]| nodes.iter().map(|node| node.height).max().unwrap_or(0);
    let below = match &kind {
        Kind::Literal(_) | Kind::Name(_) => 0,
        Kind::Select(of, _) | Kind::Not(of) | Kind::Negate(of) => of.height,
        Kind::Index(nodes) | Kind::Binary(_, nodes) => tallest(&**nodes),
        Kind::Conditional(nodes) => tallest(&**nodes),
        Kind::Call { target, arguments, .. } => {
            tallest(arguments).max(target.as_ref().map_or(0, |target| target.height))
        }
        Kind::List(nodes) | Kind::All(nodes) | Kind::Any(nodes) => tallest(nodes),
        Kind::Map(entries) => entries.iter().map(|entry| tallest(entry)).max().unwrap_or(0),
    };
    if below == TALLEST {
        let message = format!("more than {TALLEST} operations that need one another's results are too many");
        return Err(Problem::at(at, message));
    }
    Ok(Node { kind, at, height: below + 1 })
}

//! Expressions of the tree: numbers with units, names, operators, calls, tables.

use super::{ExprId, Name, Path};
use crate::text::Span;

/// One expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub node: ExprNode,
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprNode {
    /// `49 USD/seat/month`, `5%`, `1.2亿`
    Number(Number),
    /// `2026`-like numbers are `Number`; `2026-01-15`, `2026-01`, `2026-Q1`
    Date(DateLiteral),
    /// `"text"`
    Text(String),
    /// `true`, `false`
    Flag(bool),
    /// `smb.size`
    Path(Path),
    /// `-x`
    Negate(ExprId),
    /// `not c`
    Not(ExprId),
    /// `a + b - c`, `a * b / c`, `a and b`, `a or b`, `a otherwise b`: one flat list, folded from the left
    Chain {
        /// The leftmost operand.
        first: ExprId,
        /// The others, each with the operator before it; all of one precedence.
        rest: Vec<(Operator, ExprId)>,
    },
    /// `0% <= x <= 100%`: every neighbouring pair has to hold
    Compare {
        /// The leftmost operand.
        first: ExprId,
        /// The others, each with the comparison before it.
        rest: Vec<(Comparison, ExprId)>,
    },
    /// `a ^ b`, binding from the right
    Power(ExprId, ExprId),
    /// `2026-01 to 2030-12`, `1% to 4%`
    To(ExprId, ExprId),
    /// `if c then a else if d then b else e`
    If {
        /// Each condition with its value.
        branches: Vec<(ExprId, ExprId)>,
        /// The value where none holds.
        otherwise: ExprId,
    },
    /// `x growing 3%/year`, `x growing 3%/year since 2027-01`
    Growing(ExprId, ExprId, Option<ExprId>),
    /// `x in USD`
    In(ExprId, Name),
    /// `x[2027]`
    Index(ExprId, ExprId),
    /// `f(a, from: b)`
    Call {
        /// A function, or a table that is read at a quantity.
        callee: ExprId,
        /// The arguments.
        arguments: Vec<Argument>,
    },
    /// `graduated { 50k token: 0 USD/token, beyond: 2 USD/token }`
    Table {
        /// `step`, `linear`, `graduated`, `volume`, `package`, `stairstep`, `curve`, `discrete`, `mixture`
        form: Name,
        /// The rows, in the order written.
        rows: Vec<Row>,
    },
    /// `[1, 2, 3]`: one value a step, from the first
    List(Vec<ExprId>),
    /// A part that could not be read; a mistake tells why.
    Broken,
}

/// A number with its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// The value in the unit written, percent resolved: `5%` is 0.05.
    pub value: f64,
    /// Whether it was written with `%`.
    pub percent: bool,
    /// Its unit, where one is given.
    pub unit: Option<UnitExpr>,
    /// What its digits look like.
    pub digits: Digits,
}

/// How the digits of a number are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Digits {
    /// With nothing remarkable.
    #[default]
    Plain,
    /// `120.250`: a point before three digits that end in a zero, as thousands are grouped elsewhere.
    Grouped,
    /// `120.000`: a point before three zeros.
    Thousands,
}

/// `USD/1k token/month`
#[derive(Clone, Debug, PartialEq)]
pub struct UnitExpr {
    /// The whole unit.
    pub span: Span,
    /// Its factors, in the order written.
    pub factors: Vec<UnitFactor>,
}

/// One factor of a unit: `USD`, `/1k token`, `/month`, `hour^2`. A `%` that stands as a unit of its own
/// (`x : %`) is a factor named `%`.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitFactor {
    /// The unit's name, singular or plural.
    pub name: Name,
    /// How often it counts: −1 behind a `/`.
    pub exponent: i8,
    /// How many of it make one: 1000 in `/1k token`, else 1.
    pub per: f64,
}

/// A date or a period, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateLiteral {
    /// `2026-01-15`: year, month 1–12, day 1–31, a day that exists
    Day(i32, u8, u8),
    /// `2026-01-15T12:30`: the day, and minutes since midnight
    Minute(i32, u8, u8, u16),
    /// `2026-01`
    Month(i32, u8),
    /// `2026-Q1`
    Quarter(i32, u8),
}

/// An operator of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `and`
    And,
    /// `or`
    Or,
    /// `otherwise`
    Otherwise,
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `==`
    Equal,
    /// `!=`
    Unequal,
}

/// An argument: `x` or `from: x`.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// The parameter it is for, where it is named.
    pub name: Option<Name>,
    /// The value.
    pub value: ExprId,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The row.
    pub span: Span,
    /// The key; none for `beyond`.
    pub key: Option<ExprId>,
    /// The value.
    pub value: ExprId,
    /// `plus 10 USD`: the flat fee of the band.
    pub plus: Option<ExprId>,
}

impl ExprNode {
    /// The number, if it is one written out.
    #[must_use]
    pub const fn number(&self) -> Option<&Number> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    /// The value of a number that is written out without a unit.
    #[must_use]
    pub fn bare_number(&self) -> Option<f64> {
        self.number().filter(|number| number.unit.is_none()).map(|number| number.value)
    }

    /// The path, if it is one.
    #[must_use]
    pub const fn path(&self) -> Option<&Path> {
        if let Self::Path(path) = self { Some(path) } else { None }
    }
}

impl Comparison {
    /// The comparison with its sides exchanged: `a < b` is `b > a`.
    #[must_use]
    pub const fn mirrored(self) -> Self {
        match self {
            Self::Less => Self::More,
            Self::AtMost => Self::AtLeast,
            Self::More => Self::Less,
            Self::AtLeast => Self::AtMost,
            Self::Equal => Self::Equal,
            Self::Unequal => Self::Unequal,
        }
    }

    /// Whether it holds between two numbers.
    #[must_use]
    pub fn holds(self, left: f64, right: f64) -> bool {
        match self {
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::More => left > right,
            Self::AtLeast => left >= right,
            Self::Equal => left == right,
            Self::Unequal => left != right,
        }
    }
}

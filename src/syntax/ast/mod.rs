//! The tree of one file: flat arenas, byte spans, nothing looked up.

mod expr;
mod goal;
mod holder;
mod unplaced;

pub use expr::{Argument, Comparison, DateLiteral, Digits, Expr, ExprNode, Number, Operator, Row, UnitExpr, UnitFactor};
pub use goal::{Better, Goal, GoalLine, GoalNode, Part, Under};

use crate::text::{FileId, Span};

/// One parsed file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct File {
    /// Which file of the workspace.
    pub id: FileId,
    /// The declarations, in the order written.
    pub items: Vec<Item>,
    /// Every expression of the file; children come before their parents.
    pub exprs: Vec<Expr>,
}

/// An expression of a file's arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExprId(pub u32);

/// A name as written, normalised to NFC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The text after NFC.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A string as written, escapes resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// What it says.
    pub text: String,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// A dotted path: `smb.size`; at least one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The names between the dots.
    pub names: Vec<Name>,
    /// The whole path.
    pub span: Span,
}

/// One declaration, or one line of a block.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The whole declaration, block included.
    pub span: Span,
    /// The `##` comment above it or at the end of its line.
    pub doc: Option<Text>,
    /// What it declares.
    pub node: Node,
}

/// What a line or block declares. Which nodes may stand where is the parser's business: a kind holds
/// definitions, slots, functions and requirements; an instance holds definitions, instances and requirements.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// `model support "Smart customer service" { timeline = … }`
    Model(Model),
    /// `unit company / companies`
    Unit {
        /// The singular.
        name: Name,
        /// The plural, where one is given.
        plural: Option<Name>,
    },
    /// `currency USD, EUR`
    Currency(Vec<Name>),
    /// `rate EUR = 1.08 USD`
    Rate {
        /// The currency that is given a value.
        currency: Name,
        /// What one of it is worth.
        value: Value,
    },
    /// `import "costs.biz"`
    Import(Text),
    /// `kind market { … }`, `kind marketplace is product { … }`
    Kind(Kind),
    /// `market smb "Small companies" { … }`
    Instance(Instance),
    /// `NAME = EXPRESSION`, `NAME ~ DISTRIBUTION`, `NAME : UNIT = EXPRESSION`; in a kind also `NAME : TYPE`
    Definition(Definition),
    /// `fn clamp(x, low, high) = …`, `native fn exp(x)`
    Function(Function),
    /// `require C from 2027-01 "why"`, `expect C`
    Require(Require),
    /// `scenario price_war "A rival halves its price" extends base_case { … }`
    Scenario(Scenario),
    /// `test "…" { … }`
    Test(Test),
    /// `correlate a, b by 0.6`
    Correlate {
        /// Two uncertain names, or more: then each goes with each.
        names: Vec<Path>,
        /// Rank correlation, −1 to 1.
        by: ExprId,
    },
    /// `statement "Profit and loss" { revenue, ebitda }`
    Statement(Statement),
    /// `goal price_floor { vary price from 10 USD to 90 USD, until final(cash) >= 0 USD }`
    Goal(Goal),
    /// A line that could not be read; a mistake tells why.
    Broken,
}

/// `model NAME "Title" { settings }`
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The model's name.
    pub name: Option<Name>,
    /// Its title.
    pub title: Option<Text>,
    /// `timeline`, `step`, `currency`, `days_per_month`, `year_begins`.
    pub settings: Vec<Item>,
}

/// `kind NAME is OTHER { members }`
#[derive(Clone, Debug, PartialEq)]
pub struct Kind {
    /// The kind's name.
    pub name: Name,
    /// The kind whose slots and equations it takes over.
    pub is: Option<Name>,
    /// Definitions, slots, functions, requirements.
    pub members: Vec<Item>,
}

/// `KIND NAME "Title" { members }`
#[derive(Clone, Debug, PartialEq)]
pub struct Instance {
    /// The kind.
    pub kind: Name,
    /// The instance's name; none where nothing refers to it.
    pub name: Option<Name>,
    /// Its title.
    pub title: Option<Text>,
    /// Definitions, nested instances, requirements.
    pub members: Vec<Item>,
}

/// One definition, or one slot of a kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// What is defined; one name, but for replacements: `metered.subscription = …`.
    pub path: Path,
    /// `: UNIT`, `: TYPE`, `: many KIND`.
    pub stated: Option<Stated>,
    /// The value; none only for a slot without default.
    pub value: Option<Value>,
}

/// What stands behind the colon of a definition. A unit, a type and a kind look alike here.
#[derive(Clone, Debug, PartialEq)]
pub struct Stated {
    /// `many meter`
    pub many: bool,
    /// `USD/month`, `share`, `market`; no factors where there is a choice.
    pub unit: UnitExpr,
    /// `daily | monthly`
    pub choice: Option<Choice>,
}

/// `daily | monthly`: what a policy may be; two options at least, each once.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// All of it.
    pub span: Span,
    /// The options, in the order written.
    pub options: Vec<Name>,
}

/// The right side of a definition.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `= EXPRESSION`
    Equals(ExprId),
    /// `~ DISTRIBUTION`
    Uncertain(Uncertain),
}

/// `~ normal(8 seat, 1.5 seat) between 1 seat and 20 seat each period`
#[derive(Clone, Debug, PartialEq)]
pub struct Uncertain {
    /// A call of a distribution, a `discrete { … }` or `mixture { … }` table, or `a to b`.
    pub distribution: ExprId,
    /// Nothing below this: `between a and …`, `from a`.
    pub low: Option<ExprId>,
    /// Nothing above this: `between … and b`, `until b`.
    pub high: Option<ExprId>,
    /// One draw for each step instead of one for the whole timeline.
    pub each_period: bool,
}

/// `fn NAME(a, b) = body`
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    /// The function's name.
    pub name: Name,
    /// Its parameters.
    pub params: Vec<Parameter>,
    /// The body; none for a `native fn`.
    pub body: Option<ExprId>,
}

/// `x`, or `x = 0` where it may be left out; `first : now | later` where it is a choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The parameter's name.
    pub name: Name,
    /// Its options, where it is a choice.
    pub choice: Option<Choice>,
    /// Its value where a call leaves it out.
    pub default: Option<ExprId>,
}

/// How much a requirement weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// `require`: the run fails.
    Require,
    /// `expect`: the run warns.
    Expect,
}

/// `require CONDITION from A until B in SCENARIO with 90% confidence "message"`
#[derive(Clone, Debug, PartialEq)]
pub struct Require {
    /// `require` or `expect`.
    pub severity: Severity,
    /// What has to hold.
    pub condition: ExprId,
    /// The first period in which it has to.
    pub from: Option<ExprId>,
    /// The last.
    pub until: Option<ExprId>,
    /// The one scenario it is asked of.
    pub scenario: Option<Name>,
    /// The share of samples in which it has to hold.
    pub confidence: Option<ExprId>,
    /// Why it matters.
    pub message: Option<Text>,
}

/// `scenario NAME "Title" extends OTHER { PATH = EXPR … }`
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The scenario's name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// The scenario it starts from.
    pub extends: Option<Name>,
    /// What it replaces.
    pub replacements: Vec<Item>,
}

/// `test "…" { given x = …, y = …, expect e == v within tol }`
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// What it shows.
    pub title: Option<Text>,
    /// Its lines.
    pub steps: Vec<Step>,
}

/// One line of a test.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The line.
    pub span: Span,
    /// What it says.
    pub node: StepNode,
}

/// What a line of a test says.
#[derive(Clone, Debug, PartialEq)]
pub enum StepNode {
    /// `given x = 3`: replaces a definition of the model for this test.
    Given(Definition),
    /// `x = 3`: a name of the test's own.
    Define(Definition),
    /// `expect e == v within tol`
    Expect {
        /// What has to hold.
        condition: ExprId,
        /// How far the two sides of `==` may lie apart.
        within: Option<ExprId>,
    },
    /// A line that could not be read.
    Broken,
}

/// `statement "Profit and loss" { revenue, ebitda }`
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Its heading.
    pub title: Option<Text>,
    /// Its rows, in order.
    pub rows: Vec<ExprId>,
}

impl File {
    /// The expression behind an id.
    ///
    /// # Panics
    /// Never for an id of this file's own arena.
    #[must_use]
    #[allow(clippy::indexing_slicing, reason = "ids come from this arena")]
    pub fn expr(&self, id: ExprId) -> &Expr {
        &self.exprs[id.0 as usize]
    }
}

impl Path {
    /// The path as written: `smb.size`.
    #[must_use]
    pub fn text(&self) -> String {
        self.names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".")
    }
}

impl Node {
    /// The definition, if it is one.
    #[must_use]
    pub const fn definition(&self) -> Option<&Definition> {
        if let Self::Definition(definition) = self { Some(definition) } else { None }
    }
}

//! A model put together by hand, two years of months, so that its figures can be followed on paper: ten companies join a
//! month and pay 50 USD each, against costs of 4,000 USD. In month n revenue is 500 n, profit 500 n - 4,000, and the
//! margin 1 - 8/n.

use biz::calendar::{Grid, Period, Step};
use biz::check::model::{
    Cell, CellId, Comparison, Content, CorrelationGroup, Expectation, Expr, ExprId, Factor, Function, Model, Node, Origin, Query,
    Reducer, Requirement, Role, Scenario, ScenarioId, Severity, Shape, Sign, Statement, StatementRow, Steps, Test, Tolerance,
    Type,
};
use biz::compile::{Compiled, Target, compile};
use biz::quantity::{Factor as UnitFactor, UnitId, Units};
use biz::report::Outcome;
use biz::run::{Columns, Inputs, run};
use biz::text::{FileId, Location, Source, Span};
use std::collections::BTreeMap;

pub const TEXT: &str = r#"## Per company; from the list of 2025
price = 50 USD/company/month
joining = 10 company/month
buyers = accumulate(joining, from: 0 company)
revenue = buyers * price
costs = 4_000 USD/month
profit = revenue - costs
margin = profit / revenue
cash = accumulate(profit, from: 0 USD)
lean = cash / (revenue -   # in month 4 it is zero
  2_000 USD/month)
break_even = when(profit > 0)

require margin >= 20% from 2026-06 "it has to carry itself"
require 0% <= margin
expect lowest(cash) >= -10_000 USD
require revenue > 0 USD/month
scenario war { price = base * 50% }
test "two companies" { expect buyers == 20 company within 5% }
statement "Profit" { revenue, costs, profit, margin }
statement "Cash" { cash, lowest(cash), break_even }
"#;

const MONTHS: u32 = 24;

/// The model under construction.
struct Make {
    model: Model,
    source: Source,
}

/// The units of the model.
#[derive(Clone, Copy)]
struct Measures {
    usd: UnitId,
    per_month: UnitId,
    company: UnitId,
    joining: UnitId,
    price: UnitId,
    month: UnitId,
}

impl Make {
    fn at(&self, what: &str) -> Location {
        let start = self.source.text.find(what).expect("the text holds it") as u32;
        Location::new(self.source.id, Span::new(start, start + what.len() as u32))
    }

    fn expr(&mut self, node: Node, unit: UnitId, shape: Shape, what: &str) -> ExprId {
        self.typed(node, unit, Type::Number, shape, what)
    }

    fn typed(&mut self, node: Node, unit: UnitId, ty: Type, shape: Shape, what: &str) -> ExprId {
        let at = self.at(what);
        let flows = ty == Type::Number && self.model.units.is_flow(unit);
        self.model.exprs.push(Expr { node, unit, ty, shape, flows, at });
        ExprId(self.model.exprs.len() as u32 - 1)
    }

    fn cell(&mut self, path: &str, expr: ExprId, role: Role, line: &str) -> CellId {
        let cell = Cell {
            path: path.to_owned(),
            instance: None,
            doc: (path == "price").then(|| "Per company; from the list of 2025".to_owned()),
            at: self.at(line),
            origin: Origin::Model,
            content: Content::Computed(expr),
            unit: self.model.expr(expr).unit,
            role,
            touched: true,
        };
        self.model.cells.push(cell);
        CellId(self.model.cells.len() as u32 - 1)
    }

    /// Reads a definition where it is named in the text.
    fn name(&mut self, cell: CellId, inside: &str) -> ExprId {
        let Content::Computed(expr) = self.model.cell(cell).content else { panic!("it is computed") };
        let Expr { unit, ty, shape, .. } = *self.model.expr(expr);
        self.typed(Node::Cell(cell), unit, ty, shape, inside)
    }
}

fn units() -> (Units, Measures) {
    let mut units = Units::default();
    units.declare("USD", None, true);
    units.declare("company", Some("companies"), false);
    let mut of = |names: &[(&str, i8)]| {
        let factors = names.iter().map(|(name, exponent)| UnitFactor { name: units.find(name).expect("declared"), exponent: *exponent, per: 1.0 });
        let factors = factors.collect();
        units.intern(factors, false)
    };
    let measures = Measures {
        usd: of(&[("USD", 1)]),
        per_month: of(&[("USD", 1), ("month", -1)]),
        company: of(&[("company", 1)]),
        joining: of(&[("company", 1), ("month", -1)]),
        price: of(&[("USD", 1), ("company", -1), ("month", -1)]),
        month: of(&[("month", 1)]),
    };
    (units, measures)
}

fn empty(units: Units) -> Model {
    Model {
        name: Some("shop".to_owned()),
        title: Some("A small shop".to_owned()),
        grid: Grid::new(Period::Year(2026), Period::Year(2027), Step::Month).expect("two years"),
        units,
        exprs: Vec::new(),
        cells: Vec::new(),
        tables: Vec::new(),
        choices: biz::check::model::Choices::default(),
        instances: Vec::new(),
        scenarios: Vec::new(),
        requirements: Vec::new(),
        tests: Vec::new(),
        statements: Vec::new(),
        correlations: Vec::<CorrelationGroup>::new(),
        goals: Vec::new(),
        queries: Vec::new(),
        supposed: Default::default(),
    }
}

/// The model and its text.
pub fn plan() -> (Model, Source) {
    let (units, of) = units();
    let mut make = Make { model: empty(units), source: Source::new(FileId(0), "plan.biz", TEXT) };
    let ids = figures(&mut make, of);
    claims(&mut make, of, ids);
    let Make { model, source } = make;
    (model, source)
}

#[derive(Clone, Copy)]
struct Ids {
    price: CellId,
    buyers: CellId,
    revenue: CellId,
    costs: CellId,
    profit: CellId,
    margin: CellId,
    cash: CellId,
    break_even: CellId,
}

fn figures(make: &mut Make, of: Measures) -> Ids {
    use Shape::{Constant, Series};
    let expr = make.expr(Node::Number(50.0), of.price, Constant, "50 USD/company/month");
    let price = make.cell("price", expr, Role::Flow, "price = 50 USD/company/month");
    let expr = make.expr(Node::Number(10.0), of.joining, Constant, "10 company/month");
    let joining = make.cell("joining", expr, Role::Flow, "joining = 10 company/month");
    let flow = make.name(joining, "joining, from");
    let from = make.expr(Node::Number(0.0), of.company, Constant, "0 company");
    let expr = make.expr(Node::Accumulate { flow, from }, of.company, Series, "accumulate(joining, from: 0 company)");
    let buyers = make.cell("buyers", expr, Role::Level, "buyers = accumulate(joining, from: 0 company)");
    let (a, b) = (make.name(buyers, "buyers *"), make.name(price, "price\ncosts"));
    let expr = make.expr(Node::Product(a, vec![(Factor::Times, b)]), of.per_month, Series, "buyers * price");
    let revenue = make.cell("revenue", expr, Role::Flow, "revenue = buyers * price");
    let expr = make.expr(Node::Number(4_000.0), of.per_month, Constant, "4_000 USD/month");
    let costs = make.cell("costs", expr, Role::Flow, "costs = 4_000 USD/month");
    let (a, b) = (make.name(revenue, "revenue - costs"), make.name(costs, "costs\nmargin"));
    let expr = make.expr(Node::Sum(a, vec![(Sign::Minus, b)]), of.per_month, Series, "revenue - costs");
    let profit = make.cell("profit", expr, Role::Flow, "profit = revenue - costs");
    let (a, b) = (make.name(profit, "profit / revenue"), make.name(revenue, "revenue\ncash"));
    let expr = make.expr(Node::Product(a, vec![(Factor::Over, b)]), UnitId::PERCENT, Series, "profit / revenue");
    let margin = make.cell("margin", expr, Role::Ratio, "margin = profit / revenue");
    let flow = make.name(profit, "profit, from");
    let from = make.expr(Node::Number(0.0), of.usd, Constant, "0 USD)");
    let expr = make.expr(Node::Accumulate { flow, from }, of.usd, Series, "accumulate(profit, from: 0 USD)");
    let cash = make.cell("cash", expr, Role::Level, "cash = accumulate(profit, from: 0 USD)");
    let (a, b) = (make.name(cash, "cash / ("), make.name(revenue, "revenue -   #"));
    let c = make.expr(Node::Number(2_000.0), of.per_month, Constant, "2_000 USD/month");
    let b = make.expr(Node::Sum(b, vec![(Sign::Minus, c)]), of.per_month, Series, "revenue -   # in month 4 it is zero\n  2_000 USD/month");
    let whole = "cash / (revenue -   # in month 4 it is zero\n  2_000 USD/month)";
    let expr = make.expr(Node::Product(a, vec![(Factor::Over, b)]), of.month, Series, whole);
    make.cell("lean", expr, Role::Level, &format!("lean = {whole}"));
    let (a, b) = (make.name(profit, "profit > 0"), make.expr(Node::Number(0.0), of.per_month, Constant, "0)\n"));
    let c = make.typed(Node::Compare(a, vec![(Comparison::More, b)]), UnitId::NONE, Type::Condition, Series, "profit > 0");
    let steps = Steps { first: 0, end: MONTHS };
    let expr = make.typed(Node::OverTime(Reducer::When, c, steps), UnitId::NONE, Type::Date, Constant, "when(profit > 0)");
    let break_even = make.cell("break_even", expr, Role::Date, "break_even = when(profit > 0)");
    Ids { price, buyers, revenue, costs, profit, margin, cash, break_even }
}

fn claims(make: &mut Make, of: Measures, ids: Ids) {
    let all = Steps { first: 0, end: MONTHS };
    let lines = [
        ("margin >= 20%", "require margin >= 20% from 2026-06 \"it has to carry itself\""),
        ("0% <= margin", "require 0% <= margin"),
        ("lowest(cash) >= -10_000 USD", "expect lowest(cash) >= -10_000 USD"),
        ("revenue > 0 USD/month", "require revenue > 0 USD/month"),
    ];
    let margin = make.name(ids.margin, "margin >= 20%");
    let share = make.expr(Node::Number(0.2), UnitId::PERCENT, Shape::Constant, "20%");
    claim(make, (margin, Comparison::AtLeast, share), lines[0], Steps { first: 5, end: MONTHS });
    let zero = make.expr(Node::Number(0.0), UnitId::PERCENT, Shape::Constant, "0% <=");
    let margin = make.name(ids.margin, "margin\nexpect");
    claim(make, (zero, Comparison::AtMost, margin), lines[1], all);
    let cash = make.name(ids.cash, "cash) >= -10");
    let lowest = make.expr(Node::OverTime(Reducer::Lowest, cash, all), of.usd, Shape::Constant, "lowest(cash)");
    let bound = make.expr(Node::Number(-10_000.0), of.usd, Shape::Constant, "-10_000 USD");
    claim(make, (lowest, Comparison::AtLeast, bound), lines[2], all);
    let revenue = make.name(ids.revenue, "revenue > 0");
    let bound = make.expr(Node::Number(0.0), of.per_month, Shape::Constant, "0 USD/month\nscenario");
    claim(make, (revenue, Comparison::More, bound), lines[3], all);
    scenario(make, of, ids);
    test(make, of, ids);
    statements(make, of, ids);
    let query = make.name(ids.margin, "margin >= 20%");
    make.model.queries.push(Query { expr: query });
    let call = make.expr(Node::Call(Function::Abs, vec![bound]), of.per_month, Shape::Constant, "0 USD/month\nscenario");
    make.model.queries.push(Query { expr: call });
}

fn claim(make: &mut Make, pair: (ExprId, Comparison, ExprId), (text, line): (&str, &str), steps: Steps) {
    let (left, comparison, right) = pair;
    let series = [left, right].iter().any(|side| make.model.expr(*side).shape == Shape::Series);
    let shape = if series { Shape::Series } else { Shape::Constant };
    let condition = make.typed(Node::Compare(left, vec![(comparison, right)]), UnitId::NONE, Type::Condition, shape, text);
    let requirement = Requirement {
        severity: if line.starts_with("require") { Severity::Require } else { Severity::Expect },
        message: line.split_once('"').map(|(_, rest)| rest.trim_end_matches('"').to_owned()),
        condition,
        comparisons: vec![pair],
        steps,
        scenario: None,
        confidence: None,
        instance: None,
        origin: Origin::Model,
        at: make.at(text),
        line: make.at(line),
    };
    make.model.requirements.push(requirement);
}

fn scenario(make: &mut Make, of: Measures, ids: Ids) {
    let base = make.expr(Node::Base(ids.price, None), of.price, Shape::Constant, "base");
    let half = make.expr(Node::Number(0.5), UnitId::PERCENT, Shape::Constant, "50% }");
    let expr = make.expr(Node::Product(base, vec![(Factor::Times, half)]), of.price, Shape::Constant, "base * 50%");
    make.model.scenarios.push(Scenario {
        name: Some("war".to_owned()),
        title: None,
        extends: None,
        written: vec![ids.price],
        contents: BTreeMap::from([(ids.price, Content::Computed(expr))]),
        at: make.at("scenario war"),
    });
}

fn test(make: &mut Make, of: Measures, ids: Ids) {
    let (left, right) = (make.name(ids.buyers, "buyers == 20"), make.expr(Node::Number(20.0), of.company, Shape::Constant, "20 company"));
    let by = make.expr(Node::Number(0.05), UnitId::PERCENT, Shape::Constant, "5% }\n");
    let pair = (left, Comparison::Equal, right);
    let text = "buyers == 20 company";
    let condition = make.typed(Node::Compare(left, vec![(Comparison::Equal, right)]), UnitId::NONE, Type::Condition, Shape::Series, text);
    let expectation = Expectation { condition, comparisons: vec![pair], within: Some(Tolerance::Relative(by)), at: make.at(text) };
    make.model.tests.push(Test { title: Some("two companies".to_owned()), overlay: None, expectations: vec![expectation], at: make.at("test ") });
}

fn statements(make: &mut Make, of: Measures, ids: Ids) {
    let named = |make: &mut Make, cell: CellId| {
        let path = make.model.cell(cell).path.clone();
        let expr = make.name(cell, &path);
        StatementRow { cell: Some(cell), expr, at: make.at(&path), touched: true }
    };
    let rows = [ids.revenue, ids.costs, ids.profit, ids.margin].map(|cell| named(make, cell)).into();
    make.model.statements.push(Statement { title: Some("Profit".to_owned()), rows, origin: Origin::Model });
    let cash = make.name(ids.cash, "cash), break");
    let expr = make.expr(Node::OverTime(Reducer::Lowest, cash, Steps { first: 0, end: MONTHS }), of.usd, Shape::Constant, "lowest(cash)");
    let lowest = StatementRow { cell: None, expr, at: make.at("lowest(cash)"), touched: true };
    let rows = vec![named(make, ids.cash), lowest, named(make, ids.break_even)];
    make.model.statements.push(Statement { title: Some("Cash".to_owned()), rows, origin: Origin::Model });
}

/// The named definition.
pub fn find(model: &Model, path: &str) -> CellId {
    model.find(path).expect("it is defined")
}

/// The only scenario.
pub const WAR: Option<ScenarioId> = Some(ScenarioId(0));

/// What a run of some targets holds.
pub struct Ran {
    model: Model,
    sources: Vec<Source>,
    compiled: Compiled,
    columns: Columns,
}

impl Ran {
    pub fn outcome(&self) -> Outcome<'_> {
        Outcome { model: &self.model, sources: &self.sources, compiled: &self.compiled, columns: &self.columns, spreads: None }
    }
}

/// Runs the model for targets.
pub fn ran(targets: impl Fn(&Model) -> Vec<Target>) -> Ran {
    let (model, source) = plan();
    let compiled = compile(&model, &targets(&model));
    let columns = run(&compiled.tape, &Inputs::once());
    Ran { model, sources: vec![source], compiled, columns }
}
